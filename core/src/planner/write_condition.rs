//! Conditions of writes.

use super::PlanError;
use super::filter_placement::condition;
use super::fold::{Folded, KnownAttributes, check_filter, fold};
use crate::expression::Condition;
use crate::model::{Filter, InvalidLookup, ModelSchema, Q};
use crate::value::Item;

/// Returns the lookups as the condition of a write, or `None` if they are always true.
///
/// Lookups that are never true become a condition that always fails, so that the service rejects the write as usual.
pub(crate) fn write_condition(schema: &ModelSchema, filter: &Filter) -> Result<Option<Condition>, PlanError> {
    check_filter(filter, schema.model)?;
    // The item may not exist, and then it lacks its key attributes as well.
    let known = KnownAttributes { values: &Item::new(), present: &[] };
    Ok(match fold(filter, &known) {
        Folded::Always => None,
        Folded::Depends(filter) => Some(condition(&filter)),
        Folded::Never => Some(schema.item_exists().and(schema.no_item_exists())),
    })
}

impl<M> Q<M> {
    /// Returns the lookups as a condition without the model's type, for the requests of [`plan`](crate::plan) that take one.
    ///
    /// # Errors
    ///
    /// Returns the [`InvalidLookup`] if a lookup is invalid: DynamoDB cannot store its operand, for example. It converts into
    /// [`Error`](crate::error::Error).
    ///
    /// ```
    /// # use djamodb_example_models::{City, city_database};
    /// # use djamodb::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), djamodb::Error> {
    /// # let db = city_database().await?;
    /// use djamodb::plan::{TransactPut, TransactWriteItems};
    ///
    /// let seattle = City::new("Seattle", 2);
    /// let unvisited = City::VISITS.lt(2) | City::VISITS.not_exists();
    /// let put = TransactPut::new(db.table_name::<City>(), seattle.to_item()?).when(unvisited.into_condition()?);
    /// db.run(TransactWriteItems::new([put.into()])).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_condition(self) -> Result<Condition, InvalidLookup> {
        let filter = self.into_filter();
        filter.check()?;
        Ok(condition(&filter))
    }
}
