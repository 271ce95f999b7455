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

pub(super) fn execute(emulator: &Emulator, put: &PutItem) -> Result<Response<PutItemOutput>, Error> {
    let bytes = validate::put_item::request(put)?;
    let table = emulator.table(&put.table)?;
    let table = OpenTable::open(&table, emulator.clock())?;
    validate::put_item::against(put, table.schema())?;

    let condition = WriteCondition { condition: put.condition.as_ref(), on_failure: put.old_item_on_failure };
    let (attributes, consumed) = table.write(&table.key(&put.item)?, |old| {
        condition.check(old)?;
        let attributes = match put.return_values {
            ReturnOld::None => None,
            ReturnOld::AllOld => old.cloned(),
        };
        Ok((ItemWrite::Put(Row::whole(put.item.clone(), bytes)), attributes))
    })?;
    let item_collection_metrics =
        if put.return_item_collection_metrics { item_collection::metrics(&table, &put.item) } else { None };
    let output = PutItemOutput { attributes, item_collection_metrics };
    Ok(Response::new(output, table.report(&consumed, put.return_consumed_capacity)))
}
