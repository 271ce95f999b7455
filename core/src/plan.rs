//! Query plans: requests to DynamoDB as data.
//!
//! A [`QueryPlan`] is one request. Each operation is a struct with public fields, in a file of its own together with its typed
//! output. A plan can be compared, logged, stored as JSON and executed again. Conditions and updates are trees
//! ([`crate::expression`]), never text. With the feature `serde`, plans and outputs are serialised as their fields are named:
//!
//! ```
//! use djamodb_core::plan::{GetItem, QueryPlan};
//! use djamodb_core::value::Item;
//!
//! let plan = QueryPlan::from(GetItem::new("weather", Item::new().with("location", "Seattle")));
//! assert_eq!(plan.operation(), "GetItem");
//! let stored = serde_json::to_string(&plan).unwrap();
//! assert_eq!(serde_json::from_str::<QueryPlan>(&stored).unwrap(), plan);
//! ```

mod batch_get_item;
mod batch_write_item;
mod capacity;
mod create_table;
mod delete_item;
mod delete_resource_policy;
mod delete_table;
mod describe_continuous_backups;
mod describe_endpoints;
mod describe_limits;
mod describe_stream;
mod describe_table;
mod describe_time_to_live;
mod expected_policy;
mod get_item;
mod get_records;
mod get_resource_policy;
mod get_shard_iterator;
mod idempotent;
mod item_collection;
mod list_streams;
mod list_tables;
mod list_tags_of_resource;
mod metadata;
mod on_demand_maximum_update;
mod put_item;
mod put_resource_policy;
mod query;
mod returns;
mod scan;
mod table_description;
mod tag_resource;
mod transact_get_items;
mod transact_write_items;
mod unsupported;
mod untag_resource;
mod update_continuous_backups;
mod update_item;
mod update_table;
mod update_time_to_live;

pub use batch_get_item::{BatchGetItem, BatchGetItemOutput, TableKeys};
pub use batch_write_item::{BatchWriteItem, BatchWriteItemOutput, TableWrites, WriteRequest};
pub use capacity::{ConsumedCapacity, IndexCapacity, ReturnConsumedCapacity, UnitKind};
pub use create_table::{CreateTable, CreateTableOutput};
pub use delete_item::{DeleteItem, DeleteItemOutput};
pub use delete_resource_policy::{DeleteResourcePolicy, DeleteResourcePolicyOutput};
pub use delete_table::{DeleteTable, DeleteTableOutput};
pub use describe_continuous_backups::{ContinuousBackups, DescribeContinuousBackups, DescribeContinuousBackupsOutput};
pub use describe_endpoints::{DescribeEndpoints, DescribeEndpointsOutput, Endpoint};
pub use describe_limits::{DescribeLimits, DescribeLimitsOutput};
pub use describe_stream::{DescribeStream, DescribeStreamOutput, Shard, StreamDescription, StreamStatus};
pub use describe_table::{DescribeTable, DescribeTableOutput};
pub use describe_time_to_live::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveStatus};
pub use expected_policy::ExpectedPolicy;
pub use get_item::{GetItem, GetItemOutput};
pub use get_records::{GetRecords, GetRecordsOutput, StreamEvent, StreamRecord, UserIdentity};
pub use get_resource_policy::{GetResourcePolicy, GetResourcePolicyOutput};
pub use get_shard_iterator::{GetShardIterator, GetShardIteratorOutput, ShardPosition};
pub use item_collection::ItemCollectionMetrics;
pub use list_streams::{ListStreams, ListStreamsOutput, Stream};
pub use list_tables::{ListTables, ListTablesOutput};
pub use list_tags_of_resource::{ListTagsOfResource, ListTagsOfResourceOutput};
pub use metadata::Metadata;
pub use on_demand_maximum_update::{OnDemandMaximumUpdate, UnitsUpdate};
pub use put_item::{PutItem, PutItemOutput};
pub use put_resource_policy::{PutResourcePolicy, PutResourcePolicyOutput};
pub use query::{Query, QueryOutput, Select};
pub use returns::{OldItemOnFailure, ReturnOld, ReturnValues};
pub use scan::{Scan, ScanOutput, Segment};
pub use table_description::{
    EncryptionStatus, IndexDescription, IndexStatus, LatestStream, TableDescription, TableStatus,
    WarmThroughputDescription,
};
pub use tag_resource::{TagResource, TagResourceOutput};
pub use transact_get_items::{TransactGet, TransactGetItems, TransactGetItemsOutput};
pub use transact_write_items::{
    ConditionCheck, TransactDelete, TransactPut, TransactUpdate, TransactWriteItem, TransactWriteItems,
    TransactWriteItemsOutput,
};
pub use unsupported::Unsupported;
pub use untag_resource::{UntagResource, UntagResourceOutput};
pub use update_continuous_backups::{UpdateContinuousBackups, UpdateContinuousBackupsOutput};
pub use update_item::{UpdateItem, UpdateItemOutput};
pub use update_table::{GlobalIndexUpdate, IndexUpdate, StreamUpdate, UpdateTable, UpdateTableOutput};
pub use update_time_to_live::{UpdateTimeToLive, UpdateTimeToLiveOutput};

