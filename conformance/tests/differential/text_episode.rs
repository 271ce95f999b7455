//! A table on both drivers, and requests with texts of expressions on it.

use djamodb_core::driver::{Driver, DriverExt as _};
use djamodb_core::plan::{CreateTable, DeleteTable};
use djamodb_core::schema::TableSchema;
use fastrand::Rng;

use crate::compare::Pair;
use crate::episode::{Drivers, EpisodeOutcome};
use crate::known::{Explanation, Known};
use crate::operations::operation;
use crate::protocol::{self, Connection};
use crate::schemas::schema;
use crate::texts::{TextRequest, text_request};

/// Number of plans that fill the table first.
const PLANS: usize = 20;

/// A table with some items, and requests on it.
pub(crate) struct TextEpisode {
    seed: u64,
    schema: TableSchema,
    requests: Vec<TextRequest>,
}

impl TextEpisode {
    pub(crate) fn random(seed: u64, requests: usize) -> Self {
        let mut random = Rng::with_seed(seed);
        let name = format!("differential-text-{}-{seed}", std::process::id());
        let schema = schema(&mut random, &name);
        let mut texts = Vec::with_capacity(requests);
        while texts.len() < requests {
            texts.extend(text_request(&mut random, &schema));
        }
        Self { seed, schema, requests: texts }
    }

    /// Carries out the requests on new tables of both drivers, until the outcomes of one differ.
    ///
    /// # Errors
    ///
    /// Returns the message of a table that cannot be created or deleted, or of a broken connection.
    pub(crate) async fn run(
        &self,
        drivers: &Drivers,
        connection: &mut Connection,
        known: &mut Known,
    ) -> Result<EpisodeOutcome, String> {
        for driver in [&*drivers.memory, &*drivers.server] {
            driver.run(CreateTable::new(self.schema.clone())).await.map_err(|error| error.to_string())?;
        }
        self.fill(drivers).await;
        let mut differs_at = None;
        let mut ops = 0;
        for request in &self.requests {
            ops += 1;
            let memory = protocol::on_memory(&drivers.emulator, request).await?;
            let server = protocol::on_server(connection, request).await?;
            let pair = Pair { schema: &self.schema, op: &request.plan, memory: &memory, server: &server };
            let Some(difference) = pair.difference() else { continue };
            match known.explain(&pair) {
                Explanation::Known => {}
                Explanation::Diverging => break,
                Explanation::None => {
                    let body = serde_json::to_string(&request.body).unwrap_or_default();
                    let (seed, schema) = (self.seed, &self.schema);
                    let difference =
                        format!("seed {seed}: {difference}\n  table: {schema:?}\n  {} {body}\n", request.target);
                    differs_at = Some((ops - 1, difference));
                    break;
                }
            }
        }
        for driver in [&*drivers.memory, &*drivers.server] {
            let delete = DeleteTable::new(self.schema.name.clone());
            driver.execute(delete.into()).await.map_err(|error| error.to_string())?;
        }
        Ok(EpisodeOutcome { ops, differs_at })
    }

    /// Writes the same items to both tables. Other episodes compare plans, so that an operation that is refused is no matter here.
    async fn fill(&self, drivers: &Drivers) {
        let mut random = Rng::with_seed(self.seed);
        for _ in 0..PLANS {
            let plan = operation(&mut random, &self.schema);
            if matches!(plan, djamodb_core::plan::QueryPlan::PutItem(_)) {
                let memory = drivers.emulator.execute(plan.clone()).await;
                if memory.is_ok() {
                    // The same plan is valid on the server.
                    let _ = drivers.server.execute(plan).await;
                }
            }
        }
    }
}
