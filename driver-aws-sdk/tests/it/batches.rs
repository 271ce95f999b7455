//! Batches.

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::expression::{Path, ProjectionExpression};
use djamodb_core::plan::{BatchGetItem, BatchWriteItem, GetItem, TableKeys, TableWrites, WriteRequest};
use djamodb_core::value::{Item, Name};

use crate::local::{Local, day, key};

fn keys(table: &Name, keys: impl IntoIterator<Item = Item>) -> TableKeys {
    TableKeys { table: table.clone(), keys: keys.into_iter().collect(), consistent: false, projection: None }
}

pub(crate) async fn reads_items_of_several_tables(local: Local) {
    let first = local.weather([day(1, "rain"), day(2, "sun")]).await;
    let second = local.weather([day(3, "snow")]).await;
    let kinds = ProjectionExpression::new([Path::new("kind")]);
    let requests = vec![
        keys(&first, [key(2), key(9)]),
        TableKeys { projection: Some(kinds), consistent: true, ..keys(&second, [key(3)]) },
    ];
    let output = local.driver.run(BatchGetItem::new(requests)).await.unwrap();
    let expected = vec![(first.clone(), vec![day(2, "sun")]), (second, vec![Item::new().with("kind", "snow")])];
    assert_eq!(output.items, expected);
    assert!(output.unprocessed.is_empty());

    let output = local.driver.run(BatchGetItem::new([keys(&first, [key(9)])])).await.unwrap();
    assert_eq!(output.items, [(first, vec![])]);
}

pub(crate) async fn rejects_duplicate_tables(local: Local) {
    let table = local.weather([day(1, "rain")]).await;
    let requests = vec![keys(&table, [key(1)]), keys(&table, [key(2)])];
    let error = local.driver.run(BatchGetItem::new(requests)).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");

    let writes = || TableWrites { table: table.clone(), writes: vec![WriteRequest::Delete(key(1))] };
    let error = local.driver.run(BatchWriteItem::new([writes(), writes()])).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
    assert!(local.driver.run(GetItem::new(&table, key(1))).await.unwrap().item.is_some());

    let error = local.driver.run(BatchGetItem::new([])).await.unwrap_err();
    assert_eq!(error.kind(), &DriverErrorKind::Validation, "{error}");
}

pub(crate) async fn applies_puts_and_deletes(local: Local) {
    let first = local.weather([day(1, "rain")]).await;
    let second = local.weather([]).await;
    let requests = vec![
        TableWrites {
            table: first.clone(),
            writes: vec![WriteRequest::Delete(key(1)), WriteRequest::Put(day(2, "sun"))],
        },
        TableWrites { table: second.clone(), writes: vec![WriteRequest::Put(day(3, "snow"))] },
    ];
    let output = local.driver.run(BatchWriteItem::new(requests)).await.unwrap();
    assert!(output.unprocessed.is_empty());
    let requests = vec![keys(&first, [key(1), key(2)]), keys(&second, [key(3)])];
    let output = local.driver.run(BatchGetItem::new(requests)).await.unwrap();
    assert_eq!(output.items, [(first, vec![day(2, "sun")]), (second, vec![day(3, "snow")])]);
}
