//! Secondary indexes, local and global, as one kind of thing.

use djamodb_core::schema::{IndexProjection, KeySchema, TableSchema};
use djamodb_core::value::{Item, Name};

/// A secondary index of either kind.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct IndexSchema {
    pub(crate) name: Name,
    pub(crate) kind: IndexKind,
    pub(crate) key: KeySchema,
    /// What the index holds beside the keys of the table and its own.
    pub(crate) projection: IndexProjection,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IndexKind {
    Local,
    Global,
}

/// The indexes of a table, the local ones first.
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

/// The names and keys of a table's indexes.
pub(crate) fn index_keys(schema: &TableSchema) -> impl Iterator<Item = (&Name, &KeySchema)> {
    let local = schema.local_indexes.iter().map(|index| (&index.name, &index.key));
    local.chain(schema.global_indexes.iter().map(|index| (&index.name, &index.key)))
}

impl IndexSchema {
    /// Whether the index holds the attribute `name` of an item.
    pub(crate) fn projects(&self, table_key: &KeySchema, name: &str) -> bool {
        let included = match &self.projection {
            IndexProjection::All => true,
            IndexProjection::KeysOnly => false,
            IndexProjection::Include(names) => names.iter().any(|included| included.as_str() == name),
        };
        included || self.key.contains(name) || table_key.contains(name)
    }

    /// What the index holds of an item; `None` when that is all of it whatever the item.
    pub(crate) fn project(&self, table_key: &KeySchema, item: &Item) -> Option<Item> {
        let included = match &self.projection {
            IndexProjection::All => return None,
            IndexProjection::KeysOnly => &[],
            IndexProjection::Include(names) => names.as_slice(),
        };
        Some(item.pick(table_key.names().chain(self.key.names()).chain(included)))
    }
}
