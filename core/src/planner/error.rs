//! Why a request cannot be planned.

use crate::model::{CodecError, InvalidEdit, InvalidLookup};
use crate::value::{Item, Name};

/// Why a request cannot be planned. Nothing was sent.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Nothing says which partition to read, so that all would have to be read.
    #[error(
        "no hash key: reading {what} of {model} needs `{attribute}`; \
         call set_hash_key(…), or filter on `{attribute}` with eq or is_in{}; scan() reads all of it",
        or_nearest(nearest.as_ref())
    )]
    WouldScan {
        /// The model.
        model: &'static str,
        /// What is read: `the table`, or `the index …`.
        what: String,
        /// The hash attribute that is not known.
        attribute: Name,
        /// Another index, whose hash key the lookups name, and why it is not read.
        nearest: Option<String>,
    },
    /// The database allows no scan.
    #[error(
        "reading all of the {what} of {model} is a scan, and this database allows none (ScanPolicy::Deny); \
         name a hash key, read an index that has one, or use with_scan_policy(…)"
    )]
    ScanDenied {
        /// The model.
        model: &'static str,
        /// What would be read: `table`, or the index.
        what: String,
    },
    /// No rate that anything could keep.
    #[error("{model} cannot be read at {units_per_second} units a second; a rate is a finite number above 0")]
    RateLimit {
        /// The model.
        model: &'static str,
        /// The rate.
        units_per_second: f64,
    },
    /// What is read has no such order.
    #[error("{what} of {model} cannot be read in the order of `{attribute}`: {reason}")]
    OrderBy {
        /// The model.
        model: &'static str,
        /// What is read: `the table`, or `the index …`.
        what: String,
        /// The attribute.
        attribute: String,
        /// Why not, and what to do.
        reason: String,
    },
    /// A scan has no order that could be turned round.
    #[error(
        "a scan of {model} has no order: neither its last item nor the opposite order exists; set a hash key, or use sort_in_memory(…)"
    )]
    ScanHasNoOrder {
        /// The model.
        model: &'static str,
    },
    /// A global index does not see every write at once.
    #[error(
        "the index {index} of {model} cannot be read consistently: it is global; read the table, or leave consistent() out"
    )]
    ConsistentIndex {
        /// The model.
        model: &'static str,
        /// The index.
        index: Name,
    },
    /// The hash key that was set is nothing that DynamoDB can hold.
    #[error("the hash key of {model} cannot be used: {error}")]
    HashKey {
        /// The model.
        model: &'static str,
        /// What is wrong with it.
        error: CodecError,
    },
    /// A key that was given is nothing that DynamoDB can hold.
    #[error("a key of {model} cannot be looked for: {error}")]
    Key {
        /// The model.
        model: &'static str,
        /// What is wrong with it.
        error: CodecError,
    },
    /// A lookup is not valid.
    #[error("a lookup on {model} cannot be used: {error}")]
    Lookup {
        /// The model.
        model: &'static str,
        /// What is wrong with it.
        error: InvalidLookup,
    },
    /// What is to be changed is not valid.
    #[error("{model} cannot be changed so: {error}")]
    Edit {
        /// The model.
        model: &'static str,
        /// What is wrong with it.
        error: InvalidEdit,
    },
    /// The lookups that each write is to check again are more than a condition can say.
    #[error(
        "the lookups of {model} are too many for the condition of a write, which has at most 4 KB of text, 300 operators \
         and 2 MB of values; filter by fewer values at a time"
    )]
    ConditionTooLong {
        /// The model.
        model: &'static str,
    },
    /// Two of several values have one key, so that one of them would be lost.
    #[error("two of the values of {model} have the key {key:?}; keep one of them")]
    KeyTwice {
        /// The model.
        model: &'static str,
        /// The key.
        key: Item,
    },
    /// The index does not hold what is asked for.
    #[error(
        "the index {index} of {model} does not hold {}; give it those attributes, read the table, \
         fetch them from there with hydrate(), or ask only for what it holds (count, exists, delete)",
        listed(attributes)
    )]
    ProjectionLacks {
        /// The model.
        model: &'static str,
        /// The index.
        index: String,
        /// What it lacks.
        attributes: Vec<Name>,
    },
    /// A page token does not belong to this request.
    #[error("the page token does not belong to this queryset of {model}: {reason}")]
    Token {
        /// The model.
        model: &'static str,
        /// Why not.
        reason: String,
    },
    /// Two options of a queryset, or an option and a terminal method, that cannot be combined.
    #[error("cannot combine {first} with {second} on {model}: {reason}; {instead}")]
    Combination {
        /// Name of the model.
        model: &'static str,
        /// The option, for example `union`.
        first: &'static str,
        /// The other option or the terminal method, for example `page`.
        second: &'static str,
        /// Why the two cannot be combined.
        reason: &'static str,
        /// What to do instead.
        instead: &'static str,
    },
    /// The number of segments of a parallel scan is out of range.
    #[error("cannot scan {model} in {total_segments} segments; the number of segments is 1 to 1,000,000")]
    TotalSegments {
        /// Name of the model.
        model: &'static str,
        /// The number of segments.
        total_segments: u32,
    },
    /// A method that is given keys was called on a queryset with a limit or a page token.
    #[error(
        "{method} of {model} is given the keys to look for, so that the queryset can have no limit and no page token"
    )]
    KeysWithLimit {
        /// The model.
        model: &'static str,
        /// The method.
        method: &'static str,
    },
    /// The lists of key values multiply to too much.
    #[error(
        "the lookups of {model} on key attributes multiply to {count} keys or parts of partitions, \
         and {max} are allowed; ask for fewer values at a time"
    )]
    TooManyRequests {
        /// The model.
        model: &'static str,
        /// How many.
        count: usize,
        /// How many are allowed.
        max: usize,
    },
}

fn or_nearest(nearest: Option<&String>) -> String {
    nearest.map(|nearest| format!("; {nearest}")).unwrap_or_default()
}

fn listed(names: &[Name]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
