//! Managers, which create querysets.

use std::fmt;
use std::ops::Deref;

use super::{CustomQuerySet, Proxy, QuerySet, WholeItems};
use crate::model::{Index, Model, Q};

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
/// For other managers, write a function that returns one, made by [`with_filter`](ManagerOf::with_filter). Methods without state can be a
/// trait on [`QuerySet`], as here. Managers have them too, before and after the index or the hash key is set. For state, and to override
/// methods, derive [`CustomQuerySet`].
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
pub type Manager<M, I = <M as Model>::Primary> = ManagerOf<QuerySet<M, M, I>>;

/// The source of querysets of the type `S`: a [`QuerySet`] for a [`Manager`], a [`CustomQuerySet`] of your own, or a queryset whose rows are a
/// [`Proxy`].
///
/// A manager dereferences to its queryset of all items, so it has all methods of that type. Any queryset becomes a manager by `From`:
///
/// ```
/// use djamodb::prelude::*;
/// use djamodb::queryset::ManagerOf;
/// # use djamodb_example_models::{Weather, weather_database};
///
/// #[derive(CustomQuerySet)]
/// struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
///     queryset: QuerySet<Weather, R, I>,
///     degrees_min: f64,
/// }
///
/// impl<R, I: Index<Model = Weather>> WeatherQuerySet<R, I> {
///     fn warm(&self) -> Self {
///         self.filter(Weather::TEMP_MAX.gte(self.degrees_min))
///     }
/// }
///
/// /// Returns a manager whose querysets begin with a state.
/// fn summer() -> ManagerOf<WeatherQuerySet> {
///     WeatherQuerySet { queryset: Manager::new().queryset(), degrees_min: 10.0 }.into()
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// assert_eq!(summer().set_index(Weather::BY_KIND).set_hash_key("rain").warm().count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a manager sends nothing until a terminal method is called"]
pub struct ManagerOf<S>(S);

impl<M: Model, I: Index<Model = M>> Manager<M, I> {
    /// Returns the manager of all items of the table or index.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<S: CustomQuerySet> ManagerOf<S> {
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
    pub fn with_filter(&self, lookups: Q<S::Model>) -> Self {
        let lookups = self.0.pre_filter(lookups);
        self.with_inner(self.inner().filter(lookups))
    }

    /// Reads an index with any type of hash key. The manager's lookups are kept.
    ///
    /// A hash key of the queryset that became the manager is not kept, since it is one of another index.
    pub fn set_index<J: Index<Model = S::Model>>(&self, index: J) -> S::Of<S::Row, J> {
        let queryset = self.inner().on_index(index).with(|spec| spec.request.hash_key = None);
        self.0.with_inner_of(queryset).post_set_index()
    }

    /// Returns a manager with the same lookups, whose rows are a proxy.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// #[derive(Proxy)]
    /// struct Day(Weather);
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let days = Weather::objects().as_proxy::<Day>().set_hash_key("Seattle").all(&db).await?;
    /// assert_eq!(days[0].day, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_proxy<P: Proxy<Base = S::Model>>(&self) -> ManagerOf<S::Of<P, S::Index>>
    where
        S::Row: WholeItems<S::Model>,
    {
        ManagerOf(self.0.with_inner_of(self.inner().as_proxy()))
    }

    /// Returns the manager of the model with the same index and lookups, without the state and the methods of `S`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # #[derive(CustomQuerySet)]
    /// # struct WeatherQuerySet<R = Weather, I = <Weather as Model>::Primary> {
    /// #     queryset: QuerySet<Weather, R, I>,
    /// # }
    /// let plain: Manager<Weather> = WeatherQuerySet::as_manager().plain();
    /// # let _ = plain;
    /// ```
    pub fn plain(&self) -> Manager<S::Model, S::Index>
    where
        S: CustomQuerySet<Row = <S as CustomQuerySet>::Model>,
    {
        ManagerOf(self.inner().clone())
    }

    /// Returns the queryset of all items that the manager keeps.
    pub fn queryset(&self) -> S {
        self.0.clone()
    }

    pub(super) fn inner(&self) -> &QuerySet<S::Model, S::Row, S::Index> {
        self.0.inner()
    }

    pub(super) fn with_inner(&self, queryset: QuerySet<S::Model, S::Row, S::Index>) -> Self {
        Self(self.0.with_inner(queryset))
    }
}

impl<M: Model, S: CustomQuerySet<Model = M, Row = M>> Default for ManagerOf<S> {
    fn default() -> Self {
        Self(S::from(QuerySet::new()))
    }
}

impl<S: CustomQuerySet> From<S> for ManagerOf<S> {
    fn from(queryset: S) -> Self {
        Self(queryset)
    }
}

impl<S> Deref for ManagerOf<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.0
    }
}

impl<S: Clone> Clone for ManagerOf<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S: fmt::Debug> fmt::Debug for ManagerOf<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Manager").field(&self.0).finish()
    }
}
