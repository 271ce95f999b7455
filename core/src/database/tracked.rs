//! Values of which only the changes are written.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::item::set_generated;
use super::signals::{SignalContext, post_save, pre_save};
use super::single_write::update_item;
use super::validation::validate;
use super::written::Written;
use super::{Call, Database, ModelExt};
use crate::error::Error;
use crate::expression::{Path, Update};
use crate::model::{CodecError, IntoEdits, Model, WriteKind};
use crate::plan::ReturnValues;
use crate::planner::update_of_changes;
use crate::value::{Item, Name};

/// A value of a model together with a record of its item, so that only the attributes that changed since are written.
///
/// Django names them: `order.save(update_fields=["total"])`. Here [`save_changes`](Self::save_changes) finds them.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{City, city_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = city_database().await?;
/// # City::new("Seattle", 1).create(&db).await?;
/// let mut seattle = City::get_by_key("Seattle", &db).await?.tracked();
/// seattle.note = Some("often seen".to_owned());
/// assert_eq!(seattle.changed()?, ["note"]);
///
/// // Meanwhile, another attribute is written.
/// City::objects().set_hash_key("Seattle").update(City::VISITS.add(1), &db).await?;
///
/// assert!(seattle.save_changes(&db).await?, "SET note = \"often seen\"");
/// assert!(!seattle.save_changes(&db).await?, "nothing has changed since, and nothing is sent");
/// seattle.refresh(&db).await?;
/// assert_eq!((seattle.visits, seattle.note.as_deref()), (2, Some("often seen")));
/// # Ok(())
/// # }
/// ```
///
/// A `Tracked<M>` dereferences to `M`, for reading and changing its fields. [`create`](Self::create), [`save`](Self::save),
/// [`update`](Self::update) and [`refresh`](Self::refresh) are those of the value, and record its new item.
#[derive(Clone)]
pub struct Tracked<M> {
    value: M,
    /// The item as which the value was recorded. An error if that cannot be encoded.
    recorded: Result<Item, CodecError>,
    /// The item that a transaction writes, without the time of the write.
    in_transaction: Option<Item>,
}

impl<M: Model> Tracked<M> {
    /// Records the item of a value as it was read or written: the value is expected to be stored.
    pub fn new(value: M) -> Self {
        let recorded = value.to_item();
        Self { value, recorded, in_transaction: None }
    }

    /// Returns the value without the record.
    pub fn into_inner(self) -> M {
        self.value
    }

    /// Returns the names of the attributes that changed since the item was recorded, in alphabetical order. The version is none of them, since
    /// each write changes it.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidValue`], if the value, or the one that was recorded, cannot be encoded.
    pub fn changed(&self) -> Result<Vec<Name>, Error> {
        let (_, update) = self.changes("changed")?;
        let mut names: Vec<_> = update.targets().map(|path| path.name.clone()).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Writes the attributes that changed since the item was recorded, if there are any, in one request
    /// ([UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html)). Returns `true` if something was
    /// written.
    ///
    /// Each changed attribute is written whole, also if it is a list or a document, and one that the value lacks is removed. Other attributes
    /// of the item stay as they are, those that the model does not declare included. The key of an index that is composed of changed fields
    /// changes with them, and is written with all its parts. The validators of the whole value run before the request.
    ///
    /// The item must exist, and if the model has a version, it must have that of the value. Afterwards the generated fields have their new
    /// values, as after [`save`](ModelExt::save), and the record is the written item. If nothing has changed, no request is sent, no condition is
    /// checked, and no receiver of signals is called.
    ///
    /// # Errors
    ///
    /// The errors of [`ModelExt`], and
    ///
    /// - [`Error::Plan`], if the key was changed: [`InvalidEdit::Key`](crate::model::InvalidEdit::Key) names the attribute. Nothing was sent;
    /// - [`Error::ObjectDoesNotExist`], if there is no item and no condition is set. No item is created;
    /// - [`Error::ConditionFailed`], if a condition is set and there is no item or it does not satisfy the condition.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// # City::new("Seattle", 1).create(&db).await?;
    /// let mut seattle = City::get_by_key("Seattle", &db).await?.tracked();
    /// let unchanged = City::VISITS.eq(seattle.visits);
    /// seattle.visits += 1;
    /// seattle.save_changes(&db).condition(unchanged).await?;
    ///
    /// seattle.name = "Tacoma".to_owned();
    /// let error = seattle.save_changes(&db).await.unwrap_err();
    /// assert!(error.to_string().contains("`name` is part of the table's key and cannot be changed"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn save_changes<'a>(&'a mut self, db: &'a Database) -> Call<'a, M, bool> {
        const METHOD: &str = "save_changes";
        Call::new(db, METHOD, move |options| async move {
            if self.changes(METHOD)?.1.is_empty() {
                return Ok(false);
            }
            let signal = SignalContext { db, operation: METHOD, created: Some(false) };
            pre_save(&mut self.value, signal).await?;
            // A receiver may have changed the value.
            let (mut item, mut update) = self.changes(METHOD)?;
            if update.is_empty() {
                return Ok(false);
            }
            M::schema().complete_index_keys(&mut update, &item);
            validate(METHOD, &self.value)?;
            M::schema().check_item(&item).map_err(|error| self.invalid(METHOD, error))?;
            let update = update_of_changes::<M>(update)?;
            let generates = !M::schema().generated.is_empty();
            let returned = if generates { ReturnValues::UpdatedNew } else { ReturnValues::None };
            let before = || self.recorded.clone().unwrap_or_default();
            let updated = update_item(METHOD, &self.value, update, returned, before, options, db).await?;
            if generates {
                updated.iter().for_each(|(name, value)| drop(item.insert(name.clone(), value.clone())));
                set_generated(&mut self.value, &item, db)?;
            }
            self.recorded = Ok(item);
            post_save(&mut self.value, signal).await?;
            Ok(true)
        })
    }

