//! Rules for the key attributes of indexes: an item may lack them, but those that it has must be valid in a key.

use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::service::limits::{HASH_KEY_BYTES_MAX, RANGE_KEY_BYTES_MAX};
use djamodb_core::value::size::value_bytes;
use djamodb_core::value::{AttributeValue, Item, Name};

use super::key::empty_kind;
use crate::error::ValidationError;
use crate::index_schema::index_keys;

/// Checks the index keys of an item that is put.
pub(crate) fn put(schema: &TableSchema, item: &Item) -> Result<(), ValidationError> {
    let invalid = index_keys(schema).filter_map(|(index, key)| Some((index, entry(index, key, item).err()?)));
    // Of several invalid index keys, the service reports that of the first index by name.
    match invalid.min_by(|(left, _), (right, _)| left.cmp(right)) {
        None => Ok(()),
        Some((_, invalid)) => Err(invalid),
    }
}

/// Checks the index keys of the item that an update results in.
pub(crate) fn updated(schema: &TableSchema, item: &Item) -> Result<(), ValidationError> {
    // Of a value in an update, the service reports that it is empty before that its type is another.
    put(schema, item).map_err(|invalid| match &invalid {
        ValidationError::EmptyIndexKey { name, .. } | ValidationError::IndexKeyType { name, .. } => {
            let empty = item.get(name).and_then(empty_kind);
            empty.map_or(invalid, |kind| ValidationError::EmptyIndexKeyAfterUpdate { kind })
        }
        _ => invalid,
    })
}

fn entry(index: &Name, key: &KeySchema, item: &Item) -> Result<(), ValidationError> {
    let bytes_of = |attributes: &[KeyAttribute]| -> Result<usize, ValidationError> {
        let values = attributes.iter().filter_map(|attribute| Some((attribute, item.get(&attribute.name)?)));
        values.map(|(attribute, value)| value_size(index, attribute, value)).sum()
    };
    if bytes_of(&key.hash)? > HASH_KEY_BYTES_MAX || bytes_of(&key.range)? > RANGE_KEY_BYTES_MAX {
        return Err(ValidationError::IndexKeyTooLong);
    }
    Ok(())
}

/// Checks the value of an index key attribute and returns its size in bytes.
fn value_size(index: &Name, attribute: &KeyAttribute, value: &AttributeValue) -> Result<usize, ValidationError> {
    let (expected, actual) = (attribute.scalar, value.value_type());
    if actual != expected.value_type() {
        return Err(ValidationError::IndexKeyType {
            index: index.clone(),
            name: attribute.name.clone(),
            expected,
            actual,
        });
    }
    match empty_kind(value) {
        Some(kind) => Err(ValidationError::EmptyIndexKey { index: index.clone(), name: attribute.name.clone(), kind }),
        None => Ok(value_bytes(value)),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::{GlobalIndex, IndexProjection};

    use super::*;

    fn schema() -> TableSchema {
        let mut schema = TableSchema::new("table", KeySchema::hash(KeyAttribute::s("id")));
        for name in ["second", "first"] {
            let key = KeySchema::hash_and_range(KeyAttribute::s("g"), KeyAttribute::n("h"));
            schema.global_indexes.push(GlobalIndex::new(name, key, IndexProjection::KeysOnly));
        }
        schema
    }

    #[test]
    fn present_index_key_attributes_are_valid_in_a_key() {
        let message = |item: Item| put(&schema(), &item).map_err(|invalid| invalid.to_string());
        assert_eq!(message(Item::new()), Ok(()));
        assert_eq!(message(Item::new().with("g", "g")), Ok(()));
        assert_eq!(
            message(Item::new().with("h", "1")).unwrap_err(),
            "One or more parameter values were invalid: Type mismatch for Index Key h Expected: N Actual: S \
             IndexName: first"
        );
        assert!(
            message(Item::new().with("g", ""))
                .unwrap_err()
                .ends_with("empty string value. IndexName: first, IndexKey: g")
        );
        assert!(message(Item::new().with("g", "x".repeat(2049))).unwrap_err().ends_with("Size limit exceeded"));
        let after = updated(&schema(), &Item::new().with("g", "")).unwrap_err().to_string();
        assert!(after.contains("The update expression attempted to update a secondary index key"), "{after}");
    }
}
