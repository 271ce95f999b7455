//! Differences that are known, each with its entry in `deviations.json`.

use std::collections::BTreeSet;

use djamodb_conformance::{Backend, Deviations};
use djamodb_core::driver::{CancellationCode, CancellationReason, DriverError, DriverErrorKind};
use djamodb_core::plan::{BatchGetItem, Output, QueryPlan, ReturnValues, UpdateItem};
use djamodb_core::value::{Item, Name};

use crate::compare::{Pair, uncounted};
use crate::known_streams;
use crate::known_tables::{self, PARTS, differing_parts};
use crate::known_texts;

/// A difference that an entry of `deviations.json` explains.
pub(crate) struct Entry {
    /// Identifier of the entry.
    pub(crate) id: &'static str,
    pub(crate) explains: fn(&Pair<'_>) -> bool,
}

/// Entries after which the tables of both drivers hold different items, so that they are not compared further.
const DIVERGING: [&str; 9] = [
    "computed-local-index-keys-have-any-type",
    "updates-ignore-local-index-entries",
    "constraints-of-indexes-are-not-checked",
    "index-throughput-survives-on-demand-billing",
    // A write may have been made.
    "size-and-convert-are-no-reserved-words",
    // The server makes the other changes of the request.
    "on-demand-maximums-of-provisioned-tables-are-ignored",
    // A part of the update may have been made.
    "updates-of-tables-fail-internally",
    "index-throughput-of-on-demand-tables-is-accepted",
    "updates-make-several-changes-at-once",
];

/// The entry of deletions of indexes that never end, which no response shows.
pub(crate) const INDEXES_ARE_KEPT: &str = "deleted-indexes-without-attributes-of-their-own-are-kept";

/// The explanation of a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Explanation {
    None,
    Known,
    /// The tables hold different items.
    Diverging,
}

/// Returns all entries: of items, of tables, of streams and of texts.
fn entries() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().chain(known_tables::ENTRIES).chain(known_streams::ENTRIES).chain(known_texts::ENTRIES)
}

