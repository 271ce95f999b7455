//! Unique constraints of models, and the guard items that enforce them.
//!
//! DynamoDB knows no unique attributes but the key. A guard item has a key that is made of a unique value, so that at most one item holds it. It is
//! written in the transaction that writes the item of the model, and names that item as its owner.

use super::{CodecError, CodecErrorKind, InvalidEdit, KeyTemplate, ModelSchema, PartForm, TemplatePart, TemplatePiece};
use crate::expression::{Comparator, Condition, Path, SetValue, Update, UpdateOperand};
use crate::schema::{KeyAttribute, KeySchema, ScalarType, TableSchema};
use crate::service::limits::HASH_KEY_BYTES_MAX;
use crate::value::{AttributeValue, Item, Name};

/// Text with which the hash keys of guard items begin, and the whole of their range keys.
pub(crate) const GUARD: &str = "UNIQUE";

/// Text between the parts of the hash key of a guard item.
const SEPARATOR: &str = "#";

/// Attribute of a guard item with the key of the item that has the value.
const OWNER: &str = "unique_owner";

/// Key attribute of a table that has guard items only.
const GUARD_KEY: &str = "guard";

/// An attribute, or several together, of which no two items of a model have the same value, declared with the option `unique` of a field or
/// `unique_together` of a model.
///
/// An item without the attribute, or without one of several, has no value, and there can be any number of those.
#[derive(Clone, PartialEq, Debug)]
pub struct UniqueConstraint(KeyTemplate);

impl UniqueConstraint {
    // Hidden because generated code builds the schemas.
    #[doc(hidden)]
    pub fn new(parts: Vec<TemplatePart>) -> Self {
        let names: Vec<&str> = parts.iter().map(|part| part.attribute().as_str()).collect();
        let name = Name::from(names.join("+"));
        let mut pieces = Vec::with_capacity(2 * parts.len());
        for part in parts {
            if !pieces.is_empty() {
                pieces.push(TemplatePiece::Literal(SEPARATOR));
            }
            pieces.push(TemplatePiece::Part(part));
        }
        Self(KeyTemplate::new(name, pieces))
    }

    /// Returns the names of the attributes.
    pub fn attributes(&self) -> impl Iterator<Item = &Name> {
        self.0.parts().map(TemplatePart::attribute)
    }

    fn has_attribute(&self, name: &str) -> bool {
        self.attributes().any(|attribute| attribute.as_str() == name)
    }

    /// Returns the text of the value of an item, which is different for different values, or `None` if the item has no value.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if a value has no text.
    pub(crate) fn text(&self, item: &Item) -> Result<Option<String>, CodecError> {
        self.0.text(item)
    }
}

impl TemplatePart {
    /// Returns a part of a unique constraint. Text is escaped if another part follows, so that every value has a text of its own.
    #[doc(hidden)]
    pub fn unique<T: super::KeyType>(attribute: Name, is_last: bool) -> Self {
        let is_escaped = !is_last && T::SCALAR == ScalarType::S;
        Self::new::<T>(attribute, if is_escaped { PartForm::Escaped } else { PartForm::Plain })
    }
}

impl ModelSchema {
    #[doc(hidden)]
    #[must_use]
    pub fn with_unique(self, unique: Vec<UniqueConstraint>) -> Self {
        Self { unique, ..self }
    }

    /// Returns the table of the guard items of the model's unique values, if it is not the table of the model itself.
    ///
    /// A model with a discriminator shares its table with items of other kinds, so that its guard items are among them, if the table's key
    /// attributes are texts. Other models have a second table, `{table}-unique`, with the settings of the first except for indexes, time to live
    /// and stream. It is created and deleted together with that of the model.
    pub fn guard_table(&self) -> Option<TableSchema> {
        if self.unique.is_empty() || self.shares_guard_table() {
            return None;
        }
        let key = KeySchema { hash: vec![KeyAttribute::new(GUARD_KEY, ScalarType::S)], range: Vec::new() };
        Some(TableSchema {
            name: self.guard_table_name(),
            key,
            global_indexes: Vec::new(),
            local_indexes: Vec::new(),
            time_to_live: None,
            stream: None,
            ..self.table.clone()
        })
    }

    fn shares_guard_table(&self) -> bool {
        let mut attributes = self.table.key.attributes();
        self.discriminator.is_some() && attributes.all(|attribute| attribute.scalar == ScalarType::S)
    }

    /// Returns `true` if guard items are among the items of the model's table.
    pub(crate) fn has_guards_in_table(&self) -> bool {
        !self.unique.is_empty() && self.shares_guard_table()
    }

    /// Returns the name of the table of the guard items, without a prefix.
    pub(crate) fn guard_table_name(&self) -> Name {
        if self.shares_guard_table() { self.table.name.clone() } else { format!("{}-unique", self.table.name).into() }
    }

