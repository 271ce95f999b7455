//! The error of models, querysets and tables.

mod batch_incomplete;
mod invalid_value;
mod not_unique;
mod signal_failed;
mod stale_value;
mod table_conflict;
mod table_mismatch;
mod transaction_canceled;
mod validation_failed;
mod writes_incomplete;

pub use batch_incomplete::{BatchIncomplete, BatchedWrite};
pub use invalid_value::InvalidValue;
pub use not_unique::NotUnique;
pub use signal_failed::{Signal, SignalFailed};
pub use stale_value::StaleValue;
pub use table_conflict::TableConflict;
pub use table_mismatch::{TableDifference, TableMismatch};
pub use transaction_canceled::{CanceledAction, HeldVersion, TransactionCanceled};
pub use validation_failed::{FailedValue, ValidationFailed};
pub use writes_incomplete::WritesIncomplete;

pub use crate::run::WriteState;

use crate::driver::DriverError;
use crate::expression::{PathError, UpdateError};
use crate::model::{CodecError, InvalidEdit, InvalidLookup, Model, TextLookupError};
use crate::planner::PlanError;
use crate::schema::StreamView;
use crate::value::{Item, Name, NumberError, describe_key};

/// The error of a call that reads or writes models.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The call cannot be planned. Nothing was sent.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A request failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// An item cannot be decoded into the model, or into a part of it.
    #[error("cannot decode the item {} of table {table} into {model}: {error}", describe_key(key))]
    Decode {
        /// The model.
        model: &'static str,
        /// The table.
        table: Name,
        /// Key of the item in the table.
        key: Item,
        /// The attribute and the cause.
        error: CodecError,
    },
    /// A value that is to be written breaks a rule of DynamoDB. Nothing was sent.
    #[error("{0}")]
    InvalidValue(Box<InvalidValue>),
    /// Validators refuse a value that is to be written, or several. Nothing was sent.
    #[error(transparent)]
    ValidationFailed(Box<ValidationFailed>),
    /// A receiver of a signal returned an error.
    #[error(transparent)]
    SignalFailed(Box<SignalFailed>),
    /// A key of the model cannot be encoded. Nothing was sent.
    #[error("cannot encode a key of {model}: {error}")]
    Encode {
        /// The model.
        model: &'static str,
        /// The attribute and the cause.
        error: CodecError,
    },
    /// A value cannot be encoded or decoded, outside of a call on a model: the error of
    /// [`Model::key`], for example.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// A lookup is invalid, outside of a queryset.
    #[error(transparent)]
    Lookup(#[from] InvalidLookup),
    /// An edit is invalid, outside of a call on a model.
    #[error(transparent)]
    Edit(#[from] InvalidEdit),
    /// A text is not a document path.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The settings of a database are invalid, or its driver rejects them: the error of `djamodb::connect`.
    #[error(transparent)]
    Connect(Box<dyn std::error::Error + Send + Sync>),
    /// No item matches.
    #[error("no {model} matches: {query}")]
    ObjectDoesNotExist {
        /// The model.
        model: &'static str,
        /// The key or the request that matched no item.
        query: String,
    },
    /// More than one item matches a call that expects one.
    #[error("more than one {model} matches: {query}; use first() to take one of them")]
    MultipleObjectsReturned {
        /// The model.
        model: &'static str,
        /// The request that matched several items.
        query: String,
    },
    /// The result of `sum` or `avg` is no number that DynamoDB can hold.
    #[error(
        "cannot compute the {function} of `{attribute}` over items of {model}: {error}; \
         a number has at most 38 digits, and results are not rounded"
    )]
    Aggregate {
        /// The model.
        model: &'static str,
        /// Path of the attribute in the items.
        attribute: String,
        /// `sum` or `avg`.
        function: &'static str,
        /// The cause.
        error: NumberError,
    },
    /// The result of `sum` does not fit its type.
    #[error(
        "cannot compute the sum of `{attribute}` over items of {model}: {error}; \
         use `sum_as::<Number>()`, which fits every sum"
    )]
    SumOutOfRange {
        /// The model.
        model: &'static str,
        /// Path of the attribute in the items.
        attribute: String,
        /// The sum and the type.
        error: CodecError,
    },
    /// An item with the key of the value to create already exists. Nothing was written.
    #[error("cannot create {model}: an item with the key {key} already exists; use save() to replace it")]
    ObjectAlreadyExists {
        /// The model.
        model: &'static str,
        /// The key.
        key: String,
    },
    /// Another item has the value of a unique attribute already. Nothing was written.
    #[error(transparent)]
    NotUnique(Box<NotUnique>),
    /// The item does not satisfy the condition of the call. Nothing was written.
    #[error(
        "{operation} of {model} with the key {key} failed: the item does not satisfy the condition; nothing was written"
    )]
    ConditionFailed {
        /// The model.
        model: &'static str,
        /// The table.
        table: Name,
        /// The key.
        key: String,
        /// Name of the method, `save` for example.
        operation: &'static str,
        /// The stored item, if the call [requested](crate::database::Call::returning_old_item) it and it exists.
        item: Option<Item>,
    },
    /// The value is not the latest one: another writer changed or deleted the item since it was read. Nothing was written.
    #[error(transparent)]
    Stale(Box<StaleValue>),
    /// Some of several writes were not carried out, or may not have been.
    #[error("{0}")]
    WritesIncomplete(Box<WritesIncomplete>),
    /// Some writes of a [`Batch`](crate::database::Batch) were not made, or may not have been.
    #[error("{0}")]
    BatchIncomplete(Box<BatchIncomplete>),
    /// The service cancelled a transaction.
    #[error(transparent)]
    TransactionCanceled(Box<TransactionCanceled>),
    /// The table has no stream with both images of each change.
    #[error(
        "cannot read changes of {model}: table {table} {found}; declare `#[model(stream = new_and_old_images)]` before the table \
         is created, or enable such a stream with UpdateTable",
        found = describe_stream(*view)
    )]
    NoStream {
        /// The model.
        model: &'static str,
        /// The table of the model.
        table: Name,
        /// Images recorded by the table's stream, or `None` if it has no stream.
        view: Option<StreamView>,
    },
    /// The secret for page tokens has fewer than 16 bytes.
    #[error("the secret for page tokens is too short; use at least 16 random bytes")]
    CursorSecretTooShort,
    /// No model is registered for a call about the tables of all models.
    #[error(
        "no model is registered; the linker drops a crate of models that the program does not mention, \
         so add `use models as _;` for it"
    )]
    NoModels,
    /// Two models declare the same table in ways that exclude each other. Nothing was sent.
    #[error(transparent)]
    TableConflict(Box<TableConflict>),
    /// A table already exists, and lacks an index or has another key than its models declare.
    #[error(transparent)]
    TableMismatch(Box<TableMismatch>),
    /// Some of several tables could not be created or deleted.
    #[error("{failed} tables failed, {} succeeded {done:?}; the first error: {error}", done.len())]
    SomeTables {
        /// Names of the tables that were created or deleted.
        done: Vec<Name>,
        /// Number of tables that failed.
        failed: usize,
        /// The error of the first table that failed.
        error: Box<Error>,
    },
}