const ENTRIES: &[Entry] = &[
    Entry {
        id: "empty-results-consume-nothing",
        explains: |pair| is_read(pair.op) && pair.differs_in_capacity_only() && found_nothing(pair),
    },
    Entry {
        id: "transactions-report-no-kinds-of-units",
        explains: |pair| is_transaction(pair.op) && pair.differs_in_capacity_only(),
    },
    Entry {
        id: "indexes-with-neither-item-are-charged",
        explains: |pair| {
            let mut keys = pair.schema.global_indexes.iter().map(|index| &index.key);
            is_write(pair.op) && keys.any(|key| key.attributes().count() > 1) && pair.differs_in_capacity_only()
        },
    },
    Entry {
        id: "failed-check-message-has-a-full-stop",
        explains: |pair| {
            pair.errors().is_some_and(|(memory, server)| {
                let without = |error: &DriverError| format!("{:?}", error.kind()).replace("failed.", "failed");
                matches!(pair.op, QueryPlan::TransactWriteItems(_)) && without(memory) == without(server)
            })
        },
    },
    Entry {
        id: "key-schema-error-rejects-the-transaction",
        explains: |pair| has_validation_reason(pair) && matches!(pair.op, QueryPlan::TransactWriteItems(_)),
    },
    Entry {
        id: "cancelled-reads-have-no-reasons",
        explains: |pair| {
            matches!(pair.op, QueryPlan::TransactGetItems(_)) && pair.errors().is_some_and(|(_, server)| {
                has_validation_reason(pair)
                    || matches!(server.kind(), DriverErrorKind::TransactionCanceled { reasons } if reasons.is_empty())
            })
        },
    },
    Entry {
        id: "computed-local-index-keys-have-any-type",
        explains: |pair| only_memory_refuses(pair, "Type mismatch for Index Key"),
    },
    Entry {
        id: "updates-ignore-local-index-entries",
        explains: |pair| {
            !pair.schema.local_indexes.is_empty()
                && only_memory_refuses(pair, "Item size to update has exceeded the maximum allowed size")
        },
    },
    Entry {
        id: "missing-batch-keys-consume-nothing",
        explains: |pair| matches!(pair.op, QueryPlan::BatchGetItem(_)) && pair.differs_in_capacity_only(),
    },
    Entry {
        id: "batch-deletes-of-missing-items-consume-two-units",
        explains: |pair| matches!(pair.op, QueryPlan::BatchWriteItem(_)) && pair.differs_in_capacity_only(),
    },
    Entry {
        id: "deleting-a-missing-item-returns-capacity",
        explains: |pair| matches!(pair.op, QueryPlan::DeleteItem(_)) && pair.differs_in_capacity_only(),
    },
    Entry {
        id: "local-index-projections-are-fetched",
        explains: |pair| {
            matches!(pair.op, QueryPlan::Query(query) if is_local(pair, query.index.as_ref()))
                && pair.differs_in_capacity_only()
        },
    },
    Entry {
        id: "index-scan-consumes-whole-items",
        explains: |pair| {
            matches!(pair.op, QueryPlan::Scan(scan) if scan.index.is_some()) && pair.differs_in_capacity_only()
        },
    },
    Entry {
        id: "index-scans-filter-whole-items",
        explains: |pair| {
            matches!(pair.op, QueryPlan::Scan(scan) if scan.index.is_some() && scan.filter.is_some())
                && pair.errors().is_none()
        },
    },
    Entry {
        id: "updated-values-are-whole-attributes",
        explains: |pair| {
            let returns = |update: &UpdateItem| {
                matches!(update.return_values, ReturnValues::UpdatedOld | ReturnValues::UpdatedNew)
            };
            matches!(pair.op, QueryPlan::UpdateItem(update) if returns(update)) && pair.outputs().is_some()
        },
    },
    Entry {
        id: "unmatched-projections-return-empty-items",
        explains: |pair| {
            let empty_is_none = |items: &[Option<Item>]| -> Vec<Option<Item>> {
                items.iter().map(|item| item.clone().filter(|item| !item.is_empty())).collect()
            };
            matches!(
                pair.outputs(),
                Some((Output::TransactGetItems(memory), Output::TransactGetItems(server)))
                    if empty_is_none(&memory.responses) == empty_is_none(&server.responses)
            )
        },
    },
    Entry {
        id: "keys-that-are-no-scalars-message",
        explains: |pair| {
            pair.errors().is_some_and(|(memory, server)| {
                server.message() == "Invalid attribute value type" && memory.kind() == server.kind()
            })
        },
    },
    Entry {
        id: "put-without-key-message",
        explains: |pair| {
            pair.errors().is_some_and(|(memory, server)| {
                server.message() == "One of the required keys was not given a value"
                    && memory.message().starts_with("One or more parameter values were invalid: Missing the key ")
            })
        },
    },
    Entry {
        id: "overlap-messages-name-another-path",
        explains: |pair| {
            let first = |message: &str| message.split_once("path two: ").map(|(first, _)| first.to_owned());
            in_messages(pair, |memory, server| memory.contains("document paths") && first(memory) == first(server))
        },
    },
    Entry {
        id: "key-type-messages-lack-details",
        explains: |pair| {
            let rules = [
                "One or more parameter values were invalid: Type mismatch for key",
                "One or more parameter values were invalid: Type mismatch for Index Key",
                "Query condition missed key schema element",
            ];
            in_messages(pair, |memory, server| {
                rules.contains(&server) && memory.len() > server.len() && memory.starts_with(server)
            })
        },
    },
    Entry {
        id: "conditions-of-updates-are-evaluated-first",
        explains: |pair| {
            matches!(pair.op, QueryPlan::UpdateItem(update) if update.condition.is_some())
                && pair.errors().is_some_and(|(memory, server)| {
                    let message = memory.message();
                    matches!(server.kind(), DriverErrorKind::ConditionalCheckFailed { .. })
                        && (message.contains("This attribute is part of the key")
                            || message.contains("Key attributes must be scalars"))
                })
        },
    },
    Entry {
        id: "another-index-of-a-key-is-named",
        explains: |pair| {
            let is_of_index = |message: &str| {
                message.contains("A value specified for a secondary index key is not supported")
                    || message.contains("attempted to update a secondary index key to a value that is not supported")
                    || message.contains("Type mismatch for Index Key")
            };
            let without_index = |message: &str| message.split_once("IndexName: ").map(|(before, _)| before.to_owned());
            let is_empty = |message: &str| message.contains("cannot contain an empty ");
            in_messages(pair, |memory, server| match pair.op {
                QueryPlan::BatchWriteItem(_) | QueryPlan::UpdateItem(_) => is_of_index(memory) && is_of_index(server),
                QueryPlan::PutItem(_) => is_empty(memory) && without_index(memory) == without_index(server),
                _ => false,
            })
        },
    },
    Entry {
        id: "index-queries-end-at-bounds-of-the-range-key-of-the-table",
        explains: |pair| {
            let QueryPlan::Query(query) = pair.op else { return false };
            let ranges = pair.schema.global_indexes.iter().find(|index| Some(&index.name) == query.index.as_ref());
            let shares_range = ranges.is_some_and(|index| index.key.range == pair.schema.key.range);
            shares_range && query.limit.is_some() && !query.key_condition.range.is_empty() && pair.server_ends_earlier()
        },
    },
    Entry {
        id: "binary-operands-are-java-objects",
        explains: |pair| {
            in_messages(pair, |memory, server| memory.contains("B:0x") && server.contains("HeapByteBuffer"))
        },
    },
    Entry {
        id: "scans-check-consistency-first",
        explains: |pair| {
            matches!(pair.op, QueryPlan::Scan(_))
                && in_messages(pair, |memory, server| {
                    is_of_expression(memory)
                        && server == "Consistent reads are not supported on global secondary indexes"
                })
        },
    },
    Entry {
        id: "keys-are-checked-before-expressions",
        explains: |pair| in_messages(pair, |memory, server| is_of_expression(memory) && is_of_key(server)),
    },
    Entry {
        id: "faults-of-actions-are-found-in-another-order",
        explains: |pair| {
            let of_item = |message: &str| {
                [
                    "The provided expression refers to an attribute that does not exist in the item",
                    "The document path provided in the update expression is invalid for update",
                    "An operand in the update expression has an incorrect data type",
                ]
                .contains(&message)
            };
            in_messages(pair, |memory, server| of_item(memory) && of_item(server))
        },
    },
    Entry {
        id: "key-schema-message",
        explains: |pair| {
            messages(
                pair,
                "The provided key element does not match the schema",
                &[
                    "The number of conditions on the keys is invalid",
                    "Invalid attribute value type",
                    "One of the required keys was not given a value",
                    "One or more parameter values were invalid: Type mismatch for key",
                    "Item to put in PutItem cannot be null",
                ],
            )
        },
    },
    // After the entry of messages, so that this one is needed for other faults alone.
    Entry {
        id: "keys-of-batches-are-checked-in-another-order",
        explains: |pair| {
            let keys = |request: &BatchGetItem| request.requests.iter().any(|of_table| of_table.keys.len() > 1);
            matches!(pair.op, QueryPlan::BatchGetItem(request) if keys(request))
                && in_messages(pair, |memory, server| is_of_one_key(memory) && is_of_one_key(server))
        },
    },
];

