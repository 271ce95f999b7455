//! Items of a certain size, and what requests cost.

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, Operation};
use djamodb_core::value::size::item_bytes;
use djamodb_core::value::{Item, Name};

use crate::{Context, Failure};

/// An item of so many bytes: a key and whatever is there already, filled up in the attribute `payload`.
pub(crate) fn sized(item: Item, bytes: usize) -> Item {
    let rest = bytes.saturating_sub(item_bytes(&item) + "payload".len());
    item.with("payload", "x".repeat(rest))
}

/// What an operation costs that one table is charged for.
#[track_caller]
pub(crate) fn units<O: Operation>(cx: &Context, operation: O) -> impl Future<Output = Result<f64, Failure>> + Send {
    let at = std::panic::Location::caller();
    let charging = cx.charged(operation);
    async move {
        match charging.await?.as_slice() {
            [charged] => Ok(charged.units),
            charged => Err(Failure::at(at, format_args!("one table is to be charged, not {charged:?}"))),
        }
    }
}

/// What a table and its indexes are charged, as it is told in full.
pub(crate) fn charge(
    table: &Name,
    of_table: f64,
    local_indexes: &[(&'static str, f64)],
    global_indexes: &[(&'static str, f64)],
) -> ConsumedCapacity {
    let each = |indexes: &[(&'static str, f64)]| -> Vec<IndexCapacity> {
        indexes.iter().map(|(index, units)| IndexCapacity { index: Name::from_static(index), units: *units }).collect()
    };
    let of_indexes: f64 = local_indexes.iter().chain(global_indexes).map(|(_, units)| units).sum();
    ConsumedCapacity {
        table_units: Some(of_table),
        local_indexes: each(local_indexes),
        global_indexes: each(global_indexes),
        ..ConsumedCapacity::total(table, of_table + of_indexes)
    }
}

/// The same of all six indexes of the fixture's table, each charged as much.
pub(crate) fn charge_all(table: &Name, of_table: f64, of_each: f64) -> ConsumedCapacity {
    let locals = ["local_all", "local_keys", "local_note"].map(|index| (index, of_each));
    let globals = ["global_all", "global_keys", "global_note"].map(|index| (index, of_each));
    charge(table, of_table, &locals, &globals)
}
