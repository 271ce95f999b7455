//! What a case has to work with.

mod refusal;
mod tracked;

pub use refusal::Refusal;
pub(crate) use tracked::Tracked;

use std::collections::BTreeSet;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use djamodb_core::database::{Database, TableDefaults};
use djamodb_core::driver::{Capability, Driver, DriverError, DriverExt};
use djamodb_core::plan::{ConsumedCapacity, CreateTable, Operation, QueryPlan};
use djamodb_core::run::{TableWait, WaitFor, advance};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Name;

use crate::deviation::{Instead, is_like};
use crate::{Backend, Case, CaseResult, Deviation, Deviations, Failure, Requirement};

/// How often creating a table may fail for a reason that passes.
const CREATE_FAILURES_MAX: u32 = 8;
/// How long to wait after the first such failure; after each further one, this much longer.
const CREATE_PAUSE: Duration = Duration::from_millis(50);

/// What a case has to work with: a database and a driver, tables of its own, and what is known of the backend.
///
/// Whatever tables a case creates through it, in whatever way, are deleted after the case.
#[derive(Clone)]
pub struct Context {
    inner: Arc<Inner>,
}

struct Inner {
    case: &'static Case,
    backend: Backend,
    driver: Arc<Tracked>,
    db: Database,
    deviations: Arc<Deviations>,
    asked: Mutex<Asked>,
}

/// What a case asked for, to be compared with what it has to ask for.
#[derive(Default)]
struct Asked {
    deviations: BTreeSet<String>,
    requirements: BTreeSet<Requirement>,
    mistakes: Vec<String>,
}

impl Context {
    pub(crate) fn new(
        case: &'static Case,
        backend: Backend,
        driver: Arc<Tracked>,
        prefix: String,
        deviations: Arc<Deviations>,
    ) -> Self {
        let defaults = TableDefaults { prefix: Some(prefix), ..TableDefaults::default() };
        let db = Database::with_defaults(Arc::clone(&driver), defaults);
        Self { inner: Arc::new(Inner { case, backend, driver, db, deviations, asked: Mutex::default() }) }
    }

    /// A database whose tables have a prefix of their own, so that cases can run side by side.
    pub fn db(&self) -> &Database {
        &self.inner.db
    }

    /// The driver.
    pub fn driver(&self) -> &dyn Driver {
        &*self.inner.driver
    }

    /// What the driver can do.
    pub fn capability(&self) -> Capability {
        self.driver().capability()
    }

    /// The name of a table of this case: what is given, after the prefix.
    pub fn name(&self, name: &str) -> Name {
        self.db().defaults().table_name(&name.into())
    }

    /// Creates a table, whose name is put after the prefix, and waits until it can be used. Gives its name.
    ///
    /// Tried again where the error says that this may help: most cases need a table, and few are about creating one.
    #[track_caller]
    pub fn create(&self, schema: TableSchema) -> impl Future<Output = Result<Name, Failure>> + Send {
        let at = Location::caller();
        let name = self.name(&schema.name);
        let create = CreateTable::new(TableSchema { name: name.clone(), ..schema });
        async move {
            let failure = |error: DriverError| Failure::at(at, format_args!("unexpected error: {error}"));
            let mut failed = 0;
            loop {
                match self.driver().run(create.clone()).await {
                    Ok(_) => break,
                    // Whatever went wrong before went wrong after the table was made.
                    Err(error) if failed > 0 && error.is_resource_in_use() => break,
                    Err(error) if failed < CREATE_FAILURES_MAX && error.retryable() => {
                        failed += 1;
                        self.driver().clock().sleep(CREATE_PAUSE * failed).await;
                    }
                    Err(error) => return Err(failure(error)),
                }
            }
            advance(self.driver(), &mut TableWait::new(name.clone(), WaitFor::Active)).await.map_err(failure)?;
            Ok(name)
        }
    }

    /// Carries out an operation that has to succeed.
    #[track_caller]
    pub fn run<O: Operation>(&self, operation: O) -> impl Future<Output = Result<O::Output, Failure>> + Send {
        let at = Location::caller();
        let running = self.driver().run(operation);
        async move { running.await.map_err(|error| Failure::at(at, format_args!("unexpected error: {error}"))) }
    }

    /// Creates a table that needs something that not every driver has; `None` where the driver lacks it and, as it must, has
    /// refused. The case has to name it in `requires`.
    #[track_caller]
    pub fn create_with(
        &self,
        requirement: Requirement,
        schema: TableSchema,
    ) -> impl Future<Output = Result<Option<Name>, Failure>> + Send {
        let at = Location::caller();
        self.require(requirement);
        let is_met = requirement.is_met_by(self.capability());
        let refused = CreateTable::new(TableSchema { name: self.name(&schema.name), ..schema.clone() });
        let creating = self.create(schema);
        async move {
            if is_met {
                return creating.await.map(Some);
            }
            self.refused_at(at, refused, Refusal::Unsupported).await?;
            Ok(None)
        }
    }

