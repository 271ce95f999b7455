//! Managers: where querysets begin.

use std::fmt;
use std::ops::Deref;

use super::QuerySet;
use crate::model::{Index, Model};

/// Where querysets of a model begin: all items of its table, or of the index `I`.
///
/// Everything a queryset can do, a manager can do.
#[must_use = "a manager asks nothing until a terminal method is called"]
pub struct Manager<M: Model, I = <M as Model>::Primary>(QuerySet<M, I>);

impl<M: Model, I: Index<Model = M>> Manager<M, I> {
    /// All items of the table, or of the index.
    pub fn new() -> Self {
        Self(QuerySet::new())
    }

    /// Reads an index instead, whatever its hash key: none is set yet.
    pub fn set_index<J: Index<Model = M>>(&self, index: J) -> QuerySet<M, J> {
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
pub trait Managed: Model {
    /// What the default manager reads.
    type Default: Index<Model = Self>;

    /// The manager named by `#[model(default_manager = …)]`, or else the one over the table.
    fn default_manager() -> Manager<Self, Self::Default>;
}
