//! The schema of a secondary index, local or global.

use djamodb_core::schema::{IndexProjection, KeySchema, TableSchema};
use djamodb_core::value::{Item, Name};

/// The schema of a local or a global secondary index.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct IndexSchema {
    pub(crate) name: Name,
    pub(crate) kind: IndexKind,
    pub(crate) key: KeySchema,
    /// Attributes that the index holds beside its own key and the table's.
    pub(crate) projection: IndexProjection,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IndexKind {
    Local,
    Global,
}

/// Returns the indexes of a table, the local ones first.
pub(crate) fn indexes(schema: &TableSchema) -> impl Iterator<Item = IndexSchema> {
    let local = schema.local_indexes.iter().map(|index| (IndexKind::Local, &index.name, &index.key, &index.projection));
    let global =
        schema.global_indexes.iter().map(|index| (IndexKind::Global, &index.name, &index.key, &index.projection));
    local.chain(global).map(|(kind, name, key, projection)| IndexSchema {
        name: name.clone(),
        kind,
        key: key.clone(),
        projection: projection.clone(),
    })
}

/// Returns the names and keys of a table's indexes, the local ones first.
pub(crate) fn index_keys(schema: &TableSchema) -> impl Iterator<Item = (&Name, &KeySchema)> {
    let local = schema.local_indexes.iter().map(|index| (&index.name, &index.key));
    local.chain(schema.global_indexes.iter().map(|index| (&index.name, &index.key)))
}

impl IndexSchema {
    /// Returns `true` if the index holds the attribute `name` of an item.
    pub(crate) fn projects(&self, table_key: &KeySchema, name: &str) -> bool {
        let included = match &self.projection {
            IndexProjection::All => true,
            IndexProjection::KeysOnly => false,
            IndexProjection::Include(names) => names.iter().any(|included| included.as_str() == name),
        };
        included || self.key.contains(name) || table_key.contains(name)
    }

    /// Returns the attributes of an item that the index holds, or `None` if it projects all attributes.
    pub(crate) fn project(&self, table_key: &KeySchema, item: &Item) -> Option<Item> {
        let included = match &self.projection {
            IndexProjection::All => return None,
            IndexProjection::KeysOnly => &[],
            IndexProjection::Include(names) => names.as_slice(),
        };
        Some(item.pick(table_key.names().chain(self.key.names()).chain(included)))
    }
}
