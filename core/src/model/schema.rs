//! Runtime description of a model: its table, indexes and attributes.

use super::{Discriminator, GeneratedField, KeyTemplate, TypeInfo, UniqueConstraint};
use crate::expression::{Condition, Path};
use crate::schema::{IndexProjection, KeySchema, TableSchema, TableSettings};
use crate::value::Name;

/// A model's table, indexes and attributes.
#[derive(Debug)]
#[non_exhaustive]
pub struct ModelSchema {
    /// Name of the Rust type, for messages.
    pub model: &'static str,
    /// The table as the model declares it, without a table name prefix. Where the model leaves a setting open, it is DynamoDB's default.
    pub table: TableSchema,
    /// The settings of the table that the model gives. A database decides on those that it leaves open.
    pub settings: TableSettings,
    /// The attributes in the order of the fields.
    pub attributes: Vec<AttributeMeta>,
    /// The table itself, then the local indexes, then the global indexes.
    pub indexes: Vec<IndexMeta>,
    /// The key attributes that are composed of fields.
    pub templates: Vec<KeyTemplate>,
    /// The attribute that distinguishes the items from those of other models in the table.
    pub discriminator: Option<Discriminator>,
    /// The attributes of which no two items have the same value.
    pub unique: Vec<UniqueConstraint>,
    /// The fields that writes fill in.
    pub generated: Vec<GeneratedField>,
    /// `true` if the table is created and deleted together with those of the other managed models.
    pub managed: bool,
}

/// An attribute of a model.
#[derive(Debug)]
pub struct AttributeMeta {
    /// Name of the attribute in the table.
    pub name: Name,
    /// Name of the field in the struct.
    pub field: &'static str,
    /// Effect of an item that lacks the attribute.
    pub presence: Presence,
    /// Returns the description of the field's type.
    pub type_info: fn() -> TypeInfo,
}

/// Effect of an item that lacks an attribute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// Decoding the item fails.
    Required,
    /// The field becomes `None` or an empty set.
    Optional,
    /// The field takes its default value.
    Default,
}

/// A table or an index that can be read.
#[derive(PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct IndexMeta {
    /// Name of the index, or `None` for the table itself.
    pub name: Option<Name>,
    /// Key by which it can be queried.
    pub key: KeySchema,
    /// Attributes that it holds.
    pub projection: IndexProjection,
    /// `true` for a local index, from which DynamoDB can fetch attributes that the index does not hold.
    pub local: bool,
    /// Key attributes of the table, then the other key attributes of the index: the attributes of page tokens.
    pub(crate) token_key: Vec<Name>,
}

impl ModelSchema {
    // Hidden, like `unmanaged`, because generated code builds the schemas.
    #[doc(hidden)]
    pub fn new(model: &'static str, table: TableSchema, attributes: Vec<AttributeMeta>) -> Self {
        let table_key = &table.key;
        let meta = |name: Option<&Name>, key: &KeySchema, projection: &IndexProjection, local| IndexMeta {
            name: name.cloned(),
            key: key.clone(),
            projection: projection.clone(),
            local,
            token_key: table_key.names().chain(key.names().filter(|name| !table_key.contains(name))).cloned().collect(),
        };
        let primary = meta(None, table_key, &IndexProjection::All, false);
        let local =
            table.local_indexes.iter().map(|index| meta(Some(&index.name), &index.key, &index.projection, true));
        let global =
            table.global_indexes.iter().map(|index| meta(Some(&index.name), &index.key, &index.projection, false));
        let indexes = std::iter::once(primary).chain(local).chain(global).collect();
        Self {
            model,
            table,
            settings: TableSettings::new(),
            attributes,
            indexes,
            templates: Vec::new(),
            discriminator: None,
            unique: Vec::new(),
            generated: Vec::new(),
            managed: true,
        }
    }

    /// Returns the condition that there is an item: every item has the key attributes of its table.
    pub(crate) fn item_exists(&self) -> Condition {
        Condition::AttributeExists(Path::new(&self.table.key.hash[0].name))
    }

    /// Returns the condition that there is no item.
    pub(crate) fn no_item_exists(&self) -> Condition {
        Condition::AttributeNotExists(Path::new(&self.table.key.hash[0].name))
    }

    #[doc(hidden)]
    #[must_use]
    pub fn unmanaged(self) -> Self {
        Self { managed: false, ..self }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn with_settings(mut self, settings: TableSettings) -> Self {
        settings.apply(&mut self.table);
        Self { settings, ..self }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn with_generated(self, generated: Vec<GeneratedField>) -> Self {
        Self { generated, ..self }
    }

    /// Returns the table itself.
    pub fn primary(&self) -> &IndexMeta {
        &self.indexes[0]
    }

    /// Returns the attribute with this name in the table, or `None` if the model does not declare it.
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
    /// Returns `true` if the index holds the attribute. The table holds all attributes, and every index the keys.
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

    /// Returns the name for messages: the name of the index, or `table` for the table itself.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or("table")
    }
}
