//! What an attribute can be changed to: the methods that give [`Edits`].

use super::comparand::ByValue;
use super::{Attribute, AttributeType, CodecError, Edits, Grows, Indexed, IntoOperand, Members, Plain, SetOperand};
use crate::expression::{SetValue, Update, UpdateOperand};
use crate::value::AttributeValue;

/// Attributes that can be changed: those that are no part of the table's key.
#[diagnostic::on_unimplemented(
    message = "the key of an item cannot be changed",
    label = "this attribute is the table's `{Self}`",
    note = "the key says which item it is: save an item of the other key, and delete this one"
)]
pub trait Editable {}

impl Editable for Plain {}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// Becomes this: a value, [`F`](super::F) of another attribute, or a sum or difference.
    ///
    /// An empty set is kept nowhere: setting it removes the attribute.
    pub fn set<Form>(self, value: impl SetOperand<M, T::Operand, Form>) -> Edits<M>
    where
        K: Editable,
    {
        self.edit(value.into_set_value(), |update, path, value| match value {
            Some(value) => update.set(path, value),
            None => update.remove(path),
        })
    }

    /// Becomes this value where the item lacks the attribute; stays what it is where it is there.
    pub fn set_if_not_exists(self, value: impl IntoOperand<T::Operand>) -> Edits<M>
    where
        K: Editable,
    {
        let value = SetOperand::<M, T::Operand, ByValue>::into_set_value(value);
        self.edit(value, |update, path, value| match value {
            Some(SetValue::Operand(value)) => {
                update.set(path.clone(), UpdateOperand::IfNotExists(path, Box::new(value)))
            }
            _ => update,
        })
    }

    /// Is removed from the item. An attribute that the model requires cannot be: the item would be none of the model any more.
    pub fn remove(self) -> Edits<M>
    where
        K: Editable,
    {
        self.edit(Ok(()), |update, path, ()| update.remove(path))
    }

    /// Adds to a number, or elements to a set; starts from nothing where the item lacks the attribute.
    #[allow(clippy::should_implement_trait, reason = "the word is DynamoDB's: ADD")]
    pub fn add<V, Form>(self, value: V) -> Edits<M>
    where
        K: Editable,
        T::Operand: Grows<V, Form>,
    {
        self.edit(T::Operand::growth(value), |update, path, value| match value {
            Some(value) => update.add(path, value),
            None => update,
        })
    }

    /// Takes elements out of a set. A set that is left empty is removed.
    pub fn delete<V, E>(self, elements: V) -> Edits<M>
    where
        K: Editable,
        T::Operand: Members<Element = E>,
        V: IntoIterator<Item: IntoOperand<E>>,
        E: super::SetElement,
    {
        self.edit(super::edit_operand::members(elements), |update, path, elements| match elements {
            Some(elements) => update.delete(path, elements),
            None => update,
        })
    }

    /// Adds elements at the end of a list; starts from nothing where the item lacks the attribute.
    pub fn append<V, E>(self, elements: V) -> Edits<M>
    where
        K: Editable,
        T::Operand: Indexed<Element = E>,
        V: IntoIterator<Item: IntoOperand<E>>,
        E: AttributeType,
    {
        self.edit(list(elements), |update, path, added| match added {
            Some(added) => {
                let present = UpdateOperand::if_not_exists(path.clone(), AttributeValue::L(Vec::new()));
                update.set(path, UpdateOperand::list_append(present, added))
            }
            None => update,
        })
    }

    /// Adds elements at the start of a list; starts from nothing where the item lacks the attribute.
    pub fn prepend<V, E>(self, elements: V) -> Edits<M>
    where
        K: Editable,
        T::Operand: Indexed<Element = E>,
        V: IntoIterator<Item: IntoOperand<E>>,
        E: AttributeType,
    {
        self.edit(list(elements), |update, path, added| match added {
            Some(added) => {
                let present = UpdateOperand::if_not_exists(path.clone(), AttributeValue::L(Vec::new()));
                update.set(path, UpdateOperand::list_append(added, present))
            }
            None => update,
        })
    }

    fn edit<V>(
        self,
        value: Result<V, CodecError>,
        edit: impl FnOnce(Update, crate::expression::Path, V) -> Update,
    ) -> Edits<M> {
        match value {
            Ok(value) => Edits::from_update(edit(Update::new(), self.into_path(), value)),
            Err(error) => Edits::invalid(error.at(&self.path().to_string())),
        }
    }
}

/// A list of these; nothing when there are none.
fn list<E: AttributeType>(
    elements: impl IntoIterator<Item: IntoOperand<E>>,
) -> Result<Option<AttributeValue>, CodecError> {
    let elements: Vec<E> = elements.into_iter().map(IntoOperand::into_operand).collect();
    if elements.is_empty() {
        return Ok(None);
    }
    match E::encode_list(&elements)? {
        list @ AttributeValue::L(_) => Ok(Some(list)),
        // A list of bytes is kept as binary data, to which DynamoDB appends nothing.
        other => Err(CodecError::wrong_type("a list", other.value_type())),
    }
}
