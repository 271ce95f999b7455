//! The handle.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
#[cfg(feature = "streams")]
use aws_sdk_dynamodbstreams::Client as StreamsClient;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};

use crate::clients::Clients;
use crate::clock::TokioClock;
use crate::config::AwsSdkConfig;
use crate::connect::{self, ConnectError};
use crate::op;

pub(crate) const NAME: &str = "aws-sdk";

/// DynamoDB, reached by the AWS SDK. Clones share one client, with its connections and its credentials.
///
/// It needs a Tokio runtime with time and I/O.
///
/// Throttled requests and broken connections are tried again by the SDK, save for one case: a request that must not be
/// carried out twice (see [`QueryPlan::is_idempotent`]) is not sent again once an attempt may have reached the service. Where
/// one may have, [`DriverError::applied`] says so, whatever a later one was answered.
///
/// `CreateTable` has no room for time to live and point-in-time recovery, nor does `DescribeTable` tell these and the tags:
/// the first two are left to operations of their own, and all three are absent from the tables described.
///
/// Streams are a service of their own, and need a client of their own: see the feature `streams` of this [crate](crate).
#[derive(Clone)]
pub struct AwsSdkDriver {
    clients: Clients,
}

impl AwsSdkDriver {
    /// A driver by configuration. Nothing is sent to DynamoDB yet, so wrong credentials only show with the first plan.
    ///
    /// ```
    /// use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), djamodb_driver_aws_sdk::ConnectError> {
    /// let local = AwsSdkConfig { endpoint: Some("http://localhost:8000".into()), ..AwsSdkConfig::default() };
    /// let driver = AwsSdkDriver::connect(local).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Where the SDK does on reading its environment: when `AWS_MAX_ATTEMPTS` is not a number of at least 1, for example.
    pub async fn connect(config: AwsSdkConfig) -> Result<Self, ConnectError> {
        Ok(Self { clients: connect::by_config(config).await? })
    }

    /// A driver over a client that is there already. It reads no streams, unless it is given
    /// [a client for them](crate#streams) too.
    pub fn from_client(client: Client) -> Self {
        Self { clients: client.into() }
    }

    /// A driver by the SDK's configuration, as `aws_config::load_from_env` gives it. Where that has no HTTP client of its
    /// own, it gets the one of [`connect`](Self::connect).
    ///
    /// # Panics
    ///
    /// Where [`Client::new`] does: when the configuration contradicts itself.
    pub fn from_sdk_config(config: &SdkConfig) -> Self {
        Self { clients: connect::by_sdk_config(config) }
    }

    /// The SDK's client, for what djamodb has no plan for.
    pub fn client(&self) -> &Client {
        &self.clients.tables
    }

    /// A driver that reads streams with this client, in place of the one that it has, if it has one.
    ///
    /// ```
    /// use djamodb_core::driver::Driver;
    /// use djamodb_driver_aws_sdk::AwsSdkDriver;
    /// use djamodb_driver_aws_sdk::aws_config::SdkConfig;
    /// use djamodb_driver_aws_sdk::{aws_sdk_dynamodb, aws_sdk_dynamodbstreams};
    ///
    /// # use djamodb_driver_aws_sdk::aws_config::BehaviorVersion;
    /// # let config = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build();
    /// let driver = AwsSdkDriver::from_client(aws_sdk_dynamodb::Client::new(&config));
    /// assert!(!driver.capability().get_records);
    /// let driver = driver.with_streams_client(aws_sdk_dynamodbstreams::Client::new(&config));
    /// assert!(driver.capability().get_records);
    /// ```
    #[cfg(feature = "streams")]
    #[must_use]
    pub fn with_streams_client(mut self, client: StreamsClient) -> Self {
        self.clients.streams = Some(client);
        self
    }

    /// The SDK's client that streams are read with, if there is one.
    #[cfg(feature = "streams")]
    pub fn streams_client(&self) -> Option<&StreamsClient> {
        self.clients.streams.as_ref()
    }
}

#[async_trait]
impl Driver for AwsSdkDriver {
    fn name(&self) -> &'static str {
        NAME
    }

    fn capability(&self) -> Capability {
        let mut capability = Capability::default();
        capability.write_with_old_item_on_failure = true;
        capability.create_table_with_multi_attribute_keys = true;
        capability.create_table_with_tags = true;
        capability.create_table_with_stream = true;
        capability.create_table_with_deletion_protection = true;
        capability.scan_with_segment = true;
        capability.update_continuous_backups = true;
        capability.tag_resource = true;
        capability.retries_requests = true;
        #[cfg(feature = "streams")]
        if self.clients.streams.is_some() {
            capability.get_records = true;
            capability.describe_stream_with_shard_filter = true;
            capability.get_shard_iterator_with_timestamp = true;
        }
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(TokioClock)
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        // The plan is taken apart for the request; its names are kept for the error.
        let (operation, table) = (plan.operation(), plan.table().cloned());
        match op::execute(&self.clients, plan).await {
            Ok(outcome) => Ok(outcome),
            Err(failure) => Err(failure.of(operation).on_table(table.as_ref())),
        }
    }
}

/// The region: the client knows much more, and some of it is secret.
impl fmt::Debug for AwsSdkDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = self.client().config().region().map(AsRef::as_ref);
        f.debug_struct("AwsSdkDriver").field("region", &region).finish_non_exhaustive()
    }
}
