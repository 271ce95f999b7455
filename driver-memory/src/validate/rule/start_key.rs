//! Rules for `ExclusiveStartKey`.

use djamodb_core::expression::RangeCondition;
use djamodb_core::plan::Query;
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::{AttributeValue, Item};

use super::key;
use crate::error::ValidationError;
use crate::index_schema::IndexSchema;
use crate::key_range::PartitionSlice;

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

/// Checks that a start key is in the slice of a partition that a query reads. `key` is the key of the table or the index.
pub(crate) fn queried(key: &KeySchema, slice: &PartitionSlice<'_>, start: &Item) -> Result<(), ValidationError> {
    let equals = |(attribute, value): (&KeyAttribute, &&AttributeValue)| start.get(&attribute.name) == Some(*value);
    let of_range = slice.equal.iter().skip(key.hash.len());
    let next = key.range.get(of_range.len());
    let satisfies = |condition: &RangeCondition| {
        next.and_then(|attribute| start.get(&attribute.name)).is_some_and(|value| condition.holds_for(value))
    };
    let has_range = slice.equal.len() > key.hash.len() || slice.range.is_some();
    if !key.range.iter().zip(of_range).all(equals) || !slice.range.is_none_or(satisfies) {
        return Err(ValidationError::StartKeyOutsideRange);
    }
    if key.hash.iter().zip(&slice.equal).all(equals) {
        return Ok(());
    }
    Err(if has_range { ValidationError::NotRestartable } else { ValidationError::StartKeyOfOtherPartition })
}

/// Checks that items of a table can follow the start key. In an index, several items can have one key.
pub(crate) fn within_bounds(query: &Query, start: &Item) -> Result<(), ValidationError> {
    if query.index.is_none() && query.key_condition.ends_at(start, query.forward) {
        return Err(ValidationError::StartKeyOutsideRange);
    }
    Ok(())
}
