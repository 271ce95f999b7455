//! `PutItem`: one whole item.

use djamodb_core::plan::{PutItem, PutItemOutput, ReturnOld};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::item_collection;
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::row::Row;
use crate::validate;
use crate::write::ItemWrite;
use crate::write_condition::WriteCondition;

pub(super) fn execute(emulator: &Emulator, put: PutItem) -> Result<Response<PutItemOutput>, Error> {
    let bytes = validate::put_item::request(&put)?;
    let table = emulator.table(&put.table)?;
    let table = OpenTable::open(&table, emulator.clock())?;
    validate::put_item::against(&put, table.schema())?;

    let condition = WriteCondition { condition: put.condition.as_ref(), on_failure: put.old_item_on_failure };
    let key = table.key(&put.item)?;
    // An item without clones shares its names with those that are stored.
    let measured = put.return_item_collection_metrics.then(|| put.item.clone());
    let (attributes, consumed) = table.write(&key, |old| {
        condition.check(old)?;
        let attributes = match put.return_values {
            ReturnOld::None => None,
            ReturnOld::AllOld => old.cloned(),
        };
        Ok((ItemWrite::Put(Row::whole(put.item, bytes)), attributes))
    })?;
    let item_collection_metrics = measured.and_then(|item| item_collection::metrics(&table, &item));
    let output = PutItemOutput { attributes, item_collection_metrics };
    Ok(Response::new(output, table.report(&consumed, put.return_consumed_capacity)))
}
