//! Requests: from bytes to plans, and from plans to bytes.

use djamodb_core::plan::{DescribeEndpoints, DescribeLimits, QueryPlan, Unsupported};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Name;

use crate::body;
use crate::error::RequestError;
use crate::newer_layer;
use crate::op::query::UnplannedQuery;
use crate::op::{
    batch_get_item, batch_write_item, create_table, delete_item, delete_resource_policy, delete_table,
    describe_continuous_backups, describe_limits, describe_stream, describe_table, describe_time_to_live, get_item,
    get_records, get_resource_policy, get_shard_iterator, list_streams, list_tables, list_tags_of_resource, put_item,
    put_resource_policy, query, scan, tag_resource, transact_get_items, transact_write_items, untag_resource,
    update_continuous_backups, update_item, update_table, update_time_to_live,
};
use crate::target;

/// A request that has been read.
///
/// ```
/// use djamodb_core::plan::{GetItem, QueryPlan, ReturnConsumedCapacity};
/// use djamodb_core::value::Item;
/// use djamodb_wire::Request;
///
/// let body = br#"{"TableName": "weather", "Key": {"location": {"S": "Seattle"}}}"#;
/// let request = Request::read("DynamoDB_20120810.GetItem", body)?;
/// let mut expected = GetItem::new("weather", Item::new().with("location", "Seattle"));
/// expected.return_consumed_capacity = ReturnConsumedCapacity::None;
/// assert_eq!(request.plan(None)?, QueryPlan::from(expected));
/// # Ok::<(), djamodb_wire::RequestError>(())
/// ```
#[derive(Debug)]
pub struct Request(Kind);

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "most requests are plans, which a box would allocate for")]
enum Kind {
    Plan(QueryPlan),
    Query(Box<UnplannedQuery>),
}

impl Request {
    /// Reads a request. `target` is the header `X-Amz-Target`.
    ///
    /// # Errors
    ///
    /// - [`RequestError::UnknownOperation`] if the target names no operation,
    /// - [`RequestError::Serialization`] if the body is no JSON object, or a member has a wrong type,
    /// - [`RequestError::Validation`] if the request violates a rule of the operation that a plan cannot violate.
    pub fn read(target: &str, body: &[u8]) -> Result<Self, RequestError> {
        let operation = target::operation(target).ok_or(RequestError::UnknownOperation)?;
        Self::of_operation(operation, body).map_err(|error| match error {
            RequestError::Validation(message) => RequestError::Validation(newer_layer::message(operation, message)),
            error => error,
        })
    }

    fn of_operation(operation: &str, body: &[u8]) -> Result<Self, RequestError> {
        let plan = match operation {
            "GetItem" => body::read::<get_item::Request>(body)?.plan(),
            "BatchGetItem" => body::read::<batch_get_item::Request>(body)?.plan(),
            "Query" => {
                let mut query = body::read::<query::Request>(body)?.unplanned()?;
                return Ok(Self(match query.plan_for_any_key() {
                    Some(plan) => Kind::Plan(plan),
                    None => Kind::Query(Box::new(query)),
                }));
            }
            "Scan" => body::read::<scan::Request>(body)?.plan(),
            "PutItem" => body::read::<put_item::Request>(body)?.plan(),
            "UpdateItem" => body::read::<update_item::Request>(body)?.plan(),
            "DeleteItem" => body::read::<delete_item::Request>(body)?.plan(),
            "BatchWriteItem" => body::read::<batch_write_item::Request>(body)?.plan(),
            "TransactGetItems" => body::read::<transact_get_items::Request>(body)?.plan(),
            "TransactWriteItems" => body::read::<transact_write_items::Request>(body)?.plan(),
            "CreateTable" => body::read::<create_table::Request>(body)?.plan(),
            "UpdateTable" => body::read::<update_table::Request>(body)?.plan(),
            "DescribeTable" => describe_table::plan(body::read(body)?),
            "DeleteTable" => delete_table::plan(body::read(body)?),
            "ListTables" => body::read::<list_tables::Request>(body)?.plan(),
            "UpdateTimeToLive" => body::read::<update_time_to_live::Request>(body)?.plan(),
            "DescribeTimeToLive" => describe_time_to_live::plan(body::read(body)?),
            "UpdateContinuousBackups" => body::read::<update_continuous_backups::Request>(body)?.plan(),
            "DescribeContinuousBackups" => describe_continuous_backups::plan(body::read(body)?),
            "TagResource" => body::read::<tag_resource::Request>(body)?.plan(),
            "UntagResource" => body::read::<untag_resource::Request>(body)?.plan(),
            "ListTagsOfResource" => body::read::<list_tags_of_resource::Request>(body)?.plan(),
            "GetResourcePolicy" => body::read::<get_resource_policy::Request>(body)?.plan(),
            "PutResourcePolicy" => body::read::<put_resource_policy::Request>(body)?.plan(),
            "DeleteResourcePolicy" => body::read::<delete_resource_policy::Request>(body)?.plan(),
            "DescribeLimits" => body::read::<describe_limits::Request>(body).map(|_| DescribeLimits {}.into()),
            "DescribeEndpoints" => body::read::<describe_limits::Request>(body).map(|_| DescribeEndpoints {}.into()),
            "ListStreams" => body::read::<list_streams::Request>(body)?.plan(),
            "DescribeStream" => body::read::<describe_stream::Request>(body)?.plan(),
            "GetShardIterator" => body::read::<get_shard_iterator::Request>(body)?.plan(),
            "GetRecords" => body::read::<get_records::Request>(body)?.plan(),
            other => {
                let unsupported = Unsupported::ALL.iter().find(|unsupported| unsupported.operation() == other);
                unsupported.map(|unsupported| QueryPlan::from(*unsupported)).ok_or(RequestError::UnknownOperation)
            }
        }?;
        Ok(Self(Kind::Plan(plan)))
    }

