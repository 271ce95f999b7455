//! Sparse indexes and projections.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{Condition, ProjectionExpression};
use djamodb_core::plan::{Query, Scan, Select};
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{INDEXES, indexed, item, key, path, put, scan, validation_message, weather};

fn full() -> Item {
    item("a", 1, "k", 2).with("note", "n").with("other", "o")
}

async fn read(driver: &MemoryDriver, index: &'static str, select: Option<Select>) -> Vec<Item> {
    let hash = if index == "local_keys" { "a" } else { "k" };
    driver.run(Query { select, ..indexed(index, hash) }).await.unwrap().items
}

#[tokio::test]
async fn an_index_holds_exactly_its_projection() {
    let driver = weather().await;
    put(&driver, full()).await;
    for select in [None, Some(Select::AllProjectedAttributes)] {
        assert_eq!(read(&driver, "global_all", select.clone()).await, [full()]);
        assert_eq!(read(&driver, "global_keys", select.clone()).await, [item("a", 1, "k", 2)]);
        assert_eq!(read(&driver, "global_note", select.clone()).await, [item("a", 1, "k", 2).with("note", "n")]);
        assert_eq!(read(&driver, "local_keys", select).await, [key("a", 1).with("heat", 2)]);
    }
    assert_eq!(scan(&driver, Some("global_keys")).await, [item("a", 1, "k", 2)]);
}

#[tokio::test]
async fn local_indexes_fetch_attributes_that_they_do_not_project() {
    let driver = weather().await;
    put(&driver, full()).await;
    assert_eq!(read(&driver, "local_keys", Some(Select::AllAttributes)).await, [full()]);
    let specific = Select::SpecificAttributes(ProjectionExpression::new([path("other")]));
    assert_eq!(read(&driver, "local_keys", Some(specific)).await, [Item::new().with("other", "o")]);
    // The fetched attributes are current.
    put(&driver, full().with("other", "changed")).await;
    assert_eq!(read(&driver, "local_keys", Some(Select::AllAttributes)).await, [full().with("other", "changed")]);
    assert_eq!(read(&driver, "global_all", Some(Select::AllAttributes)).await, [full().with("other", "changed")]);
}

#[tokio::test]
async fn items_without_an_index_key_are_not_in_the_index() {
    let driver = weather().await;
    put(&driver, key("a", 1).with("kind", "k")).await;
    put(&driver, key("a", 2).with("heat", 2)).await;
    for index in INDEXES {
        let expected = usize::from(index == "local_keys");
        assert_eq!(scan(&driver, Some(index)).await.len(), expected, "{index}");
    }
    put(&driver, full()).await;
    assert_eq!(scan(&driver, Some("global_keys")).await.len(), 1);
    put(&driver, key("a", 1)).await;
    assert_eq!(scan(&driver, Some("global_keys")).await.len(), 0);
    driver.check().unwrap();
}

#[tokio::test]
async fn rejects_attributes_that_a_global_index_does_not_project() {
    let driver = weather().await;
    let keys = || indexed("global_keys", "k");
    assert_eq!(
        validation_message(&driver, Query { select: Some(Select::AllAttributes), ..keys() }).await,
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary \
         index global_keys because its projection type is not ALL"
    );
    let select =
        Some(Select::SpecificAttributes(ProjectionExpression::new([path("note"), path("kind"), path("other.x")])));
    assert_eq!(
        validation_message(&driver, Query { select: select.clone(), ..keys() }).await,
        "One or more parameter values were invalid: Global secondary index global_keys does not project [note, other]"
    );
    assert_eq!(
        validation_message(&driver, Query { select, ..indexed("global_note", "k") }).await,
        "One or more parameter values were invalid: Global secondary index global_note does not project [other]"
    );
    let filter = || Some(Condition::AttributeNotExists(path("other")));
    for (index, hash) in [("global_keys", "k"), ("local_keys", "a")] {
        assert_eq!(
            validation_message(&driver, Query { filter: filter(), ..indexed(index, hash) }).await,
            format!(
                "One or more parameter values were invalid: Secondary index {index} does not project one or more \
                 filter attributes: [other]"
            )
        );
    }
    for consistent in [keys(), indexed("global_all", "k")] {
        assert_eq!(
            validation_message(&driver, Query { consistent: true, ..consistent }).await,
            "Consistent reads are not supported on global secondary indexes"
        );
    }
    driver.run(Query { consistent: true, ..indexed("local_keys", "a") }).await.unwrap();
}

#[tokio::test]
async fn scan_filters_treat_attributes_that_are_not_projected_as_missing() {
    let driver = weather().await;
    put(&driver, full()).await;
    for index in ["global_keys", "local_keys"] {
        // A scan of the index treats the attribute as missing. A query is rejected.
        for (filter, expected) in
            [(Condition::AttributeExists(path("other")), 0), (Condition::AttributeNotExists(path("other")), 1)]
        {
            let index = Some(Name::from_static(index));
            let page = driver.run(Scan { filter: Some(filter), index, ..Scan::new("weather") }).await.unwrap();
            assert_eq!((page.count, page.scanned_count), (expected, 1));
        }
    }
}
