//! Deleting what a queryset matches.

use std::collections::HashSet;

use super::batch::in_batches;
use super::each::{Tally, count};
use super::{QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::model::{Index, Model};
use crate::plan::{BatchWriteItem, WriteRequest};
use crate::planner::{Explain, Node};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Deletes the matching items and gives their number.
    ///
    /// Keys are read a page at a time and deleted in batches of 25; what a batch leaves unprocessed is asked for again. An
    /// item that stops matching between the two is deleted all the same: a batch takes no condition, and
    /// [`delete_checked`](Self::delete_checked) is for where that matters. If not all can be deleted, [`Error::WritesIncomplete`] says
    /// how many were, which were not, and which may have been.
    pub async fn delete(&self, db: &Database) -> Result<u64, Error> {
        let mut read = self.read(Terminal::Delete, db)?;
        let mut deleted = 0;
        loop {
            let page = match read.next().await {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(deleted),
                Err(error) if deleted == 0 => return Err(error.into()),
                Err(error) => {
                    let tally = Tally { error: Some(error), ..Tally::default() };
                    return Err(tally.incomplete::<M>("delete", deleted, true));
                }
            };
            // An item that moves within an index while that is read can be met twice.
            let mut met = HashSet::with_capacity(page.items.len());
            let keys = page.items.iter().map(|item| item.pick(M::schema().table.key.names()));
            let writes = keys.filter(|key| met.insert(key.clone())).map(WriteRequest::Delete).collect();
            let tally = in_batches::<M>(writes, read.db()).await?;
            if !tally.is_complete() {
                return Err(tally.incomplete::<M>("delete", deleted, page.last_evaluated_key.is_some()));
            }
            deleted += count(&tally.made);
        }
    }

    /// What [`delete`](Self::delete) does with the keys that are read.
    pub(super) fn explain_delete(keys: Explain) -> Explain {
        let table = ("table", M::schema().table.name.to_string());
        let keys_of_each = ("keys", format!("{} per request", BatchWriteItem::WRITES_MAX));
        keys.then_writes(Node::new("BatchWriteItem", [table, keys_of_each]))
    }
}
