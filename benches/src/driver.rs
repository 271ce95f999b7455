//! Operations as plans that the in-memory driver executes.

use std::hint::black_box;

use djamodb_core::expression::{KeyCondition, Path, Update};
use djamodb_core::plan::{
    BatchWriteItem, DeleteItem, GetItem, Output, PutItem, Query, QueryPlan, TableWrites, TransactPut,
    TransactWriteItems, UpdateItem, WriteRequest,
};
use djamodb_core::value::Name;

use crate::operation::{Group, Operation, Subject};
use crate::reading::{self, KIND, MAX, STATION};
use crate::tables::{TABLES, Tables, run};

/// Returns the operations of the driver.
pub(crate) fn operations(tables: &Tables) -> Vec<Operation> {
    let ([plain, once, thrice], beyond) = (TABLES, tables.items);
    let operation = |group, plan: fn(&Name, usize) -> QueryPlan, table: &Name| {
        let (driver, table) = (tables.driver.clone(), table.clone());
        Operation::new(group, Subject::Driver, move |number| check(black_box(run(&driver, plan(&table, number)))))
    };
    let put = |group, table| operation(group, |table, number| put(table, number).into(), table);
    let delete = |group, table: &Name| {
        let (driver, table, prepared) = (tables.driver.clone(), table.clone(), table.clone());
        let prepare = {
            let driver = driver.clone();
            move |number| drop(run(&driver, PutItem::new(prepared.clone(), reading::item(beyond + number, 0))))
        };
        let delete = move |number| drop(run(&driver, DeleteItem::new(table.clone(), reading::key(beyond + number))));
        Operation::new(group, Subject::Driver, delete).after(prepare)
    };
    vec![
        operation(Group::Get, |table, number| get(table, number).into(), &plain),
        put(Group::Put, &plain),
        put(Group::PutIndexedOnce, &once),
        put(Group::PutIndexedThrice, &thrice),
        operation(Group::Update, |table, number| update(table, number).into(), &plain),
        delete(Group::Delete, &plain),
        delete(Group::DeleteIndexedThrice, &thrice),
        operation(Group::Query20, |table, number| query(table, number, 20).into(), &plain),
        operation(Group::Query100, |table, number| query(table, number, 100).into(), &plain),
        operation(Group::IndexQuery20, |table, number| index_query(table, number).into(), &once),
        operation(Group::Batch25, |table, number| batch(table, number).into(), &plain),
        operation(Group::Transaction2, |table, number| transaction(table, number).into(), &plain),
    ]
}

/// Requires that a read found items.
fn check(output: Output) {
    match output {
        Output::GetItem(output) => assert!(output.item.is_some()),
        Output::Query(output) => assert!(output.items.len() >= 20),
        _ => {}
    }
}

pub(crate) fn get(table: &Name, number: usize) -> GetItem {
    GetItem::new(table.clone(), reading::key(number))
}

pub(crate) fn put(table: &Name, number: usize) -> PutItem {
    PutItem::new(table.clone(), reading::item(number, number))
}

fn update(table: &Name, number: usize) -> UpdateItem {
    let update = Update::new().set(Path::new(MAX), djamodb_core::value::AttributeValue::from(number));
    UpdateItem::new(table.clone(), reading::key(number), update)
}

fn query(table: &Name, number: usize, limit: u32) -> Query {
    let mut query = Query::new(table.clone(), KeyCondition::hash(STATION, reading::station(number)));
    query.limit = Some(limit);
    query
}

fn index_query(table: &Name, number: usize) -> Query {
    let mut query = Query::new(table.clone(), KeyCondition::hash(KIND, reading::kind(number)));
    query.index = Some(Name::from_static("by_kind"));
    query.limit = Some(20);
    query
}

fn batch(table: &Name, number: usize) -> BatchWriteItem {
    let puts = (number..number + 25).map(|number| WriteRequest::Put(reading::item(number, number)));
    BatchWriteItem::new([TableWrites::new(table.clone(), puts)])
}

fn transaction(table: &Name, number: usize) -> TransactWriteItems {
    let put = |number| TransactPut::new(table.clone(), reading::item(number, number)).into();
    TransactWriteItems::new([put(number), put(number + 1)])
}
