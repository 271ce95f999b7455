//! Runs the conformance suite on a driver of another crate.
//!
//! In a driver's own crate this file is `tests/conformance.rs`, with `harness = false` in `Cargo.toml`.
//!
//! ```console
//! $ cargo run -p djamodb-conformance --example third_party -- query/
//! ```

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use djamodb_conformance::{Backend, Suite, Target, main_with};
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};
use djamodb_driver_memory::MemoryDriver;

/// A driver that wraps the memory driver and counts requests.
#[derive(Debug, Default)]
struct Counting {
    inner: MemoryDriver,
    requests: AtomicU64,
}

#[async_trait]
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
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.inner.execute(plan).await
    }
}

fn main() -> ExitCode {
    // A new backend has no deviations. Declare them in a JSON file and pass its text to `Suite::deviations`.
    let target = Target::new("counting", Backend::new("counting"), async || Ok(Counting::default()));
    // If the driver needs a server: an `Err` of the closure above fails every case, while a reason passed to `unavailable` reports
    // them as ignored.
    main_with(Suite::new().target(target.unavailable(None)))
}
