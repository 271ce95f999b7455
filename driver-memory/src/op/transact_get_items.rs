//! `TransactGetItems`: items as they were at one moment.

use djamodb_core::plan::{TransactGetItems, TransactGetItemsOutput};
use djamodb_core::service::limits::TRANSACTION_BYTES_MAX;
use djamodb_core::value::Name;

use super::Answer;
use crate::capacity::{InTransaction, Spent, Units};
use crate::error::{Error, Invalid};
use crate::open::Open;
use crate::service::Service;
use crate::transaction::{self, Place, Reading, distinct, reason};
use crate::validate;

pub(super) fn execute(service: &Service, plan: &TransactGetItems) -> Result<Answer<TransactGetItemsOutput>, Error> {
    validate::transact_get_items::request(plan)?;
    let tables = transaction::tables(service, plan.transact_items.iter().map(|get| &get.table))?;
    let tables = Open::several(&tables, service.clock())?;
    let table_of = |name: &Name| tables.iter().position(|table| table.table.name == *name).unwrap_or_default();

    let mut places = Vec::with_capacity(plan.transact_items.len());
    let mut reasons = Vec::with_capacity(plan.transact_items.len());
    for get in &plan.transact_items {
        let table = table_of(&get.table);
        let checked = validate::transact_get_items::against(get, tables[table].schema());
        let key = checked.and_then(|()| tables[table].key(&get.key)).map_err(Error::from);
        reasons.push(match key {
            Ok(key) => {
                places.push(Place { table, key });
                None
            }
            Err(error) => Some(reason(error)?),
        });
    }
    distinct(&places)?;
    if reasons.iter().any(Option::is_some) {
        return Err(Error::TransactionCanceled(reasons));
    }

    let reading = Reading::lock(&tables, &places);
    let rows: Vec<_> = places.iter().map(|place| reading.row(place)).collect();
    drop(reading);
    let bytes = rows.iter().flatten().map(|row| row.bytes).sum();
    if bytes > TRANSACTION_BYTES_MAX {
        return Err(Invalid::TransactionTooLarge(bytes).into());
    }

    let mut spent: Vec<Spent> = tables.iter().map(|_| Spent::default()).collect();
    for (place, row) in places.iter().zip(&rows) {
        spent[place.table].table += Units::read(row.as_ref().map_or(0, |row| row.bytes), true);
    }
    let given = rows.into_iter().zip(&plan.transact_items).map(|(row, get)| {
        row.map(|row| match &get.projection {
            Some(projection) => projection.apply(&row.item),
            None => row.item,
        })
    });
    let output = TransactGetItemsOutput { responses: given.collect() };
    let told = tables.iter().zip(spent).filter_map(|(table, spent)| {
        spent.in_transaction().told(&table.layout, plan.return_consumed_capacity, Some(InTransaction::Read))
    });
    Ok(Answer::new(output, told.collect()))
}
