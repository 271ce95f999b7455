//! Rules for `ExclusiveStartKey`.

use djamodb_core::expression::KeyCondition;
use djamodb_core::schema::{KeySchema, TableSchema};
use djamodb_core::value::Item;

use super::key;
use crate::error::ValidationError;
use crate::index_schema::IndexSchema;

/// Checks that a start key has exactly the key attributes of the table and the index.
pub(crate) fn shape(schema: &TableSchema, index: Option<&IndexSchema>, start: &Item) -> Result<(), ValidationError> {
    let expected = |name: &str| schema.key.contains(name) || index.is_some_and(|index| index.key.contains(name));
    let has = |key: &KeySchema| key.names().all(|name| start.contains_key(name));
    let complete = has(&schema.key) && index.is_none_or(|index| has(&index.key));
    if !complete || !start.iter().all(|(name, _)| expected(name)) {
        return Err(ValidationError::StartKey);
    }
    let element = |key: &KeySchema| {
        key::within(key, start).map_err(|invalid| ValidationError::StartKeyElement(Box::new(invalid)))
    };
    element(&schema.key)?;
    index.map_or(Ok(()), |index| element(&index.key))
}

/// Checks that a start key satisfies the key condition of the query.
pub(crate) fn queried(condition: &KeyCondition, start: &Item) -> Result<(), ValidationError> {
    if condition.hash.iter().any(|(name, value)| start.get(name) != Some(value)) {
        Err(ValidationError::StartKeyOfOtherPartition)
    } else if condition.holds_for(start) {
        Ok(())
    } else {
        Err(ValidationError::StartKeyOutsideRange)
    }
}
