//! `UpdateItem`: part of an item.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::plan::{ReturnValues, UpdateItem, UpdateItemOutput};
use djamodb_core::value::Item;

use super::Answer;
use crate::collection;
use crate::error::{Error, Invalid};
use crate::guard::Guard;
use crate::open::Open;
use crate::row::Row;
use crate::service::Service;
use crate::validate;
use crate::write::Change;

pub(super) fn execute(service: &Service, plan: &UpdateItem) -> Result<Answer<UpdateItemOutput>, Error> {
    validate::update_item::request(plan)?;
    let table = service.table(&plan.table)?;
    let table = Open::items(&table, service.clock())?;
    validate::update_item::against(plan, table.schema())?;

    let guard = Guard { condition: plan.condition.as_ref(), on_failure: plan.old_item_on_failure };
    let (attributes, spent) = table.write(&table.key(&plan.key)?, |old| {
        guard.admit(old)?;
        // A missing item is made of its key, and the update can read that.
        let new = plan.update.apply(old.unwrap_or(&plan.key)).map_err(Invalid::from)?;
        let bytes = validate::update_item::after(&new, table.schema())?;
        let attributes = returned(plan, old, &new);
        Ok((Change::Put(Row::whole(new, bytes)), attributes))
    })?;
    let item_collection_metrics =
        if plan.return_item_collection_metrics { collection::metrics(&table, &plan.key) } else { None };
    let output = UpdateItemOutput { attributes, item_collection_metrics };
    Ok(Answer::new(output, table.told(&spent, plan.return_consumed_capacity)))
}

/// What the update is asked to give back; nothing when none of it is there.
fn returned(plan: &UpdateItem, old: Option<&Item>, new: &Item) -> Option<Item> {
    let updated = |item: &Item| {
        let part = ProjectionExpression::new(plan.update.targets().cloned()).apply(item);
        (!part.is_empty()).then_some(part)
    };
    match plan.return_values {
        ReturnValues::None => None,
        ReturnValues::AllOld => old.cloned(),
        ReturnValues::UpdatedOld => old.and_then(updated),
        ReturnValues::AllNew => Some(new.clone()),
        ReturnValues::UpdatedNew => updated(new),
    }
}
