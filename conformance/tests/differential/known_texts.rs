//! Known differences of requests whose expressions are texts, which plans do not have.

use djamodb_core::plan::QueryPlan;

use crate::compare::{Pair, uncounted};
use crate::known::{Entry, is_of_key};

pub(crate) const ENTRIES: &[Entry] = &[
    Entry {
        id: "empty-filters-of-scans-are-none",
        explains: |pair| {
            matches!(pair.op, QueryPlan::Scan(_))
                && in_messages(pair, |memory, server| {
                    let is_later = ["contains invalid key", "contains invalid value", "must not be empty"]
                        .iter()
                        .any(|fault| memory.contains(fault));
                    (is_later || memory == "Invalid FilterExpression: The expression can not be empty;")
                        && server.ends_with("can only be specified when using expressions: FilterExpression is null")
                })
        },
    },
    Entry {
        id: "sizes-of-long-conditions-are-shown",
        explains: |pair| {
            in_messages(pair, |memory, server| {
                let end = "Expression size has exceeded the maximum allowed size;";
                let size = server.strip_prefix(memory).unwrap_or_default();
                memory.starts_with("Invalid ") && memory.ends_with(end) && size.starts_with(" expression size: ")
            })
        },
    },
    Entry {
        id: "placeholders-of-values-are-path-elements",
        explains: |pair| {
            in_messages(pair, |memory, server| {
                let near = memory.rsplit_once("near: \"").map_or("", |(_, near)| near);
                let follows_dot = near.split('.').skip(1).any(|rest| rest.trim_start().starts_with(':'));
                // The server goes on and finds another fault, or fails.
                follows_dot && memory.contains("Syntax error; token: \":") && server.starts_with("Invalid ")
            })
        },
    },
    Entry {
        id: "size-and-convert-are-no-reserved-words",
        explains: |pair| {
            let of_memory = |memory: &str| {
                let word = memory.rsplit_once("reserved keyword: ").map_or("", |(_, word)| word);
                ["size", "convert"].iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
            };
            only_memory_refuses(pair, of_memory) || in_messages(pair, |memory, _| of_memory(memory))
        },
    },
    Entry {
        id: "keys-are-checked-before-expressions",
        explains: |pair| {
            in_messages(pair, |memory, server| memory.starts_with("Value provided in Expression") && is_of_key(server))
        },
    },
    Entry {
        id: "scans-check-consistency-first",
        explains: |pair| {
            in_messages(pair, |memory, server| {
                matches!(pair.op, QueryPlan::Scan(_))
                    && memory.starts_with("Value provided in Expression")
                    && server == "Consistent reads are not supported on global secondary indexes"
            })
        },
    },
];

/// Returns `true` if both refuse a request, with messages that `explains` accepts.
fn in_messages(pair: &Pair<'_>, explains: impl Fn(&str, &str) -> bool) -> bool {
    pair.errors().is_some_and(|(memory, server)| explains(uncounted(memory), server.message()))
}

/// Returns `true` if the server carries out a request that the memory driver refuses with a message that `explains` accepts.
fn only_memory_refuses(pair: &Pair<'_>, explains: impl Fn(&str) -> bool) -> bool {
    match (pair.memory.as_slice(), pair.server) {
        ([Err(memory)], server) => server.iter().all(Result::is_ok) && explains(uncounted(memory)),
        _ => false,
    }
}
