//! Orders that DynamoDB does not have, made on this side.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fmt;

use super::reading::Reading;
use super::terminal::decode;
use super::{QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::expression::{Path, order};
use crate::model::{Index, Model, Order, OrderBy};
use crate::planner::{Explain, PlanError, ReadPlan};
use crate::value::{AttributeValue, Item, Name};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Sorts by any attribute, on this side: by `Weather::TEMP_MAX`, or by `Weather::TEMP_MAX.desc()`.
    ///
    /// Before the first result is known, everything that the queryset matches has been read and paid for. With a limit, only
    /// so many items are kept in memory, the first ones in the new order. There are no pages: a page token is refused. An
    /// index whose range key is the attribute, with [`order_by`](Self::order_by), reads only what is wanted.
    ///
    /// Items that lack the attribute, or have a null there, count as the least; filter on `exists()` to leave them out. Text,
    /// numbers, binary data, dates, and `false` before `true`, have an order; other values are left in the order in which they
    /// are read, and so are items of equal values.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// #     temp_max: f64,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (day, temp_max) in [(1, 7.2), (2, 10.6), (3, 9.4)] {
    /// #     Weather { location: "Seattle".to_owned(), day, temp_max }.save(&db).await?;
    /// # }
    /// let warmest = Weather::objects().set_hash_key("Seattle").set_limit(2).sort_in_memory(Weather::TEMP_MAX.desc());
    /// let days: Vec<u32> = warmest.all(&db).await?.iter().map(|weather| weather.day).collect();
    /// assert_eq!(days, [2, 3]);
    /// assert_eq!(
    ///     warmest.explain()?.plan.to_string(),
    ///     "Sort in memory by temp_max, descending; keeps: the first 2\n  \
    ///      Query weather; key condition: location = \"Seattle\"; ascending\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn sort_in_memory(&self, order: impl Into<Order<M>>) -> Sorted<M, I> {
        // An order of DynamoDB's that was asked for before is replaced.
        let queryset = self.with(|request| {
            request.order = None;
            request.forward = true;
        });
        Sorted { queryset, order: order.into().into_order_by() }
    }
}

/// The items that a queryset matches, sorted on this side: what [`QuerySet::sort_in_memory`] gives.
#[must_use = "nothing is asked until a terminal method is called"]
pub struct Sorted<M: Model, I = <M as Model>::Primary> {
    queryset: QuerySet<M, I>,
    order: OrderBy,
}

impl<M: Model, I: Index<Model = M>> Sorted<M, I> {
    /// All items, at most as many as the limit, in order.
    pub async fn all(&self, db: &Database) -> Result<Vec<M>, Error> {
        let keep = self.queryset.request().limit;
        self.sorted(keep, &self.order, db).await?.iter().map(decode).collect()
    }

    /// The first item in order.
    pub async fn first(&self, db: &Database) -> Result<Option<M>, Error> {
        let keep = self.at_most_one();
        self.sorted(Some(keep), &self.order, db).await?.first().map(decode).transpose()
    }

    /// The last item in order. A limit does not move it.
    pub async fn last(&self, db: &Database) -> Result<Option<M>, Error> {
        let mut last: Option<Item> = None;
        let mut read = self.read(Some(self.at_most_one()), db)?;
        while let Some(page) = read.next().await? {
            for item in page.items {
                if last.as_ref().is_none_or(|last| compare(&self.order, last, &item).is_le()) {
                    last = Some(item);
                }
            }
        }
        last.as_ref().map(decode).transpose()
    }

    /// What [`all`](Self::all) would do, and what it would cost. The table's name is without a prefix.
    pub fn explain(&self) -> Result<Explain, PlanError> {
        self.explain_for(Terminal::All)
    }

