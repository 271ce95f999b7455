//! The driver handle.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, QueryPlan};
use rusoto_dynamodb::DynamoDbClient;
#[cfg(feature = "streams")]
use rusoto_dynamodbstreams::DynamoDbStreamsClient;
use tokio::time::timeout;

use crate::clients::Clients;
use crate::clock::TokioClock;
use crate::config::RusotoConfig;
use crate::connect::{self, ConnectError};
use crate::error::Failure;
use crate::name::DRIVER_NAME;
use crate::op;

/// A driver that executes plans with rusoto. Clones share one client with its connections and credentials.
///
/// The driver must be used within a Tokio runtime that has time and I/O enabled.
///
/// # Retries
///
/// Each request is sent once, because rusoto does not retry. Wrap the driver in a layer that retries. If a failed request may
/// have reached the service, [`DriverError::applied`] is [`Unknown`](djamodb_core::driver::Applied::Unknown).
///
/// # Bounds
///
/// Connecting takes at most 3 s, the first byte of a response and each silence within it 10 s, and a request 20 s, unless
/// [configured](RusotoConfig). A response has at most 64 MiB. [`TimeLimit`](djamodb_core::layer::TimeLimit) around a layer that retries
/// bounds the time of all attempts.
///
/// # Unsupported parameters
///
/// rusoto 0.48 lacks the parameters for table classes, for deletion protection, for shard filters, for shard iterators at a timestamp, and for the
/// old item of a failed condition of a single write. The driver rejects plans that use them. Conditions of transactions can
/// return the old item.
///
/// # Table settings
///
/// [`CreateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html) has no parameters for
/// time to live and point-in-time recovery. They are set by `UpdateTimeToLive` and `UpdateContinuousBackups` once the table is
/// active. `DescribeTable` returns neither these two settings nor the tags, so they are absent from table descriptions. Deletion
/// protection and the table class are absent too, because rusoto does not read them.
///
/// # Streams
///
/// DynamoDB Streams needs the feature `streams` and a client of its own. [`connect`](Self::connect) creates one, and
/// `with_streams_client` sets an existing one.
#[derive(Clone)]
pub struct RusotoDriver {
    clients: Clients,
}

impl RusotoDriver {
    /// Creates a driver from `config`.
    ///
    /// No request is sent to DynamoDB, so invalid credentials are only reported by the first plan.
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
    ///
    /// # Errors
    ///
    /// - [`ConnectError::InvalidEndpoint`], [`ConnectError::InvalidEndpointScheme`] or [`ConnectError::CredentialsInEndpoint`]
    ///   if the endpoint is not an HTTP or HTTPS URL without query and credentials.
    /// - [`ConnectError::OutOfRange`] if a setting is outside of its range.
    /// - [`ConnectError::InvalidHeader`] if a name or value of `extra_headers` is not valid in HTTP.
    /// - [`ConnectError::RegionMissing`] if neither `config`, nor the environment, nor the profile sets a region. A
    ///   custom [endpoint](RusotoConfig::endpoint) needs none.
    /// - [`ConnectError::InvalidRegion`] if the region contains characters that region names do not have.
    /// - [`ConnectError::CertificatesMissing`] if the endpoint uses TLS and the system has no readable root certificates.
    pub async fn connect(config: RusotoConfig) -> Result<Self, ConnectError> {
        Ok(Self { clients: connect::clients_from_config(config).await? })
    }

    /// Creates a driver that uses an existing client.
    ///
    /// Compared with the client created by [`connect`](Self::connect), less is known about its requests:
    ///
    /// - The request ID is known only for errors that rusoto has no type for.
    /// - Without a response, [`DriverError::applied`] is always `Unknown`, even if the request was not sent.
    /// - Cancellation reasons of transactions have only codes, without messages and items.
    /// - An empty body of a successful response is read as an empty object, and the size of a response is not limited.
    /// - A wait that a response requires is known only for errors that rusoto has no type for.
    ///
    /// A request ends after 20 s.
    ///
    /// The driver cannot read streams until `with_streams_client` sets a client for them.
    pub fn from_client(client: DynamoDbClient) -> Self {
        Self { clients: Clients::tables_only(client) }
    }

    /// Sets the client that reads streams, replacing the current one if there is one.
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

    /// Returns the rusoto client, for requests that djamodb has no plan for.
    pub fn client(&self) -> &DynamoDbClient {
        &self.clients.tables
    }

    /// Returns the rusoto client that reads streams, or `None` if there is none.
    #[cfg(feature = "streams")]
    pub fn streams_client(&self) -> Option<&DynamoDbStreamsClient> {
        self.clients.streams.as_ref()
    }
}

#[async_trait]
impl Driver for RusotoDriver {
    fn name(&self) -> &'static str {
        DRIVER_NAME
    }

    fn capability(&self) -> Capability {
        let mut capability = Capability::default();
        // rusoto's inputs of single writes lack the parameter.
        capability.write_with_old_item_on_failure = false;
        // A key schema is a list of any length.
        capability.create_table_with_multi_attribute_keys = true;
        capability.create_table_with_tags = true;
        capability.create_table_with_stream = true;
        // rusoto's inputs lack the parameters of these three.
        capability.create_table_with_table_class = false;
        capability.create_table_with_encryption = true;
        capability.create_table_with_on_demand_maximum = false;
        capability.create_table_with_warm_throughput = false;
        capability.create_table_with_resource_policy = false;
        capability.put_resource_policy = false;
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
        // A parameter that rusoto lacks must not be dropped silently, even if the caller has not checked the capability. Only a
        // missing client for streams is reported by the operations, because their error says how to set one.
        let mut capability = self.capability();
        capability.get_records = true;
        capability.check(&plan)?;
        // The request consumes the plan, so the names for error reports are copied first.
        let (operation, table) = (plan.operation(), plan.table().cloned());
        // rusoto waits for credentials without a limit of its own.
        let attempt = timeout(self.clients.attempt_timeout, op::execute(&self.clients, plan)).await;
        match attempt.unwrap_or_else(|_| Err(Failure::attempt_timed_out(self.clients.attempt_timeout))) {
            Ok(outcome) => Ok(outcome),
            Err(failure) => Err(failure.into_error(operation).on_table(table.as_ref())),
        }
    }
}

/// Shows nothing of the client, which exposes neither its region nor its endpoint.
impl fmt::Debug for RusotoDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RusotoDriver").finish_non_exhaustive()
    }
}
