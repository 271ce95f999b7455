//! Targets: the drivers that the suite runs on, and the backends behind them.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use djamodb_core::driver::{BoxFuture, Driver};

const DEFAULT_CASE_TIME_MAX: Duration = Duration::from_secs(30);

/// The service that a driver sends its requests to, by the identifier that `deviations.json` uses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Backend(&'static str);

impl Backend {
    /// The memory driver, which is a backend of its own: `memory`.
    pub const MEMORY: Self = Self("memory");
    /// Amazon's DynamoDB Local: `dynamodb-local`.
    pub const DYNAMODB_LOCAL: Self = Self("dynamodb-local");
    /// DynamoDB on AWS: `aws`.
    pub const AWS: Self = Self("aws");

    /// Creates the identifier of another backend, in kebab case.
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// Returns the identifier.
    pub const fn id(self) -> &'static str {
        self.0
    }
}

/// A driver to run the cases on, together with the backend behind it.
pub struct Target {
    pub(crate) name: String,
    pub(crate) backend: Backend,
    pub(crate) connect: ConnectFn,
    pub(crate) unavailable: Option<String>,
    pub(crate) case_time_max: Duration,
    pub(crate) read_after_write_delay: Duration,
    pub(crate) check: Option<CheckFn>,
    pub(crate) driver: OnceLock<Result<Arc<dyn Driver>, String>>,
}

pub(crate) type ConnectFn = Box<dyn Fn() -> BoxFuture<'static, Result<Arc<dyn Driver>, String>> + Send + Sync>;

pub(crate) type CheckFn = Box<dyn Fn() -> Result<(), String> + Send + Sync>;

impl Target {
    /// Creates a target.
    ///
    /// `name` is the prefix of the target's cases in the output, for example `aws-sdk-on-dynamodb-local`. It must be unique in a
    /// [`Suite`](crate::Suite). `connect` creates the driver. It is called once, before the first case; its error message fails
    /// every case.
    pub fn new<D: Driver, F>(
        name: impl Into<String>,
        backend: Backend,
        connect: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<D, String>> + Send + 'static,
    {
        let connect = move || -> BoxFuture<'static, Result<Arc<dyn Driver>, String>> {
            let connected = connect();
            Box::pin(async move { Ok(Arc::new(connected.await?) as Arc<dyn Driver>) })
        };
        Self {
            name: name.into(),
            backend,
            connect: Box::new(connect),
            unavailable: None,
            case_time_max: DEFAULT_CASE_TIME_MAX,
            read_after_write_delay: Duration::ZERO,
            check: None,
            driver: OnceLock::new(),
        }
    }

    /// Marks the target as unavailable if `reason` is `Some`. Its cases are then reported as ignored, with the reason.
    #[must_use]
    pub fn unavailable(mut self, reason: Option<String>) -> Self {
        self.unavailable = reason;
        self
    }

    /// Sets the time limit of a case, 30 s by default. Allow minutes on a service that takes minutes to create a table.
    #[must_use]
    pub const fn case_time_max(mut self, duration: Duration) -> Self {
        self.case_time_max = duration;
        self
    }

    /// Sets the time to wait before the first read after a write, zero by default.
    ///
    /// AWS needs such a delay because global indexes and eventually consistent reads lag behind the table.
    #[must_use]
    pub const fn read_after_write_delay(mut self, duration: Duration) -> Self {
        self.read_after_write_delay = duration;
        self
    }

    /// Calls `check` after each case, while the case's tables still exist.
    ///
    /// `check` verifies the driver's internal state through a handle of its own and returns a message if the state is
    /// inconsistent. The message fails the case unless the case has failed already. Other cases may be running at the same time.
    ///
    /// ```
    /// use djamodb_conformance::{Backend, Target};
    /// use djamodb_driver_memory::MemoryDriver;
    ///
    /// let driver = MemoryDriver::new();
    /// let checked = driver.clone();
    /// let target = Target::new("memory", Backend::MEMORY, move || {
    ///     let driver = driver.clone();
    ///     async { Ok(driver) }
    /// });
    /// let target = target.check(move || checked.check());
    /// ```
    #[must_use]
    pub fn check(mut self, check: impl Fn() -> Result<(), String> + Send + Sync + 'static) -> Self {
        self.check = Some(Box::new(check));
        self
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target")
            .field("name", &self.name)
            .field("backend", &self.backend)
            .field("unavailable", &self.unavailable)
            .finish_non_exhaustive()
    }
}
