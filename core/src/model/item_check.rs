//! Rules of DynamoDB for items and updates, checked before a request is sent.
//!
//! The service checks them too, but its messages name neither the item of a batch nor the attribute.

use super::{CodecError, CodecErrorKind, ModelSchema};
use crate::expression::{Path, PathStep, SetValue, Update, UpdateOperand};
use crate::schema::KeyAttribute;
use crate::service::limits::{
    ATTRIBUTE_NAME_BYTES_MAX, HASH_KEY_BYTES_MAX, ITEM_BYTES_MAX, ITEM_LEVELS_MAX, RANGE_KEY_BYTES_MAX,
};
use crate::value::size::{item_bytes, value_bytes};
use crate::value::{AttributeValue, Item, Name};

/// Maximum number of maps and lists around a value. The value itself is one more level.
const NESTING_MAX: usize = ITEM_LEVELS_MAX - 1;

impl ModelSchema {
    /// Checks that DynamoDB can store an item of this model: its key and index keys, its size, the depth and the names of its
    /// attributes, and that no set in it is empty.
    ///
    /// The methods of models and managers, and transactions, check the items that they write. Call it for the items of plans.
    ///
    /// ```
    /// use djamodb::model::Model;
    /// # use djamodb_example_models::Weather;
    ///
    /// # fn main() -> Result<(), djamodb::model::CodecError> {
    /// let item = Weather::seattle(1, "", 7.2).to_item()?;
    /// let error = Weather::schema().check_item(&item).unwrap_err();
    /// assert_eq!(error.path(), "kind", "a key of the index by_kind cannot be empty");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] with the path of the value that DynamoDB would refuse. The limits are in
    /// [`service::limits`](crate::service::limits).
    pub fn check_item(&self, item: &Item) -> Result<(), CodecError> {
        self.check_key(item)?;
        self.check_index_keys(item)?;
        self.check_unique(item)?;
        item.iter().try_for_each(|(name, value)| check_entry(name, value, NESTING_MAX))?;
        check_size(item)
    }

    /// Checks the key of the table in an item or a key.
    pub(crate) fn check_key(&self, item: &Item) -> Result<(), CodecError> {
        let key = &self.table.key;
        check_key_part(item, &key.hash, HASH_KEY_BYTES_MAX, None)?;
        check_key_part(item, &key.range, RANGE_KEY_BYTES_MAX, None)
    }

    /// Checks the attributes of an item that are keys of indexes. An item may lack them.
    fn check_index_keys(&self, item: &Item) -> Result<(), CodecError> {
        self.indexes.iter().filter(|index| index.name.is_some()).try_for_each(|index| {
            check_key_part(item, &index.key.hash, HASH_KEY_BYTES_MAX, index.name.as_ref())?;
            check_key_part(item, &index.key.range, RANGE_KEY_BYTES_MAX, index.name.as_ref())
        })
    }

    /// Checks the paths and the literal values of an update.
    pub(super) fn check_update(&self, update: &Update) -> Result<(), CodecError> {
        update.targets().try_for_each(check_path)?;
        for (path, value) in &update.set {
            literals_of_set(value).try_for_each(|literal| check_literal(path, literal))?;
            if let (Some(name), SetValue::Operand(operand)) = (path.as_attribute(), value) {
                self.check_index_key_set_to(name, operand)?;
            }
        }
        if !self.unique.is_empty() {
            self.check_unique(&self.unique_values_after(&Item::new(), update))?;
        }
        update.add.iter().chain(&update.delete).try_for_each(|(path, value)| check_literal(path, value))
    }

    /// Checks the values that an attribute can be set to if it is the key of an index.
    fn check_index_key_set_to(&self, name: &Name, operand: &UpdateOperand) -> Result<(), CodecError> {
        let is_index_key = self.indexes.iter().any(|index| index.name.is_some() && index.key.contains(name));
        let (true, Some(value)) = (is_index_key, operand.literal()) else { return Ok(()) };
        self.check_index_keys(&Item::new().with(name.clone(), value.clone()))
    }
}

fn literals_of_set(value: &SetValue) -> impl Iterator<Item = &AttributeValue> {
    let (operand, other) = match value {
        SetValue::Operand(operand) => (operand, None),
        SetValue::Plus(left, right) | SetValue::Minus(left, right) => (left, Some(right)),
    };
    std::iter::once(operand).chain(other).flat_map(UpdateOperand::nodes).filter_map(|node| match node {
        UpdateOperand::Value(value) => Some(value),
        UpdateOperand::Path(_) | UpdateOperand::IfNotExists(..) | UpdateOperand::ListAppend(_) => None,
    })
}