fn describe_stream(view: Option<StreamView>) -> String {
    match view {
        None => "has no stream".to_owned(),
        Some(view) => format!("has a stream of {view:?}, and NewAndOldImages is needed"),
    }
}

impl Error {
    /// Creates the error of one value that `operation` is to write.
    pub(crate) fn invalid_value<M: Model>(
        operation: &'static str,
        position: Option<usize>,
        value: &M,
        error: CodecError,
    ) -> Self {
        let (model, key) = (M::schema().model, value.key().ok());
        Self::InvalidValue(Box::new(InvalidValue { model, operation, position, key, error }))
    }

    /// Creates the error of an item of `table` that cannot be decoded into the model `M`.
    pub(crate) fn decode<M: Model>(table: Name, item: &Item, error: CodecError) -> Self {
        let schema = M::schema();
        Self::Decode { model: schema.model, table, key: item.pick(schema.table.key.names()), error }
    }

    /// Creates the error of a key that the model `M` cannot encode.
    pub(crate) fn encode<M: Model>(error: CodecError) -> Self {
        Self::Encode { model: M::schema().model, error }
    }

    /// Returns the stored item that did not satisfy the condition of a call, or has another version than the value, decoded. Returns
    /// `None` if the call has a condition and did not [request](crate::database::Call::returning_old_item) the item, if there is no
    /// item, and for other errors.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`], if the item cannot be decoded.
    pub fn old_item<M: Model>(&self) -> Result<Option<M>, Self> {
        let (table, item) = match self {
            Self::ConditionFailed { table, item, .. } => (table, item),
            Self::Stale(stale) => (&stale.table, &stale.item),
            _ => return Ok(None),
        };
        let Some(item) = item else { return Ok(None) };
        M::from_item(item).map(Some).map_err(|error| Self::decode::<M>(table.clone(), item, error))
    }

