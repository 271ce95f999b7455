//! `UpdateItem`: part of one item.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::plan::{ReturnValues, UpdateItem, UpdateItemOutput};
use djamodb_core::value::Item;

use crate::emulator::Emulator;
use crate::error::Error;
use crate::item_collection;
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::validate;
use crate::write::ItemWrite;
use crate::write_condition::WriteCondition;

pub(super) fn execute(emulator: &Emulator, plan: &UpdateItem) -> Result<Response<UpdateItemOutput>, Error> {
    validate::update_item::request(plan)?;
    let table = emulator.table(&plan.table)?;
    let table = OpenTable::open(&table, emulator.clock())?;
    validate::update_item::against(plan, table.schema())?;

    let condition = WriteCondition { condition: plan.condition.as_ref(), on_failure: plan.old_item_on_failure };
    let (attributes, consumed) = table.write(&table.key(&plan.key)?, |old| {
        condition.check(old)?;
        let row = table.updated_row(&plan.update, &plan.key, old)?;
        validate::update_item::written(plan, &row.item, row.bytes)?;
        let attributes = returned_attributes(plan, old, &row.item);
        Ok((ItemWrite::Put(row), attributes))
    })?;
    let item_collection_metrics =
        if plan.return_item_collection_metrics { item_collection::metrics(&table, &plan.key) } else { None };
    let output = UpdateItemOutput { attributes, item_collection_metrics };
    Ok(Response::new(output, table.report(&consumed, plan.return_consumed_capacity)))
}

/// Returns the attributes that `ReturnValues` selects, or `None` if there are none.
fn returned_attributes(plan: &UpdateItem, old: Option<&Item>, new: &Item) -> Option<Item> {
    let updated = |item: &Item| {
        let updated = ProjectionExpression::new(plan.update.targets().cloned()).apply(item);
        (!updated.is_empty()).then_some(updated)
    };
    match plan.return_values {
        ReturnValues::None => None,
        ReturnValues::AllOld => old.cloned(),
        ReturnValues::UpdatedOld => old.and_then(updated),
        ReturnValues::AllNew => Some(new.clone()),
        ReturnValues::UpdatedNew => updated(new),
    }
}
