//! Querysets of random shape against a plain vector: what the tests in memory and those on DynamoDB Local share.

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
mod union;
mod whole;
mod write;

use djamodb::plan::CreateTable;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use proptest::prelude::*;

use reading::Take;
use shape::{Shape, shape};
pub(crate) use signal::Signal;
use signal::signals;
use write::{Write, write};

/// Items, what is read of them, and what is then changed; all as data, so that a failing case can be read.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    signals: Vec<Signal>,
    shapes: Vec<Shape>,
    writes: Vec<Write>,
}

/// What the keys of an index can be made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IndexKeys {
    /// DynamoDB Local 1.25.1 does not know these.
    pub(crate) of_several_attributes: bool,
}

/// Any case, with at most so many shapes.
pub(crate) fn case(keys: IndexKeys, shapes_max: usize) -> impl Strategy<Value = Case> {
    let shapes = prop::collection::vec(shape(keys), 1..=shapes_max);
    let writes = prop::collection::vec(write(keys), 0..3);
    (signals(), shapes, writes).prop_map(|(signals, shapes, writes)| Case { signals, shapes, writes })
}

/// Creates the table, without the indexes that the backend does not know.
pub(crate) async fn create_table(db: &Database, keys: IndexKeys) {
    let mut schema = db.table_schema::<Signal>();
    schema.global_indexes.retain(|index| keys.of_several_attributes || index.key.hash.len() == 1);
    db.run(CreateTable::new(schema)).await.unwrap();
}

/// Checks everything of a case, on a table that is empty.
pub(crate) async fn check(db: &Database, case: &Case) -> Result<(), TestCaseError> {
    let mut signals = case.signals.clone();
    Signal::objects().bulk_create(&signals, OnConflict::Overwrite, db).await.unwrap();
    for shape in &case.shapes {
        let checked = shape.reading.give(Check { db, shape, signals: &signals }).await;
        checked.map_err(|error| in_context(error, shape))?;
    }
    union::check(db, &case.shapes, &signals).await?;
    for write in &case.writes {
        write.check(db, &mut signals).await.map_err(|error| in_context(error, write))?;
    }
    Ok(())
}

/// Checks a queryset in the way that what it reads allows.
struct Check<'a> {
    db: &'a Database,
    shape: &'a Shape,
    signals: &'a [Signal],
}

impl Take for Check<'_> {
    type Output = Result<(), TestCaseError>;

    async fn take<I: Index<Model = Signal>>(self, start: QuerySet<Signal, Signal, I>) -> Self::Output {
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

/// The same items, in whatever order.
fn same_items(found: &[Signal], expected: &[Signal]) -> Result<(), TestCaseError> {
    let sorted = |signals: &[Signal]| {
        let mut signals = signals.to_vec();
        signals.sort_by(|left, right| (&left.device, left.at).cmp(&(&right.device, right.at)));
        signals
    };
    prop_assert_eq!(sorted(found), sorted(expected));
    Ok(())
}

fn in_context(error: TestCaseError, context: &impl std::fmt::Debug) -> TestCaseError {
    match error {
        TestCaseError::Fail(reason) => TestCaseError::fail(format!("{context:?}: {reason}")),
        reject @ TestCaseError::Reject(_) => reject,
    }
}
