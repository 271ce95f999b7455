//! The header `X-Amz-Target`: the service and the operation of a request.

use djamodb_core::plan::QueryPlan;

/// Name of the header.
pub const TARGET_HEADER: &str = "x-amz-target";

const TABLES_PREFIX: &str = "DynamoDB_20120810.";
const STREAMS_PREFIX: &str = "DynamoDBStreams_20120810.";
/// Operations of DynamoDB Streams.
const STREAM_OPERATIONS: [&str; 4] = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];

/// Returns the operation that a target names, or `None` if it names none of its service.
pub(crate) fn operation(target: &str) -> Option<&str> {
    if let Some(operation) = target.strip_prefix(TABLES_PREFIX) {
        return Some(operation).filter(|operation| !STREAM_OPERATIONS.contains(operation));
    }
    target.strip_prefix(STREAMS_PREFIX).filter(|operation| STREAM_OPERATIONS.contains(operation))
}

/// Returns the target of a plan.
pub(crate) fn of(plan: &QueryPlan) -> String {
    let operation = plan.operation();
    let prefix = if STREAM_OPERATIONS.contains(&operation) { STREAMS_PREFIX } else { TABLES_PREFIX };
    format!("{prefix}{operation}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_names_an_operation_of_its_service() {
        assert_eq!(operation("DynamoDB_20120810.GetItem"), Some("GetItem"));
        assert_eq!(operation("DynamoDBStreams_20120810.GetRecords"), Some("GetRecords"));
        for target in
            ["DynamoDB_20120810.GetRecords", "DynamoDBStreams_20120810.GetItem", "DynamoDB_20111205.GetItem", ""]
        {
            assert_eq!(operation(target), None, "{target}");
        }
    }
}
