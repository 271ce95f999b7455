//! Validators run before values are written.

use crate::error::{Error, FailedValue, ValidationFailed};
use crate::expression::{SetValue, Update};
use crate::model::{Model, ValidationErrors};
use crate::value::Item;

/// Runs the validators of a value that `operation` is to write.
pub(crate) fn validate<M: Model>(operation: &'static str, value: &M) -> Result<(), Error> {
    match failed_value(None, value) {
        None => Ok(()),
        Some(failed) => Err(validation_failed(operation, vec![failed])),
    }
}

/// Runs the validators of all values that `operation` is to write.
pub(crate) fn validate_all<M: Model>(operation: &'static str, values: &[M]) -> Result<(), Error> {
    let failed = values.iter().enumerate().filter_map(|(position, value)| failed_value(Some(position), value));
    let failed: Vec<_> = failed.collect();
    if failed.is_empty() { Ok(()) } else { Err(validation_failed(operation, failed)) }
}

/// Runs the validators of the values that edits set whole attributes to.
pub(crate) fn validate_edits<M: Model>(
    operation: &'static str,
    update: &Update,
    key: impl FnOnce() -> Option<Item>,
) -> Result<(), Error> {
    match failed_edits::<M>(None, update, key) {
        None => Ok(()),
        Some(failed) => Err(validation_failed(operation, vec![failed])),
    }
}

/// Returns the error of values that validators refuse.
pub(super) fn validation_failed(operation: &'static str, values: Vec<FailedValue>) -> Error {
    Error::ValidationFailed(Box::new(ValidationFailed { operation, values }))
}

/// Returns the value with its errors, or `None` if it is valid. `position` is that of the value among several.
pub(super) fn failed_value<M: Model>(position: Option<usize>, value: &M) -> Option<FailedValue> {
    let mut errors = ValidationErrors::new();
    value.run_validators(&mut errors);
    FailedValue::new(M::schema(), position, errors, || value.key().ok())
}

/// Returns the errors of the values that edits set whole attributes to, or `None` if they are valid.
pub(super) fn failed_edits<M: Model>(
    position: Option<usize>,
    update: &Update,
    key: impl FnOnce() -> Option<Item>,
) -> Option<FailedValue> {
    let mut errors = ValidationErrors::<M>::new();
    for (path, value) in &update.set {
        if let (Some(name), SetValue::Operand(operand)) = (path.as_attribute(), value)
            && let Some(value) = operand.literal()
        {
            M::run_validators_of(name, value, &mut errors);
        }
    }
    FailedValue::new(M::schema(), position, errors, key)
}