    /// Carries out an operation that needs something that not every driver has; `None` where the driver lacks it and, as it
    /// must, has refused. The case has to name it in `requires`.
    #[track_caller]
    pub fn attempt<O: Operation + Clone>(
        &self,
        requirement: Requirement,
        operation: O,
    ) -> impl Future<Output = Result<Option<Result<O::Output, DriverError>>, Failure>> + Send {
        let at = Location::caller();
        async move {
            self.require(requirement);
            if requirement.is_met_by(self.capability()) {
                return Ok(Some(self.driver().run(operation).await));
            }
            self.refused_at(at, operation, Refusal::Unsupported).await?;
            Ok(None)
        }
    }

    /// Carries out an operation that has to succeed, and gives what each table was charged, in the order of their names and
    /// of those of their indexes.
    #[track_caller]
    pub fn charged<O: Operation>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Vec<ConsumedCapacity>, Failure>> + Send {
        let at = Location::caller();
        let plan: QueryPlan = operation.into();
        async move {
            let outcome = self.driver().execute(plan).await;
            let outcome = outcome.map_err(|error| Failure::at(at, format_args!("unexpected error: {error}")))?;
            let mut charged = outcome.metadata.consumed_capacity;
            charged.sort_by(|left, right| left.table.cmp(&right.table));
            for of_table in &mut charged {
                of_table.local_indexes.sort_by(|left, right| left.index.cmp(&right.index));
                of_table.global_indexes.sort_by(|left, right| left.index.cmp(&right.index));
            }
            Ok(charged)
        }
    }

    /// Whether the backend is known to do something else here than AWS. The case then asserts that.
    pub fn deviates(&self, id: &str) -> bool {
        self.deviation(id).is_some()
    }

    /// Fails unless an error has this message, in which `*` stands for anything.
    #[track_caller]
    pub fn says(&self, error: &DriverError, message: &str) -> CaseResult {
        if is_like(message, error.message()) {
            return Ok(());
        }
        Err(Failure::new(format_args!("the message\n  is       {}\n  not      {message}", error.message())))
    }

    /// The same where backends are known to have a message of their own: `deviation` is the entry's id.
    #[track_caller]
    pub fn says_or(&self, deviation: &str, error: &DriverError, message: &str) -> CaseResult {
        match self.deviation(deviation).map(|entry| &entry.instead) {
            None => self.says(error, message),
            Some(Instead::Message(theirs)) => self.says(error, theirs),
            Some(Instead::Behaviour(_)) => {
                Err(Failure::new(format_args!("the deviation {deviation} does not say which message there is instead")))
            }
        }
    }

    fn require(&self, requirement: Requirement) {
        let mut asked = self.asked();
        asked.requirements.insert(requirement);
        if !self.inner.case.requires.contains(&requirement) {
            asked.mistakes.push(format!("the case does not say that it requires {requirement:?}"));
        }
    }

    fn deviation(&self, id: &str) -> Option<&Deviation> {
        let Inner { case, backend, deviations, .. } = &*self.inner;
        let mut asked = self.asked();
        if !deviations.knows(case, id) {
            asked.mistakes.push(format!("the deviation {id} is listed for no backend; take it out of the case"));
        }
        let found = deviations.of(*backend, case).find(|entry| entry.id == id)?;
        asked.deviations.insert(id.to_owned());
        Some(found)
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.inner.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many deviations the case has asserted.
    pub(crate) fn deviations(&self) -> usize {
        self.asked().deviations.len()
    }

    /// Looks at a case that has passed: what it had to ask for and did not is a failure too.
    pub(crate) fn review(&self) -> CaseResult {
        let Inner { case, backend, deviations, .. } = &*self.inner;
        let asked = self.asked();
        if let Some(mistake) = asked.mistakes.first() {
            return Err(Failure::new(mistake));
        }
        if let Some(entry) = deviations.of(*backend, case).find(|entry| !asked.deviations.contains(&entry.id)) {
            return Err(Failure::new(format_args!("the deviation {} was not asked for; take it out", entry.id)));
        }
        match case.requires.iter().find(|required| !asked.requirements.contains(required)) {
            None => Ok(()),
            Some(required) => {
                Err(Failure::new(format_args!("the case says that it requires {required:?}, and did not")))
            }
        }
    }

    /// What to add to a failure: which deviations the case went by.
    pub(crate) fn explain(&self, failure: Failure) -> String {
        let deviations: Vec<_> = self.asked().deviations.iter().cloned().collect();
        if deviations.is_empty() {
            return failure.to_string();
        }
        let (listed, backend) = (deviations.join(", "), self.inner.backend.id());
        format!("{failure}\n  {backend} is listed as deviating: {listed}; if it no longer does, take the entry out")
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