    /// Returns the table whose schema [`plan`](Self::plan) needs.
    ///
    /// The text of a key condition does not say which attributes are hash attributes. Where several can be, the key decides.
    pub fn described_table(&self) -> Option<&Name> {
        match &self.0 {
            Kind::Plan(_) => None,
            Kind::Query(query) => Some(query.table()),
        }
    }

    /// Returns the plan. `table` is the schema of the [`described_table`](Self::described_table), and `None` if that does not exist.
    ///
    /// # Errors
    ///
    /// Returns [`RequestError::Validation`] if the key condition does not fit the key.
    pub fn plan(self, table: Option<&TableSchema>) -> Result<QueryPlan, RequestError> {
        match self.0 {
            Kind::Plan(plan) => Ok(plan),
            Kind::Query(query) => query.plan(table),
        }
    }
}

/// The bytes of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestBytes {
    /// Value of the header `X-Amz-Target`.
    pub target: String,
    /// Body, in JSON.
    pub body: Vec<u8>,
}

impl RequestBytes {
    /// Writes the request for a plan, or returns `None` for a plan without a request: [`QueryPlan::Empty`] and operations that are not
    /// supported.
    ///
    /// `CreateTable` has no time to live and no point-in-time recovery, which separate operations set.
    pub fn write(plan: &QueryPlan) -> Option<Self> {
        let body = match plan {
            QueryPlan::GetItem(get) => body::write(&get_item::Request::new(get)),
            QueryPlan::BatchGetItem(batch) => body::write(&batch_get_item::Request::new(batch)),
            QueryPlan::Query(query) => body::write(&query::Request::new(query)),
            QueryPlan::Scan(scan) => body::write(&scan::Request::new(scan)),
            QueryPlan::PutItem(put) => body::write(&put_item::Request::new(put)),
            QueryPlan::UpdateItem(update) => body::write(&update_item::Request::new(update)),
            QueryPlan::DeleteItem(delete) => body::write(&delete_item::Request::new(delete)),
            QueryPlan::BatchWriteItem(batch) => body::write(&batch_write_item::Request::new(batch)),
            QueryPlan::TransactGetItems(transaction) => body::write(&transact_get_items::Request::new(transaction)),
            QueryPlan::TransactWriteItems(transaction) => body::write(&transact_write_items::Request::new(transaction)),
            QueryPlan::CreateTable(create) => body::write(&create_table::Request::new(create)),
            QueryPlan::UpdateTable(update) => body::write(&update_table::Request::new(update)),
            QueryPlan::DescribeTable(describe) => body::write(&describe_table::request(describe)),
            QueryPlan::DeleteTable(delete) => body::write(&delete_table::request(delete)),
            QueryPlan::ListTables(list) => body::write(&list_tables::Request::new(list)),
            QueryPlan::UpdateTimeToLive(update) => body::write(&update_time_to_live::Request::new(update)),
            QueryPlan::DescribeTimeToLive(describe) => body::write(&describe_time_to_live::request(describe)),
            QueryPlan::UpdateContinuousBackups(update) => body::write(&update_continuous_backups::Request::new(update)),
            QueryPlan::DescribeContinuousBackups(describe) => {
                body::write(&describe_continuous_backups::request(describe))
            }
            QueryPlan::TagResource(tag) => body::write(&tag_resource::Request::new(tag)),
            QueryPlan::UntagResource(untag) => body::write(&untag_resource::Request::new(untag)),
            QueryPlan::ListTagsOfResource(list) => body::write(&list_tags_of_resource::Request::new(list)),
            QueryPlan::GetResourcePolicy(get) => body::write(&get_resource_policy::Request::new(get)),
            QueryPlan::PutResourcePolicy(put) => body::write(&put_resource_policy::Request::new(put)),
            QueryPlan::DeleteResourcePolicy(delete) => body::write(&delete_resource_policy::Request::new(delete)),
            QueryPlan::DescribeLimits(_) | QueryPlan::DescribeEndpoints(_) => b"{}".to_vec(),
            QueryPlan::ListStreams(list) => body::write(&list_streams::Request::new(list)),
            QueryPlan::DescribeStream(describe) => body::write(&describe_stream::Request::new(describe)),
            QueryPlan::GetShardIterator(get) => body::write(&get_shard_iterator::Request::new(get)),
            QueryPlan::GetRecords(get) => body::write(&get_records::Request::new(get)),
            // A plan of a later version is not written either.
            QueryPlan::Empty | QueryPlan::Unsupported(_) | _ => return None,
        };
        Some(Self { target: target::of(plan), body })
    }
}
