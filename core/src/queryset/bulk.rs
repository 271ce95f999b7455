//! Writes of many values.

use std::collections::{HashMap, HashSet};

use super::batch_writes::write_in_batches;
use super::concurrent_writes::write_concurrently;
use super::write_outcomes::WriteOutcomes;
use super::{CustomQuerySet, ManagerOf};
use crate::database::{
    Database, WriteFailure, encode_valid, generated_update, put_item, set_generated, validate_all, with_edit_advice,
};
use crate::error::Error;
use crate::expression::Update;
use crate::model::{AttributeList, InvalidEdit, Model, WriteKind};
use crate::plan::{OldItemOnFailure, UpdateItem, WriteRequest};
use crate::planner::{PlanError, StoredValues, update_of_copy};
use crate::value::Item;

/// The treatment of a value whose key exists already, for [`bulk_create`](ManagerOf::bulk_create).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnConflict {
    /// Keeps the existing item, writes the other values, and returns an error that names the keys. One request per value.
    Fail,
    /// Keeps the existing item; the report names its key, and that of a value with a unique value that another item has. One request per value.
    Ignore,
    /// Replaces the whole existing item, as [`save`](crate::database::ModelExt::save) does, without reporting whether there was one.
    /// One request per 25 values.
    ///
    /// Refused for a model with a version, because a batch of writes has no conditions and cannot compare it.
    Overwrite,
    /// Does the same, for a model with a version without comparing it. The stored version is one more than that of the value.
    OverwriteUnchecked,
}

/// The outcome of writing many values: their keys, in the order in which the values were given.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BulkReport {
    /// Keys of the values that were written.
    pub written: Vec<Item>,
    /// Keys of the values that were skipped: by `bulk_create` because an item exists, or another one has a unique value, by `bulk_update` because none does.
    pub skipped: Vec<Item>,
}

