//! `DeleteItem`: one item by its key.

use djamodb_core::plan::{DeleteItem, DeleteItemOutput, ReturnOld};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::item_collection;
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::validate;
use crate::write::ItemWrite;
use crate::write_condition::WriteCondition;

pub(super) fn execute(emulator: &Emulator, delete: &DeleteItem) -> Result<Response<DeleteItemOutput>, Error> {
    validate::delete_item::request(delete)?;
    let table = emulator.table(&delete.table)?;
    let table = OpenTable::open(&table, emulator.clock())?;
    validate::delete_item::against(delete, table.schema())?;

    let condition = WriteCondition { condition: delete.condition.as_ref(), on_failure: delete.old_item_on_failure };
    let (attributes, consumed) = table.write(&table.key(&delete.key)?, |old| {
        condition.check(old)?;
        let attributes = match delete.return_values {
            ReturnOld::None => None,
            ReturnOld::AllOld => old.cloned(),
        };
        Ok((ItemWrite::Delete, attributes))
    })?;
    let item_collection_metrics =
        if delete.return_item_collection_metrics { item_collection::metrics(&table, &delete.key) } else { None };
    let output = DeleteItemOutput { attributes, item_collection_metrics };
    Ok(Response::new(output, table.report(&consumed, delete.return_consumed_capacity)))
}
