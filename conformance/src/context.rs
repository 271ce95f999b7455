//! The context of a running case: driver, database, tables and deviations.

mod expected_error;
mod tracking_driver;

pub use expected_error::ExpectedError;
pub(crate) use tracking_driver::TrackingDriver;

use std::collections::BTreeSet;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use djamodb_core::database::{Database, TableDefaults};
use djamodb_core::driver::{Capability, Driver, DriverError, DriverExt};
use djamodb_core::plan::{ConsumedCapacity, CreateTable, Operation, QueryPlan};
use djamodb_core::run::{WaitFor, wait_for_table};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Name;

use crate::deviation::{BackendBehaviour, matches_pattern};
use crate::{Backend, Case, CaseResult, Deviation, Deviations, Failure, Requirement};

const CREATE_RETRIES_MAX: u32 = 8;
/// Pause before the first retry of `CreateTable`. Before the n-th retry it is n times as long.
const CREATE_RETRY_PAUSE: Duration = Duration::from_millis(50);

/// The context of a running case: a driver, a database with its own table prefix, and the deviations of the backend.
///
/// All tables that a case creates through the context's driver or database are deleted after the case.
#[derive(Clone)]
pub struct Context {
    inner: Arc<Inner>,
}

struct Inner {
    case: &'static Case,
    backend: Backend,
    driver: Arc<TrackingDriver>,
    db: Database,
    deviations: Arc<Deviations>,
    usage: Mutex<Usage>,
}

/// The deviations and requirements that a case looked up while it ran.
#[derive(Default)]
struct Usage {
    deviations: BTreeSet<String>,
    requirements: BTreeSet<Requirement>,
    errors: Vec<String>,
}

impl Context {
    pub(crate) fn new(
        case: &'static Case,
        backend: Backend,
        driver: Arc<TrackingDriver>,
        prefix: String,
        deviations: Arc<Deviations>,
    ) -> Self {
        let defaults = TableDefaults { prefix: Some(prefix), ..TableDefaults::default() };
        let db = Database::with_defaults(Arc::clone(&driver), defaults);
        Self { inner: Arc::new(Inner { case, backend, driver, db, deviations, usage: Mutex::default() }) }
    }

    /// Returns a database over the driver. Its table prefix is unique to the case, so that cases can run concurrently.
    pub fn db(&self) -> &Database {
        &self.inner.db
    }

    /// Returns the driver under test.
    pub fn driver(&self) -> &dyn Driver {
        &*self.inner.driver
    }

    /// Returns the capability of the driver under test.
    pub fn capability(&self) -> Capability {
        self.driver().capability()
    }

    /// Returns the name of a table of this case: `name` with the case's prefix.
    pub fn table_name(&self, name: &str) -> Name {
        self.db().defaults().table_name(&name.into())
    }

    /// Creates a table and waits until it is active. Returns its name, which is `schema.name` with the case's prefix.
    ///
    /// Retryable errors are retried up to 8 times, because most cases need a table and few are about `CreateTable`.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if `CreateTable` fails, or if waiting for the table fails.
    #[track_caller]
    pub fn create_table(&self, schema: TableSchema) -> impl Future<Output = Result<Name, Failure>> + Send {
        let at = Location::caller();
        let name = self.table_name(&schema.name);
        let create = CreateTable::new(TableSchema { name: name.clone(), ..schema });
        async move {
            let failure = |error: DriverError| Failure::at(at, format_args!("unexpected error: {error}"));
            let mut retries = 0;
            loop {
                match self.driver().run(create.clone()).await {
                    Ok(_) => break,
                    // An earlier attempt created the table before it failed.
                    Err(error) if retries > 0 && error.is_resource_in_use() => break,
                    Err(error) if retries < CREATE_RETRIES_MAX && error.retryable() => {
                        retries += 1;
                        self.driver().clock().sleep(CREATE_RETRY_PAUSE * retries).await;
                    }
                    Err(error) => return Err(failure(error)),
                }
            }
            wait_for_table(self.driver(), name.clone(), WaitFor::Active).await.map_err(failure)?;
            Ok(name)
        }
    }

