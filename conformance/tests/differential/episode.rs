//! Tables on both drivers, and operations on them.

use std::sync::Arc;
use std::time::Duration;

use djamodb_core::driver::{Driver, DriverErrorKind, DriverExt};
use djamodb_core::plan::{
    CreateTable, DeleteTable, DescribeTable, GlobalIndexUpdate, IndexDescription, IndexStatus, Output, Query,
    QueryPlan, Scan, TableDescription, TableStatus, UpdateTable,
};
use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
use djamodb_core::value::Name;
use djamodb_driver_memory::MemoryDriver;
use fastrand::Rng;

use crate::compare::{Pair, Response};
use crate::known::{Explanation, INDEXES_ARE_KEPT, Known};
use crate::operations::operation;
use crate::schemas::{other_schema, schema};
use crate::stream_operations::{self, is_stream_operation, read_stream, stream_operation};
use crate::table_operations::{last_table, table_names, table_operation, view};
use crate::values::once_in;

/// Largest number of operations on one table.
pub(crate) const OPS_MAX: usize = 250;
/// Number of pages of one read at most.
const PAGES_MAX: usize = 2_000;

/// Number of descriptions that are requested at most until the changes of a table are over.
const POLLS_MAX: usize = 500;
/// Number of attempts to delete a table. The change of an index takes about a second.
const DELETION_POLLS_MAX: usize = 150;
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// The two drivers.
pub(crate) struct Drivers {
    /// The tables in memory.
    pub(crate) emulator: MemoryDriver,
    /// The driver that reaches them: the same, or one that passes through a server of this project.
    pub(crate) memory: Arc<dyn Driver>,
    pub(crate) server: Arc<dyn Driver>,
}

/// The subject of an episode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// The items of one table, and of a second one in batches and transactions.
    Items,
    /// The items of such tables, and the stream of the first.
    Stream,
    /// Tables themselves.
    Tables,
    /// Requests whose expressions are texts, which have an episode of another type.
    Texts,
}

/// Tables and the operations on them.
#[derive(Clone)]
pub(crate) struct Episode {
    pub(crate) seed: u64,
    pub(crate) subject: Subject,
    /// The table of an episode about items. Of one about tables, only the name is used, with which all names begin.
    pub(crate) schema: TableSchema,
    pub(crate) ops: Vec<QueryPlan>,
}

/// The end of an episode.
pub(crate) struct EpisodeOutcome {
    /// Number of operations that were carried out.
    pub(crate) ops: usize,
    /// Position of the first operation whose outcomes differ, with the difference.
    pub(crate) differs_at: Option<(usize, String)>,
}

impl Subject {
    /// Returns the subject of the episode with this seed: tables and streams in one of ten each, texts in two.
    pub(crate) fn of_seed(seed: u64) -> Self {
        match seed % 10 {
            4 => Self::Stream,
            9 => Self::Tables,
            1 | 6 => Self::Texts,
            _ => Self::Items,
        }
    }

    /// Returns the subject with this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "items" => Some(Self::Items),
            "stream" => Some(Self::Stream),
            "tables" => Some(Self::Tables),
            "texts" => Some(Self::Texts),
            _ => None,
        }
    }
}

impl Episode {
    pub(crate) fn random(seed: u64, ops: usize) -> Self {
        let mut random = Rng::with_seed(seed);
        let name = format!("differential-{}-{seed}", std::process::id());
        let subject = Subject::of_seed(seed);
        let mut schema = match subject {
            Subject::Items | Subject::Stream | Subject::Texts => schema(&mut random, &name),
            Subject::Tables => TableSchema::new(name, KeySchema::hash(KeyAttribute::s("h"))),
        };
        schema.stream = (subject == Subject::Stream).then(|| view(&mut random));
        let mut ops: Vec<_> = (0..ops)
            .map(|_| match subject {
                Subject::Tables => table_operation(&mut random, &schema.name),
                Subject::Stream if once_in(&mut random, 8) => stream_operation(&mut random, &schema.name),
                Subject::Stream => operation_with_few_empty_maps(&mut random, &schema),
                Subject::Items | Subject::Texts => operation(&mut random, &schema),
            })
            .collect();
        if let (Subject::Stream, Some(last)) = (subject, ops.last_mut()) {
            *last = read_stream();
        }
        Self { seed, subject, schema, ops }
    }

