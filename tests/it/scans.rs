//! Scan policies of databases, as far as the conformance cases do not cover them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use djamodb::MemoryDriver;
use djamodb::database::ScanPolicy;
use djamodb::driver::{Capability, Clock, Driver, DriverError};
use djamodb::plan::{Outcome, QueryPlan};
use djamodb::prelude::*;
use futures::FutureExt as _;

use crate::models::{Event, database_with};

#[tokio::test]
async fn a_refused_scan_says_what_to_do() {
    let db = database_with("a", 3).await;
    let denied = db.with_scan_policy(ScanPolicy::Deny);
    let error = Event::objects().scan().all(&denied).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot scan the table of Event: the database's policy is ScanPolicy::Deny; name a hash key, read an index whose \
         hash key the lookups name, or use with_scan_policy(…)"
    );
    let error = Event::objects().scan().count(&db.with_scan_policy(ScanPolicy::Budget(0.0))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Scan on table events: the scan used 0 read units of the 0 that ScanPolicy::Budget allows and did not reach its end; \
         set a hash key, read page by page, or raise the budget"
    );
    assert_eq!(db.scan_policy(), ScanPolicy::Allow, "a policy belongs to the database handle");
}

#[tokio::test]
async fn every_terminal_method_applies_the_scan_policy() {
    let db = database_with("a", 3).await.with_scan_policy(ScanPolicy::Deny);
    let all = Event::objects().scan();
    assert!(all.first(&db).await.is_err());
    assert!(all.exists(&db).await.is_err());
    assert!(all.stream(&db).try_next().await.is_err());
    assert!(all.values(Event::AT).all(&db).await.is_err());
    assert!(all.aggregate(count(), &db).await.is_err());
    assert!(all.sort_in_memory(Event::LEVEL).all(&db).await.is_err());
    assert!(all.cursor().page(&db).await.is_err());
    assert!(all.update(Event::URGENT.set(true), &db).await.is_err());
    assert!(all.delete(&db).await.is_err());
    assert!(all.delete_checked(&db).await.is_err());
    assert!(all.parallel_scan(3).stream(&db).try_collect::<Vec<_>>().await.is_err());
    assert_eq!(Event::objects().set_hash_key("a").count(&db).await.unwrap(), 3);
}

/// A driver that never responds and counts the requests.
#[derive(Debug)]
struct Silent {
    inner: MemoryDriver,
    requested: Arc<AtomicUsize>,
}

#[async_trait::async_trait]
impl Driver for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, _: QueryPlan) -> Result<Outcome, DriverError> {
        self.requested.fetch_add(1, Ordering::Relaxed);
        std::future::pending().await
    }
}

#[test]
fn a_million_segments_are_requested_a_few_at_a_time() {
    let scan = Event::objects().parallel_scan(1_000_000);
    let explain = scan.explain().unwrap();
    assert!(explain.plan.to_string().ends_with("999996 more scans of the same shape\n"), "{explain}");
    assert!(explain.cost.to_string().starts_with("1000000 reads, one request per page"), "{explain}");

    let requested = Arc::new(AtomicUsize::new(0));
    let db = Database::new(Silent { inner: MemoryDriver::new(), requested: requested.clone() });
    let mut stream = scan.stream(&db);
    assert!(stream.next().now_or_never().is_none());
    assert_eq!(requested.load(Ordering::Relaxed), 16);
}
