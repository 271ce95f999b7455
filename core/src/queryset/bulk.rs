//! Writes of many values.

use std::collections::HashSet;

use super::Manager;
use super::batch_writes::write_in_batches;
use super::concurrent_writes::write_concurrently;
use super::write_outcomes::WriteOutcomes;
use crate::database::{Database, encode, with_edit_advice};
use crate::error::Error;
use crate::expression::Update;
use crate::model::{AttributeList, Edits, Index, InvalidEdit, Model};
use crate::plan::{PutItem, UpdateItem, WriteRequest};
use crate::planner::{PlanError, update_of};
use crate::value::Item;

/// The treatment of a value whose key exists already, for [`bulk_create`](Manager::bulk_create).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnConflict {
    /// Keeps the existing item, writes the other values, and returns an error that names the keys. One request per value.
    Fail,
    /// Keeps the existing item; the report names its key. One request per value.
    Ignore,
    /// Replaces the whole existing item, as [`save`](crate::database::ModelExt::save) does, without reporting whether there was one.
    /// One request per 25 values.
    Overwrite,
}

/// The outcome of writing many values: their keys, in the order in which the values were given.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BulkReport {
    /// Keys of the values that were written.
    pub written: Vec<Item>,
    /// Keys of the values that were skipped: by `bulk_create` because an item exists, by `bulk_update` because none does.
    pub skipped: Vec<Item>,
}

impl<M: Model, I: Index<Model = M>> Manager<M, I> {
    /// Writes new values, as Django's `bulk_create`, and returns which were written.
    ///
    /// The writes are no transaction.
    ///
    /// # Errors
    ///
    /// - [`PlanError::KeyTwice`] if two values have the same key; nothing was sent.
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
    /// let report = Weather::objects().bulk_create(&days(4..31), OnConflict::Fail, &db).await?;
    /// assert_eq!(report.written.len(), 27);
    /// let report = Weather::objects().bulk_create(&days(29..33), OnConflict::Ignore, &db).await?;
    /// assert_eq!((report.written.len(), report.skipped.len()), (2, 2));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bulk_create(&self, values: &[M], on_conflict: OnConflict, db: &Database) -> Result<BulkReport, Error> {
        let call = async {
            let encode = |(position, value)| encode::<M>("bulk_create", Some(position), value);
            let items = keyed::<M>(values.iter().enumerate().map(encode))?;
            if on_conflict == OnConflict::Overwrite {
                let puts = items.into_iter().map(|(_, item)| WriteRequest::Put(item)).collect();
                return write_in_batches::<M>(puts, db).await.report::<M>("bulk_create");
            }
            let table = db.table_name::<M>();
            let put = |(key, item): (Item, Item)| {
                (key, PutItem { condition: Some(M::schema().no_item_exists()), ..PutItem::new(table.clone(), item) })
            };
            let mut outcomes = write_concurrently(db, items.into_iter().map(put).collect()).await;
            if on_conflict == OnConflict::Fail {
                outcomes.existing = std::mem::take(&mut outcomes.refused);
            }
            outcomes.report::<M>("bulk_create")
        };
        self.spec.call_span(db, "bulk_create").run(call).await
    }

    /// Writes some attributes of values whose items exist, as Django's `bulk_update`, and returns which were written.
    ///
    /// An attribute that a value lacks is removed from its item. Each item is changed by an
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
    /// let report = Weather::objects().bulk_update(&days, (Weather::KIND, Weather::TEMP_MAX), &db).await?;
    /// assert_eq!((report.written.len(), report.skipped.len()), (3, 0));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bulk_update(
        &self,
        values: &[M],
        attributes: impl AttributeList<M>,
        db: &Database,
    ) -> Result<BulkReport, Error> {
        let call = async {
            let schema = M::schema();
            let (table, paths) = (db.table_name::<M>(), attributes.into_paths());
            let items = values.iter().enumerate().map(|(position, value)| {
                // Attributes that are not written may break a rule.
                let item = value.to_item().and_then(|item| schema.check_key(&item).map(|()| item));
                item.map_err(|error| Error::invalid_value("bulk_update", Some(position), value, error))
            });
            let mut writes = Vec::with_capacity(values.len());
            for (position, (key, item)) in keyed::<M>(items)?.into_iter().enumerate() {
                let update = match update_of(Edits::<M>::copying(&item, paths.clone())) {
                    Err(PlanError::Edit { error: InvalidEdit::Operand(error), .. }) => {
                        return Err(Error::invalid_value("bulk_update", Some(position), &values[position], error));
                    }
                    update => update?,
                };
                let condition = Some(schema.item_exists());
                let write = UpdateItem { condition, ..UpdateItem::new(table.clone(), key.clone(), update) };
                writes.push((key, write));
            }
            let advise = |error| with_edit_advice::<M>(error, &paths.into_iter().fold(Update::new(), Update::remove));
            write_concurrently(db, writes).await.map_error(advise).report::<M>("bulk_update")
        };
        self.spec.call_span(db, "bulk_update").run(call).await
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

impl WriteOutcomes {
    fn report<M: Model>(self, operation: &'static str) -> Result<BulkReport, Error> {
        if self.is_complete() {
            Ok(BulkReport { written: self.written, skipped: self.refused })
        } else {
            Err(self.incomplete::<M>(operation, 0, false))
        }
    }
}
