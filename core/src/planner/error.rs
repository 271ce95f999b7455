//! Why a request cannot be planned.

use crate::model::{CodecError, InvalidLookup};
use crate::value::Name;

/// Why a request cannot be planned. Nothing was sent.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Nothing says which partition to read.
    #[error(
        "no hash key: reading {what} of {model} needs `{attribute}`; \
         call set_hash_key(…), or filter on `{attribute}` with eq or is_in"
    )]
    NoHashKey {
        /// The model.
        model: &'static str,
        /// What is read: `the table`, or `the index …`.
        what: String,
        /// The hash attribute that is not known.
        attribute: Name,
    },
    /// The hash key that was set is nothing that DynamoDB can hold.
    #[error("the hash key of {model} cannot be used: {error}")]
    HashKey {
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
    /// The index does not hold what is asked for.
    #[error(
        "the index {index} of {model} does not hold {}; give it those attributes, read the table, \
         or ask only for what it holds (count, exists, delete)",
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

fn listed(names: &[Name]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