use crate::value::Name;

/// An operation of DynamoDB with its typed output, executed by [`DriverExt::run`](crate::driver::DriverExt::run).
pub trait Operation: Into<QueryPlan> + Send {
    /// The output of a successful request.
    type Output: Send;

    /// Name of the operation in DynamoDB's API.
    const NAME: &'static str;

    /// Returns the typed output.
    ///
    /// # Errors
    ///
    /// Returns the name of the operation that `output` belongs to, if it is another one.
    fn output(output: Output) -> Result<Self::Output, &'static str>;
}

/// Generates the plan, the output and their conversions from one list of operations.
macro_rules! operations {
    ($($operation:ident => $output:ident),+ $(,)?) => {
        /// One request to DynamoDB.
        #[derive(Clone, PartialEq, Debug)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum QueryPlan {
            /// No request, because the result is known to be empty. Drivers return [`Output::Empty`].
            Empty,
            /// An operation that no driver executes.
            Unsupported(Unsupported),
            $(
                #[doc = concat!("[`", stringify!($operation), "`].")]
                $operation($operation),
            )+
        }

        /// The output of a plan, by operation.
        #[derive(Clone, PartialEq, Debug)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Output {
            /// The output of [`QueryPlan::Empty`].
            Empty,
            $(
                #[doc = concat!("The output of [`", stringify!($operation), "`].")]
                $operation($output),
            )+
        }

        impl QueryPlan {
            /// Returns the name of the operation in DynamoDB's API.
            pub const fn operation(&self) -> &'static str {
                match self {
                    Self::Empty => "Empty",
                    Self::Unsupported(unsupported) => unsupported.operation(),
                    $(Self::$operation(_) => stringify!($operation),)+
                }
            }
        }

        impl Output {
            /// Returns the name of the operation that the output belongs to.
            pub const fn operation(&self) -> &'static str {
                match self {
                    Self::Empty => "Empty",
                    $(Self::$operation(_) => stringify!($operation),)+
                }
            }
        }

        $(
            impl From<$operation> for QueryPlan {
                fn from(operation: $operation) -> Self {
                    Self::$operation(operation)
                }
            }

            impl From<$output> for Output {
                fn from(output: $output) -> Self {
                    Self::$operation(output)
                }
            }

            impl Operation for $operation {
                type Output = $output;

                const NAME: &'static str = stringify!($operation);

                fn output(output: Output) -> Result<$output, &'static str> {
                    match output {
                        Output::$operation(output) => Ok(output),
                        other => Err(other.operation()),
                    }
                }
            }
        )+
    };
}

