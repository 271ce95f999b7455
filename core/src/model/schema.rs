//! What a model says of its table.

use super::TypeInfo;
use crate::schema::{IndexProjection, KeySchema, TableSchema};
use crate::value::Name;

/// A model's table, indexes and attributes.
#[derive(Debug)]
pub struct ModelSchema {
    /// The Rust type's name, for messages.
    pub model: &'static str,
    /// The table as the model describes it; its name is without a prefix.
    pub table: TableSchema,
    /// The attributes, in the order of the fields.
    pub attributes: Vec<AttributeMeta>,
    /// The table itself, then every index.
    pub indexes: Vec<IndexMeta>,
    /// Whether the table is created and deleted together with those of all models.
    pub managed: bool,
}

/// An attribute of a model.
#[derive(Debug)]
pub struct AttributeMeta {
    /// The name in the table.
    pub name: Name,
    /// The field's name in the model.
    pub field: &'static str,
    /// What becomes of an item that lacks it.
    pub presence: Presence,
    /// What it holds.
    pub type_info: fn() -> TypeInfo,
}

/// What becomes of an item that lacks an attribute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// It is no item of the model.
    Required,
    /// The field is `None`, or empty.
    Optional,
    /// The field takes its default.
    Default,
}

/// A table or an index as something to be read.
#[derive(PartialEq, Eq, Debug)]
pub struct IndexMeta {
    /// The index's name; absent for the table itself.
    pub name: Option<Name>,
    /// Its key.
    pub key: KeySchema,
    /// What it holds.
    pub projection: IndexProjection,
    /// Whether it is a local index, which can fetch what it does not hold.
    pub local: bool,
}

impl ModelSchema {
    /// A model's schema; lists what can be read from what the table is made of.
    pub fn new(model: &'static str, table: TableSchema, attributes: Vec<AttributeMeta>) -> Self {
        let primary = IndexMeta { name: None, key: table.key.clone(), projection: IndexProjection::All, local: false };
        let local = table.local_indexes.iter().map(|index| IndexMeta {
            name: Some(index.name.clone()),
            key: index.key.clone(),
            projection: index.projection.clone(),
            local: true,
        });
        let global = table.global_indexes.iter().map(|index| IndexMeta {
            name: Some(index.name.clone()),
            key: index.key.clone(),
            projection: index.projection.clone(),
            local: false,
        });
        let indexes = std::iter::once(primary).chain(local).chain(global).collect();
        Self { model, table, attributes, indexes, managed: true }
    }

    /// The same of a table that is somebody else's to create and delete.
    pub fn unmanaged(self) -> Self {
        Self { managed: false, ..self }
    }

    /// The table itself as something to be read.
    pub fn primary(&self) -> &IndexMeta {
        &self.indexes[0]
    }

    /// The attribute of this name in the table.
    pub fn attribute(&self, name: &str) -> Option<&AttributeMeta> {
        self.attributes.iter().find(|attribute| attribute.name == *name)
    }
}

/// Compares by identity: every model has exactly one schema.
impl PartialEq for ModelSchema {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl IndexMeta {
    /// Whether the index holds this attribute. The table holds all.
    pub fn holds(&self, attribute: &str, table_key: &KeySchema) -> bool {
        match &self.projection {
            IndexProjection::All => true,
            IndexProjection::KeysOnly => self.key.contains(attribute) || table_key.contains(attribute),
            IndexProjection::Include(names) => {
                self.key.contains(attribute)
                    || table_key.contains(attribute)
                    || names.iter().any(|name| name.as_str() == attribute)
            }
        }
    }

    /// The name to show: the index's, or `table` for the table itself.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or("table")
    }
}
