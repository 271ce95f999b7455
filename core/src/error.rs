//! What can go wrong between a queryset and its results.

mod writes_incomplete;

pub use writes_incomplete::WritesIncomplete;

use crate::driver::DriverError;
use crate::model::{CodecError, Model};
use crate::planner::PlanError;
use crate::schema::StreamView;
use crate::value::{Name, NumberError};

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be planned; nothing was sent.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The driver could not carry a plan out.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// A Rust value and an item do not fit.
    #[error("{model}: {error}")]
    Codec {
        /// The model.
        model: &'static str,
        /// What does not fit.
        error: CodecError,
    },
    /// There is no such item.
    #[error("no {model} matches: {query}")]
    ObjectDoesNotExist {
        /// The model.
        model: &'static str,
        /// What was asked.
        query: String,
    },
    /// There is more than one such item.
    #[error("more than one {model} matches: {query}; use first() to take one of them")]
    MultipleObjectsReturned {
        /// The model.
        model: &'static str,
        /// What was asked.
        query: String,
    },
    /// The values of an attribute come to no number that can be held.
    #[error(
        "the {function} of `{attribute}` over items of {model} cannot be told: {error}; \
         a number has at most 38 digits, and none of them is rounded away on the way"
    )]
    Aggregate {
        /// The model.
        model: &'static str,
        /// Where in the items.
        attribute: String,
        /// `sum` or `avg`.
        function: &'static str,
        /// Why not.
        error: NumberError,
    },
    /// An item of this key is there already.
    #[error("a {model} with the key {key} exists already; use save() to replace it")]
    ObjectAlreadyExists {
        /// The model.
        model: &'static str,
        /// The key.
        key: String,
    },
    /// The item that was to be written or deleted does not satisfy the condition.
    #[error("the {model} with the key {key} does not satisfy the condition of {operation}; nothing was written")]
    ConditionFailed {
        /// The model.
        model: &'static str,
        /// The key.
        key: String,
        /// What was to be done.
        operation: &'static str,
    },
    /// Several writes, of which not all could be made.
    #[error("{0}")]
    WritesIncomplete(Box<WritesIncomplete>),
    /// The changes of a model's items cannot be read, since its table has no stream that tells them.
    #[error(
        "the table {table} of {model} {has}; its changes need a stream of both images: set `stream: \
         Some(StreamView::NewAndOldImages)` in TableDefaults before the table is created, or enable it with UpdateTable",
        has = stream_it_has(*view)
    )]
    NoStream {
        /// The model.
        model: &'static str,
        /// Its table.
        table: Name,
        /// What the table's stream records, if it has one.
        view: Option<StreamView>,
    },
    /// A secret for page tokens could be guessed.
    #[error("a secret for page tokens has 16 random bytes or more")]
    CursorSecretTooShort,
    /// There is no model to create tables for.
    #[error(
        "no model is registered; a crate of models that the program never mentions is left out by the linker, \
         which `use models as _;` cures"
    )]
    NoModels,
    /// Some of several tables could not be created or deleted.
    #[error("{failed} of several tables failed, {done:?} are done; the first error: {error}", failed = failed)]
    SomeTables {
        /// The tables that are done.
        done: Vec<Name>,
        /// How many failed.
        failed: usize,
        /// The first error.
        error: Box<Error>,
    },
}

fn stream_it_has(view: Option<StreamView>) -> String {
    match view {
        None => "has no stream".to_owned(),
        Some(view) => format!("has a stream of {view:?} only"),
    }
}

impl Error {
    /// A value and an item of this model that do not fit.
    pub(crate) fn codec<M: Model>(error: CodecError) -> Self {
        Self::Codec { model: M::schema().model, error }
    }

    /// Whether no item matched.
    pub fn is_object_does_not_exist(&self) -> bool {
        matches!(self, Self::ObjectDoesNotExist { .. })
    }

    /// Whether more than one item matched.
    pub fn is_multiple_objects_returned(&self) -> bool {
        matches!(self, Self::MultipleObjectsReturned { .. })
    }
}
