//! The handle.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};
use rusoto_dynamodb::DynamoDbClient;

use crate::clock::TokioClock;
use crate::config::RusotoConfig;
use crate::connect::{self, ConnectError};
use crate::op;

pub(crate) const NAME: &str = "rusoto";

/// DynamoDB, reached by rusoto. Clones share one client, with its connections and its credentials.
///
/// It needs a Tokio runtime with time and I/O. Each request asks for the capacity that it consumed.
///
/// A request is sent once: rusoto does not try again, so that a layer around this driver has to. Where a request that
/// failed may have reached the service, [`DriverError::applied`] says so.
///
/// rusoto 0.48 is older than the item that a failed condition can tell: who asks for it gets an error.
///
/// `CreateTable` has no room for time to live and point-in-time recovery, nor does `DescribeTable` tell these and the
/// tags: the first two are left to operations of their own, and all three are absent from the tables described.
#[derive(Clone)]
pub struct RusotoDriver {
    client: DynamoDbClient,
}

impl RusotoDriver {
    /// A driver by configuration. Nothing is sent to DynamoDB yet, so wrong credentials only show with the first plan.
    ///
    /// ```
    /// use djamodb_driver_rusoto::{RusotoConfig, RusotoDriver};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), djamodb_driver_rusoto::ConnectError> {
    /// let local = RusotoConfig { endpoint: Some("http://localhost:8000".into()), ..RusotoConfig::default() };
    /// let driver = RusotoDriver::connect(local).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[expect(clippy::unused_async, reason = "drivers are connected alike, and others ask for credentials here")]
    pub async fn connect(config: RusotoConfig) -> Result<Self, ConnectError> {
        Ok(Self::from_client(connect::by_config(config)?))
    }

    /// A driver over a client that is there already.
    ///
    /// Of a request sent by it less is known than of one sent by the client of [`connect`](Self::connect): successes
    /// and most refusals come without the request's id, and where there was no answer, whether the request was sent at
    /// all.
    pub fn from_client(client: DynamoDbClient) -> Self {
        Self { client }
    }

    /// rusoto's client, for what djamodb has no plan for.
    pub fn client(&self) -> &DynamoDbClient {
        &self.client
    }
}

#[async_trait]
impl Driver for RusotoDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn capability(&self) -> Capability {
        let mut capability = Capability::default();
        // rusoto's inputs of single writes have no such parameter.
        capability.write_with_old_item_on_failure = false;
        // A key schema is a list, of whatever length.
        capability.create_table_with_multi_attribute_keys = true;
        capability.create_table_with_tags = true;
        capability.create_table_with_stream = true;
        capability.scan_with_segment = true;
        capability.update_continuous_backups = true;
        capability.tag_resource = true;
        capability.retries_requests = false;
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(TokioClock)
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        // Not every caller has checked, and what there is no parameter for would be left out in silence.
        self.capability().check(&plan)?;
        // The plan is taken apart for the request; its names are kept for the error.
        let (operation, table) = (plan.operation(), plan.table().cloned());
        match op::execute(&self.client, plan).await {
            Ok(outcome) => Ok(outcome),
            Err(failure) => Err(failure.of(operation).on_table(table.as_ref())),
        }
    }
}

/// Nothing of the client: it tells neither its region nor its endpoint, and the rest is secret.
impl fmt::Debug for RusotoDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RusotoDriver").finish_non_exhaustive()
    }
}