    /// Runs an operation that must succeed, and returns its output.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if the driver returns an error.
    #[track_caller]
    pub fn run<O: Operation>(&self, operation: O) -> impl Future<Output = Result<O::Output, Failure>> + Send {
        let at = Location::caller();
        let running = self.driver().run(operation);
        async move { running.await.map_err(|error| Failure::at(at, format_args!("unexpected error: {error}"))) }
    }

    /// Creates a table as [`create_table`](Self::create_table) does, if the driver meets `requirement`.
    ///
    /// Otherwise asserts that the driver rejects `CreateTable` as unsupported, and returns `None`. The case must list the
    /// requirement in `requires`.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if `CreateTable` fails although the requirement is met, or does not fail as unsupported although it
    /// is not.
    #[track_caller]
    pub fn create_table_requiring(
        &self,
        requirement: Requirement,
        schema: TableSchema,
    ) -> impl Future<Output = Result<Option<Name>, Failure>> + Send {
        let at = Location::caller();
        self.record_requirement(requirement);
        let is_met = requirement.is_met_by(self.capability());
        let rejected = CreateTable::new(TableSchema { name: self.table_name(&schema.name), ..schema.clone() });
        let creating = self.create_table(schema);
        async move {
            if is_met {
                return creating.await.map(Some);
            }
            self.expect_error_at(at, rejected, ExpectedError::Unsupported).await?;
            Ok(None)
        }
    }

    /// Runs an operation if the driver meets `requirement`, and returns its result, which may be an error.
    ///
    /// Otherwise asserts that the driver rejects the operation as unsupported, and returns `None`. The case must list the
    /// requirement in `requires`.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if the requirement is not met and the driver does not reject the operation as unsupported.
    #[track_caller]
    pub fn run_requiring<O: Operation + Clone>(
        &self,
        requirement: Requirement,
        operation: O,
    ) -> impl Future<Output = Result<Option<Result<O::Output, DriverError>>, Failure>> + Send {
        let at = Location::caller();
        async move {
            self.record_requirement(requirement);
            if requirement.is_met_by(self.capability()) {
                return Ok(Some(self.driver().run(operation).await));
            }
            self.expect_error_at(at, operation, ExpectedError::Unsupported).await?;
            Ok(None)
        }
    }

    /// Runs an operation that must succeed, and returns the consumed capacity of each table.
    ///
    /// Tables and the indexes of each table are sorted by name.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if the driver returns an error.
    #[track_caller]
    pub fn consumed_capacity<O: Operation>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Vec<ConsumedCapacity>, Failure>> + Send {
        let at = Location::caller();
        let plan: QueryPlan = operation.into();
        async move {
            let outcome = self.driver().execute(plan).await;
            let outcome = outcome.map_err(|error| Failure::at(at, format_args!("unexpected error: {error}")))?;
            let mut consumed = outcome.metadata.consumed_capacity;
            consumed.sort_by(|left, right| left.table.cmp(&right.table));
            for of_table in &mut consumed {
                of_table.local_indexes.sort_by(|left, right| left.index.cmp(&right.index));
                of_table.global_indexes.sort_by(|left, right| left.index.cmp(&right.index));
            }
            Ok(consumed)
        }
    }

    /// Returns `true` if the backend has the deviation `id`. The case then asserts the deviating behaviour.
    ///
    /// The case fails unless `deviations.json` lists the deviation for it.
    pub fn deviates(&self, id: &str) -> bool {
        self.deviation(id).is_some()
    }

    /// Asserts the message of an error. In `message`, `*` matches any text.
    ///
    /// The service's newer validation layer begins errors of writes with `1 validation error detected: `. That is ignored unless
    /// `message` begins with a count, too, so that cases on other rules hold for both layers.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if the message differs.
    #[track_caller]
    pub fn expect_message(&self, error: &DriverError, message: &str) -> CaseResult {
        const COUNT: &str = "1 validation error detected: ";
        let received = error.message();
        let uncounted = received.strip_prefix(COUNT).filter(|_| !message.contains(" detected: ")).unwrap_or(received);
        if matches_pattern(message, uncounted) {
            return Ok(());
        }
        Err(Failure::new(format_args!("error message\n  expected  {message}\n  received  {}", error.message())))
    }

