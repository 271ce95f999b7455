//! Schemas of tables: what keys and indexes are made of, and how many there can be.

use std::collections::BTreeSet;

use djamodb_core::schema::{IndexProjection, KeySchema, TableSchema, Throughput};
use djamodb_core::service::limits::{
    GLOBAL_INDEXES_MAX, INCLUDED_ATTRIBUTES_MAX, INDEX_KEY_ATTRIBUTES_MAX, KEY_ATTRIBUTE_NAME_BYTES_MAX,
    LOCAL_INDEXES_MAX,
};
use djamodb_core::value::Name;

use super::name;
use crate::error::Invalid;
use crate::schema::{index_keys, indexes};

/// The key of a table: one hash attribute and at most one range attribute.
pub(crate) fn table_key(key: &KeySchema) -> Result<(), Invalid> {
    match (key.hash.len(), key.range.len()) {
        (0, _) => Err(Invalid::NoHashKey),
        (1, 0 | 1) => distinct(key),
        (1, _) => Err(Invalid::TwoRangeKeys),
        _ => Err(Invalid::TwoHashKeys),
    }
}

/// Local indexes: as the table, with another range attribute.
pub(crate) fn local_indexes(table: &TableSchema) -> Result<(), Invalid> {
    if !table.local_indexes.is_empty() && table.key.range.is_empty() {
        return Err(Invalid::LocalIndexWithoutTableRange);
    }
    for (at, index) in table.local_indexes.iter().enumerate() {
        name::check(&index.name, || format!("localSecondaryIndexes.{}.member.indexName", at + 1))?;
        table_key(&index.key)?;
        if index.key.range.is_empty() {
            return Err(Invalid::LocalIndexWithoutRange(index.name.clone()));
        }
        if let (Some(index_hash), Some(table_hash)) = (index.key.hash.first(), table.key.hash.first())
            && index_hash.name != table_hash.name
        {
            return Err(Invalid::LocalIndexHash {
                index: index.name.clone(),
                index_hash: index_hash.name.clone(),
                table_hash: table_hash.name.clone(),
            });
        }
    }
    if table.local_indexes.len() > LOCAL_INDEXES_MAX { Err(Invalid::TooManyLocalIndexes) } else { Ok(()) }
}

/// Global indexes: one to four hash attributes and up to four range attributes.
pub(crate) fn global_indexes(table: &TableSchema) -> Result<(), Invalid> {
    for (at, index) in table.global_indexes.iter().enumerate() {
        name::check(&index.name, || format!("globalSecondaryIndexes.{}.member.indexName", at + 1))?;
        if index.key.hash.is_empty() {
            return Err(Invalid::NoHashKey);
        }
        if index.key.hash.len().max(index.key.range.len()) > INDEX_KEY_ATTRIBUTES_MAX {
            return Err(Invalid::TooManyIndexKeys(index.name.clone()));
        }
        distinct(&index.key)?;
    }
    if table.global_indexes.len() > GLOBAL_INDEXES_MAX { Err(Invalid::TooManyGlobalIndexes) } else { Ok(()) }
}

/// The names of indexes, local and global: each once.
pub(crate) fn index_names(table: &TableSchema) -> Result<(), Invalid> {
    match repeated(index_keys(table).map(|(name, _)| name)) {
        Some(name) => Err(Invalid::IndexTwice(name.clone())),
        None => Ok(()),
    }
}

/// The attributes of all keys: each of one type, and with a name that fits.
pub(crate) fn attributes(table: &TableSchema) -> Result<(), Invalid> {
    let definitions = table.attribute_definitions();
    if repeated(definitions.iter().map(|attribute| &attribute.name)).is_some() {
        return Err(Invalid::AttributeTwice);
    }
    definitions.iter().try_for_each(|attribute| attribute_name(&attribute.name))
}

/// What indexes include: at least one attribute each, at most 100 over all.
pub(crate) fn projections(table: &TableSchema) -> Result<(), Invalid> {
    let mut included = 0;
    for index in indexes(table) {
        let IndexProjection::Include(names) = &index.projection else {
            continue;
        };
        if names.is_empty() {
            return Err(Invalid::EmptyInclude);
        }
        if repeated(names.iter()).is_some() {
            return Err(Invalid::AttributeTwice);
        }
        names.iter().try_for_each(attribute_name)?;
        included += names.len();
    }
    if included > INCLUDED_ATTRIBUTES_MAX { Err(Invalid::TooManyIncluded(included)) } else { Ok(()) }
}

/// Throughput: at least one unit of each.
pub(crate) const fn throughput(throughput: &Throughput) -> Result<(), Invalid> {
    if throughput.read_units == 0 || throughput.write_units == 0 { Err(Invalid::Throughput) } else { Ok(()) }
}

fn distinct(key: &KeySchema) -> Result<(), Invalid> {
    match repeated(key.names()) {
        Some(_) => Err(Invalid::KeyAttributeTwice),
        None => Ok(()),
    }
}

fn attribute_name(name: &Name) -> Result<(), Invalid> {
    match name.len() {
        1..=KEY_ATTRIBUTE_NAME_BYTES_MAX => Ok(()),
        _ => Err(Invalid::AttributeNameLength),
    }
}

/// The first name that stands there a second time.
fn repeated<'a>(mut names: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    let mut seen = BTreeSet::new();
    names.find(|name| !seen.insert(*name))
}