    /// Returns `true` for [`ObjectDoesNotExist`](Self::ObjectDoesNotExist).
    pub fn is_object_does_not_exist(&self) -> bool {
        matches!(self, Self::ObjectDoesNotExist { .. })
    }

    /// Returns `true` for [`MultipleObjectsReturned`](Self::MultipleObjectsReturned).
    pub fn is_multiple_objects_returned(&self) -> bool {
        matches!(self, Self::MultipleObjectsReturned { .. })
    }

    /// Returns `true` for [`NotUnique`](Self::NotUnique).
    pub fn is_not_unique(&self) -> bool {
        matches!(self, Self::NotUnique(_))
    }

    /// Returns `true` for [`Stale`](Self::Stale).
    pub fn is_stale(&self) -> bool {
        matches!(self, Self::Stale(_))
    }

    /// Returns the value of `error.type` in traces: the kind of a failed request, or the name of the variant.
    pub(crate) fn trace_type(&self) -> &'static str {
        match self {
            Self::Driver(error) => error.kind().as_str(),
            Self::Plan(_) => "Plan",
            Self::InvalidValue(_) => "InvalidValue",
            Self::ValidationFailed(_) => "ValidationFailed",
            Self::Decode { .. } => "Decode",
            Self::SignalFailed(_) => "SignalFailed",
            Self::Encode { .. } => "Encode",
            Self::Codec(_) => "Codec",
            Self::Lookup(_) => "Lookup",
            Self::Edit(_) => "Edit",
            Self::Path(_) => "Path",
            Self::Connect(_) => "Connect",
            Self::ObjectDoesNotExist { .. } => "ObjectDoesNotExist",
            Self::MultipleObjectsReturned { .. } => "MultipleObjectsReturned",
            Self::Aggregate { .. } => "Aggregate",
            Self::SumOutOfRange { .. } => "SumOutOfRange",
            Self::ObjectAlreadyExists { .. } => "ObjectAlreadyExists",
            Self::NotUnique(_) => "NotUnique",
            Self::ConditionFailed { .. } => "ConditionFailed",
            Self::Stale(_) => "Stale",
            Self::WritesIncomplete(_) => "WritesIncomplete",
            Self::BatchIncomplete(_) => "BatchIncomplete",
            Self::TransactionCanceled(canceled) => canceled.error.kind().as_str(),
            Self::NoStream { .. } => "NoStream",
            Self::CursorSecretTooShort => "CursorSecretTooShort",
            Self::NoModels => "NoModels",
            Self::TableConflict(_) => "TableConflict",
            Self::TableMismatch(_) => "TableMismatch",
            Self::SomeTables { .. } => "SomeTables",
        }
    }
}

crate::debug_by_message!(enum Error {
    Plan(error),
    Driver(error),
    InvalidValue(error),
    ValidationFailed(failed),
    SignalFailed(failed),
    Decode { model, table, key, error },
    Encode { model, error },
    Codec(error),
    Lookup(error),
    Edit(error),
    Path(error),
    Connect(error),
    ObjectDoesNotExist { model, query },
    MultipleObjectsReturned { model, query },
    SumOutOfRange { model, attribute, error },
    Aggregate { model, attribute, function, error },
    ObjectAlreadyExists { model, key },
    NotUnique(error),
    ConditionFailed { model, table, key, operation, item },
    Stale(stale),
    WritesIncomplete(report),
    BatchIncomplete(report),
    TransactionCanceled(canceled),
    NoStream { model, table, view },
    CursorSecretTooShort,
    NoModels,
    TableConflict(conflict),
    TableMismatch(mismatch),
    SomeTables { done, failed, error },
});

/// Numbers are encoded by codecs.
impl From<NumberError> for Error {
    fn from(error: NumberError) -> Self {
        Self::Codec(error.into())
    }
}

impl From<UpdateError> for Error {
    fn from(error: UpdateError) -> Self {
        Self::Edit(error.into())
    }
}

impl From<TextLookupError> for Error {
    fn from(error: TextLookupError) -> Self {
        Self::Lookup(error.into())
    }
}
