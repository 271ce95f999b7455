//! Known differences of operations on tables, each with its entry in `deviations.json`.

use djamodb_core::driver::DriverError;
use djamodb_core::driver::DriverErrorKind::{self, Validation};
use djamodb_core::plan::{QueryPlan, TableDescription};
use djamodb_core::schema::OnDemandMaximum;

use crate::compare::Pair;
use crate::descriptions::table_of;
use crate::known::Entry;

/// A part of descriptions of tables that an entry of `deviations.json` explains, whatever else differs.
pub(crate) struct Part {
    /// Identifier of the entry.
    pub(crate) id: &'static str,
    /// Makes the part equal in the descriptions of both drivers, that of the memory driver first.
    remove: fn(&mut TableDescription, &mut TableDescription),
}

pub(crate) const PARTS: &[Part] = &[
    Part {
        id: "warm-throughput-is-ignored",
        remove: |memory, _| {
            memory.warm_throughput = None;
            memory.indexes.iter_mut().for_each(|index| index.warm_throughput = None);
        },
    },
    Part {
        id: "updates-end-on-demand-maximums",
        remove: |memory, server| {
            if server.schema.on_demand_maximum == OnDemandMaximum::NONE {
                memory.schema.on_demand_maximum = OnDemandMaximum::NONE;
            }
        },
    },
    Part {
        id: "on-demand-maximums-of-indexes-are-kept",
        remove: |memory, server| {
            for table in [memory, server] {
                table
                    .schema
                    .global_indexes
                    .iter_mut()
                    .for_each(|index| index.on_demand_maximum = OnDemandMaximum::NONE);
            }
        },
    },
    Part {
        id: "new-tables-have-the-stream-of-a-deleted-one",
        remove: |memory, server| {
            if memory.latest_stream.is_none() && server.schema.stream.is_none() {
                server.latest_stream = None;
            }
        },
    },
];

pub(crate) const ENTRIES: &[Entry] = &[
    Entry {
        id: "missing-table-message",
        explains: |pair| {
            is_of_table(pair.op) && in_errors(pair, |memory, server| is_missing(memory) && is_missing_table(server))
        },
    },
    Entry {
        id: "existing-table-message",
        explains: |pair| in_errors(pair, |memory, server| is_in_use(memory) && is_existing_table(server)),
    },
    Entry {
        id: "tables-are-looked-up-first",
        explains: |pair| {
            is_of_table(pair.op)
                && in_errors(pair, |memory, server| {
                    is_invalid(memory) && (is_missing_table(server) || is_existing_table(server))
                })
        },
    },
    Entry {
        id: "constraints-are-reported-one-by-one",
        explains: |pair| {
            is_of_table(pair.op)
                && in_errors(pair, |memory, server| violates_constraints(memory) && *server.kind() == Validation)
        },
    },
    Entry { id: "rules-of-tables-have-other-words", explains: |pair| in_errors(pair, has_other_words) },
    Entry {
        id: "updates-of-tables-fail-internally",
        explains: |pair| {
            let is_internal = |error: &DriverError| {
                *error.kind() == DriverErrorKind::Internal
                    && error.message().starts_with("The request processing has failed")
            };
            matches!(pair.op, QueryPlan::UpdateTable(_))
                && pair.server.iter().filter_map(|result| result.as_ref().err()).any(is_internal)
        },
    },
    Entry {
        id: "types-of-attributes-are-checked-first",
        explains: |pair| {
            let redefined = "invalid attribute, SchemaElement redefined should be of same type as previously defined";
            matches!(pair.op, QueryPlan::UpdateTable(_))
                && in_errors(pair, |memory, server| is_invalid(memory) && server.message() == redefined)
        },
    },
    Entry {
        id: "indexes-are-looked-up-first",
        explains: |pair| {
            matches!(pair.op, QueryPlan::UpdateTable(_))
                && in_errors(pair, |memory, server| is_of_request(memory) && is_of_table_state(server))
        },
    },
    Entry {
        id: "index-throughput-survives-on-demand-billing",
        explains: |pair| {
            matches!(pair.op, QueryPlan::UpdateTable(update) if update.billing.is_some())
                && only_server_succeeds(pair)
                    .is_some_and(|memory| memory.message().starts_with(INDEX_THROUGHPUT_MISSING))
        },
    },
    Entry {
        id: "on-demand-maximums-of-provisioned-tables-are-ignored",
        explains: |pair| {
            let rule = " cannot be specified when the table BillingMode is PROVISIONED";
            only_server_succeeds(pair).is_some_and(|memory| memory.message().ends_with(rule))
        },
    },
    Entry {
        id: "index-throughput-of-on-demand-tables-is-accepted",
        explains: |pair| only_server_succeeds(pair).is_some_and(is_throughput_of_on_demand_index),
    },
    Entry {
        id: "updates-make-several-changes-at-once",
        explains: |pair| only_server_succeeds(pair).is_some_and(is_of_several_changes),
    },
    Entry {
        id: "constraints-of-indexes-are-not-checked",
        explains: |pair| {
            only_server_succeeds(pair)
                .is_some_and(|memory| violates_constraints(memory) && memory.message().contains("SecondaryIndex"))
        },
    },
];

