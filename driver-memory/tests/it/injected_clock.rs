//! The driver takes its time from the injected clock alone.

use std::sync::Arc;
use std::time::Duration;

use djamodb_core::driver::{Clock, Driver, DriverExt};
use djamodb_core::plan::{CreateTable, DescribeTable, Output, QueryPlan};
use djamodb_driver_memory::{MemoryDriver, VirtualClock};

use crate::support::{schema, weather};

#[tokio::test]
async fn sleeps_advance_the_virtual_clock() {
    let clock = VirtualClock::new(1);
    let driver = MemoryDriver::with_clock(Arc::new(clock.clone()));
    clock.advance(Duration::from_secs(60));
    driver.run(CreateTable::new(schema())).await.unwrap();
    driver.clock().sleep(Duration::from_secs(1_000_000)).await;
    let described = driver.run(DescribeTable::new("weather")).await.unwrap().table;
    assert_eq!((clock.now() - described.created_at.unwrap()).num_seconds(), 1_000_000);
}

#[tokio::test]
async fn clones_share_their_tables() {
    let driver = weather().await;
    assert!(driver.clone().run(DescribeTable::new("weather")).await.is_ok());
    assert_eq!(format!("{driver:?}"), r#"MemoryDriver(["weather"])"#);
    assert_eq!(driver.name(), "memory");
    assert_eq!(driver.execute(QueryPlan::Empty).await.unwrap().output, Output::Empty);
}
