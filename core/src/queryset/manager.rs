//! Managers, which create querysets.

use std::fmt;
use std::ops::Deref;

use super::QuerySet;
use crate::model::{Index, Model, ModelIs, Q};

/// The source of a model's querysets: all items of its table, or of the index `I`.
///
/// A manager dereferences to its queryset of all items, so it has all methods of a queryset.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// let objects = Weather::objects();
/// assert_eq!(objects.set_hash_key("Seattle").count(&db).await?, 3);
/// assert_eq!(objects.set_index(Weather::BY_KIND).set_hash_key("sun").count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
///
/// # Custom managers
///
/// A model declares managers in `#[model(manager(…))]`: with a filter that all their querysets keep, bound to an index, or both.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "weather")]
/// #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
/// #[model(manager(rain, filter = Self::KIND.eq("rain")))]
/// #[model(manager(of_kind, index = by_kind))]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(range_key)]
///     day: u32,
///     kind: Option<String>,
///     temp_max: f64,
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
/// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
/// #     Weather { location, day, kind, temp_max }.save(&db).await?;
/// # }
/// let seattle = Weather::rain().set_hash_key("Seattle");
/// assert_eq!(seattle.count(&db).await?, 2);
/// assert_eq!(Weather::of_kind().set_hash_key("sun").count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
///
/// For other managers, write a function that returns one, made by [`with_filter`](Self::with_filter). Custom methods are a trait
/// on [`QuerySet`]. Managers have them too, before and after the index or the hash key is set.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// trait WeatherQuerySet {
///     fn warm(&self) -> Self;
/// }
///
/// impl<R, I: Index<Model = Weather>> WeatherQuerySet for QuerySet<Weather, R, I> {
///     fn warm(&self) -> Self {
///         self.filter(Weather::TEMP_MAX.gt(10))
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// assert_eq!(Weather::objects().warm().set_hash_key("Seattle").count(&db).await?, 1);
/// assert_eq!(Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain").warm().count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a manager sends nothing until a terminal method is called"]
pub struct Manager<M: Model, I = <M as Model>::Primary>(QuerySet<M, M, I>);

impl<M: Model, I: Index<Model = M>> Manager<M, I> {
    /// Returns the manager of all items of the table or index.
    pub fn new() -> Self {
        Self(QuerySet::new())
    }

    /// Returns a manager whose querysets keep these lookups, beside those that this manager's querysets keep.
    ///
    /// Unlike [`filter`](QuerySet::filter), this returns a manager: it has no hash key, so any index can be set.
    ///
    /// Every method that reads items keeps the lookups, `get`, `in_bulk`, `contains`, `update` and `delete` included. Methods that are
    /// given whole values, [`bulk_create`](Self::bulk_create) and [`bulk_update`](Self::bulk_update), write them as they are. Methods of
    /// a value, such as `refresh` and `get_by_key`, use no manager.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// fn warm() -> Manager<Weather> {
    ///     Manager::new().with_filter(Weather::TEMP_MAX.gt(9))
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// assert_eq!(warm().set_hash_key("Seattle").count(&db).await?, 2);
    /// assert_eq!(warm().set_index(Weather::BY_KIND).set_hash_key("sun").count(&db).await?, 0);
    /// let found = warm().in_bulk([("Seattle", 1), ("Seattle", 2)], &db).await?;
    /// assert!(found.contains_key(&("Seattle", 2)) && !found.contains_key(&("Seattle", 1)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_filter(&self, lookups: Q<M>) -> Self {
        Self(self.0.filter(lookups))
    }

    pub(super) fn with_queryset(&self, change: impl FnOnce(&QuerySet<M, M, I>) -> QuerySet<M, M, I>) -> Self {
        Self(change(&self.0))
    }

    /// Reads an index with any type of hash key, since no hash key is set yet. The manager's lookups are kept.
    pub fn set_index<J: Index<Model: ModelIs<M>>>(&self, index: J) -> QuerySet<M, M, J> {
        self.0.on_index(index)
    }

    /// Returns the queryset of all items that the manager keeps.
    pub fn queryset(&self) -> QuerySet<M, M, I> {
        self.0.clone()
    }
}

impl<M: Model, I: Index<Model = M>> Default for Manager<M, I> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: Model, I> Deref for Manager<M, I> {
    type Target = QuerySet<M, M, I>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<M: Model, I> Clone for Manager<M, I> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<M: Model, I> fmt::Debug for Manager<M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Manager").field(&self.0).finish()
    }
}
