//! What the suite runs on.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use djamodb_core::driver::{BoxFuture, Driver};

/// How long a case may take unless a target says otherwise.
const CASE_TIME_MAX: Duration = Duration::from_secs(30);

/// What answers behind a driver, by the name that stands in the deviations file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Backend(&'static str);

impl Backend {
    /// The driver in memory.
    pub const MEMORY: Self = Self("memory");
    /// Amazon's DynamoDB Local.
    pub const DYNAMODB_LOCAL: Self = Self("dynamodb-local");
    /// The service itself.
    pub const AWS: Self = Self("aws");

    /// Another one.
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// Its name.
    pub const fn id(self) -> &'static str {
        self.0
    }
}

/// A driver and what answers behind it.
pub struct Target {
    pub(crate) name: String,
    pub(crate) backend: Backend,
    pub(crate) connect: Connect,
    pub(crate) unavailable: Option<String>,
    pub(crate) case_time_max: Duration,
    pub(crate) settle: Duration,
    pub(crate) check: Option<Check>,
    pub(crate) driver: OnceLock<Result<Arc<dyn Driver>, String>>,
}

/// Gives the driver, once for all cases.
pub(crate) type Connect = Box<dyn Fn() -> BoxFuture<'static, Result<Arc<dyn Driver>, String>> + Send + Sync>;

/// Says what is wrong inside a driver.
pub(crate) type Check = Box<dyn Fn() -> Result<(), String> + Send + Sync>;

impl Target {
    /// A target. `name` tells runs apart (`aws-sdk-on-dynamodb-local`); `connect` gives the driver, and is called once.
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
            case_time_max: CASE_TIME_MAX,
            settle: Duration::ZERO,
            check: None,
            driver: OnceLock::new(),
        }
    }

    /// Says why the target cannot be reached, if it cannot: its cases are then told as ignored, with this reason.
    #[must_use]
    pub fn unavailable(mut self, reason: Option<String>) -> Self {
        self.unavailable = reason;
        self
    }

    /// How long a case may take, 30 s unless said otherwise. Where tables take minutes to be created, give it minutes.
    #[must_use]
    pub const fn case_time_max(mut self, duration: Duration) -> Self {
        self.case_time_max = duration;
        self
    }

    /// How far reads may lag behind writes: the first read after a write waits this long. Nothing unless said otherwise; the
    /// service's global indexes need it.
    #[must_use]
    pub const fn settle(mut self, duration: Duration) -> Self {
        self.settle = duration;
        self
    }

    /// Looks into the driver after each case, while its tables are still there; what is wrong fails the case, unless it has
    /// failed already. The closure has a handle of its own to the driver. Other cases may be under way meanwhile.
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
