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
#[must_use = "a manager asks nothing until a terminal method is called"]
pub struct Manager<M: Model, I = <M as Model>::Primary>(QuerySet<M, I>);

impl<M: Model, I: Index<Model = M>> Manager<M, I> {
    /// All items of the table, or of the index.
    pub fn new() -> Self {
        Self(QuerySet::new())
    }

    /// The same with lookups that all its querysets keep, beside those that it has.
    ///
    /// Unlike [`filter`](QuerySet::filter), which gives a queryset, this gives a manager.
    pub fn with_filter(&self, lookups: Q<M>) -> Self {
        Self(self.0.filter(lookups))
    }

    /// Reads an index instead, whatever its hash key: none is set yet.
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
pub trait Managed: Model {
    /// What the default manager reads.
    type Default: Index<Model = Self>;

    /// The manager named by `#[model(default_manager = …)]`, or else the one over the table.
    fn default_manager() -> Manager<Self, Self::Default>;
}
