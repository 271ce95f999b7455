//! Items of a given size, and the capacity that requests consume.

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, Operation};
use djamodb_core::value::size::item_bytes;
use djamodb_core::value::{Item, Name};

use crate::{Context, Failure};

/// Adds an attribute `payload` to `item` so that the item has a size of `bytes`.
pub(crate) fn item_of_size(item: Item, bytes: usize) -> Item {
    let rest = bytes.saturating_sub(item_bytes(&item) + "payload".len());
    item.with("payload", "x".repeat(rest))
}

/// Runs an operation that consumes capacity of a single table, and returns the capacity units.
#[track_caller]
pub(crate) fn consumed_units<O: Operation>(
    cx: &Context,
    operation: O,
) -> impl Future<Output = Result<f64, Failure>> + Send {
    let at = std::panic::Location::caller();
    let consuming = cx.consumed_capacity(operation);
    async move {
        match consuming.await?.as_slice() {
            [consumed] => Ok(consumed.units),
            consumed => Err(Failure::at(at, format_args!("expected the capacity of one table; received {consumed:?}"))),
        }
    }
}

/// The consumed capacity of a table and its indexes, as `ReturnConsumedCapacity: INDEXES` returns it.
pub(crate) fn expected_capacity(
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

/// The consumed capacity of the table `indexed` where each of its six indexes consumes `of_each` units.
pub(crate) fn expected_capacity_with_all_indexes(table: &Name, of_table: f64, of_each: f64) -> ConsumedCapacity {
    let locals = ["local_all", "local_keys", "local_note"].map(|index| (index, of_each));
    let globals = ["global_all", "global_keys", "global_note"].map(|index| (index, of_each));
    expected_capacity(table, of_table, &locals, &globals)
}
