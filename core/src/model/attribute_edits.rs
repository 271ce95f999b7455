//! Methods of [`Attribute`] that return [`Edits`].

use super::attribute::Place;
use super::operand::ValueLike;
use super::{
    Absence, AddOperand, Attribute, AttributeType, CodecError, Edits, IntoOperand, ListType, NonKey, SetElement,
    SetOperand, SetType,
};
use crate::expression::{Path, SetValue, Update, UpdateOperand};
use crate::value::AttributeValue;

/// Attributes that can be changed: those outside the table's key.
#[diagnostic::on_unimplemented(
    message = "the key of an item cannot be changed",
    label = "this attribute is the table's `{Self}`",
    note = "the key identifies the item: save an item with the new key and delete the old one"
)]
pub trait Editable {}

impl Editable for NonKey {}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// Sets the attribute to a value, to the [`F`](super::F) of another attribute, or to a sum or difference. The attribute of an
    /// optional field accepts an `Option` too: `None` removes the attribute.
    ///
    /// Setting an empty set removes the attribute, since DynamoDB stores no empty sets. In a list or a map `None` is stored as NULL, so
    /// that the other elements keep their positions, and an empty set is an error. Setting a document replaces all of its entries,
    /// also those that its struct does not declare; [`at`](Self::at) leads to one of them.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// let mut seattle = City::new("Seattle", 1);
    /// seattle.save(&db).await?;
    /// let (region, note) = (Some("west".to_owned()), None::<String>); // from a form
    /// seattle.update((City::REGION.set(region), City::NOTE.set(note)), &db).await?;
    /// assert_eq!((seattle.region.as_deref(), seattle.note.as_deref()), (Some("west"), None));
    /// seattle.update(City::REGION.set(None), &db).await?;
    /// assert_eq!(seattle.region, None);
    /// # Ok(())
    /// # }
    /// ```
    pub fn set<Form>(self, value: impl SetOperand<M, T, Form>) -> Edits<M>
    where
        K: Editable,
    {
        let absence = match self.place() {
            Place::Key | Place::Field => Absence::LeftOut,
            Place::Element => Absence::Encoded,
        };
        self.edit(value.into_set_value(absence), |update, path, value| match value {
            Some(value) => update.set(path, value),
            None => update.remove(path),
        })
    }

    /// Sets the attribute to a value if the item lacks the attribute, and leaves it unchanged otherwise. `None`, for the attribute of an
    /// optional field, and an empty set leave every item unchanged.
    pub fn set_if_not_exists<Form: ValueLike>(self, value: impl SetOperand<M, T, Form>) -> Edits<M>
    where
        K: Editable,
    {
        self.edit(value.into_set_value(Absence::LeftOut), |update, path, value| match value {
            Some(SetValue::Operand(value)) => {
                update.set(path.clone(), UpdateOperand::IfNotExists(path, Box::new(value)))
            }
            _ => update,
        })
    }

    /// Removes the attribute from the item.
    ///
    /// Removing an attribute that the model requires fails with [`InvalidEdit::Required`](super::InvalidEdit::Required) before
    /// any request is sent, since the item could no longer be decoded.
    pub fn remove(self) -> Edits<M>
    where
        K: Editable,
    {
        self.edit(Ok(()), |update, path, ()| update.remove(path))
    }

    /// Adds a number to a number, or elements to a set. An item that lacks the attribute starts from 0 or the empty set.
    #[allow(clippy::should_implement_trait, reason = "DynamoDB's name for the action is ADD")]
    pub fn add<V, Form>(self, value: V) -> Edits<M>
    where
        K: Editable,
        V: AddOperand<T::Operand, Form>,
    {
        self.edit(value.into_add_value(), |update, path, value| match value {
            Some(value) => update.add(path, value),
            None => update,
        })
    }

    /// Deletes elements from a set. DynamoDB removes the attribute if no element remains.
    pub fn delete<V, E>(self, elements: V) -> Edits<M>
    where
        K: Editable,
        T::Operand: SetType<Element = E>,
        V: IntoIterator<Item: IntoOperand<E>>,
        E: SetElement,
    {
        self.edit(super::edit_operand::set_of(elements), |update, path, elements| match elements {
            Some(elements) => update.delete(path, elements),
            None => update,
        })
    }

    /// Appends elements to the end of a list. An item that lacks the attribute starts from the empty list.
    pub fn append<V, E>(self, elements: V) -> Edits<M>
    where
        K: Editable,
        T::Operand: ListType<Element = E>,
        V: IntoIterator<Item: IntoOperand<E>>,
        E: AttributeType,
    {
        self.edit(list_of(elements), |update, path, added| match added {
            Some(added) => {
                let present = UpdateOperand::if_not_exists(path.clone(), AttributeValue::l([]));
                update.set(path, UpdateOperand::list_append(present, added))
            }
            None => update,
        })
    }

    /// Inserts elements at the start of a list. An item that lacks the attribute starts from the empty list.
    pub fn prepend<V, E>(self, elements: V) -> Edits<M>
    where
        K: Editable,
        T::Operand: ListType<Element = E>,
        V: IntoIterator<Item: IntoOperand<E>>,
        E: AttributeType,
    {
        self.edit(list_of(elements), |update, path, added| match added {
            Some(added) => {
                let present = UpdateOperand::if_not_exists(path.clone(), AttributeValue::l([]));
                update.set(path, UpdateOperand::list_append(added, present))
            }
            None => update,
        })
    }

    fn edit<V>(self, value: Result<V, CodecError>, edit: impl FnOnce(Update, Path, V) -> Update) -> Edits<M> {
        match value {
            Ok(value) => Edits::from_update(edit(Update::new(), self.into_path(), value)),
            Err(error) => Edits::invalid(error.at(&self.path().to_string())),
        }
    }
}

/// Encodes a list of these elements. Returns `None` if there are none.
fn list_of<E: AttributeType>(
    elements: impl IntoIterator<Item: IntoOperand<E>>,
) -> Result<Option<AttributeValue>, CodecError> {
    let elements: Vec<E> = elements.into_iter().map(IntoOperand::into_operand).collect();
    if elements.is_empty() {
        return Ok(None);
    }
    match E::encode_list(&elements)? {
        list @ AttributeValue::L(_) => Ok(Some(list)),
        // `Vec<u8>` is stored as binary data, to which `list_append` does not apply.
        other => Err(CodecError::wrong_type("a list", other.value_type())),
    }
}
