//! Rules for table schemas: keys, indexes and their number.

use std::collections::BTreeSet;

use djamodb_core::schema::{IndexProjection, KeySchema, TableSchema};
use djamodb_core::service::limits::{
    GLOBAL_INDEXES_MAX, INCLUDED_ATTRIBUTES_MAX, INDEX_KEY_ATTRIBUTES_MAX, LOCAL_INDEXES_MAX,
};
use djamodb_core::value::Name;

use crate::error::ValidationError;
use crate::index_schema::{index_keys, indexes};

/// Checks the key of a table: one hash attribute and at most one range attribute.
pub(crate) fn table_key(key: &KeySchema) -> Result<(), ValidationError> {
    match (key.hash.as_slice(), key.range.as_slice()) {
        ([], _) => Err(ValidationError::FirstKeyNotHash),
        ([hash], [range, ..]) if hash.name == range.name => Err(ValidationError::HashKeyIsRangeKey),
        ([_], _) => Ok(()),
        _ => Err(ValidationError::SecondKeyNotRange),
    }
}

/// Checks local indexes: the table's hash attribute and a range attribute.
pub(crate) fn local_indexes(table: &TableSchema) -> Result<(), ValidationError> {
    if !table.local_indexes.is_empty() && table.key.range.is_empty() {
        return Err(ValidationError::LocalIndexWithoutTableRange);
    }
    for index in &table.local_indexes {
        table_key(&index.key)?;
        if index.key.range.is_empty() {
            return Err(ValidationError::LocalIndexWithoutRange(index.name.clone()));
        }
        if let (Some(index_hash), Some(table_hash)) = (index.key.hash.first(), table.key.hash.first())
            && index_hash.name != table_hash.name
        {
            return Err(ValidationError::LocalIndexHash {
                index: index.name.clone(),
                index_hash: index_hash.name.clone(),
                table_hash: table_hash.name.clone(),
            });
        }
    }
    if table.local_indexes.len() > LOCAL_INDEXES_MAX { Err(ValidationError::TooManyLocalIndexes) } else { Ok(()) }
}

/// Checks global indexes: one to four hash attributes and up to four range attributes.
pub(crate) fn global_indexes(table: &TableSchema) -> Result<(), ValidationError> {
    for index in &table.global_indexes {
        if index.key.hash.is_empty() {
            return Err(ValidationError::FirstKeyNotHash);
        }
        if index.key.hash.len().max(index.key.range.len()) > INDEX_KEY_ATTRIBUTES_MAX {
            return Err(ValidationError::TooManyIndexKeys(index.name.clone()));
        }
        check_distinct(&index.key)?;
    }
    if table.global_indexes.len() > GLOBAL_INDEXES_MAX { Err(ValidationError::TooManyGlobalIndexes) } else { Ok(()) }
}

/// Checks that index names are unique, among local and global indexes together.
pub(crate) fn index_names(table: &TableSchema) -> Result<(), ValidationError> {
    match repeated(index_keys(table).map(|(name, _)| name)) {
        Some(name) => Err(ValidationError::IndexTwice(name.clone())),
        None => Ok(()),
    }
}

/// Checks that each key attribute has one type.
pub(crate) fn attributes(table: &TableSchema) -> Result<(), ValidationError> {
    let definitions = table.attribute_definitions();
    if repeated(definitions.iter().map(|attribute| &attribute.name)).is_some() {
        return Err(ValidationError::AttributeTwice);
    }
    Ok(())
}

/// Checks the attributes that indexes include: each once, at most 100 in all.
pub(crate) fn projections(table: &TableSchema) -> Result<(), ValidationError> {
    let mut included = 0;
    for index in indexes(table) {
        let IndexProjection::Include(names) = &index.projection else {
            continue;
        };
        if repeated(names.iter()).is_some() {
            return Err(ValidationError::AttributeTwice);
        }
        included += names.len();
    }
    if included > INCLUDED_ATTRIBUTES_MAX { Err(ValidationError::TooManyIncluded(included)) } else { Ok(()) }
}

fn check_distinct(key: &KeySchema) -> Result<(), ValidationError> {
    match (repeated(key.names()), key.hash.as_slice(), key.range.as_slice()) {
        (None, _, _) => Ok(()),
        (Some(_), [_], [_]) => Err(ValidationError::HashKeyIsRangeKey),
        (Some(_), _, _) => Err(ValidationError::KeyAttributeTwice),
    }
}

/// Returns the first name that occurs a second time.
fn repeated<'a>(mut names: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    let mut seen = BTreeSet::new();
    names.find(|name| !seen.insert(*name))
}
