//! Changes of items, with the model's type.

use std::fmt;
use std::marker::PhantomData;
use std::ops::BitAnd;

use super::composed_edits;
use super::{Attribute, CodecError, Editable, ModelSchema, Presence};
use crate::expression::{Path, Update, UpdateError};
use crate::value::{Item, Name};

/// Changes of items of the model `M`, as returned by the methods of [`Attribute`]. Several are joined by `&`, or in a tuple, an
/// array or a vector.
///
/// Every edit reads the item as it was before the update, so two attributes can be exchanged. Edits that cannot be made are
/// rejected with an [`InvalidEdit`] before any request is sent: two edits of the same path, for example, or the removal of an
/// attribute that the model requires.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{City, city_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = city_database().await?;
/// let mut seattle = City { note: Some("calm".into()), tags: ["old".into()].into(), ..City::new("Seattle", 1) };
/// seattle.save(&db).await?;
/// let edits = (
///     City::REGION.set_if_not_exists("west"),
///     City::VISITS.set(F(City::VISITS) + 1),
///     City::TAGS.add(["warm", "dry"]),
///     City::LOG.append(["checked"]),
///     City::NOTE.remove(),
/// );
/// seattle.update(edits, &db).await?;
/// assert_eq!((seattle.region.as_deref(), seattle.visits), (Some("west"), 2));
/// assert_eq!((seattle.tags.len(), seattle.log.len(), seattle.note), (3, 1, None));
/// # Ok(())
/// # }
/// ```
#[must_use = "edits do nothing until they are passed to `update`"]
pub struct Edits<M> {
    update: Update,
    error: Option<InvalidEdit>,
    marker: PhantomData<fn() -> M>,
}

/// Reason why edits are rejected before any request is sent.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidEdit {
    /// DynamoDB cannot store a value.
    #[error(transparent)]
    Operand(#[from] CodecError),
    /// DynamoDB rejects the update for every item, for example because two edits change the same path.
    #[error(transparent)]
    Update(#[from] UpdateError),
    /// The attribute is part of the table's key.
    #[error(
        "`{attribute}` is part of the table's key and cannot be changed; save an item with the new key and delete the old one"
    )]
    Key {
        /// Name of the attribute in the table.
        attribute: Name,
    },
    /// The model requires the attribute, so an item without it could not be decoded.
    #[error(
        "`{attribute}` cannot be removed because the model requires it; make the field an Option, or give it #[model(default)]"
    )]
    Required {
        /// Name of the attribute in the table.
        attribute: Name,
    },
    /// The attribute is a part of the composed key of an index, whose other parts the edits do not set.
    #[error(
        "`{attribute}` is a part of the key `{key}`, which is composed as {template}; set all its parts to values in the same edits, or \
         save the item"
    )]
    KeyPart {
        /// Name of the attribute in the table.
        attribute: Name,
        /// Name of the key attribute.
        key: Name,
        /// The composition of the key.
        template: String,
    },
    /// The attribute is composed of others, or is the discriminator.
    #[error("`{attribute}` is set by the model and cannot be edited; edit the fields that it is composed of")]
    Composed {
        /// Name of the attribute in the table.
        attribute: Name,
    },
    /// The attribute is unique, and the edit does not set it to a value that is known before the request.
    #[error(
        "`{attribute}` is unique, so its new value must be known before the request; set the whole attribute to a value, or remove it"
    )]
    Unique {
        /// Name of the attribute in the table.
        attribute: Name,
    },
    /// The attribute is the version, which every write counts.
    #[error(
        "`{attribute}` is the version of the item, to which every write adds 1, and cannot be edited; remove the edit"
    )]
    Version {
        /// Name of the attribute in the table.
        attribute: Name,
    },
}

crate::debug_by_message!(enum InvalidEdit {
    Operand(error),
    Update(error),
    Key { attribute },
    Required { attribute },
    KeyPart { attribute, key, template },
    Composed { attribute },
    Unique { attribute },
    Version { attribute },
});

impl<M> Edits<M> {
    /// Returns an untyped update as edits of the model `M`. The caller ensures that its paths are attributes of `M`.
    pub fn from_update(update: Update) -> Self {
        Self { update, error: None, marker: PhantomData }
    }

    pub(super) fn invalid(error: impl Into<InvalidEdit>) -> Self {
        Self { update: Update::new(), error: Some(error.into()), marker: PhantomData }
    }

    /// Returns the update without the model's type.
    ///
    /// # Errors
    ///
    /// Returns the [`InvalidEdit`] if a model with this schema cannot be updated in this way.
    pub fn into_update(self, schema: &ModelSchema) -> Result<Update, InvalidEdit> {
        if let Some(error) = self.error {
            return Err(error);
        }
        self.update.validate()?;
        check_key(&self.update, schema)?;
        let mut update = self.update;
        composed_edits::add(&mut update, schema)?;
        check(&update, schema)?;
        Ok(update)
    }
}

