//! Times of the main operations on tables of several sizes, and by two threads.

use std::thread;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use djamodb_benches::{Group, Measured, STRIDE, TableHandle, Tables, operations_in_memory};

/// Numbers of items of each table.
const SIZES: [(usize, &str); 3] = [(1_000, "1k items"), (100_000, "100k items"), (1_000_000, "1M items")];

/// Number of items of the table that threads share.
const SHARED_ITEMS: usize = 100_000;

fn growth(c: &mut Criterion) {
    for (items, size) in SIZES {
        let is_measured = |group| matches!(group, Group::Get | Group::Put | Group::Query20);
        for operation in operations_in_memory(items) {
            if is_measured(operation.group) {
                let group = operation.group.name();
                let mut measured = Measured::new(operation, items);
                c.benchmark_group(group).bench_function(size, |b| b.iter_custom(|runs| measured.time(runs)));
            }
        }
    }
}

/// Measures a number of requests by one thread, and by two that do half of them each.
fn threads(c: &mut Criterion) {
    let tables = Tables::filled_in_memory(SHARED_ITEMS);
    for (name, run) in [("get", TableHandle::get as fn(&TableHandle, usize)), ("put", TableHandle::put)] {
        for (threads, label) in [(1, "1 thread"), (2, "2 threads")] {
            let group = format!("{name} by threads");
            let time = |runs| time_of_threads(&tables, threads, runs, run);
            c.benchmark_group(group).bench_function(label, |b| b.iter_custom(time));
        }
    }
}

fn time_of_threads(tables: &Tables, threads: usize, runs: u64, run: fn(&TableHandle, usize)) -> Duration {
    let runs_of_each = usize::try_from(runs).unwrap_or(usize::MAX).div_ceil(threads);
    let start = Instant::now();
    thread::scope(|scope| {
        for thread in 0..threads {
            let table = tables.handle();
            scope.spawn(move || {
                let first = thread * SHARED_ITEMS / threads;
                (0..runs_of_each).for_each(|at| run(&table, (first + at * STRIDE) % SHARED_ITEMS));
            });
        }
    });
    start.elapsed()
}

criterion_group!(benches, growth, threads);
criterion_main!(benches);
