//! Sequences of requests on the memory driver: each has an answer, and the tables stay consistent.

use std::sync::Arc;
use std::time::Duration;

use arbitrary::{Result, Unstructured};
use djamodb_core::driver::{Driver, DriverErrorKind, DriverExt as _};
use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeTable, DescribeTimeToLive, GetItem, Output, QueryPlan, Scan,
};
use djamodb_core::value::{Item, Name};
use djamodb_driver_memory::{MemoryDriver, VirtualClock};
use futures::executor::block_on;

use crate::requests::{TABLES, request, schema};

/// Number of requests of one input.
const REQUESTS_MAX: usize = 40;

/// Makes the requests that the input describes.
///
/// # Panics
///
/// If an answer or a table is not as it must be.
pub fn run(bytes: &[u8]) {
    let clock = VirtualClock::new(1);
    let driver = MemoryDriver::with_clock(Arc::new(clock.clone()));
    block_on(async {
        for table in TABLES {
            driver.run(CreateTable::new(schema(table))).await.expect("a valid table");
        }
    });
    // The end of the input ends the sequence.
    let _ = requests(&mut Unstructured::new(bytes), &driver, &clock);
    driver.check().expect("indexes that agree with their tables");
    let before = state(&driver);
    let snapshot = driver.snapshot();
    assert_eq!(state(&snapshot.driver()), before, "a driver of a snapshot has the same items");
    for table in TABLES {
        // A table may be missing or protected.
        let _ = block_on(driver.run(DeleteTable::new(table)));
    }
    driver.restore(&snapshot);
    assert_eq!(state(&driver), before, "a snapshot that is restored has the same items");
}

fn requests(input: &mut Unstructured<'_>, driver: &MemoryDriver, clock: &VirtualClock) -> Result<()> {
    for _ in 0..REQUESTS_MAX {
        if input.is_empty() {
            break;
        }
        if input.ratio(1, 10)? {
            clock.advance(Duration::from_secs(input.int_in_range(0..=100_000)?));
        }
        answer(driver, request(input)?);
    }
    Ok(())
}

/// Makes a request. An item that was put is read back.
fn answer(driver: &MemoryDriver, plan: QueryPlan) {
    let written = match &plan {
        QueryPlan::PutItem(put) => Some((put.table.clone(), put.item.clone())),
        _ => None,
    };
    match block_on(driver.execute(plan)) {
        Ok(outcome) => {
            if let (Some((table, item)), Output::PutItem(_)) = (written, &outcome.output) {
                let key: Item = item.pick(["h", "r"].map(Into::into).iter());
                let put = table.clone();
                let get = GetItem { consistent: true, ..GetItem::new(table, key) };
                let read = block_on(driver.run(get)).expect("the key of an item that was put").item;
                match read {
                    Some(read) => assert_eq!(read, item, "an item that was put is read back"),
                    // An item that has expired is deleted by the next request.
                    None => assert!(items_expire(driver, &put), "an item that was put is not found"),
                }
            }
        }
        Err(error) => {
            assert!(!error.message().is_empty(), "an error without a message: {error:?}");
            let is_of_driver = matches!(error.kind(), DriverErrorKind::Contract | DriverErrorKind::Internal);
            assert!(!is_of_driver, "an error that no request causes: {error}");
        }
    }
}

/// Returns `true` if the items of a table expire.
fn items_expire(driver: &MemoryDriver, table: &Name) -> bool {
    let described = block_on(driver.run(DescribeTimeToLive::new(table))).expect("a table that an item was put into");
    described.attribute.is_some()
}

/// Returns all items, and compares their number with that of the description.
fn state(driver: &MemoryDriver) -> Vec<(&'static str, Vec<Item>)> {
    let of_table = |table: &'static str| {
        // The request also deletes items that have expired.
        let described = block_on(driver.run(DescribeTable::new(table))).ok()?.table.item_count;
        let mut items = Vec::new();
        let mut next = Some(Scan::new(table));
        while let Some(scan) = next.take() {
            let page = block_on(driver.run(scan)).expect("a scan of a whole table");
            items.extend(page.items);
            next = page.last_evaluated_key.map(|key| Scan { exclusive_start_key: Some(key), ..Scan::new(table) });
        }
        assert_eq!(u64::try_from(items.len()), Ok(described), "the number of items of `{table}`");
        Some((table, items))
    };
    TABLES.into_iter().filter_map(of_table).collect()
}