/// Returns an update that copies the values at `paths` from the item of a value, and removes the paths at which it has no value. The
/// composed keys of indexes with one of the paths as a part are copied with all their parts.
///
/// # Errors
///
/// Returns the [`InvalidEdit`] if a model with this schema cannot be updated in this way.
pub(crate) fn copying(item: &Item, paths: Vec<Path>, schema: &ModelSchema) -> Result<Update, InvalidEdit> {
    let mut update = paths.into_iter().fold(Update::new(), |update, path| match path.get(item).cloned() {
        Some(value) => update.set(path, value),
        None => update.remove(path),
    });
    composed_edits::check_targets(&update, schema)?;
    schema.complete_index_keys(&mut update, item);
    check_changes(&update, schema)?;
    Ok(update)
}

/// Checks an update that changes one item of a model into another one. Unlike [`Edits`], it has the keys that are composed of changed attributes.
pub(crate) fn check_changes(update: &Update, schema: &ModelSchema) -> Result<(), InvalidEdit> {
    update.validate()?;
    check_key(update, schema)?;
    check(update, schema)
}

/// Refuses edits of the key of the table.
fn check_key(update: &Update, schema: &ModelSchema) -> Result<(), InvalidEdit> {
    match update.targets().find(|path| schema.is_key_part(&path.name)) {
        Some(path) => Err(InvalidEdit::Key { attribute: path.name.clone() }),
        None => Ok(()),
    }
}

/// Refuses edits that a model or DynamoDB does not allow.
fn check(update: &Update, schema: &ModelSchema) -> Result<(), InvalidEdit> {
    if let Some(version) = schema.version_name()
        && update.targets().any(|path| path.name == *version)
    {
        return Err(InvalidEdit::Version { attribute: version.clone() });
    }
    let required =
        |name: &&Name| schema.attribute(name).is_some_and(|attribute| attribute.presence == Presence::Required);
    if let Some(attribute) = update.remove.iter().filter_map(Path::as_attribute).find(required) {
        return Err(InvalidEdit::Required { attribute: attribute.clone() });
    }
    schema.check_unique_edits(update)?;
    Ok(schema.check_update(update)?)
}

impl<M> BitAnd for Edits<M> {
    type Output = Self;

    fn bitand(mut self, other: Self) -> Self {
        self.update.set.extend(other.update.set);
        self.update.remove.extend(other.update.remove);
        self.update.add.extend(other.update.add);
        self.update.delete.extend(other.update.delete);
        self.error = self.error.or(other.error);
        self
    }
}

impl<M> Clone for Edits<M> {
    fn clone(&self) -> Self {
        Self { update: self.update.clone(), error: self.error.clone(), marker: PhantomData }
    }
}

impl<M> fmt::Debug for Edits<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edits").field("update", &self.update).field("error", &self.error).finish()
    }
}

/// One edit of the model `M`, or several: joined by `&`, or in a tuple, an array or a vector.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an edit of `{M}`",
    label = "expected edits of `{M}`",
    note = "pass edits of attributes of `{M}`, such as `{M}::….set(…)`, or several in a tuple or an array"
)]
pub trait IntoEdits<M>: Send {
    /// Joins the edits.
    fn into_edits(self) -> Edits<M>;
}

impl<M> IntoEdits<M> for Edits<M> {
    fn into_edits(self) -> Edits<M> {
        self
    }
}

impl<M> IntoEdits<M> for Vec<Edits<M>> {
    fn into_edits(self) -> Edits<M> {
        self.into_iter().fold(Edits::from_update(Update::new()), BitAnd::bitand)
    }
}

impl<M, const N: usize> IntoEdits<M> for [Edits<M>; N] {
    fn into_edits(self) -> Edits<M> {
        self.into_iter().fold(Edits::from_update(Update::new()), BitAnd::bitand)
    }
}

/// Attributes of the model `M` that can be changed: one, several in a tuple, or several of the same type in an array.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of attributes of `{M}` that can be changed",
    note = "pass an attribute of `{M}` outside its key, or several in a tuple"
)]
pub trait AttributeList<M>: Send {
    /// Returns the paths of the attributes.
    fn into_paths(self) -> Vec<Path>;
}

impl<M, T, K: Editable> AttributeList<M> for Attribute<M, T, K> {
    fn into_paths(self) -> Vec<Path> {
        vec![self.into_path()]
    }
}

impl<M, A: AttributeList<M>, const N: usize> AttributeList<M> for [A; N] {
    fn into_paths(self) -> Vec<Path> {
        self.into_iter().flat_map(AttributeList::into_paths).collect()
    }
}

macro_rules! tuples {
    ($(($($one:ident / $at:tt),+)),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<Model, $($one: IntoEdits<Model>),+> IntoEdits<Model> for ($($one,)+) {
            fn into_edits(self) -> Edits<Model> {
                Edits::from_update(Update::new())$( & self.$at.into_edits())+
            }
        }

        #[diagnostic::do_not_recommend]
        impl<Model, $($one: AttributeList<Model>),+> AttributeList<Model> for ($($one,)+) {
            fn into_paths(self) -> Vec<Path> {
                let mut paths = Vec::new();
                $(paths.extend(self.$at.into_paths());)+
                paths
            }
        }
    )+};
}

tuples! {
    (A / 0),
    (A / 0, B / 1),
    (A / 0, B / 1, C / 2),
    (A / 0, B / 1, C / 2, D / 3),
    (A / 0, B / 1, C / 2, D / 3, E / 4),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7, I / 8),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7, I / 8, J / 9),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7, I / 8, J / 9, K / 10),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7, I / 8, J / 9, K / 10, L / 11),
}
