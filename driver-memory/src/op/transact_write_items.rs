//! `TransactWriteItems`: up to 100 writes, of which all take effect or none.

use djamodb_core::plan::{TransactWriteItem, TransactWriteItems, TransactWriteItemsOutput};
use djamodb_core::service::CapacityUnits;
use djamodb_core::value::Item;
use djamodb_core::value::size::item_bytes;

use crate::capacity::{ConsumedUnits, TransactionKind};
use crate::client_token::Acquisition;
use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::item_change::ItemChange;
use crate::item_collection;
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::row::Row;
use crate::transaction::{self, RowAddress, WriteLocks, cancellation_reason, check_distinct, table_number};
use crate::validate::{self, transact_write_items::subject};
use crate::write::ItemWrite;
use crate::write_condition::WriteCondition;

pub(super) fn execute(
    emulator: &Emulator,
    mut plan: TransactWriteItems,
) -> Result<Response<TransactWriteItemsOutput>, Error> {
    validate::transact_write_items::request(&plan)?;
    let keeps_items = plan.client_request_token.is_some() || plan.return_item_collection_metrics;
    let actions = plan.transact_items.as_slice();
    let token = match &plan.client_request_token {
        None => None,
        Some(token) => match emulator.tokens.acquire(token, actions, emulator.now())? {
            Acquisition::Acquired(guard) => Some(guard),
            Acquisition::Replayed { item_bytes } => return replay(emulator, &plan, &item_bytes),
        },
    };
    let names = actions.iter().map(TransactWriteItem::table);
    let tables = transaction::tables_in_lock_order(emulator, names)?;
    let tables = OpenTable::open_all(&tables, emulator.clock())?;
    let transaction = WriteTransaction { tables: &tables, actions: &mut plan.transact_items, keeps_items };
    let Charge { consumed, item_bytes } = transaction.execute()?;
    let actions = plan.transact_items.as_slice();
    if let Some(token) = token {
        token.commit(actions, item_bytes, emulator.now());
    }

    let mut output = TransactWriteItemsOutput::default();
    if plan.return_item_collection_metrics {
        for table in &tables {
            let of_table = actions.iter().filter(|action| *action.table() == table.table.name).map(subject);
            output.item_collection_metrics.extend(item_collection::table_metrics(table, of_table));
        }
    }
    let reports = tables.iter().zip(consumed).filter_map(|(table, consumed)| {
        consumed.in_transaction().report(&table.layout, plan.return_consumed_capacity, Some(TransactionKind::Write))
    });
    Ok(Response::new(output, reports.collect()))
}

/// Returns the response to a transaction that was committed before.
///
/// It consumes the units of reading the items by which the transaction was charged, of `item_bytes` bytes in the order of
/// the actions. The items themselves may have changed or been deleted since, also by the transaction.
fn replay(
    emulator: &Emulator,
    plan: &TransactWriteItems,
    item_bytes: &[usize],
) -> Result<Response<TransactWriteItemsOutput>, Error> {
    let actions = plan.transact_items.as_slice();
    let names = actions.iter().map(TransactWriteItem::table);
    let tables = transaction::tables_in_lock_order(emulator, names)?;
    let tables = OpenTable::open_all(&tables, emulator.clock())?;
    let mut consumed_capacity = Vec::new();
    for table in &tables {
        let mut consumed = ConsumedUnits::default();
        for (_, bytes) in actions.iter().zip(item_bytes).filter(|(action, _)| *action.table() == table.table.name) {
            consumed.table += CapacityUnits::read(*bytes, true);
        }
        let detail = plan.return_consumed_capacity;
        consumed_capacity.extend(consumed.in_transaction().report(&table.layout, detail, Some(TransactionKind::Read)));
    }
    Ok(Response::new(TransactWriteItemsOutput::default(), consumed_capacity))
}

/// A transaction whose tables are open.
struct WriteTransaction<'a> {
    tables: &'a [OpenTable<'a>],
    actions: &'a mut [TransactWriteItem],
    /// `false` if the items of puts are taken.
    keeps_items: bool,
}