/// The beginning of the message of a request that lacks the throughput of an index.
const INDEX_THROUGHPUT_MISSING: &str =
    "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: ";

/// Rules with the beginning of AWS's message and that of the server.
const OTHER_WORDS: &[(&str, &[&str])] = &[
    ("Table has no stream to disable: ", &["Table has no stream to disable"]),
    ("Table already has an enabled stream: ", &["Table already has an enabled stream"]),
    ("At least one of ProvisionedThroughput, BillingMode, ", &["Nothing to update"]),
    ("Requested resource not found: Index ", &["Requested resource not found", "Invalid global secondary index name"]),
    (
        "One or more parameter values were invalid: Attributes cannot be redefined.",
        &["invalid attribute, SchemaElement redefined should be of same type as previously defined"],
    ),
    (
        "Both the Hash Key and the Range Key element in the KeySchema have the same name",
        &["Two keys can not have the same name"],
    ),
    ("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type", &["Too many hash keys specified."]),
    (
        "One or more parameter values were invalid: You cannot modify stream status while updating table IOPS",
        &["Cannot change IOPS and Streams at the same time."],
    ),
    (
        "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20",
        &["Number of global secondary indexes exceeds per-table limit"],
    ),
    (
        "One or more parameter values were invalid: Both ReadCapacityUnits and WriteCapacityUnits must be specified",
        &["No provisioned throughput specified for the global secondary index"],
    ),
    ("The provisioned throughput for the index ", &["The requested throughput value equals the current value"]),
    ("Invalid KeySchema: The first KeySchemaElement is not a HASH key type", &["No Hash Key specified in schema."]),
    (
        "One or more parameter values were invalid: the indexes of a table can include 100 attributes in all",
        &["No more than 20 attributes per table can be projected into Local Secondary Indices"],
    ),
    (
        "One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20",
        &["GlobalSecondaryIndex count exceeds the per-table limit"],
    ),
    (
        "One or more parameter values were invalid: LocalSecondaryIndex count exceeds the per-table limit of 5",
        &["Cannot have more than 5 local secondary indexes per table"],
    ),
    (
        "One or more parameter values were invalid: Table KeySchema does not have a range key",
        &["Local Secondary indices are not allowed on hash tables"],
    ),
    (
        "One or more parameter values were invalid: Duplicate index name: ",
        &[
            "Local Secondary Indices AND Global Secondary Indices must have different names",
            "Two global secondary indices have the same name",
            "Two local secondary indices have the same name",
        ],
    ),
    (
        "One or more parameter values were invalid: Index KeySchema has more than 4 HASH or more than 4 RANGE attributes",
        &["Too many sort keys. GSI can have", "Too many partition keys. GSI can have"],
    ),
    (
        "One or more parameter values were invalid: Index KeySchema does not have the same leading hash key",
        &["Local Secondary indices must have the same hash key as the main table"],
    ),
    (
        "One or more parameter values were invalid: Index KeySchema does not have a range key for index: ",
        &["Local secondary indices must have a range key"],
    ),
    (
        "One or more parameter values were invalid: Only one global secondary index update per index",
        &["Only one global secondary index update per index is allowed simultaneously."],
    ),
    ("TimeToLive is active on a different AttributeName: ", &["TimeToLive is active on a different AttributeName"]),
    (
        "The provisioned throughput for the table will not change.",
        &["The requested throughput value equals the current value"],
    ),
    (
        "Cannot delete an index that is not a GlobalSecondaryIndex: ",
        &["Cannot delete an index that is not a GlobalSecondaryIndex"],
    ),
    ("Cannot update an index that is not a GlobalSecondaryIndex: ", &["Invalid global secondary index name"]),
    (
        "One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput for index : ",
        &["No provisioned throughput specified for the global secondary index"],
    ),
];

fn has_other_words(memory: &DriverError, server: &DriverError) -> bool {
    OTHER_WORDS.iter().any(|(of_memory, of_server)| {
        memory.message().starts_with(of_memory) && of_server.iter().any(|message| server.message().starts_with(message))
    })
}

/// Returns `true` if the operation is on a table itself.
fn is_of_table(op: &QueryPlan) -> bool {
    matches!(
        op,
        QueryPlan::CreateTable(_)
            | QueryPlan::UpdateTable(_)
            | QueryPlan::DescribeTable(_)
            | QueryPlan::DeleteTable(_)
            | QueryPlan::ListTables(_)
            | QueryPlan::UpdateTimeToLive(_)
            | QueryPlan::DescribeTimeToLive(_)
    )
}

