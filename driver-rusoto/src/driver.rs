//! The handle.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};
use rusoto_dynamodb::DynamoDbClient;
#[cfg(feature = "streams")]
use rusoto_dynamodbstreams::DynamoDbStreamsClient;

use crate::clients::Clients;
use crate::clock::TokioClock;
use crate::config::RusotoConfig;
use crate::connect::{self, ConnectError};
use crate::op;

pub(crate) const NAME: &str = "rusoto";

/// DynamoDB, reached by rusoto. Clones share one client, with its connections and its credentials.
///
/// It needs a Tokio runtime with time and I/O.
///
/// A request is sent once: rusoto does not try again, so that a layer around this driver has to. Where a request that
/// failed may have reached the service, [`DriverError::applied`] says so.
///
/// rusoto 0.48 is older than the item that the failed condition of a single write can tell, than protection from deletion
/// and than shard filters: who asks for these gets an error. Transactions do tell the items.
///
/// Streams are a service of their own. With the feature `streams`, [`connect`](Self::connect) makes a client of theirs too,
/// and `with_streams_client` takes one that is there already; without a client of theirs they cannot be read.
///
/// `CreateTable` has no room for time to live and point-in-time recovery, nor does `DescribeTable` tell these and the
/// tags: the first two are left to operations of their own, and all three are absent from the tables described. Whether a
/// table is protected from deletion, rusoto does not tell either.
#[derive(Clone)]
pub struct RusotoDriver {
    clients: Clients,
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
        Ok(Self { clients: connect::by_config(config)? })
    }

    /// A driver over a client that is there already.
    ///
    /// Of a request sent by it less is known than of one sent by the client of [`connect`](Self::connect): successes
    /// and most refusals come without the request's id, and where there was no answer, whether the request was sent at
    /// all. Of cancelled transactions, only the codes of the reasons are known, without messages and items.
    ///
    /// There is no client of streams beside it, unless `with_streams_client` adds one.
    pub fn from_client(client: DynamoDbClient) -> Self {
        Self { clients: Clients::of_tables(client) }
    }

    /// With a client by which streams are read, in place of the one there may be.
    ///
    /// ```
    /// use djamodb_driver_rusoto::rusoto_core::Region;
    /// use djamodb_driver_rusoto::rusoto_dynamodb::DynamoDbClient;
    /// use djamodb_driver_rusoto::rusoto_dynamodbstreams::DynamoDbStreamsClient;
    /// use djamodb_driver_rusoto::RusotoDriver;
    ///
    /// # fn driver() -> RusotoDriver {
    /// let tables = DynamoDbClient::new(Region::UsEast1);
    /// RusotoDriver::from_client(tables).with_streams_client(DynamoDbStreamsClient::new(Region::UsEast1))
    /// # }
    /// ```
    #[cfg(feature = "streams")]
    #[must_use]
    pub fn with_streams_client(mut self, client: DynamoDbStreamsClient) -> Self {
        self.clients.streams = Some(client);
        self
    }

    /// rusoto's client, for what djamodb has no plan for.
    pub fn client(&self) -> &DynamoDbClient {
        &self.clients.tables
    }

    /// rusoto's client of streams, where there is one.
    #[cfg(feature = "streams")]
    pub fn streams_client(&self) -> Option<&DynamoDbStreamsClient> {
        self.clients.streams.as_ref()
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
        // Nor have its inputs of tables the one of these, and its inputs of streams the other.
        capability.create_table_with_deletion_protection = false;
        capability.describe_stream_with_shard_filter = false;
        capability.scan_with_segment = true;
        capability.update_continuous_backups = true;
        capability.tag_resource = true;
        capability.retries_requests = false;
        #[cfg(feature = "streams")]
        {
            capability.get_records = self.clients.streams.is_some();
        }
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(TokioClock)
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        // Not every caller has checked, and what there is no parameter for would be left out in silence. Only that streams
        // cannot be read is left for the operations to say, which know what to do about it.
        let mut capability = self.capability();
        capability.get_records = true;
        capability.check(&plan)?;
        // The plan is taken apart for the request; its names are kept for the error.
        let (operation, table) = (plan.operation(), plan.table().cloned());
        match op::execute(&self.clients, plan).await {
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
