//! The lifecycle of global indexes: creation, backfill, update and deletion.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::KeyCondition;
use djamodb_core::plan::{DeleteItem, DeleteTable, IndexStatus, PutItem, Query, Scan, StreamUpdate, TableStatus};
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, StreamView};
use djamodb_core::value::{AttributeValue, Item};

use crate::support::tables::{
    by, described, in_use, index_status, limit, schema_of_units, slow_weather, slow_with, status, units, update,
};
use crate::support::{DELAY, item, key, put, scan, schema, validation_message, weather};

#[tokio::test]
async fn an_index_is_readable_once_it_is_backfilled() {
    let (driver, clock) = slow_weather().await;
    put(&driver, item("a", 1, "k", 1).with("color", "red")).await;
    let created = driver.run(update().create_index(by("by_color", "color"))).await.unwrap().table;
    assert_eq!(created.status, TableStatus::Updating);
    assert_eq!(index_status(&driver, "by_color").await, Some((IndexStatus::Creating, false)));
    let query =
        || Query { index: Some("by_color".into()), ..Query::new("weather", KeyCondition::hash("color", "red")) };
    let whole = || Scan { index: Some("by_color".into()), ..Scan::new("weather") };
    let backfilling = "Cannot read from backfilling global secondary index: by_color";
    assert_eq!(validation_message(&driver, query()).await, backfilling);
    assert_eq!(validation_message(&driver, whole()).await, backfilling);

    // Then the table is active and the index is backfilling.
    clock.advance(DELAY / 2);
    assert_eq!(status(&driver).await, TableStatus::Active);
    assert_eq!(index_status(&driver, "by_color").await, Some((IndexStatus::Creating, true)));
    assert_eq!(validation_message(&driver, query()).await, backfilling);
    let changing = "Cannot delete table while indexes are being created, updated, or deleted.";
    assert_eq!(in_use(&driver, DeleteTable::new("weather")).await, changing);
    assert_eq!(in_use(&driver, update().delete_index("by_color")).await, "Index is being created: by_color");
    assert_eq!(
        in_use(&driver, update().create_index(by("by_color", "color"))).await,
        "Index is being created: by_color"
    );
    let one = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    assert_eq!(limit(&driver, update().create_index(by("more", "x"))).await, one);
    assert_eq!(limit(&driver, update().delete_index("global_all")).await, one);
    let filled = "when an index is being created. Table: weather Indexes: [by_color]";
    assert_eq!(
        in_use(&driver, update().billing(Billing::PayPerRequest)).await,
        format!("Can't change table IOPS {filled}")
    );
    let stream = StreamUpdate::Enable(StreamView::KeysOnly);
    assert_eq!(in_use(&driver, update().stream(stream)).await, format!("Can't change stream status {filled}"));
    // Writes during the backfill are in the index too.
    put(&driver, item("a", 2, "k", 1).with("color", "red")).await;
    put(&driver, item("a", 1, "k", 2).with("color", "red")).await;

    clock.advance(DELAY / 2);
    assert_eq!(index_status(&driver, "by_color").await, Some((IndexStatus::Active, false)));
    assert_eq!(driver.run(query()).await.unwrap().count, 2);
    driver.check().unwrap();
    driver.run(DeleteTable::new("weather")).await.unwrap();
}

#[tokio::test]
async fn an_index_is_unreadable_while_it_is_deleting() {
    let (driver, clock) = slow_weather().await;
    put(&driver, item("a", 1, "k", 1)).await;
    let deleted = driver.run(update().delete_index("global_keys")).await.unwrap().table;
    assert_eq!(deleted.status, TableStatus::Updating);
    assert_eq!(index_status(&driver, "global_keys").await, Some((IndexStatus::Deleting, false)));
    let whole = Scan { index: Some("global_keys".into()), ..Scan::new("weather") };
    validation_message(&driver, whole.clone()).await;
    // The error names the index, although the table is updating too.
    let changing = "Cannot delete table while indexes are being created, updated, or deleted.";
    assert_eq!(in_use(&driver, DeleteTable::new("weather")).await, changing);
    put(&driver, item("a", 1, "k", 2)).await;

    clock.advance(DELAY);
    assert_eq!(status(&driver).await, TableStatus::Active);
    assert_eq!(index_status(&driver, "global_keys").await, None);
    assert_eq!(described(&driver).await.schema.global_indexes.len(), 2);
    assert_eq!(validation_message(&driver, whole).await, "The table does not have the specified index: global_keys");
    // The other indexes are unaffected.
    assert_eq!(scan(&driver, Some("global_note")).await, [item("a", 1, "k", 2)]);
    assert_eq!(scan(&driver, Some("local_keys")).await, [key("a", 1).with("heat", 2)]);
    put(&driver, item("a", 1, "l", 3)).await;
    driver.check().unwrap();
}

