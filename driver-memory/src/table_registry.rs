//! The tables by name.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use djamodb_core::value::Name;
use parking_lot::RwLock;

use crate::error::Error;
use crate::table::Table;

/// The tables by name.
///
/// The map is locked only to look a table up. A table that is removed during a request lives until the request ends.
#[derive(Default, Debug)]
pub(crate) struct TableRegistry {
    tables: RwLock<BTreeMap<Name, Arc<Table>>>,
}

impl TableRegistry {
    /// Creates a registry of these tables.
    pub(crate) fn of(tables: impl IntoIterator<Item = Table>) -> Self {
        let named = |table: Table| (table.name.clone(), Arc::new(table));
        Self { tables: RwLock::new(tables.into_iter().map(named).collect()) }
    }

    /// Replaces all tables by those of `other`, which has none then.
    pub(crate) fn replace(&self, other: &Self) {
        *self.tables.write() = std::mem::take(&mut *other.tables.write());
    }

    pub(crate) fn get(&self, name: &Name) -> Option<Arc<Table>> {
        self.tables.read().get(name.as_str()).cloned()
    }

    /// Adds a table.
    ///
    /// # Errors
    ///
    /// [`Error::TableExists`] if a table of this name is registered.
    pub(crate) fn add(&self, table: Arc<Table>) -> Result<(), Error> {
        let mut tables = self.tables.write();
        if tables.contains_key(&table.name) {
            return Err(Error::TableExists(table.name.clone()));
        }
        tables.insert(table.name.clone(), table);
        Ok(())
    }

    /// Removes `table`, but not a later table of the same name. Returns `false` if it was removed before.
    pub(crate) fn remove(&self, table: &Table) -> bool {
        let mut tables = self.tables.write();
        let is_registered = tables.get(&table.name).is_some_and(|registered| registered.number == table.number);
        is_registered && tables.remove(&table.name).is_some()
    }

    /// Returns up to `limit` names after `start`, in byte order, and `true` if more follow.
    pub(crate) fn names(&self, start: Option<&Name>, limit: usize) -> (Vec<Name>, bool) {
        let start = start.map_or(Bound::Unbounded, |name| Bound::Excluded(name.as_str()));
        let tables = self.tables.read();
        let mut names = tables.range::<str, _>((start, Bound::Unbounded)).map(|(name, _)| name.clone());
        let page = names.by_ref().take(limit).collect();
        (page, names.next().is_some())
    }

    pub(crate) fn all(&self) -> Vec<Arc<Table>> {
        self.tables.read().values().cloned().collect()
    }
}
