//! Responses: from outcomes to bytes, and from bytes to outcomes.

use djamodb_core::plan::{Outcome, Output, QueryPlan, Select, UpdateTimeToLive};
use serde::de::DeserializeOwned;

use crate::body;
use crate::error::RequestError;
use crate::op::{
    batch_get_item, batch_write_item, create_table, delete_item, delete_resource_policy, delete_table,
    describe_continuous_backups, describe_endpoints, describe_limits, describe_stream, describe_table,
    describe_time_to_live, get_item, get_records, get_resource_policy, get_shard_iterator, list_streams, list_tables,
    list_tags_of_resource, put_item, put_resource_policy, query, scan, tag_resource, transact_get_items,
    transact_write_items, untag_resource, update_continuous_backups, update_item, update_table, update_time_to_live,
};
use crate::response_error::ResponseError;

/// The parts of a plan on which the form of its response depends.
///
/// A driver takes the plan, so that they are kept before it is executed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ResponseForm {
    /// `true` if a query or a scan returns the number of items only.
    is_count: bool,
    /// The request that a response repeats.
    time_to_live: Option<UpdateTimeToLive>,
}

impl ResponseForm {
    /// Returns the form of the response to a plan.
    pub fn of(plan: &QueryPlan) -> Self {
        let select = match plan {
            QueryPlan::Query(query) => query.select.as_ref(),
            QueryPlan::Scan(scan) => scan.select.as_ref(),
            _ => None,
        };
        let time_to_live = match plan {
            QueryPlan::UpdateTimeToLive(update) => Some(update.clone()),
            _ => None,
        };
        Self { is_count: select == Some(&Select::Count), time_to_live }
    }

    /// Writes the body of the response with an outcome. `region` is the region of stream records.
    pub fn write(&self, outcome: &Outcome, region: &str) -> Vec<u8> {
        let Outcome { output, metadata } = outcome;
        let select = self.is_count.then_some(&Select::Count);
        match output {
            Output::GetItem(output) => body::write(&get_item::Response::new(output, metadata)),
            Output::BatchGetItem(output) => body::write(&batch_get_item::Response::new(output, metadata)),
            Output::Query(output) => body::write(&query::response(select, output, metadata)),
            Output::Scan(output) => body::write(&scan::response(select, output, metadata)),
            Output::PutItem(output) => body::write(&put_item::response(output, metadata)),
            Output::UpdateItem(output) => body::write(&update_item::response(output, metadata)),
            Output::DeleteItem(output) => body::write(&delete_item::response(output, metadata)),
            Output::BatchWriteItem(output) => body::write(&batch_write_item::Response::new(output, metadata)),
            Output::TransactGetItems(output) => body::write(&transact_get_items::Response::new(output, metadata)),
            Output::TransactWriteItems(output) => body::write(&transact_write_items::Response::new(output, metadata)),
            Output::CreateTable(output) => body::write(&create_table::response(output, metadata)),
            Output::UpdateTable(output) => body::write(&update_table::response(output, metadata)),
            Output::DescribeTable(output) => body::write(&describe_table::response(output, metadata)),
            Output::DeleteTable(output) => body::write(&delete_table::response(output, metadata)),
            Output::ListTables(output) => body::write(&list_tables::Response::new(output, metadata)),
            Output::UpdateTimeToLive(_) => match &self.time_to_live {
                Some(update) => body::write(&update_time_to_live::Response::new(update)),
                None => b"{}".to_vec(),
            },
            Output::DescribeTimeToLive(output) => body::write(&describe_time_to_live::Response::new(output, metadata)),
            Output::UpdateContinuousBackups(output) => {
                body::write(&update_continuous_backups::response(output, metadata))
            }
            Output::DescribeContinuousBackups(output) => {
                body::write(&describe_continuous_backups::response(output, metadata))
            }
            // The service's responses to these have no body.
            Output::TagResource(_) | Output::UntagResource(_) => Vec::new(),
            Output::ListTagsOfResource(output) => body::write(&list_tags_of_resource::Response::new(output, metadata)),
            Output::GetResourcePolicy(output) => body::write(&get_resource_policy::Response::new(output, metadata)),
            Output::PutResourcePolicy(output) => body::write(&put_resource_policy::Response::new(output, metadata)),
            Output::DeleteResourcePolicy(output) => {
                body::write(&delete_resource_policy::Response::new(output, metadata))
            }
            Output::DescribeLimits(output) => body::write(&describe_limits::Response::new(output, metadata)),
            Output::DescribeEndpoints(output) => body::write(&describe_endpoints::Response::new(output, metadata)),
            Output::ListStreams(output) => body::write(&list_streams::Response::new(output, metadata)),
            Output::DescribeStream(output) => body::write(&describe_stream::Response::new(output, metadata)),
            Output::GetShardIterator(output) => body::write(&get_shard_iterator::Response::new(output, metadata)),
            Output::GetRecords(output) => body::write(&get_records::Response::new(output, metadata, region)),
            Output::Empty | _ => b"{}".to_vec(),
        }
    }
}

