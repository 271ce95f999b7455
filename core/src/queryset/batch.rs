//! Writes in batches, which take no condition.

use std::collections::HashSet;

use super::each::Tally;
use crate::database::Database;
use crate::driver::Applied;
use crate::error::Error;
use crate::layer::Backoff;
use crate::model::Model;
use crate::plan::{BatchWriteItem, WriteRequest};
use crate::run::{BatchWrite, advance};
use crate::value::{Item, Name};

/// Puts and deletes items in batches, each asked for again as long as the service leaves some of it unprocessed. After a
/// failure no more are begun.
pub(super) async fn in_batches<M: Model>(writes: Vec<WriteRequest>, db: &Database) -> Result<Tally, Error> {
    let key_names: Vec<Name> = M::schema().table.key.names().cloned().collect();
    let key = |write: &WriteRequest| write.item().pick(&key_names);
    let mut tally = Tally::default();
    let mut batches = writes.chunks(BatchWriteItem::WRITES_MAX);
    for batch in batches.by_ref() {
        let backoff = Backoff::new(db.retry_policy(), db.driver().clock().seed());
        let mut write = BatchWrite::new(db.table_name::<M>(), &key_names, batch.to_vec(), backoff)?;
        let error = match advance(db.driver(), &mut write).await {
            Ok(Some(never)) => match never {},
            Ok(None) => None,
            Err(error) => Some(error),
        };
        let left: HashSet<Item> = write.report().unprocessed.iter().map(key).collect();
        let may_be_made = error.as_ref().is_some_and(|error| error.applied() == Applied::Unknown);
        for key in batch.iter().map(key) {
            let list = match (left.contains(&key), may_be_made) {
                (false, _) => &mut tally.made,
                (true, false) => &mut tally.unmade,
                (true, true) => &mut tally.unknown,
            };
            list.push(key);
        }
        tally.error = error;
        if !tally.is_complete() {
            break;
        }
    }
    tally.unmade.extend(batches.flatten().map(key));
    Ok(tally)
}