/// Checks the hash attributes or the range attributes of one key.
fn check_key_part(
    item: &Item,
    attributes: &[KeyAttribute],
    bytes_max: usize,
    index: Option<&Name>,
) -> Result<(), CodecError> {
    let (mut bytes, mut longest) = (0, (0, None));
    for KeyAttribute { name, scalar } in attributes {
        let Some(value) = item.get(name) else {
            if index.is_some() {
                continue;
            }
            return Err(CodecError::new(CodecErrorKind::KeyMissing).at(name));
        };
        let found = value.value_type();
        if found != scalar.value_type() {
            let error =
                CodecError::new(CodecErrorKind::KeyOfWrongType { index: index.cloned(), expected: *scalar, found });
            return Err(error.at(name));
        }
        let size = value_bytes(value);
        if size == 0 {
            return Err(CodecError::new(CodecErrorKind::KeyEmpty { index: index.cloned() }).at(name));
        }
        bytes += size;
        if size > longest.0 {
            longest = (size, Some(name));
        }
    }
    match longest.1 {
        Some(name) if bytes > bytes_max => {
            Err(CodecError::new(CodecErrorKind::KeyTooLong { index: index.cloned(), bytes, bytes_max }).at(name))
        }
        _ => Ok(()),
    }
}

fn check_size(item: &Item) -> Result<(), CodecError> {
    let bytes = item_bytes(item);
    if bytes <= ITEM_BYTES_MAX {
        return Ok(());
    }
    let error = CodecError::new(CodecErrorKind::ItemTooLarge { bytes });
    let largest = item.iter().max_by_key(|(_, value)| value_bytes(value));
    Err(largest.map_or(error.clone(), |(name, _)| error.at(name)))
}

/// Checks an attribute or an entry of a map, inside which `levels_left` maps and lists may nest.
fn check_entry(name: &str, value: &AttributeValue, levels_left: usize) -> Result<(), CodecError> {
    check_name(name).and_then(|()| check_value(value, levels_left)).map_err(|error| error.at(name))
}

fn check_name(name: &str) -> Result<(), CodecError> {
    match name.len() {
        0 => Err(CodecError::new(CodecErrorKind::NameEmpty)),
        1..=ATTRIBUTE_NAME_BYTES_MAX => Ok(()),
        bytes => Err(CodecError::new(CodecErrorKind::NameTooLong { bytes })),
    }
}

fn check_value(value: &AttributeValue, levels_left: usize) -> Result<(), CodecError> {
    let is_empty_set = match value {
        AttributeValue::Ss(texts) => texts.is_empty(),
        AttributeValue::Ns(numbers) => numbers.is_empty(),
        AttributeValue::Bs(values) => values.is_empty(),
        AttributeValue::M(map) => {
            let levels_left = levels_left.checked_sub(1).ok_or_else(too_deep)?;
            return map.iter().try_for_each(|(name, value)| check_entry(name, value, levels_left));
        }
        AttributeValue::L(values) => {
            let levels_left = levels_left.checked_sub(1).ok_or_else(too_deep)?;
            let mut values = values.iter().enumerate();
            return values
                .try_for_each(|(index, value)| check_value(value, levels_left).map_err(|error| error.at_index(index)));
        }
        _ => false,
    };
    if is_empty_set { Err(CodecError::new(CodecErrorKind::EmptySet)) } else { Ok(()) }
}

fn too_deep() -> CodecError {
    CodecError::new(CodecErrorKind::TooDeep)
}

/// Checks the path of an edit.
fn check_path(path: &Path) -> Result<(), CodecError> {
    let entries = path.steps.iter().filter_map(|step| match step {
        PathStep::Key(name) => Some(name),
        PathStep::Index(_) => None,
    });
    let mut names = std::iter::once(&path.name).chain(entries);
    let result =
        if path.steps.len() > NESTING_MAX { Err(too_deep()) } else { names.try_for_each(|name| check_name(name)) };
    result.map_err(|error| error.at(&path.to_string()))
}

/// Checks a value that an edit stores at a path, or adds to the value there.
fn check_literal(path: &Path, value: &AttributeValue) -> Result<(), CodecError> {
    let bytes = path.name.len() + value_bytes(value);
    let result = if bytes > ITEM_BYTES_MAX {
        Err(CodecError::new(CodecErrorKind::ItemTooLarge { bytes }))
    } else {
        check_value(value, NESTING_MAX.saturating_sub(path.steps.len()))
    };
    result.map_err(|error| error.at(&path.to_string()))
}