    /// What another terminal method would do: [`Terminal::All`], [`Terminal::First`] or [`Terminal::Last`].
    pub fn explain_for(&self, terminal: Terminal) -> Result<Explain, PlanError> {
        let keep = match terminal {
            Terminal::First | Terminal::Last => Some(self.at_most_one()),
            _ => self.queryset.request().limit,
        };
        let mut explain = Explain::new(&self.plan(keep, &M::schema().table.name)?);
        let direction = if self.order.descending { "descending" } else { "ascending" };
        let by = ("by", format!("{}, {direction}", self.order.path));
        let keeps = keep.map(|keep| match terminal {
            Terminal::Last => "the last 1".to_owned(),
            _ => format!("the first {keep}"),
        });
        explain.plan =
            explain.plan.inside("Sort in memory", std::iter::once(by).chain(keeps.map(|keeps| ("keeps", keeps))));
        explain.warnings.push("everything that matches is read before the first result is known".to_owned());
        Ok(explain)
    }

    fn at_most_one(&self) -> usize {
        self.queryset.request().limit.map_or(1, |limit| limit.min(1))
    }

    /// Reads everything, unless nothing is to be kept.
    fn plan(&self, keep: Option<usize>, table: &Name) -> Result<ReadPlan, PlanError> {
        if self.queryset.request().start.is_some() {
            return Err(PlanError::Combination {
                model: M::schema().model,
                first: "sort_in_memory",
                second: "set_last_evaluated_key",
                reason: "the sort needs all items, so that it has no pages",
                instead: "use order_by with the range key of the table or an index",
            });
        }
        let everything = self.queryset.with(|request| request.limit = keep.filter(|keep| *keep == 0));
        everything.plan(Terminal::All, table)
    }

    fn read(&self, keep: Option<usize>, db: &Database) -> Result<Reading, Error> {
        self.queryset.begin(self.plan(keep, &db.table_name::<M>())?, db)
    }

    /// The first `keep` items in order, or all.
    async fn sorted(&self, keep: Option<usize>, order: &OrderBy, db: &Database) -> Result<Vec<Item>, Error> {
        let mut read = self.read(keep, db)?;
        let mut first = Vec::new();
        let mut heap = BinaryHeap::new();
        let mut position = 0_u64;
        while let Some(page) = read.next().await? {
            for item in page.items {
                let ranked = Ranked { item, position, order };
                position += 1;
                match keep {
                    None => first.push(ranked),
                    Some(keep) if heap.len() < keep => heap.push(ranked),
                    Some(_) => {
                        // The greatest of those that are kept makes room for what comes before it.
                        if let Some(mut greatest) = heap.peek_mut()
                            && ranked < *greatest
                        {
                            *greatest = ranked;
                        }
                    }
                }
            }
        }
        first.extend(heap);
        first.sort_unstable();
        Ok(first.into_iter().map(|ranked| ranked.item).collect())
    }
}

/// An item by its place in the order; among equals, by when it was read.
struct Ranked<'a> {
    item: Item,
    position: u64,
    order: &'a OrderBy,
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(self.order, &self.item, &other.item).then(self.position.cmp(&other.position))
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked<'_> {}

fn compare(by: &OrderBy, left: &Item, right: &Item) -> Ordering {
    let ascending = ascending(&by.path, left, right);
    if by.descending { ascending.reverse() } else { ascending }
}

fn ascending(path: &Path, left: &Item, right: &Item) -> Ordering {
    let (left, right) = (path.get(left), path.get(right));
    rank(left).cmp(&rank(right)).then_with(|| match (left, right) {
        (Some(AttributeValue::Bool(left)), Some(AttributeValue::Bool(right))) => left.cmp(right),
        (Some(left), Some(right)) => order(left, right).unwrap_or(Ordering::Equal),
        _ => Ordering::Equal,
    })
}

/// What is missing comes first, then one type after the other.
fn rank(value: Option<&AttributeValue>) -> u8 {
    match value {
        None | Some(AttributeValue::Null) => 0,
        Some(AttributeValue::Bool(_)) => 1,
        Some(AttributeValue::N(_)) => 2,
        Some(AttributeValue::S(_)) => 3,
        Some(AttributeValue::B(_)) => 4,
        Some(_) => 5,
    }
}

impl<M: Model, I> Clone for Sorted<M, I> {
    fn clone(&self) -> Self {
        Self { queryset: self.queryset.clone(), order: self.order.clone() }
    }
}

impl<M: Model, I> fmt::Debug for Sorted<M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sorted").field("queryset", &self.queryset).field("order", &self.order).finish()
    }
}