    /// Carries out the operations on new tables of both drivers, until the outcomes of one differ.
    ///
    /// # Errors
    ///
    /// Returns the message of a table that cannot be created or deleted.
    pub(crate) async fn run(&self, drivers: &Drivers, known: &mut Known) -> Result<EpisodeOutcome, String> {
        self.create_tables(drivers).await?;
        let mut differs_at = None;
        let mut ops = 0;
        for op in &self.ops {
            ops += 1;
            match self.compare(drivers, op, known).await {
                Comparison::Agree => {}
                // Operations on tables are compared further, on new ones.
                Comparison::Diverge if self.subject == Subject::Tables => {
                    if !self.delete_tables(drivers).await? {
                        break;
                    }
                    self.create_tables(drivers).await?;
                }
                Comparison::Diverge => break,
                Comparison::Differ(difference) => {
                    differs_at = Some((ops - 1, difference));
                    break;
                }
            }
        }
        drivers.emulator.check()?;
        self.delete_tables(drivers).await?;
        Ok(EpisodeOutcome { ops, differs_at })
    }

    /// Returns the tables that exist before the first operation.
    fn first_tables(&self) -> Vec<TableSchema> {
        match self.subject {
            Subject::Items | Subject::Stream | Subject::Texts => {
                vec![self.schema.clone(), other_schema(&self.schema.name)]
            }
            Subject::Tables => vec![last_table(&self.schema.name)],
        }
    }

    async fn create_tables(&self, drivers: &Drivers) -> Result<(), String> {
        for schema in self.first_tables() {
            let create = CreateTable::new(schema);
            drivers.memory.run(create.clone()).await.map_err(|error| format!("memory: {error}"))?;
            drivers.server.run(create).await.map_err(|error| format!("server: {error}"))?;
        }
        Ok(())
    }

    /// Deletes all tables. Returns `false` if the server keeps one for ever.
    async fn delete_tables(&self, drivers: &Drivers) -> Result<bool, String> {
        let names: Vec<Name> = match self.subject {
            Subject::Items | Subject::Stream | Subject::Texts => {
                self.first_tables().into_iter().map(|schema| schema.name).collect()
            }
            Subject::Tables => table_names(&self.schema.name).collect(),
        };
        let mut are_deleted = true;
        for driver in [&*drivers.memory, &*drivers.server] {
            for name in &names {
                are_deleted &= delete_if_present(driver, name).await?;
            }
        }
        Ok(are_deleted)
    }

    /// Compares the responses to an operation.
    async fn compare(&self, drivers: &Drivers, op: &QueryPlan, known: &mut Known) -> Comparison {
        let memory = self.execute(&*drivers.memory, op).await;
        let server = self.execute(&*drivers.server, op).await;
        if let (QueryPlan::UpdateTable(update), [Ok(outcome)]) = (op, server.as_slice()) {
            if keeps_deleted_index(update, &outcome.output) {
                known.count(INDEXES_ARE_KEPT);
                return Comparison::Diverge;
            }
            if !has_settled(&*drivers.server, update).await {
                return Comparison::Differ(format!("the update of {} does not end on the server", update.table));
            }
        }
        let pair = Pair { schema: &self.schema, op, memory: &memory, server: &server };
        let Some(difference) = pair.difference() else { return Comparison::Agree };
        match known.explain(&pair) {
            Explanation::Known => Comparison::Agree,
            Explanation::Diverging => Comparison::Diverge,
            Explanation::None => Comparison::Differ(difference),
        }
    }

    async fn execute(&self, driver: &dyn Driver, op: &QueryPlan) -> Response {
        if is_stream_operation(op) {
            stream_operations::execute(driver, &self.schema.name, op).await
        } else {
            execute(driver, op).await
        }
    }
}

/// Returns a random operation whose values rarely have an empty map, since the server's stream cannot be read after it.
fn operation_with_few_empty_maps(random: &mut Rng, schema: &TableSchema) -> QueryPlan {
    loop {
        let operation = operation(random, schema);
        if !format!("{operation:?}").contains("M({})") || once_in(random, 20) {
            return operation;
        }
    }
}