    /// Writes the value as a new item, as [`ModelExt::create`].
    pub fn create<'a>(&'a mut self, db: &'a Database) -> Call<'a, M, ()> {
        Call::around(move |options| async move {
            self.value.create(db).with_options(options).await?;
            self.record();
            Ok(())
        })
    }

    /// Writes the whole value, as [`ModelExt::save`].
    pub fn save<'a>(&'a mut self, db: &'a Database) -> Call<'a, M, ()> {
        Call::around(move |options| async move {
            self.value.save(db).with_options(options).await?;
            self.record();
            Ok(())
        })
    }

    /// Applies edits, and replaces the value by the item as it is afterwards, as [`ModelExt::update`]. Changes of the value that were not
    /// written are lost.
    pub fn update<'a>(&'a mut self, edits: impl IntoEdits<M> + 'a, db: &'a Database) -> Call<'a, M, ()> {
        Call::around(move |options| async move {
            self.value.update(edits, db).with_options(options).await?;
            self.record();
            Ok(())
        })
    }

    /// Replaces the value by the item with its key, as [`ModelExt::refresh`]. Changes of the value that were not written are lost.
    pub fn refresh<'a>(&'a mut self, db: &'a Database) -> Call<'a, M, ()> {
        Call::around(move |options| async move {
            self.value.refresh(db).with_options(options).await?;
            self.record();
            Ok(())
        })
    }

    fn record(&mut self) {
        self.recorded = self.value.to_item();
    }

    /// Returns the item of the value, and the update that changes the recorded item into it.
    fn changes(&self, operation: &'static str) -> Result<(Item, Update), Error> {
        self.difference().map_err(|error| self.invalid(operation, error))
    }

    /// Returns the item of the value, and the update that changes the recorded item into it, without the version, and without a composed key of
    /// the table, whose changed part is refused.
    pub(super) fn difference(&self) -> Result<(Item, Update), CodecError> {
        let recorded = self.recorded.as_ref().map_err(Clone::clone)?;
        let item = self.value.to_item()?;
        let schema = M::schema();
        let (version, key) = (schema.version_name(), &schema.table.key);
        let is_left_out =
            |name: &Name| Some(name) == version || (key.contains(name) && schema.template(name).is_some());
        let changes = |name: &&Name| item.get(name) != recorded.get(name) && !is_left_out(name);
        let update = Update {
            set: item
                .iter()
                .filter(|(name, _)| changes(name))
                .map(|(name, value)| (Path::new(name), value.clone().into()))
                .collect(),
            remove: recorded
                .iter()
                .map(|(name, _)| name)
                .filter(|name| item.get(name).is_none())
                .filter(changes)
                .map(Path::new)
                .collect(),
            ..Update::new()
        };
        Ok((item, update))
    }

    /// Returns the update for a transaction that writes the changes, with the count of the version, or `None` if nothing has changed.
    pub(super) fn begin_transaction(&mut self) -> Result<Option<Update>, CodecError> {
        let (mut item, mut update) = self.difference()?;
        if update.is_empty() {
            return Ok(None);
        }
        M::schema().complete_index_keys(&mut update, &item);
        M::schema().check_item(&item)?;
        M::schema().count_write(&mut item, WriteKind::Save)?;
        self.in_transaction = Some(item);
        Ok(Some(update))
    }

    fn invalid(&self, operation: &'static str, error: CodecError) -> Error {
        Error::invalid_value(operation, None, &self.value, error)
    }
}

/// The value of an update in a transaction.
impl<M: Model> Written for Tracked<M> {
    fn set_generated(&mut self, item: &Item, db: &Database) -> Result<(), Error> {
        set_generated(&mut self.value, item, db)
    }

    fn set_updated(&mut self, update: &Update, db: &Database) -> Result<(), Error> {
        let Some(item) = &mut self.in_transaction else { return Ok(()) };
        M::schema().copy_date(update, item);
        set_generated(&mut self.value, item, db)?;
        self.recorded = Ok(item.clone());
        Ok(())
    }
}

impl<M> Deref for Tracked<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.value
    }
}

impl<M> DerefMut for Tracked<M> {
    fn deref_mut(&mut self) -> &mut M {
        &mut self.value
    }
}

impl<M: Model> From<M> for Tracked<M> {
    fn from(value: M) -> Self {
        Self::new(value)
    }
}

impl<M: fmt::Debug> fmt::Debug for Tracked<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tracked").field(&self.value).finish()
    }
}
