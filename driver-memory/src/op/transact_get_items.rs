//! `TransactGetItems`: items as of one point in time.

use djamodb_core::plan::{TransactGet, TransactGetItems, TransactGetItemsOutput};
use djamodb_core::service::CapacityUnits;
use djamodb_core::service::limits::TRANSACTION_BYTES_MAX;

use crate::capacity::{ConsumedUnits, TransactionKind};
use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::row::Row;
use crate::transaction::{self, ReadLocks, RowAddress, cancellation_reason, check_distinct, table_number};
use crate::validate;

pub(super) fn execute(emulator: &Emulator, plan: &TransactGetItems) -> Result<Response<TransactGetItemsOutput>, Error> {
    validate::transact_get_items::request(plan)?;
    let names = plan.transact_items.iter().map(|get| &get.table);
    let tables = transaction::tables_in_lock_order(emulator, names)?;
    let tables = OpenTable::open_all(&tables, emulator.clock())?;

    let mut addresses = Vec::with_capacity(plan.transact_items.len());
    let mut reasons = Vec::with_capacity(plan.transact_items.len());
    for get in &plan.transact_items {
        let table = table_number(&tables, &get.table);
        let validated = validate::transact_get_items::against(get, tables[table].schema());
        let key = validated.and_then(|()| tables[table].key(&get.key)).map_err(Error::from);
        reasons.push(match key {
            Ok(key) => {
                addresses.push(RowAddress { table, key });
                None
            }
            Err(error) => match cancellation_reason(error) {
                Ok(reason) => Some(reason),
                Err(fails) => {
                    // The service reports an item that is read twice before an invalid key that follows.
                    check_distinct(&addresses)?;
                    return Err(fails);
                }
            },
        });
    }
    check_distinct(&addresses)?;
    if reasons.iter().any(Option::is_some) {
        return Err(Error::TransactionCanceled(reasons));
    }

    let locks = ReadLocks::lock(&tables, &addresses);
    let rows: Vec<_> = addresses.iter().map(|address| locks.row(address)).collect();
    drop(locks);
    let bytes = rows.iter().flatten().map(|row| row.bytes).sum();
    if bytes > TRANSACTION_BYTES_MAX {
        return Err(ValidationError::TransactionTooLarge(bytes).into());
    }

    let mut consumed: Vec<ConsumedUnits> = tables.iter().map(|_| ConsumedUnits::default()).collect();
    for (address, row) in addresses.iter().zip(&rows) {
        consumed[address.table].table += CapacityUnits::read(row.as_ref().map_or(0, |row| row.bytes), true);
    }
    // Unlike `GetItem`, a transaction returns no item if the projection selects nothing of it.
    let selected = |(row, get): (Option<Row>, &TransactGet)| {
        row.map(|row| row.select(get.projection.as_ref())).filter(|item| !item.is_empty())
    };
    let responses = rows.into_iter().zip(&plan.transact_items).map(selected).collect();
    let reports = tables.iter().zip(consumed).filter_map(|(table, consumed)| {
        consumed.in_transaction().report(&table.layout, plan.return_consumed_capacity, Some(TransactionKind::Read))
    });
    Ok(Response::new(TransactGetItemsOutput { responses }, reports.collect()))
}
