//! Times of the main operations: `cargo bench --package djamodb-benches`, or `cargo xtask bench` for a table of ratios.

use criterion::{Criterion, criterion_group, criterion_main};
use djamodb_benches::{Measured, operations};

/// Number of items of each table.
const ITEMS: usize = 100_000;

fn subjects(c: &mut Criterion) {
    for operation in operations(ITEMS) {
        let (group, subject) = (operation.group.name(), operation.subject.name());
        let mut measured = Measured::new(operation, ITEMS);
        c.benchmark_group(group).bench_function(subject, |b| b.iter_custom(|runs| measured.time(runs)));
    }
}

criterion_group!(benches, subjects);
criterion_main!(benches);