fn is_read(op: &QueryPlan) -> bool {
    matches!(op, QueryPlan::GetItem(_) | QueryPlan::Query(_) | QueryPlan::Scan(_))
}

fn is_write(op: &QueryPlan) -> bool {
    matches!(op, QueryPlan::PutItem(_) | QueryPlan::UpdateItem(_) | QueryPlan::DeleteItem(_))
}

/// Returns `true` if the memory driver cancels the transaction because an action is invalid, and the server fails.
fn has_validation_reason(pair: &Pair<'_>) -> bool {
    let is_invalid = |reason: &CancellationReason| reason.code == CancellationCode::ValidationError;
    pair.errors().is_some_and(|(memory, _)| memory.cancellation_reasons().iter().flatten().any(is_invalid))
}

/// Returns `true` if an update succeeds on the server, and the memory driver refuses it with a message that has this text.
fn only_memory_refuses(pair: &Pair<'_>, text: &str) -> bool {
    let is_update = matches!(pair.op, QueryPlan::UpdateItem(_) | QueryPlan::TransactWriteItems(_));
    match (pair.memory.as_slice(), pair.server.as_slice()) {
        ([Err(memory)], [Ok(_)]) => is_update && format!("{:?} {}", memory.kind(), memory.message()).contains(text),
        _ => false,
    }
}

