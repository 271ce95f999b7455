//! Known differences of requests for streams, each with its entry in `deviations.json`.

use djamodb_core::driver::{DriverError, DriverErrorKind};
use djamodb_core::plan::{Output, QueryPlan, StreamRecord};
use djamodb_core::service::limits::GET_RECORDS_BYTES_MAX;
use djamodb_core::value::{AttributeValue, Item};

use crate::known::Entry;
use crate::known_tables::{in_errors, only_server_succeeds, violates_constraints};
use crate::stream_operations::is_stream_operation;

pub(crate) const ENTRIES: &[Entry] = &[
    Entry {
        id: "streams-are-looked-up-first",
        explains: |pair| {
            is_stream_operation(pair.op)
                && in_errors(pair, |memory, server| {
                    (violates_constraints(memory) || is_of_request(memory))
                        && matches!(server.kind(), DriverErrorKind::ResourceNotFound | DriverErrorKind::Validation)
                })
        },
    },
    Entry {
        id: "large-sequence-numbers-fail-internally",
        explains: |pair| {
            matches!(pair.op, QueryPlan::GetShardIterator(_))
                && in_errors(pair, |memory, server| {
                    memory.message().ends_with("Invalid SequenceNumber") && *server.kind() == DriverErrorKind::Internal
                })
        },
    },
    Entry {
        id: "streams-of-any-name-are-listed",
        explains: |pair| {
            matches!(pair.op, QueryPlan::ListStreams(_))
                && only_server_succeeds(pair).is_some_and(|memory| {
                    let message = memory.message();
                    let is_of_name =
                        message.contains("at 'tableName'") || message.contains("at 'exclusiveStartStreamArn'");
                    message == "Invalid StreamArn" || violates_constraints(memory) && is_of_name
                })
        },
    },
    Entry {
        id: "pages-of-records-have-any-size",
        explains: |pair| match pair.outputs().map(|(memory, server)| (pair.normal(memory), pair.normal(server))) {
            Some((Output::GetRecords(memory), Output::GetRecords(server))) => {
                server.records.len() > memory.records.len()
                    && memory.records.iter().all(|record| server.records.contains(record))
                    && bytes_of(&server.records) > GET_RECORDS_BYTES_MAX
            }
            _ => false,
        },
    },
    Entry {
        id: "empty-maps-of-records-have-no-type",
        explains: |pair| match (pair.memory.as_slice(), pair.server.as_slice()) {
            ([Ok(memory)], [Err(server)]) => {
                has_empty_map(&memory.output) && server.message().contains("Union did not contain a valid variant")
            }
            _ => false,
        },
    },
];

/// Returns `true` if a request is refused for its ARN or its limit.
fn is_of_request(error: &DriverError) -> bool {
    error.message() == "Invalid StreamArn"
        || error.message().starts_with("One or more parameter values were invalid: Limit ")
}

/// Returns the size of records in bytes.
fn bytes_of(records: &[StreamRecord]) -> u64 {
    records.iter().map(|record| record.size_bytes).sum()
}

fn has_empty_map(output: &Output) -> bool {
    let Output::GetRecords(page) = output else { return false };
    let images = page.records.iter().flat_map(|record| record.new_image.iter().chain(&record.old_image));
    images.flat_map(Item::iter).any(|(_, value)| contains_empty_map(value))
}

/// Returns `true` if a value is an empty map or contains one. Values of this test have few levels.
fn contains_empty_map(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::M(map) => map.is_empty() || map.iter().any(|(_, value)| contains_empty_map(value)),
        AttributeValue::L(list) => list.iter().any(contains_empty_map),
        _ => false,
    }
}
