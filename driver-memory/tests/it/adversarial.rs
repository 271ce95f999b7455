//! The adversarial mode: local indexes.

use std::sync::Arc;

use djamodb_core::driver::DriverExt;
use djamodb_core::plan::CreateTable;
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::{Adversary, MemoryDriver, MemoryOptions, VirtualClock};

use crate::support::{indexed, item, numbers, partition, put, schema};

/// Returns settings without trouble.
fn calm(seed: u64) -> Adversary {
    Adversary {
        throttled: 0.0,
        conflicts: 0.0,
        internal_errors: 0.0,
        unprocessed: 0.0,
        short_pages: 0.0,
        stale_reads: 0.0,
        ..Adversary::new(seed)
    }
}

/// The numbers of the items that a query of the table or of an index returns.
async fn seen(driver: &MemoryDriver, index: Option<&'static str>) -> Vec<i64> {
    let mut query = index.map_or_else(|| partition("a"), |index| indexed(index, "a"));
    query.index = index.map(Name::from_static);
    let items: Vec<Item> = driver.run(query).await.unwrap().items;
    numbers(&items, "at")
}

#[tokio::test]
async fn a_local_index_lags_as_its_table_does_and_a_global_index_otherwise() {
    let (mut lags, mut differences) = (0, 0);
    for seed in 0..20 {
        let options = MemoryOptions {
            clock: Arc::new(VirtualClock::new(seed)),
            adversary: Some(Adversary { stale_reads: 1.0, ..calm(seed) }),
            ..MemoryOptions::default()
        };
        let driver = MemoryDriver::with_options(options);
        driver.run(CreateTable::new(schema())).await.unwrap();
        for at in 1..30 {
            put(&driver, item("a", at, "a", at)).await;
            // Each request may bring a state up to date, so that what the index holds is between what the table held and holds.
            let before = seen(&driver, None).await;
            let local = seen(&driver, Some("local_keys")).await;
            let global = seen(&driver, Some("global_all")).await;
            let after = seen(&driver, None).await;
            assert!(before.len() <= local.len() && local.len() <= after.len(), "{before:?} {local:?} {after:?}");
            lags += usize::from(local.len() < usize::try_from(at).unwrap());
            differences += usize::from(!(before.len()..=after.len()).contains(&global.len()));

            let consistent = djamodb_core::plan::Query { consistent: true, ..indexed("local_keys", "a") };
            let exact = driver.run(consistent).await.unwrap().items;
            assert_eq!(numbers(&exact, "at"), (1..=i64::from(at)).collect::<Vec<_>>());
        }
    }
    assert!(lags > 50 && differences > 50, "{lags} {differences}");
}