fn is_transaction(op: &QueryPlan) -> bool {
    matches!(op, QueryPlan::TransactGetItems(_) | QueryPlan::TransactWriteItems(_))
}

/// Returns `true` if all responses whose capacities differ have no items.
fn found_nothing(pair: &Pair<'_>) -> bool {
    pair.memory.iter().zip(pair.server).all(|responses| match responses {
        (Ok(memory), Ok(server)) => {
            memory.metadata.consumed_capacity == server.metadata.consumed_capacity || is_empty(&memory.output)
        }
        _ => true,
    })
}

fn is_empty(output: &Output) -> bool {
    match output {
        Output::GetItem(get) => get.item.is_none(),
        Output::Query(page) => page.count == 0,
        Output::Scan(page) => page.count == 0,
        _ => false,
    }
}

fn is_local(pair: &Pair<'_>, index: Option<&Name>) -> bool {
    pair.schema.local_indexes.iter().any(|local| Some(&local.name) == index)
}

/// Returns `true` if the message of the memory driver is this one and that of the server begins with one of `server`.
fn messages(pair: &Pair<'_>, memory: &str, server: &[&str]) -> bool {
    pair.errors().is_some_and(|(of_memory, of_server)| {
        of_memory.message() == memory && server.iter().any(|message| of_server.message().starts_with(message))
    })
}

/// Returns `true` if both drivers refuse a request as invalid, with messages that `explains` accepts.
fn in_messages(pair: &Pair<'_>, explains: impl Fn(&str, &str) -> bool) -> bool {
    is_other_fault(pair) && pair.errors().is_some_and(|(memory, server)| explains(uncounted(memory), server.message()))
}

/// Returns `true` if the message is about the text or the values of an expression.
fn is_of_expression(message: &str) -> bool {
    message.starts_with("Invalid ") && message.contains("Expression: ") || message.starts_with("ExpressionAttribute")
}

/// Returns `true` if the message is about keys, which the service knows from the table.
pub(crate) fn is_of_key(message: &str) -> bool {
    [
        "The number of conditions on the keys is invalid",
        "The list of keys in RequestItems for BatchGetItem may not contain null or empty values",
        "One of the required keys was not given a value",
        "One or more parameter values were invalid: Type mismatch for",
        "One or more parameter values are not valid. ",
        "Invalid attribute value type",
        "Item size has exceeded the maximum allowed size",
        "One or more parameter values were invalid: An ",
        "One or more parameter values were invalid: Binary sets should not be empty",
        "Provided list of item keys contains duplicates",
        "Transaction request cannot include multiple operations on one item",
        "The provided key element does not match the schema",
    ]
    .iter()
    .any(|of_key| message.starts_with(of_key))
}

