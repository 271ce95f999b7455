//! Runs one case on one target, with a time limit and cleanup.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use djamodb_core::driver::Driver;
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::context::TrackingDriver;
use crate::{Case, Context, Deviations, Failure, Target};

/// Runs cases on targets, sequentially or from several threads.
///
/// Most crates call [`main_with`](crate::main_with) instead. Use a runner in tests that inspect the reports, for example to verify
/// that a broken driver fails.
#[derive(Debug)]
pub struct Runner {
    runtime: Runtime,
    deviations: Arc<Deviations>,
    /// First part of every table name. It distinguishes the tables of this run from those of other runs on the same server.
    run_id: String,
    cases_started: AtomicU64,
}

/// The result of one case on one target.
#[derive(Clone, Debug)]
pub struct Report {
    /// The case that ran.
    pub case: &'static Case,
    /// `Ok`, or the message of the failure.
    pub result: Result<(), String>,
    /// Number of deviations of the backend that the case asserted.
    pub deviations: usize,
}

impl Runner {
    /// Creates a runner with its own multi-threaded runtime.
    ///
    /// # Errors
    ///
    /// Returns the error of the operating system if the runtime cannot be created.
    pub fn new(deviations: Deviations) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        // The process id alone is not unique, because servers outlive processes. A hasher's keys are random.
        let random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), std::process::id());
        let run_id = format!("cf{:08x}", random & 0xffff_ffff);
        Ok(Self { runtime, deviations: Arc::new(deviations), run_id, cases_started: AtomicU64::new(0) })
    }

    /// Runs `case` on `target` within the target's time limit, then deletes the tables that the case left.
    pub fn run(&self, target: &Target, case: &'static Case) -> Report {
        let connected = target.driver.get_or_init(|| self.runtime.block_on((target.connect)()));
        let driver = match connected {
            Ok(driver) => Arc::clone(driver),
            Err(reason) => {
                let result = Err(format!("cannot connect to target `{}`: {reason}", target.name));
                return Report { case, result, deviations: 0 };
            }
        };
        self.runtime.block_on(self.run_on(target, driver, case))
    }

    async fn run_on(&self, target: &Target, driver: Arc<dyn Driver>, case: &'static Case) -> Report {
        let driver = Arc::new(TrackingDriver::new(driver, target.read_after_write_delay));
        let number = self.cases_started.fetch_add(1, Ordering::Relaxed);
        let prefix = format!("{}-{number}-{}", self.run_id, case.name.replace('/', "."));
        let context = Context::new(case, target.backend, Arc::clone(&driver), prefix, Arc::clone(&self.deviations));

        let result = run_with_time_limit(case, context.clone(), target.case_time_max).await;
        let checked = target.check.as_ref().map_or(Ok(()), |check| check());
        let result = result.and_then(|()| {
            checked.map_err(|message| {
                Failure::new(format_args!("the driver's state is inconsistent after the case: {message}"))
            })
        });
        let undeleted = timeout(target.case_time_max, driver.delete_tables()).await;
        let result = result.and_then(|()| context.check_usage()).and_then(|()| match undeleted.as_deref() {
            Ok([]) => Ok(()),
            Ok([error, ..]) => Err(Failure::new(format_args!("cannot delete a table of the case: {error}"))),
            Err(_) => Err(Failure::new("the tables of the case were not deleted within the time limit")),
        });
        let result = result.map_err(|failure| context.describe_failure(&failure));
        Report { case, result, deviations: context.asserted_deviations() }
    }
}

/// Runs the case in its own task, so that neither a panic nor an endless wait stops the run.
async fn run_with_time_limit(case: &'static Case, context: Context, time_max: Duration) -> Result<(), Failure> {
    let mut task = tokio::spawn((case.run)(context));
    match timeout(time_max, &mut task).await {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => Err(Failure::new(panic_message(error))),
        Err(_) => {
            task.abort();
            // The tables are deleted next. The task must have ended before that, or it may create further ones.
            let _ = task.await;
            Err(Failure::new(format_args!("the case did not finish within {} s", time_max.as_secs_f64())))
        }
    }
}

fn panic_message(error: tokio::task::JoinError) -> String {
    let Ok(payload) = error.try_into_panic() else {
        return "the case was cancelled".to_owned();
    };
    let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    format!("the case panicked: {}", text.unwrap_or("no message"))
}