/// Returns `true` if an update deletes a global index that the server keeps for ever: one that has no attribute of its own, because the keys of
/// the table and of other indexes have all of its key.
fn keeps_deleted_index(update: &UpdateTable, output: &Output) -> bool {
    let Output::UpdateTable(updated) = output else { return false };
    let schema = &updated.table.schema;
    let is_deleted = |name: &Name| update.global_indexes.contains(&GlobalIndexUpdate::Delete(name.clone()));
    schema.global_indexes.iter().filter(|index| is_deleted(&index.name)).any(|deleted| {
        let others = schema.global_indexes.iter().filter(|index| index.name != deleted.name).map(|index| &index.key);
        let local = schema.local_indexes.iter().map(|index| &index.key);
        let keys = [&schema.key].into_iter().chain(local).chain(others);
        deleted.key.names().all(|name| keys.clone().any(|key| key.contains(name)))
    })
}

/// Waits until an update is made, so that no index of its table is being created or deleted. Returns `false` if it does not end.
async fn has_settled(server: &dyn Driver, update: &UpdateTable) -> bool {
    let is_settled = |description: &TableDescription| {
        let has_settled = |index: &IndexDescription| {
            index.status.is_none_or(|status| status == IndexStatus::Active)
                && !update.global_indexes.contains(&GlobalIndexUpdate::Delete(index.name.clone()))
        };
        description.status == TableStatus::Active && description.indexes.iter().all(has_settled)
    };
    for _ in 0..POLLS_MAX {
        match server.run(DescribeTable::new(update.table.clone())).await {
            Ok(described) if is_settled(&described.table) => return true,
            // An index is being changed, also where the description lacks the types of its attributes.
            _ => tokio::time::sleep(POLL_INTERVAL).await,
        }
    }
    false
}

/// Deletes a table that may be missing, protected, or being updated. Returns `false` if it is protected, and an index of it is being deleted for
/// ever, so that nothing can be changed.
async fn delete_if_present(driver: &dyn Driver, name: &Name) -> Result<bool, String> {
    let mut last = String::new();
    for _ in 0..DELETION_POLLS_MAX {
        match driver.run(DeleteTable::new(name.clone())).await {
            Ok(_) => return Ok(true),
            Err(error) if *error.kind() == DriverErrorKind::ResourceNotFound => return Ok(true),
            Err(error) => last = error.to_string(),
        }
        // The protection ends with the next attempt, if it is the reason.
        let _ = driver.run(UpdateTable::new(name.clone()).deletion_protection(false)).await;
        tokio::time::sleep(POLL_INTERVAL).await;
    }
    let table = driver.run(DescribeTable::new(name.clone())).await.map_err(|error| error.to_string())?.table;
    let is_deleting = table.indexes.iter().any(|index| index.status == Some(IndexStatus::Deleting));
    if is_deleting && table.schema.deletion_protection { Ok(false) } else { Err(last) }
}

/// The comparison of the responses to one operation.
enum Comparison {
    /// The responses agree, or their difference is known.
    Agree,
    /// Their difference is known, and the tables hold different items.
    Diverge,
    Differ(String),
}

/// Carries out an operation. A query or scan is read to its end.
async fn execute(driver: &dyn Driver, op: &QueryPlan) -> Response {
    let mut responses = Vec::new();
    let mut next = Some(op.clone());
    while let Some(op) = next.take() {
        let response = driver.execute(op.clone()).await;
        if let Ok(outcome) = &response {
            next = next_page(op, &outcome.output).filter(|_| responses.len() < PAGES_MAX);
        }
        responses.push(response);
    }
    responses
}

fn next_page(op: QueryPlan, output: &Output) -> Option<QueryPlan> {
    match (op, output) {
        (QueryPlan::Query(query), Output::Query(output)) => {
            let exclusive_start_key = Some(output.last_evaluated_key.clone()?);
            Some(Query { exclusive_start_key, ..query }.into())
        }
        (QueryPlan::Scan(scan), Output::Scan(output)) => {
            let exclusive_start_key = Some(output.last_evaluated_key.clone()?);
            Some(Scan { exclusive_start_key, ..scan }.into())
        }
        _ => None,
    }
}
