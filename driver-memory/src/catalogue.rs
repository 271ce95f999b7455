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
    pub(crate) fn table(&self, name: &Name) -> Result<Arc<Table>, Error> {
        self.tables.read().get(name.as_str()).cloned().ok_or(Error::TableNotFound)
    }

    pub(crate) fn add(&self, table: Arc<Table>) -> Result<(), Error> {
        let name = table.schema().name.clone();
        let mut tables = self.tables.write();
        if tables.contains_key(&name) {
            return Err(Error::TableExists(name));
        }
        tables.insert(name, table);
        Ok(())
    }

    pub(crate) fn remove(&self, name: &Name) -> Result<Arc<Table>, Error> {
        self.tables.write().remove(name.as_str()).ok_or(Error::TableNotFound)
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
    pub(crate) fn tables(&self) -> Vec<Arc<Table>> {
        self.tables.read().values().cloned().collect()
    }
}
