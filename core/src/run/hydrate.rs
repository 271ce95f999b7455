//! Fetching from the table what an index does not hold, for one page of it.

use std::collections::{HashMap, HashSet};

use super::{BatchRead, ItemPage};
use crate::layer::{Backoff, RetryPolicy};
use crate::planner::Hydration;
use crate::value::{Item, Name};

/// A page of an index, whose items are being fetched.
#[derive(Debug)]
pub(super) struct PageHydration {
    pub(super) batch: BatchRead,
    /// What was read of the index, in order.
    rows: Vec<Item>,
    found: HashMap<Item, Item>,
    /// Where the index goes on, and whether more of it follows otherwise.
    pub(super) next: Option<Item>,
    pub(super) has_more: bool,
}

impl PageHydration {
    pub(super) fn new(
        hydration: &Hydration,
        table_key: &[Name],
        page: ItemPage,
        (next, has_more): (Option<Item>, bool),
        (policy, seed): (RetryPolicy, u64),
    ) -> Self {
        // An item that moves while the index is read can be met twice.
        let mut met = HashSet::with_capacity(page.items.len());
        let keys = page.items.iter().map(|row| row.pick(table_key));
        let keys = keys.filter(|key| met.insert(key.clone())).collect();
        let projection = hydration.projection.clone();
        let backoff = Backoff::new(policy, seed);
        let batch = BatchRead::new(hydration.table.clone(), table_key.to_vec(), keys, projection, backoff);
        Self { batch, rows: page.items, found: HashMap::new(), next, has_more }
    }

    /// Takes items that were fetched.
    pub(super) fn take(&mut self, items: Vec<Item>, table_key: &[Name]) {
        self.found.extend(items.into_iter().map(|item| (item.pick(table_key), item)));
    }