/// Returns `true` if the message is about one key of a batch, whose attributes do not fit the table or are empty.
fn is_of_one_key(message: &str) -> bool {
    [
        "The number of conditions on the keys is invalid",
        "One or more parameter values were invalid: Type mismatch for key",
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ",
        "Invalid attribute value type",
        "The provided key element does not match the schema",
    ]
    .iter()
    .any(|of_key| message.starts_with(of_key))
}

/// Returns `true` if both drivers refuse a request as invalid, for different reasons: a request can have several faults, and which one the
/// service reports is not documented.
fn is_other_fault(pair: &Pair<'_>) -> bool {
    pair.errors().is_some_and(|(memory, server)| {
        *memory.kind() == DriverErrorKind::Validation && *server.kind() == DriverErrorKind::Validation
    })
}

/// The known differences, with the number of times that each occurred.
pub(crate) struct Known {
    /// Numbers by identifier, of all entries.
    counts: Vec<(&'static str, u64)>,
    /// The entries that no conformance case asserts.
    without_case: BTreeSet<String>,
}

impl Known {
    /// Loads the list.
    ///
    /// # Errors
    ///
    /// Returns a message if an identifier is not one of `deviations.json`.
    pub(crate) fn load() -> Result<Self, String> {
        let deviations = Deviations::built_in().map_err(|error| error.to_string())?;
        let of_server = deviations.entries().iter().filter(|entry| entry.backend == Backend::DYNAMODB_LOCAL.id());
        let without_case = of_server.clone().filter(|entry| entry.cases.is_empty());
        let without_case = without_case.map(|entry| entry.id.clone()).collect();
        let ids: BTreeSet<&str> = of_server.map(|entry| entry.id.as_str()).collect();
        let mut counts: Vec<(&str, u64)> = Vec::new();
        let ids_of_parts = PARTS.iter().map(|part| part.id);
        for id in entries().map(|entry| entry.id).chain(ids_of_parts).chain([INDEXES_ARE_KEPT]) {
            if !ids.contains(id) {
                return Err(format!("deviations.json has no entry `{id}` for DynamoDB Local"));
            }
            if !counts.iter().any(|(counted, _)| *counted == id) {
                counts.push((id, 0));
            }
        }
        match DIVERGING.iter().find(|id| !counts.iter().any(|(known, _)| known == *id)) {
            Some(id) => Err(format!("`{id}` ends a comparison but is no entry")),
            None => Ok(Self { counts, without_case }),
        }
    }

    /// Returns the explanation of a difference, and counts it.
    pub(crate) fn explain(&mut self, pair: &Pair<'_>) -> Explanation {
        if let Some(entry) = entries().find(|entry| (entry.explains)(pair)) {
            self.count(entry.id);
            return if DIVERGING.contains(&entry.id) { Explanation::Diverging } else { Explanation::Known };
        }
        let Some(parts) = differing_parts(pair) else { return Explanation::None };
        for id in parts {
            self.count(id);
        }
        Explanation::Known
    }

    /// Counts a difference that the entry with this identifier explains.
    pub(crate) fn count(&mut self, id: &str) {
        self.counts.iter_mut().filter(|(counted, _)| *counted == id).for_each(|(_, count)| *count += 1);
    }

    /// Returns the number of differences that entries explained.
    pub(crate) fn explained(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// Returns a line for each entry with the number of differences that it explained.
    pub(crate) fn counts(&self) -> impl Iterator<Item = String> {
        self.counts.iter().map(|(id, count)| format!("{count:>6} {id}"))
    }

    /// Checks that every entry that no conformance case asserts explained a difference.
    ///
    /// # Errors
    ///
    /// Returns a message that names those that did not.
    pub(crate) fn check_needed(&self) -> Result<(), String> {
        let unused = self.counts.iter().filter(|(id, count)| *count == 0 && self.without_case.contains(*id));
        let unused: Vec<&str> = unused.map(|(id, _)| *id).collect();
        if unused.is_empty() { Ok(()) } else { Err(format!("no difference needs these entries: {unused:?}")) }
    }
}
