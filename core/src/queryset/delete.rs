//! Deleting the items of a queryset in batches.

use std::collections::HashSet;

use super::batch_writes::write_in_batches;
use super::plan_tree::PlanTree;
use super::read_spec::ReadSpec;
use super::reader::PageReader;
use super::unexpired::ReadTime;
use super::write_each::{EachWrite, Effect, ItemToWrite, write_named};
use super::write_outcomes::WriteOutcomes;
use super::{QuerySet, WholeItems};
use crate::database::{Database, delete_item};
use crate::error::Error;
use crate::model::{Index, Model};
use crate::plan::{BatchWriteItem, OldItemOnFailure, WriteRequest};
use crate::planner::{Explain, Node};
use crate::value::Item;

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Deletes the matching items and returns their number.
    ///
    /// Keys are read a page at a time and deleted in batches of 25. Unprocessed keys of a batch are sent again. A batch takes no
    /// condition: an item that stops matching between the read and the delete is deleted nevertheless. Use
    /// [`delete_checked`](Self::delete_checked) where that matters. The deletes are no transaction.
    ///
    /// If the lookups name the whole key of one item, nothing is read: one
    /// [DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html) deletes it under the condition that it
    /// matches. An item that is missing, or does not match, consumes the write units of a failed condition.
    ///
    /// Items of a model with unique fields are deleted one by one, each with its guard items, and so are those of a model with
    /// [receivers](crate::database::Receiver), to which `pre_delete` and `post_delete` of each item are sent.
    ///
    /// # Errors
    ///
    /// - [`Error::Plan`] if the queryset cannot be planned, for example a union; nothing was sent.
    /// - [`Error::WritesIncomplete`] if not all items were deleted. It holds the number of deletes that were made, and the keys that
    ///   were not deleted or may have been deleted.
    /// - [`Error::SignalFailed`] if a receiver of `pre_delete` failed before the first delete.
    /// - [`Error::Driver`] if the first read failed.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(seattle.sort_in_memory(Weather::TEMP_MAX.desc()).set_limit(1).delete(&db).await?, 1, "the warmest day");
    /// assert_eq!(seattle.values(Weather::DAY).all(&db).await?, [1, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(&self, db: &Database) -> Result<u64, Error>
    where
        R: WholeItems<M>,
    {
        let call = async {
            // A batch has neither guard items nor signals.
            if !M::schema().unique.is_empty() || db.has_receivers::<M>() {
                return self
                    .delete_each(EachWrite { method: "delete", rechecks: false, effect: Effect::Delete }, db)
                    .await;
            }
            let spec = self.spec.at(ReadTime::now(db));
            let tree = spec.plan_keys("delete", &db.table_name::<M>())?;
            if let Some(named) = tree.named_keys(&spec.request)
                && named.len() == 1
            {
                let (limited, none) = (&self.spec.rate_limited(db), OldItemOnFailure::None);
                let write = |ItemToWrite { key, condition, .. }| {
                    delete_item::<M>("delete", key, condition, none, Item::new, limited)
                };
                return write_named::<M, _>("delete", named, write, |error| error, db).await;
            }
            let mut reader = PageReader::begin(tree, M::schema().model, db)?;
            let db = self.spec.rate_limited(db);
            let mut deleted = 0;
            loop {
                let page = match reader.next().await {
                    Ok(Some(page)) => page,
                    Ok(None) => return Ok(deleted),
                    Err(error) if deleted == 0 => return Err(error.into()),
                    Err(error) => return Err(WriteOutcomes::of_error(error).incomplete::<M>("delete", deleted, true)),
                };
                // An item that moves within an index can be read twice, and a batch takes each key once.
                let mut keys = HashSet::with_capacity(page.items.len());
                let all_keys = page.items.iter().map(|item| item.pick(M::schema().table.key.names()));
                let writes = all_keys.filter(|key| keys.insert(key.clone())).map(WriteRequest::Delete).collect();
                let outcomes = write_in_batches::<M>(writes, &db).await;
                if !outcomes.is_complete() {
                    return Err(outcomes.incomplete::<M>("delete", deleted, reader.may_have_more(&page)));
                }
                deleted += outcomes.written_count();
            }
        };
        self.spec.call_span(db, "delete").run(call).await
    }

    /// Deletes the matching items one by one.
    pub(super) async fn delete_each(&self, each: EachWrite, db: &Database) -> Result<u64, Error> {
        let limited = &self.spec.rate_limited(db);
        let write = |ItemToWrite { key, read, condition }| {
            let none = OldItemOnFailure::None;
            delete_item::<M>(each.method, key, condition, none, move || read, limited)
        };
        self.write_each(each, write, |error| error, db).await
    }
}

impl ReadSpec {
    /// Returns the plan of deleting the items whose keys `tree` reads.
    pub(super) fn explain_delete(&self, tree: &PlanTree) -> Explain {
        let schema = self.request.schema;
        if schema.unique.is_empty()
            && let Some(named) = tree.named_keys(&self.request)
            && named.len() == 1
        {
            return Explain::of_named_writes(&self.request, &named, "DeleteItem", None);
        }
        let table = ("table", self.request.schema.table.name.to_string());
        let keys_of_each = ("keys", format!("{} per request", BatchWriteItem::WRITES_MAX));
        tree.explain().then_writes(Node::new("BatchWriteItem", [table, keys_of_each]))
    }

    /// Returns the database, limited to the queryset's rate.
    pub(super) fn rate_limited(&self, db: &Database) -> Database {
        self.rate_limit.as_ref().map_or_else(|| db.clone(), |rate_limit| rate_limit.apply(db))
    }
}
