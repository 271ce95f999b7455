//! The tables by name.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use djamodb_core::value::Name;
use parking_lot::RwLock;

use crate::error::Error;
use crate::table::Table;

/// The tables by name. Locked only to look a table up, never while it is used: a table that is dropped in the middle of
/// a request lives until the request is answered.
#[derive(Default, Debug)]
pub(crate) struct Catalogue {
    tables: RwLock<BTreeMap<Name, Arc<Table>>>,
}

impl Catalogue {
    pub(crate) fn get(&self, name: &Name) -> Option<Arc<Table>> {
        self.tables.read().get(name.as_str()).cloned()
    }

    pub(crate) fn add(&self, table: Arc<Table>) -> Result<(), Error> {
        let mut tables = self.tables.write();
        if tables.contains_key(&table.name) {
            return Err(Error::TableExists(table.name.clone()));
        }
        tables.insert(table.name.clone(), table);
        Ok(())
    }

    /// Takes a table out; not one that took its name since. `false` when it was out already.
    pub(crate) fn remove(&self, table: &Table) -> bool {
        let mut tables = self.tables.write();
        let is_here = tables.get(&table.name).is_some_and(|here| here.number == table.number);
        is_here && tables.remove(&table.name).is_some()
    }

    /// Up to `limit` names after `start`, in the order of their bytes, and whether more follow.
    pub(crate) fn names(&self, start: Option<&Name>, limit: usize) -> (Vec<Name>, bool) {
        let start = start.map_or(Bound::Unbounded, |name| Bound::Excluded(name.as_str()));
        let tables = self.tables.read();
        let mut names = tables.range::<str, _>((start, Bound::Unbounded)).map(|(name, _)| name.clone());
        let page = names.by_ref().take(limit).collect();
        (page, names.next().is_some())
    }

    /// All tables.
    pub(crate) fn all(&self) -> Vec<Arc<Table>> {
        self.tables.read().values().cloned().collect()
    }
}
