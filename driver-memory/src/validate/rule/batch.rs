//! Batches: not empty, not too many requests, no table and no key twice.

use std::collections::BTreeSet;

use djamodb_core::value::Name;

use super::name;
use crate::error::Invalid;

/// The tables of a batch.
pub(crate) fn tables<'a>(
    operation: &'static str,
    tables: impl ExactSizeIterator<Item = &'a Name>,
) -> Result<(), Invalid> {
    if tables.len() == 0 {
        return Err(Invalid::NoRequests(operation));
    }
    let mut seen = BTreeSet::new();
    for table in tables {
        name::table(table)?;
        if !seen.insert(table) {
            return Err(Invalid::TableTwice(table.clone()));
        }
    }
    Ok(())
}

/// The keys of one table, as bytes.
pub(crate) fn distinct<'a>(keys: impl IntoIterator<Item = &'a [u8]>) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    if keys.into_iter().all(|key| seen.insert(key)) { Ok(()) } else { Err(Invalid::DuplicateKeys) }
}