#[tokio::test]
async fn changing_the_throughput_of_an_index_takes_time() {
    let (driver, clock) = slow_with(schema_of_units()).await;
    let updated = driver.run(update().update_index("global_all", units(2, 2))).await.unwrap().table;
    // The table is active and the index readable meanwhile.
    assert_eq!(updated.status, TableStatus::Active);
    assert_eq!(index_status(&driver, "global_all").await, Some((IndexStatus::Updating, false)));
    assert_eq!(scan(&driver, Some("global_all")).await, []);
    assert_eq!(
        in_use(&driver, update().update_index("global_all", units(3, 3))).await,
        "Index is being updated: global_all"
    );
    assert_eq!(in_use(&driver, update().delete_index("global_all")).await, "Index is being updated: global_all");
    // Another index can be created.
    let mut more = by("more", "x");
    more.throughput = Some(units(1, 1));
    driver.run(update().create_index(more)).await.unwrap();
    clock.advance(DELAY);
    assert_eq!(index_status(&driver, "global_all").await, Some((IndexStatus::Active, false)));
    assert_eq!(described(&driver).await.schema.global_indexes[0].throughput, Some(units(2, 2)));
}

#[tokio::test]
async fn one_index_is_created_at_a_time() {
    let (driver, clock) = slow_with(schema_of_units()).await;
    let of_units = |name: &str| GlobalIndex { throughput: Some(units(1, 1)), ..by(name, "x") };
    driver.run(update().create_index(of_units("second"))).await.unwrap();
    clock.advance(DELAY / 2);
    driver.run(update().update_index("global_all", units(2, 2))).await.unwrap();
    let one = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    assert_eq!(limit(&driver, update().create_index(of_units("third"))).await, one);
    clock.advance(DELAY / 2);
    // The first index is still updating, but none is being created.
    driver.run(update().create_index(of_units("third"))).await.unwrap();
}

#[tokio::test]
async fn backfilling_skips_items_with_invalid_keys() {
    let driver = weather().await;
    for (at, color) in [
        (1, Some(AttributeValue::s("red"))),
        (2, Some(AttributeValue::n(7))),
        (3, Some(AttributeValue::s(""))),
        (4, None),
        (5, Some(AttributeValue::s("x".repeat(2049)))),
        (6, Some(AttributeValue::s("x".repeat(2048)))),
        (7, Some(AttributeValue::l([]))),
    ] {
        let mut item = key("a", at);
        if let Some(color) = color {
            item.insert("color", color);
        }
        put(&driver, item).await;
    }
    driver.run(update().create_index(by("by_color", "color"))).await.unwrap();
    driver.check().unwrap();
    let mut found = crate::support::numbers(&scan(&driver, Some("by_color")).await, "at");
    found.sort_unstable();
    assert_eq!(found, [1, 6]);
    // Such items are rejected from now on. Existing ones can be corrected or deleted.
    let no_key = PutItem::new("weather", key("a", 2).with("color", 8));
    assert!(
        validation_message(&driver, no_key).await.contains("Type mismatch for Index Key color Expected: S Actual: N")
    );
    put(&driver, key("a", 2).with("color", "blue")).await;
    for at in [3, 5, 7] {
        driver.run(DeleteItem::new("weather", key("a", at))).await.unwrap();
    }
    driver.check().unwrap();
    assert_eq!(scan(&driver, Some("by_color")).await.len(), 3);
}

#[tokio::test]
async fn backfilling_skips_items_without_the_whole_key() {
    let driver = weather().await;
    put(&driver, key("a", 1).with("x", "x")).await;
    put(&driver, key("a", 2).with("x", "x").with("y", 1)).await;
    put(&driver, key("a", 3).with("y", 1)).await;
    let key_of_two = KeySchema { hash: vec![KeyAttribute::s("x"), KeyAttribute::n("y")], range: vec![] };
    let index = GlobalIndex::new("by_both", key_of_two, IndexProjection::KeysOnly);
    driver.run(update().create_index(index)).await.unwrap();
    assert_eq!(
        scan(&driver, Some("by_both")).await,
        [Item::new().with("id", "a").with("at", 2).with("x", "x").with("y", 1)]
    );
    driver.check().unwrap();
}

#[tokio::test]
async fn a_new_index_holds_exactly_its_projection() {
    let driver = weather().await;
    let full = item("a", 1, "k", 1).with("color", "red").with("note", "n").with("other", "o");
    put(&driver, full.clone()).await;
    let of = |projection| GlobalIndex { projection, ..by("by_color", "color") };
    for (projection, expected) in [
        (IndexProjection::All, full.clone()),
        (IndexProjection::KeysOnly, key("a", 1).with("color", "red")),
        (IndexProjection::Include(vec!["note".into()]), key("a", 1).with("color", "red").with("note", "n")),
    ] {
        driver.run(update().create_index(of(projection))).await.unwrap();
        assert_eq!(scan(&driver, Some("by_color")).await, [expected]);
        driver.check().unwrap();
        driver.run(update().delete_index("by_color")).await.unwrap();
    }
    assert_eq!(described(&driver).await.schema, schema());
}
