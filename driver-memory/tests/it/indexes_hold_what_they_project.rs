//! Indexes are sparse, and hold what their projection says.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{Condition, ProjectionExpression};
use djamodb_core::plan::{Query, Scan, Select};
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{INDEXES, indexed, item, key, path, put, refusal, scan, weather};

fn full() -> Item {
    item("a", 1, "k", 2).with("note", "n").with("other", "o")
}

async fn read(driver: &MemoryDriver, index: &'static str, select: Option<Select>) -> Vec<Item> {
    let hash = if index == "local_keys" { "a" } else { "k" };
    driver.run(Query { select, ..indexed(index, hash) }).await.unwrap().items
}

#[tokio::test]
async fn an_index_would_hold_more_or_less_than_it_projects() {
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
async fn a_local_index_would_not_fetch_what_it_lacks() {
    let driver = weather().await;
    put(&driver, full()).await;
    assert_eq!(read(&driver, "local_keys", Some(Select::AllAttributes)).await, [full()]);
    let specific = Select::SpecificAttributes(ProjectionExpression::new([path("other")]));
    assert_eq!(read(&driver, "local_keys", Some(specific)).await, [Item::new().with("other", "o")]);
    // And it would fetch an old version, if it kept one.
    put(&driver, full().with("other", "changed")).await;
    assert_eq!(read(&driver, "local_keys", Some(Select::AllAttributes)).await, [full().with("other", "changed")]);
    assert_eq!(read(&driver, "global_all", Some(Select::AllAttributes)).await, [full().with("other", "changed")]);
}

#[tokio::test]
async fn an_item_without_the_key_would_be_in_the_index() {
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
async fn a_global_index_would_be_asked_for_what_it_lacks() {
    let driver = weather().await;
    let keys = || indexed("global_keys", "k");
    assert_eq!(
        refusal(&driver, Query { select: Some(Select::AllAttributes), ..keys() }).await,
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary \
         index global_keys because its projection type is not ALL"
    );
    let select =
        Some(Select::SpecificAttributes(ProjectionExpression::new([path("note"), path("kind"), path("other.x")])));
    assert_eq!(
        refusal(&driver, Query { select: select.clone(), ..keys() }).await,
        "One or more parameter values were invalid: Global secondary index global_keys does not project [note, other]"
    );
    assert_eq!(
        refusal(&driver, Query { select, ..indexed("global_note", "k") }).await,
        "One or more parameter values were invalid: Global secondary index global_note does not project [other]"
    );
    let filter = || Some(Condition::AttributeNotExists(path("other")));
    for (index, hash) in [("global_keys", "k"), ("local_keys", "a")] {
        assert_eq!(
            refusal(&driver, Query { filter: filter(), ..indexed(index, hash) }).await,
            format!(
                "One or more parameter values were invalid: Secondary index {index} does not project one or more \
                 filter attributes: [other]"
            )
        );
    }
    for consistent in [keys(), indexed("global_all", "k")] {
        assert_eq!(
            refusal(&driver, Query { consistent: true, ..consistent }).await,
            "Consistent reads are not supported on global secondary indexes"
        );
    }
    driver.run(Query { consistent: true, ..indexed("local_keys", "a") }).await.unwrap();
}

#[tokio::test]
async fn a_scan_would_filter_by_what_the_index_lacks() {
    let driver = weather().await;
    put(&driver, full()).await;
    for index in ["global_keys", "local_keys"] {
        // To a scan of the index the attribute is missing, where a query would be refused.
        for (filter, expected) in
            [(Condition::AttributeExists(path("other")), 0), (Condition::AttributeNotExists(path("other")), 1)]
        {
            let index = Some(Name::from_static(index));
            let page = driver.run(Scan { filter: Some(filter), index, ..Scan::new("weather") }).await.unwrap();
            assert_eq!((page.count, page.scanned_count), (expected, 1));
        }
    }
}
