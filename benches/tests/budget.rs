//! Allocations of the main operations, and bytes of a stored item, held to the budget in `budget/allocations.json`.
//!
//! A count above the budget fails, and so does one far below it, so that the file stays true. `UPDATE_EXPECT=1` rewrites it.

use std::collections::BTreeMap;
use std::path::Path;

use djamodb_benches::{Operation, Subject, Tables, operations};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// Number of items of each table.
const ITEMS: usize = 1_000;

/// Number of items of a table whose bytes are counted.
const STORED_ITEMS: usize = 10_000;

/// Number of runs whose allocations are counted, after as many that are not.
const RUNS: u64 = 100;

/// Counts by the name of the operation.
type Budget = BTreeMap<String, u64>;

#[test]
fn operations_allocate_as_much_as_their_budget() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("budget/allocations.json");
    let profiler = dhat::Profiler::builder().testing().build();
    let counted: Budget = operations(ITEMS)
        .into_iter()
        .filter(|operation| matches!(operation.subject, Subject::Driver | Subject::Models))
        .map(|mut operation| (format!("{operation:?}"), allocations(&mut operation)))
        .collect();
    let stored = Tables::STORED.map(|(name, indexes)| (format!("bytes of an item, {name}"), bytes_of_an_item(indexes)));
    let counted: Budget = counted.into_iter().chain(stored).collect();
    drop(profiler);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = serde_json::to_string_pretty(&counted).unwrap();
        return std::fs::write(path, text + "\n").unwrap();
    }
    let budget: Budget = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(counted.keys().eq(budget.keys()), "operations and budget differ; write it with UPDATE_EXPECT=1");
    let over: Vec<String> = counted
        .iter()
        .filter(|(name, count)| !is_close(**count, budget[*name]))
        .map(|(name, count)| format!("{name}: {count} allocations, budget {}", budget[name]))
        .collect();
    assert!(over.is_empty(), "{over:#?}; if they are right, write the budget with UPDATE_EXPECT=1");
}

/// Returns `true` if a count is at most one allocation or 3% away from its budget.
fn is_close(count: u64, budget: u64) -> bool {
    count.abs_diff(budget) <= 1.max(budget * 3 / 100)
}

/// Returns the bytes that a table allocates for one item, its entries in this many indexes included.
fn bytes_of_an_item(indexes: usize) -> u64 {
    let before = dhat::HeapStats::get().curr_bytes;
    let table = Tables::stored(indexes, STORED_ITEMS);
    let bytes = dhat::HeapStats::get().curr_bytes - before;
    drop(table);
    (bytes / STORED_ITEMS) as u64
}

/// Returns the allocations of one run.
fn allocations(operation: &mut Operation) -> u64 {
    let mut total = 0;
    for run in 0..2 * RUNS {
        let number = usize::try_from(run).unwrap_or_default() * 37 % (ITEMS - 100);
        operation.prepare(number);
        let before = dhat::HeapStats::get().total_blocks;
        operation.run(number);
        if run >= RUNS {
            total += dhat::HeapStats::get().total_blocks - before;
        }
    }
    (total + RUNS / 2) / RUNS
}
