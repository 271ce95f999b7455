//! Aggregates over the items of a queryset.

use super::QuerySet;
use super::reader::PageReader;
use super::unexpired::ReadTime;
use crate::database::Database;
use crate::error::Error;
use crate::model::{Aggregate, AggregateError, Index, Model};
use crate::planner::{Explain, PlanError};

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Returns aggregates of the items: their number, and the minimum, maximum, sum and average of attributes. Several are computed in
    /// one read if they are given as a tuple.
    ///
    /// DynamoDB computes no aggregates. All matching items are read, of which only the needed attributes are sent, and added up page by
    /// page. The cost is that of [`all`](Self::all). With a limit, only that many items are aggregated.
    ///
    /// Items that lack an attribute are left out of its aggregates, as SQL leaves out nulls. Where no item is left, the result is `None`.
    /// Values are added exactly. A sum has the type of the attribute or a wider one, see [`Numeric`](crate::model::Numeric). An average is
    /// a `Number`, rounded to 38 digits, half to even.
    ///
    /// # Errors
    ///
    /// - [`Error::Aggregate`] if a sum needs more than 38 digits.
    /// - [`Error::SumOutOfRange`] if a sum does not fit its type.
    /// - Those of [`all`](Self::all).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let (max, avg, count) = seattle.aggregate((Weather::TEMP_MAX.max(), Weather::TEMP_MAX.avg(), count()), &db).await?;
    /// assert_eq!(max, Some(10.6));
    /// assert_eq!(avg.map(|avg| avg.to_string()).as_deref(), Some("9.0666666666666666666666666666666666667"));
    /// assert_eq!(count, 3);
    ///
    /// let days: Option<u64> = seattle.aggregate(Weather::DAY.sum(), &db).await?; // `day` is a `u32`
    /// assert_eq!(days, Some(6));
    ///
    /// let nowhere = Weather::objects().set_hash_key("Nowhere");
    /// assert_eq!(nowhere.aggregate(Weather::TEMP_MAX.sum(), &db).await?, None);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn aggregate<A: Aggregate<M>>(&self, mut aggregate: A, db: &Database) -> Result<A::Output, Error> {
        let call = async {
            let tree = self.spec.at(ReadTime::now(db)).plan_aggregate(aggregate.paths(), &db.table_name::<M>())?;
            let mut reader = PageReader::begin(tree, M::schema().model, db)?;
            while let Some(page) = reader.next().await? {
                for item in &page.items {
                    aggregate.accumulate(item).map_err(|error| match error {
                        AggregateError::Codec(error) => db.decode_error::<M>(item, error),
                        error => aggregate_error::<M>(error),
                    })?;
                }
            }
            aggregate.finish().map_err(aggregate_error::<M>)
        };
        self.spec.call_span(db, "aggregate").run(call).await
    }

    /// Returns the plan of [`aggregate`](Self::aggregate) and its cost.
    ///
    /// # Errors
    ///
    /// Returns the error with which `aggregate` would be refused.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let explained = Weather::objects().scan().explain_aggregate((Weather::TEMP_MAX.max(), count()))?;
    /// assert_eq!(
    ///     explained.plan.to_string(),
    ///     "Aggregate max(temp_max), count\n  Scan weather; projection: location, day, temp_max; unordered\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_aggregate(&self, aggregate: impl Aggregate<M>) -> Result<Explain, PlanError> {
        let spec = self.spec.at(ReadTime::Unknown);
        let mut explain = spec.plan_aggregate(aggregate.paths(), &M::schema().table.name)?.explain();
        explain.plan = explain.plan.inside("Aggregate", [("of", aggregate.describe())]);
        Ok(explain)
    }
}

fn aggregate_error<M: Model>(error: AggregateError) -> Error {
    let model = M::schema().model;
    match error {
        AggregateError::Codec(error) => error.into(),
        AggregateError::SumOutOfRange { path, error } => {
            Error::SumOutOfRange { model, attribute: path.to_string(), error }
        }
        AggregateError::Number { path, function, error } => {
            Error::Aggregate { model, attribute: path.to_string(), function, error }
        }
    }
}
