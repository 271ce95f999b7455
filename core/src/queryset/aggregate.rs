//! What the items of a queryset come to.

use super::{QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::model::{Aggregate, AggregateError, Index, Model};
use crate::planner::{Explain, PlanError};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// What the items come to: their number, and the least, the greatest, the sum and the average of attributes; several at once
    /// in a tuple.
    ///
    /// DynamoDB computes none of these. All matching items are read, of which only the attributes needed are sent, and nothing
    /// is kept but the results so far. It costs what [`all`](Self::all) costs; with a limit, only so many items are taken in.
    ///
    /// Items that lack an attribute are left out of what is computed of it, as SQL leaves out nulls; where none is left, there is
    /// no result. Sums are exact, in [`Number`](crate::value::Number), and one that needs more than 38 digits is
    /// [`Error::Aggregate`]. Averages are rounded to 38 digits, half to even.
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
    /// #     kind: Option<String>,
    /// #     temp_max: f64,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let (max, avg, count) = seattle.aggregate((Weather::TEMP_MAX.max(), Weather::TEMP_MAX.avg(), count()), &db).await?;
    /// assert_eq!(max, Some(10.6));
    /// assert_eq!(avg.map(|avg| avg.to_string()).as_deref(), Some("9.0666666666666666666666666666666666667"));
    /// assert_eq!(count, 3);
    ///
    /// let nowhere = Weather::objects().set_hash_key("Nowhere");
    /// assert_eq!(nowhere.aggregate(Weather::TEMP_MAX.sum(), &db).await?, None);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn aggregate<A: Aggregate<M>>(&self, mut aggregate: A, db: &Database) -> Result<A::Output, Error> {
        let mut read = self.with_parts(aggregate.paths()).read(Terminal::Aggregate, db)?;
        while let Some(page) = read.next().await? {
            for item in &page.items {
                aggregate.accumulate(item).map_err(error::<M>)?;
            }
        }
        aggregate.finish().map_err(error::<M>)
    }

    /// What [`aggregate`](Self::aggregate) would do, and what it would cost.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     temp_max: f64,
    /// # }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let explained = Weather::objects().scan().explain_aggregate((Weather::TEMP_MAX.max(), count()))?;
    /// assert_eq!(
    ///     explained.plan.to_string(),
    ///     "Aggregate max(temp_max), count\n  Scan weather; projection: location, temp_max; in no order\n",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_aggregate(&self, aggregate: impl Aggregate<M>) -> Result<Explain, PlanError> {
        let mut explain = self.with_parts(aggregate.paths()).explain_for(Terminal::Aggregate)?;
        explain.plan = explain.plan.inside("Aggregate", [("of", aggregate.describe())]);
        Ok(explain)
    }
}

fn error<M: Model>(error: AggregateError) -> Error {
    let model = M::schema().model;
    match error {
        AggregateError::Codec(error) => Error::codec::<M>(error),
        AggregateError::Number { path, function, error } => {
            Error::Aggregate { model, attribute: path.to_string(), function, error }
        }
    }
}
