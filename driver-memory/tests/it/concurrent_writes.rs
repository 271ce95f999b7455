//! Concurrent writers and readers.

use djamodb_core::driver::{DriverError, DriverExt};
use djamodb_core::expression::{Comparator, Condition, Update};
use djamodb_core::plan::{DeleteItem, PutItem, UpdateItem};
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_memory::MemoryDriver;

use crate::support::{get, indexed, item, key, partition, path, put, scan, weather};

const TASKS: i32 = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_increments_are_all_counted() {
    const ADDS: i32 = 500;
    let driver = weather().await;
    let tasks = (0..TASKS).map(|_| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for _ in 0..ADDS {
                let update = Update::new().add(path("count"), 1).add(path("heat"), 1);
                driver.run(UpdateItem::new("weather", key("a", 1), update)).await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(get(&driver, key("a", 1)).await.unwrap().get("count"), Some(&(TASKS * ADDS).into()));
    driver.check().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn exactly_one_writer_wins_each_version() {
    const WINS: i32 = 100;
    let driver = weather().await;
    put(&driver, key("a", 1).with("version", 0)).await;
    let tasks = (0..TASKS).map(|_| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for _ in 0..WINS {
                while let Err(error) = next_version(&driver).await {
                    assert!(error.is_conditional_check_failed(), "{error}");
                }
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(get(&driver, key("a", 1)).await.unwrap().get("version"), Some(&(TASKS * WINS).into()));
}

/// Reads a version and writes the next one, on the condition that no other task has.
async fn next_version(driver: &MemoryDriver) -> Result<(), DriverError> {
    let version = get(driver, key("a", 1)).await.unwrap().get("version").unwrap().as_n().unwrap();
    let next = version.checked_add(1.into()).unwrap();
    let condition = Condition::compare(path("version"), Comparator::Eq, version);
    let next = Item::new().with("id", "a").with("at", 1).with("version", next);
    driver.run(PutItem { condition: Some(condition), ..PutItem::new("weather", next) }).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_see_whole_items() {
    const WRITES: i32 = 400;
    let driver = weather().await;
    let writers = (0..4).map(|_| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for write in 0..WRITES {
                let update = Update::new().add(path("one"), 1).add(path("two"), 1);
                driver.run(UpdateItem::new("weather", key("a", 1), update)).await.unwrap();
                put(&driver, item("a", 2, "k", write).with("one", write).with("two", write)).await;
            }
        })
    });
    let readers = (0..4).map(|_| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for _ in 0..WRITES {
                let mut seen = scan(&driver, None).await;
                seen.extend(driver.run(partition("a")).await.unwrap().items);
                let entries = driver.run(indexed("global_all", "k")).await.unwrap().items;
                // The entry moves within its partition: a reader sees it once.
                assert!(entries.len() <= 1, "{entries:?}");
                seen.extend(entries);
                seen.extend(get(&driver, key("a", 1)).await);
                for item in seen {
                    assert_eq!(item.get("one"), item.get("two"), "{item:?}");
                }
            }
        })
    });
    for task in writers.chain(readers).collect::<Vec<_>>() {
        task.await.unwrap();
    }
    driver.check().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn indexes_agree_with_tables_after_concurrent_writes() {
    const WRITES: i32 = 400;
    let driver = weather().await;
    let tasks = (0..TASKS).map(|task| {
        let driver = driver.clone();
        tokio::spawn(async move {
            for write in 0..WRITES {
                // All tasks write the same few items, which move between partitions of the indexes, leave them and
                // return.
                let (at, kind) = ((write + task) % 5, ["sun", "rain", "fog"][(write % 3).unsigned_abs() as usize]);
                match write % 4 {
                    0 => put(&driver, key("a", at)).await,
                    1 => drop(driver.run(DeleteItem::new("weather", key("a", at))).await.unwrap()),
                    _ => put(&driver, item("a", at, kind, task)).await,
                }
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    driver.check().unwrap();

    let mut table: Vec<Item> = scan(&driver, None).await.into_iter().filter(|item| item.contains_key("kind")).collect();
    let mut index = scan(&driver, Some("global_all")).await;
    let by_key = |item: &Item| item.get("at").and_then(AttributeValue::as_n);
    table.sort_by_key(by_key);
    index.sort_by_key(by_key);
    assert_eq!(index, table);
}