operations! {
    GetItem => GetItemOutput,
    BatchGetItem => BatchGetItemOutput,
    Query => QueryOutput,
    Scan => ScanOutput,
    PutItem => PutItemOutput,
    UpdateItem => UpdateItemOutput,
    DeleteItem => DeleteItemOutput,
    BatchWriteItem => BatchWriteItemOutput,
    TransactGetItems => TransactGetItemsOutput,
    TransactWriteItems => TransactWriteItemsOutput,
    CreateTable => CreateTableOutput,
    UpdateTable => UpdateTableOutput,
    DescribeTable => DescribeTableOutput,
    DeleteTable => DeleteTableOutput,
    ListTables => ListTablesOutput,
    UpdateTimeToLive => UpdateTimeToLiveOutput,
    DescribeTimeToLive => DescribeTimeToLiveOutput,
    UpdateContinuousBackups => UpdateContinuousBackupsOutput,
    DescribeContinuousBackups => DescribeContinuousBackupsOutput,
    TagResource => TagResourceOutput,
    UntagResource => UntagResourceOutput,
    ListTagsOfResource => ListTagsOfResourceOutput,
    GetResourcePolicy => GetResourcePolicyOutput,
    PutResourcePolicy => PutResourcePolicyOutput,
    DeleteResourcePolicy => DeleteResourcePolicyOutput,
    DescribeLimits => DescribeLimitsOutput,
    DescribeEndpoints => DescribeEndpointsOutput,
    ListStreams => ListStreamsOutput,
    DescribeStream => DescribeStreamOutput,
    GetShardIterator => GetShardIteratorOutput,
    GetRecords => GetRecordsOutput,
}

impl From<Unsupported> for QueryPlan {
    fn from(unsupported: Unsupported) -> Self {
        Self::Unsupported(unsupported)
    }
}

impl QueryPlan {
    /// Returns the table of the request, or `None` if the request refers to no table or to several.
    pub fn table(&self) -> Option<&Name> {
        match self {
            Self::Empty
            | Self::Unsupported(_)
            | Self::ListTables(_)
            | Self::TagResource(_)
            | Self::UntagResource(_)
            | Self::ListTagsOfResource(_)
            | Self::GetResourcePolicy(_)
            | Self::PutResourcePolicy(_)
            | Self::DeleteResourcePolicy(_)
            | Self::DescribeLimits(_)
            | Self::DescribeEndpoints(_)
            | Self::DescribeStream(_)
            | Self::GetShardIterator(_)
            | Self::GetRecords(_) => None,
            Self::GetItem(get) => Some(&get.table),
            Self::BatchGetItem(get) => get.single_table(),
            Self::Query(query) => Some(&query.table),
            Self::Scan(scan) => Some(&scan.table),
            Self::PutItem(put) => Some(&put.table),
            Self::UpdateItem(update) => Some(&update.table),
            Self::DeleteItem(delete) => Some(&delete.table),
            Self::BatchWriteItem(write) => write.single_table(),
            Self::TransactGetItems(get) => get.single_table(),
            Self::TransactWriteItems(write) => write.single_table(),
            Self::CreateTable(create) => Some(&create.schema.name),
            Self::UpdateTable(update) => Some(&update.table),
            Self::DescribeTable(describe) => Some(&describe.table),
            Self::DeleteTable(delete) => Some(&delete.table),
            Self::UpdateTimeToLive(update) => Some(&update.table),
            Self::DescribeTimeToLive(describe) => Some(&describe.table),
            Self::UpdateContinuousBackups(update) => Some(&update.table),
            Self::DescribeContinuousBackups(describe) => Some(&describe.table),
            Self::ListStreams(list) => list.table.as_ref(),
        }
    }
}

/// Returns the first of `tables` if all are the same.
fn single<'a>(mut tables: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    let first = tables.next()?;
    tables.all(|table| table == first).then_some(first)
}

/// The result of an executed plan: the output of the operation and facts about the request.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Outcome {
    /// Output of the operation.
    pub output: Output,
    /// Facts about the request, such as its consumed capacity.
    pub metadata: Metadata,
}

impl<O: Into<Output>> From<O> for Outcome {
    fn from(output: O) -> Self {
        Self { output: output.into(), metadata: Metadata::default() }
    }
}
