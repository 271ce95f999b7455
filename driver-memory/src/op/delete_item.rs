//! `DeleteItem`: one item by its key.

use djamodb_core::plan::{DeleteItem, DeleteItemOutput, ReturnOld};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::guard::Guard;
use crate::table::Change;
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, delete: &DeleteItem) -> Result<DeleteItemOutput, Error> {
    validate::delete_item::request(delete)?;
    let table = catalogue.table(&delete.table)?;
    validate::delete_item::against(delete, table.schema())?;

    let guard = Guard { condition: delete.condition.as_ref(), on_failure: delete.old_item_on_failure };
    table.write(&table.key(&delete.key)?, |old| {
        guard.admit(old)?;
        let attributes = match delete.return_values {
            ReturnOld::None => None,
            ReturnOld::AllOld => old.cloned(),
        };
        Ok((Change::Delete, DeleteItemOutput { attributes, item_collection_metrics: None }))
    })
}
