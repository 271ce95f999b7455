//! The order of a queryset: by the range key, or sorted on the client.

use std::cmp::Ordering;
use std::fmt;

use super::QuerySet;
use crate::expression::{Path, order};
use crate::model::{Index, Model, Order, OrderBy};
use crate::value::{AttributeValue, Item};

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Reads in ascending order of the range key if `true`, in descending order if `false`.
    ///
    /// With [`sort_in_memory`](Self::sort_in_memory), this is the order in which items with equal values are read.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let days = Weather::objects().set_hash_key("Seattle").values(Weather::DAY);
    /// assert_eq!(days.set_scan_index_forward(false).all(&db).await?, [3, 2, 1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_scan_index_forward(&self, forward: bool) -> Self {
        self.with(|spec| spec.request.forward = forward)
    }

    /// Reads in the order of the range key: `order_by(Weather::DATE)`, or `order_by(Weather::DATE.desc())`.
    ///
    /// DynamoDB has no other order. For another attribute, terminal methods return
    /// [`PlanError::OrderBy`](crate::planner::PlanError::OrderBy), whose message says what to do. A scan has no order at all.
    ///
    /// The order that is set last counts: `order_by` replaces an earlier [`sort_in_memory`](Self::sort_in_memory).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(seattle.order_by(Weather::DAY.desc()).values(Weather::DAY).all(&db).await?, [3, 2, 1]);
    /// let error = seattle.order_by(Weather::TEMP_MAX).all(&db).await.unwrap_err();
    /// assert!(error.to_string().contains("use sort_in_memory(…)"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn order_by(&self, order: impl Into<Order<M>>) -> Self {
        let order = order.into().into_order_by();
        self.with(|spec| {
            spec.sort = None;
            spec.request.forward = !order.descending;
            spec.request.order = Some(order);
        })
    }

    /// Reverses the order.
    ///
    /// After [`sort_in_memory`](Self::sort_in_memory), this reverses the sorted order; before it, it has no effect, since the order
    /// that is set last counts.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let days = Weather::objects().set_hash_key("Seattle").values(Weather::DAY);
    /// assert_eq!(days.reverse().set_limit(2).all(&db).await?, [3, 2]);
    /// assert_eq!(days.reverse().reverse().all(&db).await?, [1, 2, 3]);
    /// assert_eq!(days.sort_in_memory(Weather::TEMP_MAX).reverse().all(&db).await?, [2, 3, 1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reverse(&self) -> Self {
        self.with(|spec| match &mut spec.sort {
            Some(order) => order.is_reversed = !order.is_reversed,
            None => spec.request.forward = !spec.request.forward,
        })
    }

    /// Sorts on the client by any attribute: by `Weather::TEMP_MAX`, or by `Weather::TEMP_MAX.desc()`.
    ///
    /// All items that the queryset matches are read, and paid for, before the first result is known. With a limit, only that many
    /// items are kept in memory: the first ones in the sorted order. There are no pages, so page tokens, [`page`](Self::page) and
    /// [`cursor`](Self::cursor) are refused. An index whose range key is the attribute, with [`order_by`](Self::order_by), reads only
    /// what is returned.
    ///
    /// Items that lack the attribute, or have a null there, come first; filter on `exists()` to leave them out. Texts, numbers, binary
    /// data, dates, and `false` before `true`, have an order. Items with other values, or with equal values, stay in the order in which
    /// they are read.
    ///
    /// The order that is set last counts: `sort_in_memory` replaces an earlier `order_by`, `reverse` or `set_scan_index_forward`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let warmest = Weather::objects().set_hash_key("Seattle").set_limit(2).sort_in_memory(Weather::TEMP_MAX.desc());
    /// assert_eq!(warmest.values(Weather::DAY).all(&db).await?, [2, 3]);
    /// assert_eq!(
    ///     warmest.explain()?.plan.to_string(),
    ///     "Sort in memory by temp_max, descending; keeps: the first 2\n  \
    ///      Query weather; key condition: location = \"Seattle\"; ascending\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn sort_in_memory(&self, order: impl Into<Order<M>>) -> Self {
        let by = order.into().into_order_by();
        self.with(|spec| {
            spec.request.order = None;
            spec.request.forward = true;
            spec.sort = Some(InMemoryOrder { by, is_reversed: false });
        })
    }
}

/// The order in which items are sorted on the client.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct InMemoryOrder {
    by: OrderBy,
    /// `true` if the whole order is reversed, items with equal values included.
    is_reversed: bool,
}

impl InMemoryOrder {
    pub(super) fn path(&self) -> &Path {
        &self.by.path
    }

    /// Compares two items, each with its position among the items that were read.
    pub(super) fn compare(&self, left: (&Item, u64), right: (&Item, u64)) -> Ordering {
        let ascending = ascending(&self.by.path, left.0, right.0);
        let by_value = if self.by.descending { ascending.reverse() } else { ascending };
        let ordering = by_value.then(left.1.cmp(&right.1));
        if self.is_reversed { ordering.reverse() } else { ordering }
    }
}

/// The attribute and the direction: `temp_max, descending`.
impl fmt::Display for InMemoryOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.by.descending == self.is_reversed { "ascending" } else { "descending" };
        write!(f, "{}, {direction}", self.by.path)
    }
}

fn ascending(path: &Path, left: &Item, right: &Item) -> Ordering {
    let (left, right) = (path.get(left), path.get(right));
    type_rank(left).cmp(&type_rank(right)).then_with(|| match (left, right) {
        (Some(AttributeValue::Bool(left)), Some(AttributeValue::Bool(right))) => left.cmp(right),
        (Some(left), Some(right)) => order(left, right).unwrap_or(Ordering::Equal),
        _ => Ordering::Equal,
    })
}

/// Ranks values of different types: missing values first.
fn type_rank(value: Option<&AttributeValue>) -> u8 {
    match value {
        None | Some(AttributeValue::Null) => 0,
        Some(AttributeValue::Bool(_)) => 1,
        Some(AttributeValue::N(_)) => 2,
        Some(AttributeValue::S(_)) => 3,
        Some(AttributeValue::B(_)) => 4,
        Some(_) => 5,
    }
}
