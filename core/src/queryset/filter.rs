//! Builder methods that choose which items match.

use super::QuerySet;
use crate::model::{Filter, Index, IntoLookupValues, InvalidLookup, Model, Q};

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Keeps the items that satisfy the lookups and those of every earlier `filter`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle").values(Weather::DAY);
    /// let warm = seattle.filter(Weather::TEMP_MAX.gt(9));
    /// assert_eq!(warm.all(&db).await?, [2, 3]);
    /// assert_eq!(warm.filter(Weather::DAY.lt(3)).all(&db).await?, [2]);
    ///
    /// let either = Weather::KIND.eq("sun") | Weather::TEMP_MAX.gt(10);
    /// assert_eq!(seattle.filter(either).all(&db).await?, [1, 2]);
    /// let exactly_one = Weather::KIND.eq("rain") ^ Weather::TEMP_MAX.gt(10);
    /// assert_eq!(seattle.filter(exactly_one).all(&db).await?, [3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter(&self, lookups: Q<M>) -> Self {
        self.with(|spec| spec.request.filter.push(lookups.into_filter()))
    }

    /// Keeps the items that satisfy a lookup given as text: `filter_lookup("date__gte", "2015-01-01")`.
    ///
    /// The name is a field, or a path into one, followed by `__` and an operator. Without an operator, the value must be equal. `in` and
    /// `between` take a JSON array or several texts; `exists` takes `true` or `false`. For a text that is no lookup, terminal methods
    /// return [`PlanError::Lookup`](crate::planner::PlanError::Lookup).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle").values(Weather::DAY);
    /// assert_eq!(seattle.filter_lookup("temp_max__gte", "9.4").all(&db).await?, [2, 3]);
    /// assert_eq!(seattle.filter_lookup("kind__in", ["sun", "snow"]).all(&db).await?, [1]);
    /// assert!(seattle.filter_lookup("temp_max__startswith", "9").all(&db).await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter_lookup(&self, lookup: &str, value: impl IntoLookupValues) -> Self {
        self.filter(text_lookup(lookup, value))
    }

    /// Drops the items that satisfy the lookups: the opposite of [`filter`](Self::filter).
    ///
    /// An item that lacks an attribute does not satisfy a lookup on it, so it stays: `exclude(KIND.eq("rain"))` keeps the same items as
    /// `filter(KIND.ne("rain"))`, those without a kind included.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// Weather { location: "Seattle".to_owned(), day: 4, kind: None, temp_max: 8.0 }.save(&db).await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle").values(Weather::DAY);
    /// assert_eq!(seattle.exclude(Weather::KIND.eq("rain")).all(&db).await?, [1, 4]);
    /// assert_eq!(seattle.filter(Weather::KIND.exists() & !Weather::KIND.eq("rain")).all(&db).await?, [1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn exclude(&self, lookups: Q<M>) -> Self {
        self.filter(!lookups)
    }
}

/// Returns the lookup that a text names.
pub(super) fn text_lookup<M: Model>(lookup: &str, value: impl IntoLookupValues) -> Q<M> {
    match M::schema().text_lookup(lookup, value.into_lookup_values()) {
        Ok(lookup) => lookup.into(),
        Err(error) => Q::from_filter(Filter::Invalid(InvalidLookup::Text(error))),
    }
}
