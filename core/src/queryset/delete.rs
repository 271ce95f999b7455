//! Deleting what a queryset matches.

use std::collections::HashSet;

use super::{QuerySet, Terminal};
use crate::database::Database;
use crate::driver::DriverError;
use crate::error::{DeleteIncomplete, Error};
use crate::model::{Index, Model};
use crate::plan::{BatchWriteItem, WriteRequest};
use crate::planner::{Explain, Node};
use crate::run::{Backoff, BatchWrite, Page, advance};
use crate::value::{Item, Name};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Deletes the matching items and gives their number.
    ///
    /// Keys are read a page at a time and deleted in batches of 25; what a batch leaves unprocessed is asked for again. An
    /// item that stops matching between the two is deleted all the same: a batch takes no condition, and
    /// [`delete_checked`](Self::delete_checked) is for where that matters. If not all can be deleted, [`Error::DeleteIncomplete`] says how many were and which keys were not.
    pub async fn delete(&self, db: &Database) -> Result<u64, Error> {
        let mut read = self.read(Terminal::Delete, db)?;
        let table_key = &M::schema().table.key;
        let key_names: Vec<Name> = table_key.names().cloned().collect();
        let mut deleted = 0;
        loop {
            let page = match read.next().await {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(deleted),
                Err(error) if deleted == 0 => return Err(error.into()),
                Err(error) => return Err(incomplete::<M>(deleted, Vec::new(), true, Some(error))),
            };
            // An item that moves within an index while that is read can be met twice.
            let mut met = HashSet::with_capacity(page.items.len());
            let keys = page.items.iter().map(|item| item.pick(table_key.names()));
            let writes = keys.filter(|key| met.insert(key.clone())).map(WriteRequest::Delete).collect();
            let backoff = Backoff::new(db.retry_policy(), db.driver().clock().seed());
            let mut write = BatchWrite::new(db.table_name::<M>(), &key_names, writes, backoff)?;
            let error = match advance(read.db().driver(), &mut write).await {
                Ok(Some(never)) => match never {},
                Ok(None) => None,
                Err(error) => Some(error),
            };
            let report = write.report();
            deleted += report.done;
            if error.is_some() || !report.unprocessed.is_empty() {
                let unprocessed = report.unprocessed.into_iter().map(WriteRequest::into_item).collect();
                return Err(incomplete::<M>(deleted, unprocessed, has_more(&page), error));
            }
        }
    }

    /// What [`delete`](Self::delete) does with the keys that are read.
    pub(super) fn explain_delete(keys: Explain) -> Explain {
        let table = ("table", M::schema().table.name.to_string());
        let keys_of_each = ("keys", format!("{} a request", BatchWriteItem::WRITES_MAX));
        keys.then_writes(Node::new("BatchWriteItem", [table, keys_of_each]))
    }
}

fn has_more(page: &Page) -> bool {
    page.last_evaluated_key.is_some()
}

fn incomplete<M: Model>(done: u64, unprocessed: Vec<Item>, may_have_more: bool, error: Option<DriverError>) -> Error {
    let model = M::schema().model;
    Error::DeleteIncomplete(Box::new(DeleteIncomplete { model, done, unprocessed, may_have_more, error }))
}
