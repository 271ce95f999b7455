//! Writing many values.

use std::collections::HashSet;

use super::Manager;
use super::batch::in_batches;
use super::each::{Tally, each};
use crate::database::Database;
use crate::error::Error;
use crate::expression::{Condition, Path};
use crate::model::{AttributeList, Edits, Index, Model};
use crate::plan::{PutItem, UpdateItem, WriteRequest};
use crate::planner::{PlanError, update_of};
use crate::value::Item;

/// What [`bulk_create`](Manager::bulk_create) does with a value whose key is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnConflict {
    /// Leaves the item that is there, writes the others, and gives an error that names the keys. One request for each value.
    Fail,
    /// Leaves the item that is there; the report names it. One request for each value.
    Ignore,
    /// Replaces the item that is there, and does not know whether there was one. One request for 25 values.
    Overwrite,
}

/// What became of many values, by their keys and in the order in which they were given.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BulkReport {
    /// The keys of what was written.
    pub written: Vec<Item>,
    /// The keys of what was passed over: by `bulk_create` since an item is there, by `bulk_update` since none is.
    pub skipped: Vec<Item>,
}

impl<M: Model, I: Index<Model = M>> Manager<M, I> {
    /// Writes new values, as Django's `bulk_create`, and tells what became of each.
    ///
    /// Two values of one key are an error, and nothing is sent. The whole is no transaction: if not all can be written,
    /// [`Error::WritesIncomplete`] says how many were, which keys exist, which were not written, and which may have been.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// use djamodb::queryset::OnConflict;
    ///
    /// let days = |days: std::ops::Range<u32>| -> Vec<Weather> {
    ///     days.map(|day| Weather { location: "Seattle".to_owned(), day }).collect()
    /// };
    /// let report = Weather::objects().bulk_create(&days(1..31), OnConflict::Fail, &db).await?;
    /// assert_eq!(report.written.len(), 30);
    /// let report = Weather::objects().bulk_create(&days(29..33), OnConflict::Ignore, &db).await?;
    /// assert_eq!((report.written.len(), report.skipped.len()), (2, 2));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bulk_create(&self, values: &[M], on_conflict: OnConflict, db: &Database) -> Result<BulkReport, Error> {
        let items = keyed(values)?;
        if on_conflict == OnConflict::Overwrite {
            let puts = items.into_iter().map(|(_, item)| WriteRequest::Put(item)).collect();
            return in_batches::<M>(puts, db).await?.report::<M>("bulk_create");
        }
        let table = db.table_name::<M>();
        let put = |(key, item): (Item, Item)| {
            let is_new = Condition::AttributeNotExists(Path::new(&M::schema().table.key.hash[0].name));
            (key, PutItem { condition: Some(is_new), ..PutItem::new(table.clone(), item) })
        };
        let mut tally = each(db, items.into_iter().map(put).collect()).await;
        if on_conflict == OnConflict::Fail {
            tally.existing = std::mem::take(&mut tally.refused);
        }
        tally.report::<M>("bulk_create")
    }

    /// Writes some attributes of values whose items are there, as Django's `bulk_update`, and tells what became of each. An
    /// attribute that a value lacks is removed.
    ///
    /// Each item is changed by an
    /// [UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html) of its own; a value
    /// without an item is passed over, and the report names it. Two values of one key are an error, and nothing is sent. If not
    /// all can be written, [`Error::WritesIncomplete`] says how many were, which were not, and which may have been.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// #     kind: Option<String>,
    /// #     note: Option<String>,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for day in 1..4 {
    /// #     Weather { location: "Seattle".to_owned(), day, kind: None, note: None }.save(&db).await?;
    /// # }
    /// let mut days = Weather::objects().set_hash_key("Seattle").all(&db).await?;
    /// for weather in &mut days {
    ///     weather.kind = Some("rain".to_owned());
    /// }
    /// let report = Weather::objects().bulk_update(&days, (Weather::KIND, Weather::NOTE), &db).await?;
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
        let schema = M::schema();
        let (table, paths) = (db.table_name::<M>(), attributes.into_paths());
        let mut writes = Vec::with_capacity(values.len());
        for (key, item) in keyed(values)? {
            let update = update_of(Edits::<M>::copying(&item, paths.clone()))?;
            let exists = Condition::AttributeExists(Path::new(&schema.table.key.hash[0].name));
            let write = UpdateItem { condition: Some(exists), ..UpdateItem::new(table.clone(), key.clone(), update) };
            writes.push((key, write));
        }
        each(db, writes).await.report::<M>("bulk_update")
    }
}

/// The values as items, each with its key; two of one key are refused.
fn keyed<M: Model>(values: &[M]) -> Result<Vec<(Item, Item)>, Error> {
    let schema = M::schema();
    let mut met = HashSet::with_capacity(values.len());
    let mut items = Vec::with_capacity(values.len());
    for value in values {
        let item = value.to_item().map_err(Error::codec::<M>)?;
        let key = item.pick(schema.table.key.names());
        if let Some(twice) = met.replace(key.clone()) {
            return Err(PlanError::KeyTwice { model: schema.model, key: twice }.into());
        }
        items.push((key, item));
    }
    Ok(items)
}

impl Tally {
    fn report<M: Model>(self, operation: &'static str) -> Result<BulkReport, Error> {
        if self.is_complete() {
            Ok(BulkReport { written: self.made, skipped: self.refused })
        } else {
            Err(self.incomplete::<M>(operation, 0, false))
        }
    }
}