impl<M: Model, Q: CustomQuerySet<Model = M>> ManagerOf<Q> {
    /// Writes new values, as Django's `bulk_create`, and returns which were written.
    ///
    /// The writes are no transaction. The generated fields of the values that were written have their new values afterwards, as after
    /// [`save`](crate::database::ModelExt::save).
    ///
    /// # Errors
    ///
    /// - [`PlanError::KeyTwice`] if two values have the same key; nothing was sent.
    /// - [`PlanError::UncheckedVersion`] if `on_conflict` is [`OnConflict::Overwrite`] and the model has a version; nothing was sent.
    /// - [`Error::ValidationFailed`] if validators refuse values, with the position and the errors of each; nothing was sent.
    /// - [`Error::InvalidValue`] if DynamoDB cannot store a value, with its position, its key, the path of the attribute and the
    ///   reason; nothing was sent.
    /// - [`Error::WritesIncomplete`] if not all values were written. It holds the number of writes that were made, and the keys that
    ///   exist already, were not written, or may have been written.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// use djamodb::queryset::OnConflict;
    ///
    /// let days = |days: std::ops::Range<u32>| days.map(|day| Weather::seattle(day, "fog", 5.0)).collect::<Vec<_>>();
    /// let report = Weather::objects().bulk_create(&mut days(4..31), OnConflict::Fail, &db).await?;
    /// assert_eq!(report.written.len(), 27);
    /// let report = Weather::objects().bulk_create(&mut days(29..33), OnConflict::Ignore, &db).await?;
    /// assert_eq!((report.written.len(), report.skipped.len()), (2, 2));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bulk_create(
        &self,
        values: &mut [M],
        on_conflict: OnConflict,
        db: &Database,
    ) -> Result<BulkReport, Error> {
        let call = async {
            let schema = M::schema();
            let kind = match on_conflict {
                OnConflict::Fail | OnConflict::Ignore => WriteKind::Create,
                OnConflict::Overwrite if schema.version_name().is_some() => {
                    return Err(PlanError::UncheckedVersion { model: schema.model, method: "bulk_create" }.into());
                }
                OnConflict::Overwrite | OnConflict::OverwriteUnchecked if !schema.unique.is_empty() => {
                    let instead = "use OnConflict::Fail or Ignore, or save each value";
                    return Err(
                        PlanError::unique_in_many(schema, "bulk_create with OnConflict::Overwrite", instead).into()
                    );
                }
                OnConflict::Overwrite | OnConflict::OverwriteUnchecked => WriteKind::Save,
            };
            validate_all("bulk_create", values)?;
            let encode = |(position, value)| {
                encode_valid::<M>("bulk_create", Some(position), value, kind, db).map(|encoded| encoded.item)
            };
            let items = keyed::<M>(values.iter().enumerate().map(encode))?;
            let written = GeneratedItems::of::<M>(&items);
            let outcomes = if kind == WriteKind::Save {
                let puts = items.into_iter().map(|(_, item)| WriteRequest::Put(item)).collect();
                write_in_batches::<M>(puts, db).await
            } else {
                let put = |item: Item| async move {
                    let (is_new, none) = (Some(schema.no_item_exists()), OldItemOnFailure::None);
                    match put_item::<M>("bulk_create", item, is_new, none, StoredValues::Irrelevant, db).await {
                        Err(WriteFailure::NotUnique(_)) if on_conflict == OnConflict::Ignore => {
                            Err(WriteFailure::Condition(None))
                        }
                        result => result,
                    }
                };
                let mut outcomes = write_concurrently(db, items, put).await;
                if on_conflict == OnConflict::Fail {
                    outcomes.existing = std::mem::take(&mut outcomes.refused);
                }
                outcomes
            };
            let set = written.set(values, &outcomes, db);
            let report = outcomes.report::<M>("bulk_create")?;
            set.map(|()| report)
        };
        self.inner().spec.call_span(db, "bulk_create").run(call).await
    }

    /// Writes some attributes of values whose items exist, as Django's `bulk_update`, and returns which were written.
    ///
    /// If the model has a version, each item is changed only if the stored item has the version of the value, and the version of the
    /// value is the new one afterwards. The error lists the keys of values that are not the latest ones.
    ///
    /// All validators of a value run, also those of attributes that are not written.
    ///
    /// An attribute that a value lacks is removed from its item. The composed key of an index with one of the attributes as a part is written
    /// with all its parts. Each item is changed by an
    /// [UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html) of its own. A value without an
    /// item is skipped; the report names its key. The writes are no transaction.
    ///
    /// # Errors
    ///
    /// Those of [`bulk_create`](Self::bulk_create).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let mut days = Weather::objects().set_hash_key("Seattle").all(&db).await?;
    /// for weather in &mut days {
    ///     weather.kind = Some("rain".to_owned());
    /// }
    /// let report = Weather::objects().bulk_update(&mut days, (Weather::KIND, Weather::TEMP_MAX), &db).await?;
    /// assert_eq!((report.written.len(), report.skipped.len()), (3, 0));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bulk_update(
        &self,
        values: &mut [M],
        attributes: impl AttributeList<M>,
        db: &Database,
    ) -> Result<BulkReport, Error> {
        let call = async {
            let schema = M::schema();
            let (table, paths) = (db.table_name::<M>(), attributes.into_paths());
            validate_all("bulk_update", values)?;
            let distinguishes_stale = db.driver().capability().write_with_old_item_on_failure;
            let items = values.iter().enumerate().map(|(position, value)| {
                // Attributes that are not written may break a rule.
                let item = value.to_item().and_then(|item| schema.check_key(&item).map(|()| item));
                item.map_err(|error| Error::invalid_value("bulk_update", Some(position), value, error))
            });
            let mut items = keyed::<M>(items)?;
            let mut writes = Vec::with_capacity(values.len());
            for (position, (key, item)) in items.iter_mut().enumerate() {
                let update = match update_of_copy::<M>(item, paths.clone()) {
                    Err(PlanError::Edit { error: InvalidEdit::Operand(error), .. }) => {
                        return Err(Error::invalid_value("bulk_update", Some(position), &values[position], error));
                    }
                    update => generated_update::<M>(update?, db)?,
                };
                // A unique attribute can also be written as a part of the key of an index.
                if schema.changes_unique(&update) {
                    let instead = "update each value, or use save_changes()";
                    return Err(PlanError::unique_in_many(schema, "bulk_update of unique attributes", instead).into());
                }
                let mut write = UpdateItem {
                    condition: Some(schema.item_exists()),
                    ..UpdateItem::new(table.clone(), key.clone(), update)
                };
                let version = schema.count_write(item, WriteKind::Save);
                let version = version
                    .map_err(|error| Error::invalid_value("bulk_update", Some(position), &values[position], error))?;
                if let Some(version) = version {
                    write.condition = Some(schema.item_exists().and(version));
                    if distinguishes_stale {
                        write.old_item_on_failure = OldItemOnFailure::AllOld;
                    }
                }
                schema.copy_date(&write.update, item);
                writes.push((key.clone(), write));
            }
            let written = GeneratedItems::of::<M>(&items);
            let advise = |error| with_edit_advice::<M>(error, &paths.into_iter().fold(Update::new(), Update::remove));
            let send = |write: UpdateItem| async move { Ok(db.run(write).await.map(drop)?) };
            let mut outcomes = write_concurrently(db, writes, send).await.map_error(advise);
            if schema.version_name().is_some() && !distinguishes_stale {
                outcomes.stale.append(&mut outcomes.refused);
            }
            let set = written.set(values, &outcomes, db);
            let report = outcomes.report::<M>("bulk_update")?;
            set.map(|()| report)
        };
        self.inner().spec.call_span(db, "bulk_update").run(call).await
    }
}

/// Returns the items of values, each with its key. Refuses two values with the same key.
fn keyed<M: Model>(values: impl ExactSizeIterator<Item = Result<Item, Error>>) -> Result<Vec<(Item, Item)>, Error> {
    let schema = M::schema();
    let mut keys = HashSet::with_capacity(values.len());
    let mut items = Vec::with_capacity(values.len());
    for item in values {
        let item = item?;
        let key = item.pick(schema.table.key.names());
        if let Some(key) = keys.replace(key.clone()) {
            return Err(PlanError::KeyTwice { model: schema.model, key }.into());
        }
        items.push((key, item));
    }
    Ok(items)
}

/// The items of values whose model has generated fields, by key; empty for other models.
struct GeneratedItems(HashMap<Item, (usize, Item)>);

impl GeneratedItems {
    /// `items` are those of all values, in their order, each with its key.
    fn of<M: Model>(items: &[(Item, Item)]) -> Self {
        if M::schema().generated.is_empty() {
            return Self(HashMap::new());
        }
        let entries = items.iter().cloned().enumerate();
        Self(entries.map(|(position, (key, item))| (key, (position, item))).collect())
    }

    /// Sets the generated fields of the values whose items were written.
    fn set<M: Model>(self, values: &mut [M], outcomes: &WriteOutcomes, db: &Database) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        let written = outcomes.written.iter().filter_map(|key| self.0.get(key));
        for (position, item) in written {
            set_generated(&mut values[*position], item, db)?;
        }
        Ok(())
    }
}

impl WriteOutcomes {
    fn report<M: Model>(self, operation: &'static str) -> Result<BulkReport, Error> {
        if self.is_complete() {
            Ok(BulkReport { written: self.written, skipped: self.refused })
        } else {
            Err(self.incomplete::<M>(operation, 0, false))
        }
    }
}