/// The capacity that a committed transaction is charged for.
struct Charge {
    /// Units of each table, as outside a transaction.
    consumed: Vec<ConsumedUnits>,
    /// Size of the larger of the item before and after each action, in bytes.
    item_bytes: Vec<usize>,
}

impl WriteTransaction<'_> {
    /// Makes all writes, or none if an action fails.
    fn execute(self) -> Result<Charge, Error> {
        let addresses = self.addresses()?;
        let locks = WriteLocks::lock(self.tables, addresses.iter().flatten());
        let mut consumed: Vec<ConsumedUnits> = self.tables.iter().map(|_| ConsumedUnits::default()).collect();
        let mut reasons = Vec::with_capacity(self.actions.len());
        let mut writes = Vec::with_capacity(self.actions.len());
        let mut item_bytes = Vec::with_capacity(self.actions.len());
        for (address, action) in addresses.into_iter().zip(self.actions.iter_mut()) {
            let decided = address.map_err(Error::from).and_then(|address| {
                let old = locks.row(&address);
                let write = decide(&self.tables[address.table], action, old, self.keeps_items)?;
                let new = write.as_ref().and_then(ItemWrite::row);
                let change = ItemChange { key: &address.key, old, new };
                Ok((change.bytes_max(), write, address))
            });
            reasons.push(match decided {
                Ok((bytes, write, address)) => {
                    item_bytes.push(bytes);
                    match write {
                        Some(write) => writes.push((address, write)),
                        // A condition check is charged as a write of the item that it reads.
                        None => consumed[address.table].table += CapacityUnits::write(bytes),
                    }
                    None
                }
                Err(error) => Some(cancellation_reason(error)?),
            });
        }
        if reasons.iter().any(Option::is_some) {
            return Err(Error::TransactionCanceled(reasons));
        }
        locks.write(writes, |table, of_item| consumed[table].add(&of_item));
        Ok(Charge { consumed, item_bytes })
    }

    /// Returns the address of each action's item, or the error that cancels the transaction.
    fn addresses(&self) -> Result<Vec<Result<RowAddress, ValidationError>>, Error> {
        let mut addresses = Vec::with_capacity(self.actions.len());
        for action in &*self.actions {
            let table = table_number(self.tables, action.table());
            let open = &self.tables[table];
            let validated = validate::transact_write_items::against(action, open.schema());
            match validated.and_then(|()| open.key(subject(action))) {
                Err(invalid) if !invalid.cancels_transaction() => {
                    // The service reports an item that is written twice before an invalid action that follows.
                    check_distinct(addresses.iter().flatten())?;
                    return Err(invalid.into());
                }
                key => addresses.push(key.map(|key| RowAddress { table, key })),
            }
        }
        check_distinct(addresses.iter().flatten())?;
        Ok(addresses)
    }
}

/// Checks the condition of an action and returns its write, or `None` for a condition check.
fn decide(
    table: &OpenTable<'_>,
    action: &mut TransactWriteItem,
    old: Option<&Row>,
    keeps_items: bool,
) -> Result<Option<ItemWrite>, Error> {
    let old: Option<&Item> = old.map(|row| &row.item);
    WriteCondition { condition: action.condition(), on_failure: action.old_item_on_failure() }.check(old)?;
    Ok(match action {
        TransactWriteItem::ConditionCheck(_) => None,
        TransactWriteItem::Delete(_) => Some(ItemWrite::Delete),
        TransactWriteItem::Put(put) => {
            let bytes = item_bytes(&put.item);
            // An item without clones shares its names with those that are stored.
            let item = if keeps_items { put.item.clone() } else { std::mem::take(&mut put.item) };
            Some(ItemWrite::Put(Row::whole(item, bytes)))
        }
        TransactWriteItem::Update(update) => {
            Some(ItemWrite::Put(table.updated_row(&update.update, &update.key, old)?))
        }
    })
}
