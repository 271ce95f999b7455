//! A table on both drivers, and operations on it.

use std::sync::Arc;

use djamodb_core::driver::{Driver, DriverExt};
use djamodb_core::plan::{CreateTable, DeleteTable, Output, Query, QueryPlan, Scan};
use djamodb_core::schema::TableSchema;
use djamodb_driver_memory::MemoryDriver;
use fastrand::Rng;

use crate::compare::{Pair, Response};
use crate::known::{Explanation, Known};
use crate::operations::operation;
use crate::schemas::{other_schema, schema};

/// Largest number of operations on one table.
pub(crate) const OPS_MAX: usize = 250;
/// Number of pages of one read at most.
const PAGES_MAX: usize = 2_000;

/// The two drivers.
pub(crate) struct Drivers {
    pub(crate) memory: MemoryDriver,
    pub(crate) server: Arc<dyn Driver>,
}

impl Drivers {
    pub(crate) fn new(server: Arc<dyn Driver>) -> Self {
        Self { memory: MemoryDriver::new(), server }
    }
}

/// A table and the operations on it.
#[derive(Clone)]
pub(crate) struct Episode {
    pub(crate) seed: u64,
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

impl Episode {
    pub(crate) fn random(seed: u64, ops: usize) -> Self {
        let mut random = Rng::with_seed(seed);
        let name = format!("differential-{}-{seed}", std::process::id());
        let schema = schema(&mut random, &name);
        let ops = (0..ops).map(|_| operation(&mut random, &schema)).collect();
        Self { seed, schema, ops }
    }

    /// Carries out the operations on new tables of both drivers, until the outcomes of one differ.
    ///
    /// # Errors
    ///
    /// Returns the message of a table that cannot be created or deleted.
    pub(crate) async fn run(&self, drivers: &Drivers, known: &mut Known) -> Result<EpisodeOutcome, String> {
        let tables = [self.schema.clone(), other_schema(&self.schema.name)];
        for schema in &tables {
            let create = CreateTable::new(schema.clone());
            drivers.memory.run(create.clone()).await.map_err(|error| format!("memory: {error}"))?;
            drivers.server.run(create).await.map_err(|error| format!("server: {error}"))?;
        }
        let mut differs_at = None;
        let mut ops = 0;
        for op in &self.ops {
            ops += 1;
            match self.compare(drivers, op, known).await {
                Comparison::Agree => {}
                Comparison::Diverge => break,
                Comparison::Differ(difference) => {
                    differs_at = Some((ops - 1, difference));
                    break;
                }
            }
        }
        drivers.memory.check()?;
        for driver in [&drivers.memory as &dyn Driver, &*drivers.server] {
            for schema in &tables {
                let delete = DeleteTable::new(schema.name.clone());
                driver.execute(delete.into()).await.map_err(|error| error.to_string())?;
            }
        }
        Ok(EpisodeOutcome { ops, differs_at })
    }

    /// Compares the responses to an operation.
    async fn compare(&self, drivers: &Drivers, op: &QueryPlan, known: &mut Known) -> Comparison {
        let memory = execute(&drivers.memory, op).await;
        let server = execute(&*drivers.server, op).await;
        let pair = Pair { schema: &self.schema, op, memory: &memory, server: &server };
        let Some(difference) = pair.difference() else { return Comparison::Agree };
        match known.explain(&pair) {
            Explanation::Known => Comparison::Agree,
            Explanation::Diverging => Comparison::Diverge,
            Explanation::None => Comparison::Differ(difference),
        }
    }
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