    /// Asserts the message of an error: `message`, or the backend's own message if it has the deviation `id`.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if the message differs, or if the deviation is not one of a message.
    #[track_caller]
    pub fn expect_message_or_deviation(&self, id: &str, error: &DriverError, message: &str) -> CaseResult {
        match self.deviation(id).map(|entry| &entry.instead) {
            None => self.expect_message(error, message),
            Some(BackendBehaviour::Message(message)) => self.expect_message(error, message),
            Some(BackendBehaviour::Described(_)) => Err(Failure::new(format_args!(
                "the deviation `{id}` does not give the backend's message; use \"instead\": {{\"message\": …}}"
            ))),
        }
    }

    /// Asserts the message of an error, which is another one if the backend has the deviation `id`.
    ///
    /// # Errors
    ///
    /// Returns a [`Failure`] if the message differs, or if it does not although the backend deviates.
    #[track_caller]
    pub fn expect_message_unless(&self, id: &str, error: &DriverError, message: &str) -> CaseResult {
        match (self.deviates(id), self.expect_message(error, message)) {
            (false, result) => result,
            (true, Err(_)) => Ok(()),
            (true, Ok(())) => Err(Failure::new(format_args!("expected another message, since the backend has `{id}`"))),
        }
    }

    fn record_requirement(&self, requirement: Requirement) {
        let mut usage = self.usage();
        usage.requirements.insert(requirement);
        if !self.inner.case.requires.contains(&requirement) {
            usage.errors.push(format!("the case uses {requirement:?}; add it to `requires`"));
        }
    }

    fn deviation(&self, id: &str) -> Option<&Deviation> {
        let Inner { case, backend, deviations, .. } = &*self.inner;
        let mut usage = self.usage();
        if !deviations.is_listed(case, id) {
            usage.errors.push(format!("no backend lists the deviation `{id}` for this case; remove it from the case"));
        }
        let found = deviations.for_case(*backend, case).find(|entry| entry.id == id)?;
        usage.deviations.insert(id.to_owned());
        Some(found)
    }

    fn usage(&self) -> MutexGuard<'_, Usage> {
        self.inner.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the number of deviations that the case has asserted.
    pub(crate) fn asserted_deviations(&self) -> usize {
        self.usage().deviations.len()
    }

    /// Returns a failure if a case that has passed looked up other deviations or requirements than those it declares.
    pub(crate) fn check_usage(&self) -> CaseResult {
        let Inner { case, backend, deviations, .. } = &*self.inner;
        let usage = self.usage();
        if let Some(error) = usage.errors.first() {
            return Err(Failure::new(error));
        }
        if let Some(entry) = deviations.for_case(*backend, case).find(|entry| !usage.deviations.contains(&entry.id)) {
            return Err(Failure::new(format_args!(
                "the case does not look up the deviation `{}`; remove the case from the entry",
                entry.id
            )));
        }
        match case.requires.iter().find(|required| !usage.requirements.contains(required)) {
            None => Ok(()),
            Some(required) => Err(Failure::new(format_args!(
                "the case does not use {required:?} although `requires` lists it; remove it from `requires`"
            ))),
        }
    }

    /// Returns the text of a failure together with the deviations that the case asserted.
    pub(crate) fn describe_failure(&self, failure: &Failure) -> String {
        let deviations: Vec<_> = self.usage().deviations.iter().map(|id| format!("`{id}`")).collect();
        if deviations.is_empty() {
            return failure.to_string();
        }
        let (listed, backend) = (deviations.join(", "), self.inner.backend.id());
        format!(
            "{failure}\n  deviations of `{backend}` that the case expects: {listed}; remove an entry that no longer applies"
        )
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("case", &self.inner.case.name)
            .field("backend", &self.inner.backend)
            .finish_non_exhaustive()
    }
}