/// Returns `true` if both drivers failed, with errors that `explains` accepts.
pub(crate) fn in_errors(pair: &Pair<'_>, explains: impl Fn(&DriverError, &DriverError) -> bool) -> bool {
    pair.errors().is_some_and(|(memory, server)| explains(memory, server))
}

/// Returns the error of the memory driver for a request that the server accepts.
pub(crate) fn only_server_succeeds<'a>(pair: &Pair<'a>) -> Option<&'a DriverError> {
    match (pair.memory.as_slice(), pair.server.as_slice()) {
        ([Err(memory)], [Ok(_)]) => Some(memory),
        _ => None,
    }
}

fn is_missing(error: &DriverError) -> bool {
    *error.kind() == DriverErrorKind::ResourceNotFound
}

fn is_in_use(error: &DriverError) -> bool {
    *error.kind() == DriverErrorKind::ResourceInUse
}

/// Returns `true` if a request is refused for what it says.
fn is_invalid(error: &DriverError) -> bool {
    matches!(error.kind(), Validation | DriverErrorKind::LimitExceeded)
}

fn is_missing_table(error: &DriverError) -> bool {
    is_missing(error) && error.message() == "Cannot do operations on a non-existent table"
}

fn is_existing_table(error: &DriverError) -> bool {
    is_in_use(error) && error.message() == "Cannot create preexisting table"
}

/// Returns `true` if the error lists violated constraints of single members.
pub(crate) fn violates_constraints(error: &DriverError) -> bool {
    let count = error.message().split_once(" validation error").map(|(count, _)| count);
    *error.kind() == Validation && count.is_some_and(|count| count.parse::<u32>().is_ok())
}

fn is_throughput_of_on_demand_index(error: &DriverError) -> bool {
    let is_of_index = error.message().contains("for index: ");
    is_of_index && error.message().ends_with("when BillingMode is PAY_PER_REQUEST")
}

/// Returns `true` if an update is refused because it makes several changes.
fn is_of_several_changes(error: &DriverError) -> bool {
    let message = error.message().strip_prefix("One or more parameter values were invalid: ");
    message.is_some_and(|message| {
        message.ends_with("modification must be the only operation in the request")
            || message.starts_with("OnDemandThroughput can only be combined with BillingMode")
            || message.starts_with("You cannot create or delete index while ")
            || message.starts_with("You cannot modify stream status while ")
    })
}

/// Returns `true` if an update is refused for what it says, whatever the table is.
fn is_of_request(error: &DriverError) -> bool {
    violates_constraints(error)
        || is_of_several_changes(error)
        || is_throughput_of_on_demand_index(error)
        || *error.kind() == DriverErrorKind::LimitExceeded
        || error.message().starts_with("The provisioned throughput for the table will not change.")
        || error.message().starts_with(INDEX_THROUGHPUT_MISSING)
        || error.message().starts_with("One or more parameter values were invalid: Attributes cannot be redefined.")
}

/// Returns `true` if an update is refused for the index that it names, or for what the table is.
fn is_of_table_state(error: &DriverError) -> bool {
    [
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
        "Table already has an enabled stream",
        "Table has no stream to disable",
        "The requested throughput value equals the current value",
        "No provisioned throughput specified for the global secondary index",
        "Requested resource not found",
        "Invalid global secondary index name",
        "Attempting to create an index which already exists",
        "Cannot delete an index that is not a GlobalSecondaryIndex",
        "Two keys can not have the same name",
        "Number of global secondary indexes exceeds per-table limit",
    ]
    .contains(&error.message())
}

/// Returns the identifiers of the parts in which two descriptions of a table differ, or `None` if they differ in anything else.
pub(crate) fn differing_parts(pair: &Pair<'_>) -> Option<Vec<&'static str>> {
    let (differing, memory, server) = without_parts(pair)?;
    (memory == server).then_some(differing)
}

/// Returns the identifiers of the parts in which two descriptions of a table differ, and the descriptions without them.
pub(crate) fn without_parts(pair: &Pair<'_>) -> Option<(Vec<&'static str>, TableDescription, TableDescription)> {
    let (memory, server) = pair.outputs()?;
    let (mut memory, mut server) = (pair.normal(memory), pair.normal(server));
    let (memory, server) = (table_of(&mut memory)?, table_of(&mut server)?);
    let mut differing = Vec::new();
    for part in PARTS {
        let before = (memory.clone(), server.clone());
        (part.remove)(memory, server);
        if before != (memory.clone(), server.clone()) {
            differing.push(part.id);
        }
    }
    Some((differing, memory.clone(), server.clone()))
}
