//! Operations as calls of models and querysets.

use std::hint::black_box;

use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::{Database, Transaction};
use futures::executor::block_on;

use crate::operation::{Group, Operation, Subject};
use crate::reading::{self, IndexedOnce, IndexedThrice, Numbered, Reading};
use crate::tables::{Tables, ready};

/// Returns the operations of models.
pub(crate) fn operations(tables: &Tables) -> Vec<Operation> {
    let db = &tables.db;
    vec![
        operation(Group::Get, db, |number, db| {
            let found = ready(Reading::get_by_key((reading::station(number), reading::day(number)), db));
            drop(black_box(found.expect("the item exists")));
        }),
        operation(Group::Put, db, put::<Reading>),
        operation(Group::PutIndexedOnce, db, put::<IndexedOnce>),
        operation(Group::PutIndexedThrice, db, put::<IndexedThrice>),
        operation(Group::Update, db, |number, db| {
            let mut reading = Reading::numbered(number, 0);
            ready(reading.update(Reading::MAX.set(1.5), db)).expect("the item exists");
            black_box(reading);
        }),
        delete::<Reading>(Group::Delete, tables),
        delete::<IndexedThrice>(Group::DeleteIndexedThrice, tables),
        operation(Group::Query20, db, |number, db| query(number, 20, db)),
        operation(Group::Query100, db, |number, db| query(number, 100, db)),
        operation(Group::IndexQuery20, db, |number, db| {
            let of_kind = IndexedOnce::objects().set_index(IndexedOnce::BY_KIND).set_hash_key(reading::kind(number));
            let found = ready(of_kind.set_limit(20).all(db)).expect("the query is valid");
            assert_eq!(black_box(found).len(), 20);
        }),
        operation(Group::Batch25, db, |number, db| {
            let mut values: Vec<Reading> =
                (number..number + 25).map(|number| Reading::numbered(number, number)).collect();
            // Concurrent batches take several polls.
            let report = block_on(Reading::objects().bulk_create(&mut values, OnConflict::Overwrite, db));
            drop(black_box(report.expect("the values are valid")));
        }),
        operation(Group::Transaction2, db, |number, db| {
            let values = [number, number + 1].map(|number| Reading::numbered(number, number));
            let mut transaction = Transaction::new();
            for value in &values {
                transaction.save(value);
            }
            ready(transaction.run(db)).expect("the values are valid");
        }),
    ]
}

fn operation(group: Group, db: &Database, run: fn(usize, &Database)) -> Operation {
    let db = db.clone();
    Operation::new(group, Subject::Models, move |number| run(number, &db))
}

fn put<M: Numbered>(number: usize, db: &Database) {
    ready(M::numbered(number, number).save(db)).expect("the value is valid");
}

/// Returns the operation that deletes items which are put before.
fn delete<M: Numbered>(group: Group, tables: &Tables) -> Operation {
    let (db, beyond) = (tables.db.clone(), tables.items);
    let delete = move |number| ready(M::numbered(beyond + number, 0).delete(&db)).expect("the item exists");
    let db = tables.db.clone();
    let prepare = move |number| ready(M::numbered(beyond + number, 0).save(&db)).expect("the value is valid");
    Operation::new(group, Subject::Models, delete).after(prepare)
}

fn query(number: usize, limit: usize, db: &Database) {
    let station = Reading::objects().set_hash_key(reading::station(number));
    let found = ready(station.set_limit(limit).all(db)).expect("the query is valid");
    assert!(black_box(found).len() >= 20);
}
