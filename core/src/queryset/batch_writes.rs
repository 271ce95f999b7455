//! Writes in batches, which take no condition.

use super::write_outcomes::WriteOutcomes;
use crate::database::Database;
use crate::model::Model;
use crate::plan::WriteRequest;
use crate::planner::KeyedWrite;
use crate::run::WriteState;

/// Puts and deletes items in batches, at most one write for each item.
pub(super) async fn write_in_batches<M: Model>(writes: Vec<WriteRequest>, db: &Database) -> WriteOutcomes {
    let table = db.table_name::<M>();
    let keyed = |write: WriteRequest| {
        let key = write.item().pick(M::schema().table.key.names());
        KeyedWrite { table: table.clone(), key, write }
    };
    let batches = db.write_batches(writes.into_iter().map(keyed).collect()).await;
    let mut outcomes = WriteOutcomes { error: batches.error, ..WriteOutcomes::default() };
    for (write, state) in batches.writes {
        let list = match state {
            WriteState::Written => &mut outcomes.written,
            WriteState::Unprocessed => &mut outcomes.unprocessed,
            WriteState::Unknown => &mut outcomes.unknown,
        };
        list.push(write.key);
    }
    outcomes
}