    /// Returns the key of the guard item of a value.
    pub(crate) fn guard_key(&self, constraint: &UniqueConstraint, text: &str) -> Item {
        let kind = self.discriminator.as_ref().map_or("", |discriminator| discriminator.value);
        let hash = [GUARD, kind, constraint.0.name(), text].join(SEPARATOR);
        if !self.shares_guard_table() {
            return Item::new().with(GUARD_KEY, hash);
        }
        let key = &self.table.key;
        let hash = key.hash.iter().map(|attribute| (attribute.name.clone(), AttributeValue::s(&*hash)));
        hash.chain(key.range.iter().map(|attribute| (attribute.name.clone(), AttributeValue::s(GUARD)))).collect()
    }

    /// Returns the unique values of an item: its attributes that are named by unique constraints.
    pub(crate) fn unique_values(&self, item: &Item) -> Item {
        if self.unique.is_empty() {
            return Item::new();
        }
        let is_unique = |name: &Name| self.unique.iter().any(|constraint| constraint.has_attribute(name));
        item.iter().filter(|(name, _)| is_unique(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Returns the condition that the stored item has these unique values and no others, which holds for no item if there are none.
    pub(crate) fn has_unique_values(&self, values: &Item) -> Option<Condition> {
        let mut names: Vec<&Name> = self.unique.iter().flat_map(UniqueConstraint::attributes).collect();
        names.sort_unstable();
        names.dedup();
        let conditions = names.into_iter().map(|name| match values.get(name) {
            Some(value) => Condition::compare(Path::new(name), Comparator::Eq, value.clone()),
            None => Condition::AttributeNotExists(Path::new(name)),
        });
        conditions.reduce(Condition::and)
    }

    /// Returns `true` if an update changes a unique attribute, or may change one.
    pub(crate) fn changes_unique(&self, update: &Update) -> bool {
        let mut targets = update.targets();
        targets.any(|path| self.unique.iter().any(|constraint| constraint.has_attribute(&path.name)))
    }

    /// Refuses edits that give a unique attribute a value that is not known before the request.
    pub(super) fn check_unique_edits(&self, update: &Update) -> Result<(), InvalidEdit> {
        let is_known = |path: &&Path| {
            let is_set = update.set.iter().any(|(target, value)| target == *path && literal(value).is_some());
            path.as_attribute().is_some() && (is_set || update.remove.contains(path))
        };
        let is_unique = |path: &&Path| self.unique.iter().any(|constraint| constraint.has_attribute(&path.name));
        match update.targets().filter(is_unique).find(|path| !is_known(path)) {
            Some(path) => Err(InvalidEdit::Unique { attribute: path.name.clone() }),
            None => Ok(()),
        }
    }

    /// Returns the unique values of an item after an update whose edits were checked.
    pub(crate) fn unique_values_after(&self, values: &Item, update: &Update) -> Item {
        let mut after = values.clone();
        for (path, value) in &update.set {
            if let (Some(name), Some(value)) = (path.as_attribute(), literal(value)) {
                after.insert(name.clone(), value.clone());
            }
        }
        for name in update.remove.iter().filter_map(Path::as_attribute) {
            after.remove(name);
        }
        self.unique_values(&after)
    }

    /// Checks that every unique value of an item has a guard key.
    pub(super) fn check_unique(&self, item: &Item) -> Result<(), CodecError> {
        for constraint in &self.unique {
            let Some(text) = constraint.text(item)? else { continue };
            let key = self.guard_key(constraint, &text);
            let bytes = key.iter().filter_map(|(_, value)| value.as_s()).map(str::len).max().unwrap_or_default();
            if bytes > HASH_KEY_BYTES_MAX {
                let kind = CodecErrorKind::UniqueTooLong { bytes, bytes_max: HASH_KEY_BYTES_MAX };
                return Err(CodecError::new(kind).at(constraint.0.name()));
            }
        }
        Ok(())
    }
}

/// Returns the guard item with this key, owned by the item with the key `owner`.
pub(crate) fn guard_item(key: &Item, owner: &Item) -> Item {
    key.clone().with(OWNER, owner_value(owner))
}

/// Returns the key of the item that owns a guard item, or `None` if the item is no guard item.
pub(crate) fn guard_owner(guard: &Item) -> Option<Item> {
    match guard.get(OWNER)? {
        AttributeValue::M(owner) => Some(owner.clone().into()),
        _ => None,
    }
}

/// Returns the value that an attribute has after it is set, if it does not depend on the stored item.
fn literal(value: &SetValue) -> Option<&AttributeValue> {
    match value {
        SetValue::Operand(UpdateOperand::Value(value)) => Some(value),
        _ => None,
    }
}

fn owner_value(owner: &Item) -> AttributeValue {
    AttributeValue::m(owner.iter().map(|(name, value)| (name.clone(), value.clone())))
}

/// Returns the condition that there is no guard item with this key, or that one of these items owns it.
pub(crate) fn is_free_for<'a>(key: &Item, owners: impl IntoIterator<Item = &'a Item>) -> Condition {
    let hash = key.iter().next().map(|(name, _)| Path::new(name));
    let is_missing = hash.map(Condition::AttributeNotExists);
    let is_owned =
        owners.into_iter().map(|owner| Condition::compare(Path::new(OWNER), Comparator::Eq, owner_value(owner)));
    Condition::Or(is_missing.into_iter().chain(is_owned).collect())
}
