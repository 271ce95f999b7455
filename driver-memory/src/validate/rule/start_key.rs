//! Start keys: the keys of the table and of the index, and inside what is read.

use djamodb_core::expression::KeyCondition;
use djamodb_core::schema::{KeySchema, TableSchema};
use djamodb_core::value::Item;

use super::key;
use crate::error::Invalid;
use crate::schema::IndexSchema;

/// The attributes of a start key: those of the table's key and of the index's, and no others.
pub(crate) fn shape(schema: &TableSchema, index: Option<&IndexSchema>, start: &Item) -> Result<(), Invalid> {
    let expected = |name: &str| schema.key.contains(name) || index.is_some_and(|index| index.key.contains(name));
    let has = |key: &KeySchema| key.names().all(|name| start.contains_key(name));
    let complete = has(&schema.key) && index.is_none_or(|index| has(&index.key));
    if !complete || !start.iter().all(|(name, _)| expected(name)) {
        return Err(Invalid::StartKey);
    }
    let element =
        |key: &KeySchema| key::within(key, start).map_err(|invalid| Invalid::StartKeyElement(Box::new(invalid)));
    element(&schema.key)?;
    index.map_or(Ok(()), |index| element(&index.key))
}

/// Whether a start key lies in the part of the partition that is queried.
pub(crate) fn queried(condition: &KeyCondition, start: &Item) -> Result<(), Invalid> {
    if condition.hash.iter().any(|(name, value)| start.get(name) != Some(value)) {
        Err(Invalid::StartKeyOfOtherPartition)
    } else if condition.holds_for(start) {
        Ok(())
    } else {
        Err(Invalid::StartKeyOutsideRange)
    }
}
