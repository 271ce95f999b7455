//! Rules for batches: at least one request, no table twice, no key twice.

use std::collections::BTreeSet;

use djamodb_core::schema::KeySchema;
use djamodb_core::value::{Item, Name};

use crate::error::ValidationError;

/// Checks the tables of a batch.
pub(crate) fn tables<'a>(
    operation: &'static str,
    tables: impl ExactSizeIterator<Item = &'a Name>,
) -> Result<(), ValidationError> {
    if tables.len() == 0 {
        return Err(ValidationError::NoRequests(operation));
    }
    let mut seen = BTreeSet::new();
    for table in tables {
        if !seen.insert(table) {
            return Err(ValidationError::TableTwice(table.clone()));
        }
    }
    Ok(())
}

/// Returns the error of a key that is invalid for the reason `found` after these `items` of the same table. The service checks one key after
/// the other, each for itself and as a duplicate of those before it.
pub(crate) fn duplicates_or<'a>(
    found: ValidationError,
    schema: &KeySchema,
    items: impl IntoIterator<Item = &'a Item>,
) -> ValidationError {
    let mut keys: Vec<Item> = Vec::new();
    for item in items {
        let key = item.pick(schema.names());
        if keys.contains(&key) {
            return ValidationError::DuplicateKeys;
        }
        keys.push(key);
    }
    found
}

/// Checks that no key of one table occurs twice.
pub(crate) fn check_distinct<'a>(keys: impl IntoIterator<Item = &'a [u8]>) -> Result<(), ValidationError> {
    let mut seen = BTreeSet::new();
    if keys.into_iter().all(|key| seen.insert(key)) { Ok(()) } else { Err(ValidationError::DuplicateKeys) }
}
