//! Which items a queryset keeps.

use super::QuerySet;
use crate::model::{Filter, Index, IntoLookupValues, InvalidLookup, Model, Q};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Keeps the items that satisfy the lookups, and those of every earlier `filter`.
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// let warm = seattle.filter(Weather::TEMP_MAX.gt(9));
    /// assert_eq!(days(warm.all(&db).await?), [2, 3]);
    /// assert_eq!(days(warm.filter(Weather::DAY.lt(3)).all(&db).await?), [2]);
    ///
    /// let either = Weather::KIND.eq("sun") | Weather::TEMP_MAX.gt(10);
    /// assert_eq!(days(seattle.filter(either).all(&db).await?), [1, 2]);
    /// let one_of_both = Weather::KIND.exists() ^ Weather::TEMP_MAX.gt(9);
    /// assert_eq!(days(seattle.filter(one_of_both).all(&db).await?), [1, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter(&self, lookups: Q<M>) -> Self {
        self.and(lookups.into_filter())
    }

    /// The same for a lookup that comes as text: `filter_lookup("date__gte", "2015-01-01")`.
    ///
    /// The name is a field, or a path into one, then `__` and an operator; without an operator, the value must be equal.
    /// `in` and `between` take a JSON array or several texts, `exists` takes `true` or `false`.
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.filter_lookup("temp_max__gte", "9.4").all(&db).await?), [2, 3]);
    /// assert_eq!(days(seattle.filter_lookup("kind__in", ["rain", "snow"]).all(&db).await?), [2]);
    /// assert!(seattle.filter_lookup("temp_max__startswith", "9").all(&db).await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter_lookup(&self, lookup: &str, value: impl IntoLookupValues) -> Self {
        let lookup = match self.request().schema.text_lookup(lookup, value.into_lookup_values()) {
            Ok(lookup) => Filter::Lookup(lookup),
            Err(error) => Filter::Invalid(InvalidLookup::Text(error)),
        };
        self.and(lookup)
    }

    /// Drops the items that satisfy the lookups: the opposite of [`filter`](Self::filter).
    ///
    /// An item that lacks an attribute does not satisfy a lookup on it, so that it stays: `exclude(KIND.eq("rain"))` keeps the
    /// same items as `filter(KIND.ne("rain"))`, those without a kind among them.
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
    /// # for (day, kind, temp_max) in [(1, Some("sun"), 7.2), (2, Some("rain"), 10.6), (3, None, 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), kind.map(str::to_owned));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// let days = |found: Vec<Weather>| found.into_iter().map(|weather| weather.day).collect::<Vec<_>>();
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(days(seattle.exclude(Weather::KIND.eq("rain")).all(&db).await?), [1, 3]);
    /// assert_eq!(days(seattle.filter(Weather::KIND.exists() & !Weather::KIND.eq("rain")).all(&db).await?), [1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn exclude(&self, lookups: Q<M>) -> Self {
        self.filter(!lookups)
    }

    fn and(&self, lookups: Filter) -> Self {
        self.with(|request| {
            let earlier = std::mem::replace(&mut request.filter, Filter::All(Vec::new()));
            request.filter = earlier.and(lookups);
        })
    }
}
