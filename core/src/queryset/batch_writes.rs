//! Writes in batches, which take no condition.

use std::collections::HashSet;

use super::write_outcomes::WriteOutcomes;
use crate::database::Database;
use crate::error::Error;
use crate::layer::Backoff;
use crate::model::Model;
use crate::plan::{BatchWriteItem, WriteRequest};
use crate::run::{BatchWrite, advance};
use crate::value::{Item, Name};

/// Puts and deletes items in batches of 25. Unprocessed items of a batch are sent again. After a failure, no further batch is begun.
pub(super) async fn write_in_batches<M: Model>(
    writes: Vec<WriteRequest>,
    db: &Database,
) -> Result<WriteOutcomes, Error> {
    let key_names: Vec<Name> = M::schema().table.key.names().cloned().collect();
    let key = |write: &WriteRequest| write.item().pick(&key_names);
    let mut outcomes = WriteOutcomes::default();
    let mut batches = writes.chunks(BatchWriteItem::WRITES_MAX);
    for batch in batches.by_ref() {
        let backoff = Backoff::new(db.retry_policy(), db.driver().clock().seed());
        let mut write = BatchWrite::new(db.table_name::<M>(), &key_names, batch.to_vec(), backoff)?;
        let error = match advance(db.driver(), &mut write).await {
            Ok(Some(never)) => match never {},
            Ok(None) => None,
            Err(error) => Some(error),
        };
        let report = write.report();
        let [unprocessed, unknown] =
            [report.unprocessed, report.unknown].map(|writes| writes.iter().map(key).collect::<HashSet<Item>>());
        for key in batch.iter().map(key) {
            let list = if unprocessed.contains(&key) {
                &mut outcomes.unprocessed
            } else if unknown.contains(&key) {
                &mut outcomes.unknown
            } else {
                &mut outcomes.written
            };
            list.push(key);
        }
        outcomes.error = error;
        if !outcomes.is_complete() {
            break;
        }
    }
    outcomes.unprocessed.extend(batches.flatten().map(key));
    Ok(outcomes)
}
