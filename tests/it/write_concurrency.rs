//! Calls with many writes send as many requests concurrently as the database allows, and no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use djamodb::MemoryDriver;
use djamodb::driver::{Capability, Clock, Driver, DriverError};
use djamodb::plan::{Outcome, QueryPlan};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;

use crate::models::Event;

/// A driver that counts the writes under way.
#[derive(Debug, Default)]
struct Counting {
    inner: MemoryDriver,
    under_way: AtomicUsize,
    most: Arc<AtomicUsize>,
}

#[async_trait::async_trait]
impl Driver for Counting {
    fn name(&self) -> &'static str {
        "counting"
    }

    fn capability(&self) -> Capability {
        self.inner.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        if matches!(plan, QueryPlan::Query(_)) {
            return self.inner.execute(plan).await;
        }
        self.most.fetch_max(self.under_way.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        // Every other write that can begin does so meanwhile.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        self.under_way.fetch_sub(1, Ordering::Relaxed);
        self.inner.execute(plan).await
    }
}

#[tokio::test]
async fn many_writes_are_as_concurrent_as_the_database_allows() {
    let most = Arc::new(AtomicUsize::new(0));
    let db = Database::new(Counting { most: most.clone(), ..Counting::default() });
    db.create_table::<Event>().await.unwrap();
    assert_eq!(db.write_concurrency(), 8);
    let mut values: Vec<Event> = (0..60).map(|at| Event::new("a", at)).collect();
    let all = Event::objects().set_hash_key("a");
    for concurrency in [1, 8, 32] {
        let db = db.with_write_concurrency(concurrency).unwrap();
        let taken = || most.swap(0, Ordering::Relaxed);
        taken();
        Event::objects().bulk_create(&mut values, OnConflict::Fail, &db).await.unwrap();
        assert_eq!(taken(), concurrency, "bulk_create");
        Event::objects().bulk_update(&mut values, Event::NOTE, &db).await.unwrap();
        assert_eq!(taken(), concurrency, "bulk_update");
        assert_eq!(all.update(Event::LEVEL.set(1.0), &db).await.unwrap(), 60);
        assert_eq!(taken(), concurrency, "update");
        assert_eq!(all.delete_checked(&db).await.unwrap(), 60);
        assert_eq!(taken(), concurrency, "delete_checked");
    }
}
