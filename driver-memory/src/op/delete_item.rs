//! `DeleteItem`: one item by its key.

use djamodb_core::plan::{DeleteItem, DeleteItemOutput, ReturnOld};

use super::Answer;
use crate::collection;
use crate::error::Error;
use crate::guard::Guard;
use crate::open::Open;
use crate::service::Service;
use crate::validate;
use crate::write::Change;

pub(super) fn execute(service: &Service, delete: &DeleteItem) -> Result<Answer<DeleteItemOutput>, Error> {
    validate::delete_item::request(delete)?;
    let table = service.table(&delete.table)?;
    let table = Open::items(&table, service.clock())?;
    validate::delete_item::against(delete, table.schema())?;

    let guard = Guard { condition: delete.condition.as_ref(), on_failure: delete.old_item_on_failure };
    let (attributes, spent) = table.write(&table.key(&delete.key)?, |old| {
        guard.admit(old)?;
        let attributes = match delete.return_values {
            ReturnOld::None => None,
            ReturnOld::AllOld => old.cloned(),
        };
        Ok((Change::Delete, attributes))
    })?;
    let item_collection_metrics =
        if delete.return_item_collection_metrics { collection::metrics(&table, &delete.key) } else { None };
    let output = DeleteItemOutput { attributes, item_collection_metrics };
    Ok(Answer::new(output, table.told(&spent, delete.return_consumed_capacity)))
}
