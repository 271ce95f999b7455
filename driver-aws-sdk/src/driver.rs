//! The driver handle.

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
use crate::name::DRIVER_NAME;
use crate::op;

/// A driver that executes plans with the AWS SDK. Clones share one client with its connections and credentials.
///
/// The driver must be used within a Tokio runtime that has time and I/O enabled.
///
/// # Retries
///
/// The SDK retries throttled requests and broken connections. The driver adds conflicts of writes: transactions that were
/// cancelled only because of other writes to their items, and single writes that a transaction refused. A transaction without a
/// client request token receives one, the same for all attempts. A request that must not be applied twice (see
/// [`QueryPlan::is_idempotent`]) is not retried once an attempt may have reached the service. If any attempt may have reached
/// it, [`DriverError::applied`] is [`Unknown`](djamodb_core::driver::Applied::Unknown), whatever later attempts returned.
///
/// If a response requires a wait of at most 5 s by a `Retry-After` header, the next attempt waits as long. A longer one ends the
/// attempts, and the error carries it ([`DriverError::retry_after`]).
///
/// # Bounds
///
/// Connecting takes at most 3 s, the first byte of a response 10 s, an attempt 20 s and a request 60 s, unless
/// [configured](AwsSdkConfig). A response has at most 64 MiB.
///
/// # Table settings
///
/// [`CreateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html) has no parameters for
/// time to live and point-in-time recovery. They are set by `UpdateTimeToLive` and `UpdateContinuousBackups` once the table is
/// active. `DescribeTable` returns neither these two settings nor the tags, so they are absent from table descriptions.
///
/// # Streams
///
/// DynamoDB Streams needs a client of its own: see the feature `streams` of this [crate](crate#streams).
#[derive(Clone)]
pub struct AwsSdkDriver {
    clients: Clients,
}

impl AwsSdkDriver {
    /// Creates a driver from `config`.
    ///
    /// No request is sent to DynamoDB, so invalid credentials are only reported by the first plan.
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
    /// # Errors
    ///
    /// - [`ConnectError::InvalidEndpoint`], [`ConnectError::InvalidEndpointScheme`] or [`ConnectError::CredentialsInEndpoint`]
    ///   if the endpoint is not an HTTP or HTTPS URL without credentials.
    /// - [`ConnectError::OutOfRange`] if a setting is outside of its range.
    /// - [`ConnectError::InvalidHeader`] if a name or value of `extra_headers` is not valid in HTTP.
    /// - [`ConnectError::RegionMissing`] if neither `config` nor the SDK's own sources set a region. A custom
    ///   [endpoint](AwsSdkConfig::endpoint) needs none.
    ///
    /// # Panics
    ///
    /// Panics if the SDK panics while it reads its environment, for example when `AWS_MAX_ATTEMPTS` is not a number of at
    /// least 1.
    pub async fn connect(config: AwsSdkConfig) -> Result<Self, ConnectError> {
        Ok(Self { clients: connect::clients_from_config(config).await? })
    }

    /// Creates a driver that uses an existing client, with its time limits. The SDK has none by default except for connecting: set an
    /// operation timeout, or a silent endpoint is waited for without end.
    ///
    /// The driver sends through a copy of the client with hooks of its own. The copy has the client's configuration, and its HTTP
    /// client where the configuration has one.
    ///
    /// The driver cannot read streams until a [client for streams](crate#streams) is set.
    pub fn from_client(client: Client) -> Self {
        Self { clients: Clients::tables_only(client) }
    }

    /// Creates a driver from an SDK configuration, such as the one returned by `aws_config::load_from_env`.
    ///
    /// If `config` has no HTTP client, the driver uses the same one as [`connect`](Self::connect). Time limits that `config` neither
    /// sets nor disables are those of [`connect`](Self::connect).
    ///
    /// # Panics
    ///
    /// Panics if [`Client::new`] panics, which happens when `config` is inconsistent.
    pub fn from_sdk_config(config: &SdkConfig) -> Self {
        Self { clients: connect::clients_from_sdk_config(config) }
    }

    /// Returns the SDK client, for requests that djamodb has no plan for.
    pub fn client(&self) -> &Client {
        &self.clients.tables.plain
    }

    /// Sets the client that reads streams, replacing the current one if there is one.
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
        self.clients.streams = Some(client.into());
        self
    }

    /// Returns the SDK client that reads streams, or `None` if there is none.
    #[cfg(feature = "streams")]
    pub fn streams_client(&self) -> Option<&StreamsClient> {
        self.clients.streams.as_ref().map(|client| &client.plain)
    }
}

#[async_trait]
impl Driver for AwsSdkDriver {
    fn name(&self) -> &'static str {
        DRIVER_NAME
    }

    fn capability(&self) -> Capability {
        let mut capability = Capability::default();
        capability.write_with_old_item_on_failure = true;
        capability.create_table_with_multi_attribute_keys = true;
        capability.create_table_with_tags = true;
        capability.create_table_with_stream = true;
        capability.create_table_with_table_class = true;
        capability.create_table_with_encryption = true;
        capability.create_table_with_on_demand_maximum = true;
        capability.create_table_with_warm_throughput = true;
        capability.create_table_with_resource_policy = true;
        capability.create_table_with_deletion_protection = true;
        capability.scan_with_segment = true;
        capability.update_continuous_backups = true;
        capability.tag_resource = true;
        capability.put_resource_policy = true;
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
        // A token that the plan has before its first attempt makes all attempts of a transaction safe.
        let plan = plan.with_client_request_token(|| TokioClock.seed());
        // The request consumes the plan, so the names for error reports are copied first.
        let (operation, table) = (plan.operation(), plan.table().cloned());
        match op::execute(&self.clients, plan).await {
            Ok(outcome) => Ok(outcome),
            Err(failure) => Err(failure.into_error(operation).on_table(table.as_ref())),
        }
    }
}

/// Shows only the region, because other parts of the client's configuration are secret.
impl fmt::Debug for AwsSdkDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = self.client().config().region().map(AsRef::as_ref);
        f.debug_struct("AwsSdkDriver").field("region", &region).finish_non_exhaustive()
    }
}
