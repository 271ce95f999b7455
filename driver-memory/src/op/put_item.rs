//! `PutItem`: one whole item.

use djamodb_core::plan::{PutItem, PutItemOutput, ReturnOld};

use super::Answer;
use crate::collection;
use crate::error::Error;
use crate::guard::Guard;
use crate::open::Open;
use crate::row::Row;
use crate::service::Service;
use crate::validate;
use crate::write::Change;

pub(super) fn execute(service: &Service, put: &PutItem) -> Result<Answer<PutItemOutput>, Error> {
    let bytes = validate::put_item::request(put)?;
    let table = service.table(&put.table)?;
    let table = Open::items(&table, service.clock())?;
    validate::put_item::against(put, table.schema())?;

    let guard = Guard { condition: put.condition.as_ref(), on_failure: put.old_item_on_failure };
    let (attributes, spent) = table.write(&table.key(&put.item)?, |old| {
        guard.admit(old)?;
        let attributes = match put.return_values {
            ReturnOld::None => None,
            ReturnOld::AllOld => old.cloned(),
        };
        Ok((Change::Put(Row::whole(put.item.clone(), bytes)), attributes))
    })?;
    let item_collection_metrics =
        if put.return_item_collection_metrics { collection::metrics(&table, &put.item) } else { None };
    let output = PutItemOutput { attributes, item_collection_metrics };
    Ok(Answer::new(output, table.told(&spent, put.return_consumed_capacity)))
}
