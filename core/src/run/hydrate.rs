//! Fetches from the table for one page of an index.

use std::collections::{HashMap, HashSet};

use super::{BatchRead, ItemPage};
use crate::layer::{Backoff, RetryPolicy};
use crate::planner::Hydration;
use crate::value::{Item, Name};

/// The fetch of the items of one page of an index.
#[derive(Debug)]
pub(super) struct PageHydration {
    pub(super) batch: BatchRead,
    /// The entries that were read from the index, in order.
    entries: Vec<Item>,
    found: HashMap<Item, Item>,
    /// The key after which the index continues.
    pub(super) next: Option<Item>,
    /// `true` if further queries follow after the end of this one.
    pub(super) has_more: bool,
}

impl PageHydration {
    pub(super) fn new(
        hydration: &Hydration,
        table_key: &'static [Name],
        page: ItemPage,
        (next, has_more): (Option<Item>, bool),
        (policy, seed): (RetryPolicy, u64),
    ) -> Self {
        // An item that moves while the index is read can be read twice.
        let mut keys_seen = HashSet::with_capacity(page.items.len());
        let keys = page.items.iter().map(|entry| entry.pick(table_key));
        let keys = keys.filter(|key| keys_seen.insert(key.clone())).collect();
        let projection = hydration.projection.clone();
        let backoff = Backoff::new(policy, seed);
        let batch = BatchRead::new(hydration.table.clone(), table_key, keys, projection, backoff);
        Self { batch, entries: page.items, found: HashMap::new(), next, has_more }
    }

    /// Adds items that were fetched.
    pub(super) fn take(&mut self, items: Vec<Item>, table_key: &[Name]) {
        self.found.extend(items.into_iter().map(|item| (item.pick(table_key), item)));
    }

    /// Returns the items that still exist and still match, in the order of the index.
    pub(super) fn page(&mut self, hydration: &Hydration, table_key: &[Name]) -> ItemPage {
        let mut page = ItemPage { index_entries: Some(Vec::new()), ..ItemPage::default() };
        for entry in std::mem::take(&mut self.entries) {
            let item = self.found.get(&entry.pick(table_key));
            let matches = |item: &&Item| hydration.check.as_ref().is_none_or(|check| check.holds_for(item));
            if let Some(item) = item.filter(matches) {
                page.push(item.clone(), entry);
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
    use crate::value::{Item, Name};

    /// The key attribute of the table, then the others of the index.
    const KEYS: &[Name] = &[Name::from_static("day"), Name::from_static("kind"), Name::from_static("heat")];

    /// Returns the entry of a day in the index, which is ordered by heat.
    fn entry(day: i32, heat: i32) -> Item {
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
            table_key: &KEYS[..1],
            token_key: KEYS,
            index: Some("by_kind".into()),
            index_reason: IndexReason::Given,
            rejected: Vec::new(),
            units_per_second: None,
        };
        Read::new(plan, RetryPolicy::default(), 1)
    }

    /// Supplies the result of the next request, which is a query, and returns its limit.
    fn query(read: &mut Read, entries: Vec<Item>, last: Option<Item>) -> Option<u32> {
        let Step::Execute(QueryPlan::Query(query)) = read.next() else { panic!("no query") };
        let count = entries.len() as u64;
        read.supply(Ok(QueryOutput { items: entries, count, scanned_count: count, last_evaluated_key: last }.into()))
            .unwrap();
        query.limit
    }

    /// Supplies the result of the next request, which is a batch, and returns its keys.
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
    fn keeps_the_order_of_the_index_and_drops_items_that_no_longer_match() {
        let mut read = read(None, false);
        assert_eq!(query(&mut read, vec![entry(3, 1), entry(1, 2), entry(2, 3), entry(4, 4), entry(3, 5)], None), None);
        let requested = batch(&mut read, vec![day(4, "rain", 4), day(1, "sun", 2)], vec![key(3)]);
        assert_eq!(requested, [key(3), key(1), key(2), key(4)], "each key once");
        let Step::Sleep(wait) = read.next() else { panic!("no wait before the unprocessed keys are requested again") };
        assert!(wait < Duration::from_secs(60));
        assert_eq!(batch(&mut read, vec![day(3, "rain", 9)], vec![]), [key(3)]);
        let page = page(&mut read);
        assert_eq!(page.items, [day(3, "rain", 9), day(4, "rain", 4), day(3, "rain", 9)]);
        assert_eq!((page.count, page.last_evaluated_key), (3, None));
        assert!(matches!(read.next(), Step::Done));
    }

    #[test]
    fn makes_page_tokens_of_index_entries() {
        let mut read = read(Some(3), false);
        assert_eq!(query(&mut read, vec![entry(1, 1), entry(2, 2), entry(3, 3)], Some(entry(3, 3))), Some(3));
        batch(&mut read, vec![day(1, "rain", 1), day(2, "rain", 7)], vec![]);
        let first = page(&mut read);
        assert_eq!(first.items.len(), 2, "one does not exist any more");
        assert_eq!(first.token_at(1, &["day".into(), "heat".into()]), Some(key(2).with("heat", 2).into()));
        assert_eq!(
            query(&mut read, vec![entry(4, 4)], Some(entry(4, 4))),
            Some(1),
            "one result is missing to the limit"
        );
        batch(&mut read, vec![day(4, "rain", 8)], vec![]);
        let second = page(&mut read);
        assert_eq!((second.items.len(), second.last_evaluated_key), (1, Some(entry(4, 4).into())));
        assert!(matches!(read.next(), Step::Done));
    }

    #[test]
    fn reads_whole_pages_if_lookups_are_checked_after_the_fetch() {
        let mut read = read(Some(1), true);
        assert_eq!(
            query(&mut read, vec![entry(1, 1), entry(2, 2)], Some(entry(2, 2))),
            None,
            "the service gets no limit"
        );
        batch(&mut read, vec![], vec![]);
        assert_eq!(query(&mut read, vec![entry(3, 3), entry(4, 4)], None), None);
        batch(&mut read, vec![day(3, "rain", 6), day(4, "rain", 4)], vec![]);
        let page = page(&mut read);
        assert_eq!(page.items, [day(3, "rain", 6)]);
        assert_eq!(page.last_evaluated_key, Some(entry(3, 3).into()));
        assert!(matches!(read.next(), Step::Done));
    }

    #[test]
    fn appended_pages_keep_their_index_entries() {
        let mut whole = ItemPage::default();
        for number in 1..4 {
            let mut page = ItemPage::default();
            page.push(day(number, "rain", 9), entry(number, number));
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
