//! Random querysets checked against a plain vector. The tests in memory and on DynamoDB Local share this module.

mod fields;
mod filter;
mod keys;
mod lookup;
mod pages;
mod partial;
mod parts;
mod reading;
mod scan;
mod shape;
mod signal;
pub(crate) mod single_table;
mod sizes;
mod union;
pub(crate) mod unique;
mod whole;
mod write;

use std::fmt::Debug;

use djamodb::plan::CreateTable;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use proptest::prelude::*;

use reading::WithQuerySet;
use shape::{Shape, shape};
pub(crate) use signal::Signal;
use signal::signals;
use write::{Write, write};

/// A test case: items, reads and writes. All of it is data, so that a failing case can be printed.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    signals: Vec<Signal>,
    shapes: Vec<Shape>,
    writes: Vec<Write>,
}

/// Generates a case with 1 to `shapes_max` reads.
pub(crate) fn case(shapes_max: usize) -> impl Strategy<Value = Case> {
    let shapes = prop::collection::vec(shape(), 1..=shapes_max);
    let writes = prop::collection::vec(write(), 0..3);
    (signals(), shapes, writes).prop_map(|(signals, shapes, writes)| Case { signals, shapes, writes })
}

/// Creates the table.
pub(crate) async fn create_table(db: &Database) {
    db.run(CreateTable::new(db.table_schema::<Signal>())).await.unwrap();
}

/// Writes the items of a case to an empty table and checks all its reads and writes.
pub(crate) async fn check(db: &Database, case: &Case) -> Result<(), TestCaseError> {
    let mut signals = case.signals.clone();
    Signal::objects().bulk_create(&mut signals, OnConflict::Overwrite, db).await.unwrap();
    for shape in &case.shapes {
        let checked = shape.reading.with_queryset(Check { db, shape, signals: &signals }).await;
        checked.map_err(|error| with_context(error, shape))?;
    }
    union::check(db, &case.shapes, &signals).await?;
    for write in &case.writes {
        write.check(db, &mut signals).await.map_err(|error| with_context(error, write))?;
    }
    Ok(())
}

/// Checks a queryset according to its source: a scan, a partial index, or whole items.
struct Check<'a> {
    db: &'a Database,
    shape: &'a Shape,
    signals: &'a [Signal],
}

impl WithQuerySet for Check<'_> {
    type Output = Result<(), TestCaseError>;

    async fn call<I: Index<Model = Signal>>(self, start: QuerySet<Signal, Signal, I>) -> Self::Output {
        let Check { db, shape, signals } = self;
        if shape.reading.is_scan() {
            scan::check(db, start, shape, signals).await
        } else if shape.reading.is_partial() {
            partial::check(db, start.clone(), shape, signals).await?;
            whole::check(db, start.hydrate(), shape, signals).await
        } else {
            whole::check(db, start, shape, signals).await
        }
    }
}

/// Asserts that both slices contain the same items in any order.
fn assert_same_items<M: Model + Clone + PartialEq + Debug>(found: &[M], expected: &[M]) -> Result<(), TestCaseError> {
    let sorted = |values: &[M]| {
        let mut values = values.to_vec();
        values.sort_by_cached_key(|value| format!("{:?}", value.key().unwrap()));
        values
    };
    prop_assert_eq!(sorted(found), sorted(expected));
    Ok(())
}

fn with_context(error: TestCaseError, context: &impl Debug) -> TestCaseError {
    match error {
        TestCaseError::Fail(reason) => TestCaseError::fail(format!("{context:?}: {reason}")),
        reject @ TestCaseError::Reject(_) => reject,
    }
}
