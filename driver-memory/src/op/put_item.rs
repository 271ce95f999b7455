//! `PutItem`: one whole item.

use djamodb_core::plan::{PutItem, PutItemOutput, ReturnOld};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::guard::Guard;
use crate::row::Row;
use crate::table::Change;
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, put: &PutItem) -> Result<PutItemOutput, Error> {
    let bytes = validate::put_item::request(put)?;
    let table = catalogue.table(&put.table)?;
    validate::put_item::against(put, table.schema())?;

    let guard = Guard { condition: put.condition.as_ref(), on_failure: put.old_item_on_failure };
    table.write(&table.key(&put.item)?, |old| {
        guard.admit(old)?;
        let attributes = match put.return_values {
            ReturnOld::None => None,
            ReturnOld::AllOld => old.cloned(),
        };
        Ok((
            Change::Put(Row::whole(put.item.clone(), bytes)),
            PutItemOutput { attributes, item_collection_metrics: None },
        ))
    })
}
