//! Running cases.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use djamodb_core::driver::Driver;
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::context::Tracked;
use crate::{Case, Context, Deviations, Failure, Target};

/// Runs cases on targets, one at a time or from several threads at once.
///
/// [`main_with`](crate::main_with) is what most need; this is for tests that look at the reports themselves, such as those
/// that make sure that a broken driver fails.
#[derive(Debug)]
pub struct Runner {
    runtime: Runtime,
    deviations: Arc<Deviations>,
    /// What tells the tables of this run from those of others on the same server.
    run: String,
    cases: AtomicU64,
}

/// What became of a case on a target.
#[derive(Clone, Debug)]
pub struct Report {
    /// The case.
    pub case: &'static Case,
    /// Nothing, or why it failed.
    pub result: Result<(), String>,
    /// How many deviations of the backend it asserted.
    pub deviations: usize,
}

impl Runner {
    /// A runner with a runtime of its own.
    pub fn new(deviations: Deviations) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        // A hasher's keys are drawn anew for each; the process alone would not do, since servers outlive it.
        let random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), std::process::id());
        let run = format!("cf{:08x}", random & 0xffff_ffff);
        Ok(Self { runtime, deviations: Arc::new(deviations), run, cases: AtomicU64::new(0) })
    }

    /// Runs one case, for at most as long as the target allows, and deletes the tables that it leaves behind.
    pub fn run(&self, target: &Target, case: &'static Case) -> Report {
        let connected = target.driver.get_or_init(|| self.runtime.block_on((target.connect)()));
        let driver = match connected {
            Ok(driver) => Arc::clone(driver),
            Err(reason) => {
                let result = Err(format!("cannot connect to {}: {reason}", target.name));
                return Report { case, result, deviations: 0 };
            }
        };
        self.runtime.block_on(self.run_on(target, driver, case))
    }

    async fn run_on(&self, target: &Target, driver: Arc<dyn Driver>, case: &'static Case) -> Report {
        let driver = Arc::new(Tracked::new(driver, target.settle));
        let number = self.cases.fetch_add(1, Ordering::Relaxed);
        let prefix = format!("{}-{number}-{}", self.run, case.name.replace('/', "."));
        let context = Context::new(case, target.backend, Arc::clone(&driver), prefix, Arc::clone(&self.deviations));

        let result = bounded(case, context.clone(), target.case_time_max).await;
        let sound = target.check.as_ref().map_or(Ok(()), |check| check());
        let result = result.and_then(|()| {
            sound.map_err(|what| Failure::new(format_args!("the driver is not sound after the case: {what}")))
        });
        let left = timeout(target.case_time_max, driver.delete_tables()).await;
        let result = result.and_then(|()| context.review()).and_then(|()| match left.as_deref() {
            Ok([]) => Ok(()),
            Ok([error, ..]) => Err(Failure::new(format_args!("a table could not be deleted: {error}"))),
            Err(_) => Err(Failure::new("the tables could not be deleted in time")),
        });
        Report { case, result: result.map_err(|failure| context.explain(failure)), deviations: context.deviations() }
    }
}

/// A case in a task of its own, so that neither a panic nor a wait without end goes further.
async fn bounded(case: &'static Case, context: Context, time_max: Duration) -> Result<(), Failure> {
    let mut task = tokio::spawn((case.run)(context));
    match timeout(time_max, &mut task).await {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => Err(Failure::new(panic_message(error))),
        Err(_) => {
            task.abort();
            // Whatever it still does would run into the deletion of its tables.
            let _ = task.await;
            Err(Failure::new(format_args!("not done after {} s", time_max.as_secs())))
        }
    }
}

fn panic_message(error: tokio::task::JoinError) -> String {
    let Ok(payload) = error.try_into_panic() else {
        return "the case was cancelled".to_owned();
    };
    let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    format!("the case panicked: {}", text.unwrap_or("without a message"))
}