/// Reads the body of a successful response to a plan.
///
/// ```
/// use djamodb_core::plan::{GetItem, GetItemOutput, Output};
/// use djamodb_core::value::Item;
/// use djamodb_wire::read_response;
///
/// let plan = GetItem::new("weather", Item::new().with("location", "Seattle")).into();
/// let outcome = read_response(&plan, br#"{"Item": {"location": {"S": "Seattle"}, "temp": {"N": "12.8"}}}"#)?;
/// let Output::GetItem(GetItemOutput { item: Some(item) }) = outcome.output else { panic!("an item was returned") };
/// assert_eq!(item.len(), 2);
/// # Ok::<(), djamodb_wire::ResponseError>(())
/// ```
///
/// # Errors
///
/// Returns [`ResponseError`] if the body is no response to the plan.
pub fn read_response(plan: &QueryPlan, body: &[u8]) -> Result<Outcome, ResponseError> {
    match plan {
        QueryPlan::GetItem(_) => Ok(read::<get_item::Response>(body)?.outcome()),
        QueryPlan::BatchGetItem(batch) => read::<batch_get_item::Response>(body)?.outcome(batch).map_err(invalid_value),
        QueryPlan::Query(_) => Ok(query::outcome(read(body)?)),
        QueryPlan::Scan(_) => Ok(scan::outcome(read(body)?)),
        QueryPlan::PutItem(_) => Ok(put_item::outcome(read(body)?)),
        QueryPlan::UpdateItem(_) => Ok(update_item::outcome(read(body)?)),
        QueryPlan::DeleteItem(_) => Ok(delete_item::outcome(read(body)?)),
        QueryPlan::BatchWriteItem(_) => read::<batch_write_item::Response>(body)?.outcome().map_err(invalid_value),
        QueryPlan::TransactGetItems(_) => Ok(read::<transact_get_items::Response>(body)?.outcome()),
        QueryPlan::TransactWriteItems(_) => Ok(read::<transact_write_items::Response>(body)?.outcome()),
        QueryPlan::CreateTable(_) => create_table::outcome(read(body)?),
        QueryPlan::UpdateTable(_) => update_table::outcome(read(body)?),
        QueryPlan::DescribeTable(_) => describe_table::outcome(read(body)?),
        QueryPlan::DeleteTable(_) => delete_table::outcome(read(body)?),
        QueryPlan::ListTables(_) => Ok(read::<list_tables::Response>(body)?.outcome()),
        QueryPlan::UpdateTimeToLive(_) => Ok(update_time_to_live::outcome()),
        QueryPlan::DescribeTimeToLive(_) => read::<describe_time_to_live::Response>(body)?.outcome(),
        QueryPlan::UpdateContinuousBackups(_) => Ok(update_continuous_backups::outcome(read(body)?)),
        QueryPlan::DescribeContinuousBackups(_) => Ok(describe_continuous_backups::outcome(read(body)?)),
        QueryPlan::TagResource(_) => Ok(tag_resource::outcome()),
        QueryPlan::UntagResource(_) => Ok(untag_resource::outcome()),
        QueryPlan::ListTagsOfResource(_) => Ok(read::<list_tags_of_resource::Response>(body)?.outcome()),
        QueryPlan::GetResourcePolicy(_) => Ok(read::<get_resource_policy::Response>(body)?.outcome()),
        QueryPlan::PutResourcePolicy(_) => Ok(read::<put_resource_policy::Response>(body)?.outcome()),
        QueryPlan::DeleteResourcePolicy(_) => Ok(read::<delete_resource_policy::Response>(body)?.outcome()),
        QueryPlan::DescribeLimits(_) => Ok(read::<describe_limits::Response>(body)?.outcome()),
        QueryPlan::DescribeEndpoints(_) => Ok(read::<describe_endpoints::Response>(body)?.outcome()),
        QueryPlan::ListStreams(_) => Ok(read::<list_streams::Response>(body)?.outcome()),
        QueryPlan::DescribeStream(_) => read::<describe_stream::Response>(body)?.outcome(),
        QueryPlan::GetShardIterator(_) => Ok(read::<get_shard_iterator::Response>(body)?.outcome()),
        QueryPlan::GetRecords(_) => read::<get_records::Response>(body)?.outcome(),
        QueryPlan::Empty | QueryPlan::Unsupported(_) | _ => {
            Err(ResponseError::Invalid(format!("{} has no response", plan.operation())))
        }
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ResponseError> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| ResponseError::Invalid(error.to_string()))
}

fn invalid_value(error: RequestError) -> ResponseError {
    ResponseError::Invalid(error.to_string())
}
