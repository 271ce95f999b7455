//! Managers: where querysets begin.

use std::fmt;
use std::ops::Deref;

use super::QuerySet;
use crate::model::{Index, Model, ModelIs, Q};

/// Where querysets of a model begin: all items of its table, or of the index `I`.
///
/// Everything a queryset can do, a manager can do.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
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
/// let objects = Weather::objects();
/// assert_eq!(objects.set_hash_key("Seattle").count(&db).await?, 3);
/// assert_eq!(objects.set_index(Weather::BY_KIND).set_hash_key("sun").count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
///
/// # Managers of one's own
///
/// A model declares them in `#[model(manager(…))]`: with a filter, which all their querysets keep, bound to an index, or both.
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
/// A manager that no option says is a function that gives one, made of [`with_filter`](Self::with_filter). Methods of one's own are
/// a trait on [`QuerySet`]; managers have them too, before and after the index or the hash key is set.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: Option<String>,
/// #     temp_max: f64,
/// # }
/// trait WeatherQuerySet {
///     fn warm(&self) -> Self;
/// }
///
/// impl<I: Index<Model = Weather>> WeatherQuerySet for QuerySet<Weather, I> {
///     fn warm(&self) -> Self {
///         self.filter(Weather::TEMP_MAX.gt(10))
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
/// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
/// #     Weather { location, day, kind, temp_max }.save(&db).await?;
/// # }
/// assert_eq!(Weather::objects().warm().set_hash_key("Seattle").count(&db).await?, 1);
/// assert_eq!(Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain").warm().count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a manager asks nothing until a terminal method is called"]
pub struct Manager<M: Model, I = <M as Model>::Primary>(QuerySet<M, I>);

impl<M: Model, I: Index<Model = M>> Manager<M, I> {
    /// All items of the table, or of the index.
    pub fn new() -> Self {
        Self(QuerySet::new())
    }

    /// The same with lookups that all its querysets keep, beside those that it has.
    ///
    /// Unlike [`filter`](QuerySet::filter), this gives a manager: it holds no hash key, so that any index can be set.
    ///
    /// What asks for items asks for these alone: `get`, `in_bulk`, `contains`, `update` and `delete` as well. What is given whole is
    /// written as it is given, by [`bulk_create`](Self::bulk_create) and [`bulk_update`](Self::bulk_update); and the methods of a
    /// value, such as `refresh` and `get_by_key`, are of no manager.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// #     kind: Option<String>,
    /// #     temp_max: f64,
    /// # }
    /// impl Weather {
    ///     fn warm() -> Manager<Self> {
    ///         Manager::new().with_filter(Self::TEMP_MAX.gt(9))
    ///     }
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
    /// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
    /// #     Weather { location, day, kind, temp_max }.save(&db).await?;
    /// # }
    /// assert_eq!(Weather::warm().set_hash_key("Seattle").count(&db).await?, 2);
    /// assert_eq!(Weather::warm().set_index(Weather::BY_KIND).set_hash_key("sun").count(&db).await?, 0);
    /// let found = Weather::warm().in_bulk([("Seattle", 1), ("Seattle", 2)], &db).await?;
    /// assert!(found.contains_key(&("Seattle", 2)) && !found.contains_key(&("Seattle", 1)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_filter(&self, lookups: Q<M>) -> Self {
        Self(self.0.filter(lookups))
    }

    /// Reads an index instead, whatever its hash key: none is set yet. What the manager keeps is kept.
    pub fn set_index<J: Index<Model: ModelIs<M>>>(&self, index: J) -> QuerySet<M, J> {
        self.0.on_index(index)
    }

    /// The queryset of all items.
    pub fn queryset(&self) -> QuerySet<M, I> {
        self.0.clone()
    }
}

impl<M: Model, I: Index<Model = M>> Default for Manager<M, I> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: Model, I> Deref for Manager<M, I> {
    type Target = QuerySet<M, I>;

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

/// A model with a default manager, for code that works on any model. The derive implements it.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
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
/// /// The first item of any model, as its default manager sees it.
/// async fn first<M: Managed>(db: &Database, key: impl FnOnce(Manager<M, M::Default>) -> QuerySet<M, M::Default>) -> Option<M> {
///     key(M::default_manager()).first(db).await.ok().flatten()
/// }
/// let found = first::<Weather>(&db, |manager| manager.set_hash_key("Seattle")).await;
/// assert_eq!(found.map(|weather| weather.day), Some(1));
/// # Ok(())
/// # }
/// ```
///
/// A manager that is declared as `objects` takes the place of the one over the table, and is the default one unless
/// `default_manager` names another. What it leaves out is then left out wherever nobody says otherwise.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "articles", default_manager = objects)]
/// #[model(manager(objects, filter = Self::WITHDRAWN.eq(false)), manager(everything))]
/// struct Article {
///     #[model(hash_key)]
///     id: u32,
///     withdrawn: bool,
/// }
///
/// async fn how_many<M: Managed>(db: &Database) -> Result<u64, djamodb::Error> {
///     M::default_manager().scan().count(db).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Article>().await?;
/// # for (id, withdrawn) in [(1, false), (2, true), (3, false)] {
/// #     Article { id, withdrawn }.save(&db).await?;
/// # }
/// assert_eq!(how_many::<Article>(&db).await?, 2);
/// assert_eq!(Article::everything().scan().count(&db).await?, 3);
/// # Ok(())
/// # }
/// ```
pub trait Managed: Model {
    /// What the default manager reads.
    type Default: Index<Model = Self>;

    /// The manager named by `#[model(default_manager = …)]`, or else `objects`: the one over the table, unless another is declared
    /// so.
    fn default_manager() -> Manager<Self, Self::Default>;
}
