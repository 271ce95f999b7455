//! How the author of a driver holds it to what every driver does: this, as `tests/conformance.rs` with `harness = false`.
//!
//! ```console
//! $ cargo run --example third_party -- query/
//! ```

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use djamodb_conformance::{Backend, Suite, Target, main_with};
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};
use djamodb_driver_memory::MemoryDriver;

/// A driver around another one, which counts what it is asked.
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
    // A backend of one's own has no deviations; `Suite::deviations` takes a file of those that it has.
    let target = Target::new("counting", Backend::new("counting"), async || Ok(Counting::default()));
    // Where a server is needed, say why it is not there: `Err(reason)` fails the cases, `unavailable` tells them as ignored.
    main_with(Suite::new().target(target.unavailable(None)))
}
