//! Indexes agree with their tables after every write.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{Update, UpdateOperand};
use djamodb_core::plan::{DeleteItem, Query, UpdateItem};

use crate::support::{INDEXES, all_pages, indexed, item, key, numbers, path, put, scan, weather};

#[tokio::test]
async fn entries_follow_items_that_change_their_index_key() {
    let driver = weather().await;
    put(&driver, item("a", 1, "sun", 1)).await;
    // Within the partition, to another partition, out of the index and back.
    for update in [
        Update::new().add(path("heat"), 1),
        Update::new().set(path("kind"), UpdateOperand::value("rain")),
        Update::new().remove(path("kind")),
        Update::new().set(path("kind"), UpdateOperand::value("sun")),
        Update::new().remove(path("heat")),
    ] {
        driver.run(UpdateItem::new("weather", key("a", 1), update)).await.unwrap();
        driver.check().unwrap();
    }
    assert_eq!(scan(&driver, Some("global_all")).await, []);
    put(&driver, item("a", 1, "sun", 1)).await;
    driver.run(DeleteItem::new("weather", key("a", 1))).await.unwrap();
    for index in INDEXES {
        assert_eq!(scan(&driver, Some(index)).await, []);
    }
    driver.check().unwrap();
}

#[tokio::test]
async fn items_with_equal_index_keys_have_separate_entries_in_a_stable_order() {
    let driver = weather().await;
    for at in 0..20 {
        put(&driver, item(if at % 2 == 0 { "a" } else { "b" }, at, "k", 7)).await;
    }
    let (forwards, _) = all_pages(&driver, indexed("global_keys", "k")).await;
    let mut seen = numbers(&forwards, "at");
    seen.sort_unstable();
    assert_eq!(seen, (0..20).collect::<Vec<_>>());
    // The order is stable, and reversed when reading backwards.
    let (again, _) = all_pages(&driver, indexed("global_keys", "k")).await;
    assert_eq!(again, forwards);
    let backwards = Query { forward: false, ..indexed("global_keys", "k") };
    let (mut backwards, _) = all_pages(&driver, backwards).await;
    backwards.reverse();
    assert_eq!(backwards, forwards);
}
