//! Why a request is refused, and what that is to the outside.

mod invalid;

pub(crate) use invalid::{Invalid, Kind};

use djamodb_core::driver::{DriverError, DriverErrorKind};
use djamodb_core::plan::QueryPlan;
use djamodb_core::value::{Item, Name};

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum Error {
    /// The request breaks a rule.
    Invalid(Invalid),
    /// The item does not satisfy the condition.
    ConditionalCheckFailed {
        item: Option<Item>,
    },
    /// There is no such table to read or write.
    TableNotFound,
    /// There is no such table to describe or delete.
    NamedTableNotFound(Name),
    TableExists(Name),
    /// There is no such operation here.
    Unsupported,
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl Error {
    /// The same, in the words that the service has for operations on the table itself.
    pub(crate) fn naming(self, table: &Name) -> Self {
        match self {
            Self::TableNotFound => Self::NamedTableNotFound(table.clone()),
            error => error,
        }
    }

    /// This error as the answer to `plan`, in the service's words.
    pub(crate) fn answering(self, plan: &QueryPlan) -> DriverError {
        let operation = plan.operation();
        let error = match self {
            Self::Invalid(invalid) => DriverError::validation(operation, invalid.to_string()),
            Self::ConditionalCheckFailed { item } => DriverError::new(
                DriverErrorKind::ConditionalCheckFailed { item },
                operation,
                "The conditional request failed",
            ),
            Self::TableNotFound => {
                DriverError::new(DriverErrorKind::ResourceNotFound, operation, "Requested resource not found")
            }
            Self::NamedTableNotFound(name) => DriverError::new(
                DriverErrorKind::ResourceNotFound,
                operation,
                format!("Requested resource not found: Table: {name} not found"),
            ),
            Self::TableExists(name) => {
                DriverError::new(DriverErrorKind::ResourceInUse, operation, format!("Table already exists: {name}"))
            }
            Self::Unsupported => DriverError::unsupported(crate::driver::NAME, operation),
        };
        error.on_table(plan.table())
    }
}