    /// The items that are still there and still what is asked for, each at the place where the index has it.
    pub(super) fn page(&mut self, hydration: &Hydration, table_key: &[Name]) -> ItemPage {
        let mut page = ItemPage { index_entries: Some(Vec::new()), ..ItemPage::default() };
        for row in std::mem::take(&mut self.rows) {
            let item = self.found.get(&row.pick(table_key));
            let is_asked = |item: &&Item| hydration.check.as_ref().is_none_or(|check| check.holds_for(item));
            if let Some(item) = item.filter(is_asked) {
                page.push(item.clone(), row);
            }
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::expression::{Comparator, Condition, KeyCondition, Path};
    use crate::layer::RetryPolicy;
    use crate::plan::{BatchGetItemOutput, Query, QueryOutput, QueryPlan, TableKeys};
    use crate::planner::{Access, Hydration, IndexReason, PartitionQuery, ReadPlan, ResultKind};
    use crate::run::{ItemPage, Machine, Read, Step};
    use crate::value::Item;

    /// What the index, ordered by heat, holds of a day.
    fn row(day: i32, heat: i32) -> Item {
        Item::new().with("day", day).with("kind", "rain").with("heat", heat)
    }

    fn day(day: i32, kind: &str, heat: i32) -> Item {
        Item::new().with("day", day).with("kind", kind).with("heat", heat).with("note", "whole")
    }

    fn read(limit: Option<usize>, filters: bool) -> Read {
        let mut query = Query::new("t", KeyCondition::hash("kind", "rain"));
        query.index = Some("by_kind".into());
        let check = Condition::compare(Path::new("kind"), Comparator::Eq, "rain");
        let plan = ReadPlan {
            access: Access::Queries(vec![PartitionQuery { query, residual: None }]),
            hydration: Some(Hydration { table: "t".into(), projection: None, check: Some(check), filters }),
            result_kind: ResultKind::Items,
            limit,
            table_key: vec!["day".into()],
            token_key: vec!["day".into(), "kind".into(), "heat".into()],
            index: Some("by_kind".into()),
            index_reason: IndexReason::Given,
            rejected: Vec::new(),
            units_per_second: None,
        };
        Read::new(plan, RetryPolicy::default(), 1)
    }

    /// Answers the next request, which is a query, and gives its limit.
    fn query(read: &mut Read, rows: Vec<Item>, last: Option<Item>) -> Option<u32> {
        let Step::Execute(QueryPlan::Query(query)) = read.next() else { panic!("no query") };
        let count = rows.len() as u64;
        read.supply(Ok(QueryOutput { items: rows, count, scanned_count: count, last_evaluated_key: last }.into()))
            .unwrap();
        query.limit
    }

    /// Answers the next request, which is a batch, and gives its keys.
    fn batch(read: &mut Read, items: Vec<Item>, unprocessed: Vec<Item>) -> Vec<Item> {
        let Step::Execute(QueryPlan::BatchGetItem(batch)) = read.next() else { panic!("no batch") };
        let unprocessed = if unprocessed.is_empty() { vec![] } else { vec![TableKeys::new("t", unprocessed)] };
        read.supply(Ok(BatchGetItemOutput { items: vec![("t".into(), items)], unprocessed }.into())).unwrap();
        batch.requests[0].keys.clone()
    }

    fn page(read: &mut Read) -> ItemPage {
        match read.next() {
            Step::Emit(page) => page,
            other => panic!("no page: {other:?}"),
        }
    }

    fn key(day: i32) -> Item {
        Item::new().with("day", day)
    }

    #[test]
    fn items_come_in_the_order_of_the_index_without_those_that_are_gone_or_match_no_more() {
        let mut read = read(None, false);
        assert_eq!(query(&mut read, vec![row(3, 1), row(1, 2), row(2, 3), row(4, 4), row(3, 5)], None), None);
        let asked = batch(&mut read, vec![day(4, "rain", 4), day(1, "sun", 2)], vec![key(3)]);
        assert_eq!(asked, [key(3), key(1), key(2), key(4)], "each key once");
        let Step::Sleep(wait) = read.next() else { panic!("no wait before what was left is asked for again") };
        assert!(wait < Duration::from_mins(1));
        assert_eq!(batch(&mut read, vec![day(3, "rain", 9)], vec![]), [key(3)]);
        let page = page(&mut read);
        assert_eq!(page.items, [day(3, "rain", 9), day(4, "rain", 4), day(3, "rain", 9)]);
        assert_eq!((page.count, page.last_evaluated_key), (3, None));
        assert!(matches!(read.next(), Step::Done));
    }

    #[test]
    fn a_page_token_tells_the_place_in_the_index_and_not_where_the_item_is_now() {
        let mut read = read(Some(3), false);
        assert_eq!(query(&mut read, vec![row(1, 1), row(2, 2), row(3, 3)], Some(row(3, 3))), Some(3));
        batch(&mut read, vec![day(1, "rain", 1), day(2, "rain", 7)], vec![]);
        let first = page(&mut read);
        assert_eq!(first.items.len(), 2, "one is gone");
        assert_eq!(first.token_at(1, &["day".into(), "heat".into()]), Some(key(2).with("heat", 2).into()));
        assert_eq!(query(&mut read, vec![row(4, 4)], Some(row(4, 4))), Some(1), "one is still wanted");
        batch(&mut read, vec![day(4, "rain", 8)], vec![]);
        let second = page(&mut read);
        assert_eq!((second.items.len(), second.last_evaluated_key), (1, Some(row(4, 4).into())));
        assert!(matches!(read.next(), Step::Done));
    }

    #[test]
    fn where_lookups_wait_for_the_items_whole_pages_are_read_and_cut() {
        let mut read = read(Some(1), true);
        assert_eq!(query(&mut read, vec![row(1, 1), row(2, 2)], Some(row(2, 2))), None, "no limit for the service");
        batch(&mut read, vec![], vec![]);
        assert_eq!(query(&mut read, vec![row(3, 3), row(4, 4)], None), None);
        batch(&mut read, vec![day(3, "rain", 6), day(4, "rain", 4)], vec![]);
        let page = page(&mut read);
        assert_eq!(page.items, [day(3, "rain", 6)]);
        assert_eq!(page.last_evaluated_key, Some(row(3, 3).into()));
        assert!(matches!(read.next(), Step::Done));
    }

    #[test]
    fn pages_that_are_put_together_keep_the_places() {
        let mut whole = ItemPage::default();
        for number in 1..4 {
            let mut page = ItemPage::default();
            page.push(day(number, "rain", 9), row(number, number));
            whole.append(page);
        }
        whole.truncate(2);
        whole.reverse();
        let names = ["heat".into()];
        assert_eq!(whole.token_at(0, &names), Some(Item::new().with("heat", 2).into()));
        assert_eq!(whole.token_at_end(&names), Some(Item::new().with("heat", 1).into()));
        assert_eq!((whole.count, whole.token_at(2, &names)), (2, None));
    }
}
