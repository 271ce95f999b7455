//! Errors of planning.

use super::PageTokenError;
use super::index_reason::{NearestIndex, RejectedIndex, quoted, source};
use crate::model::{CodecError, InvalidEdit, InvalidLookup};
use crate::service::limits::{CLIENT_REQUEST_TOKEN_CHARACTERS_MAX, TRANSACTION_BYTES_MAX, TRANSACTION_ITEMS_MAX};
use crate::value::{Item, Name, describe_key};

/// Maximum number of querysets of a union.
pub(crate) const UNION_QUERYSETS_MAX: usize = 1000;
/// Maximum number of unions inside each other. Only unions with options of their own are inside another one.
pub(crate) const UNION_LEVELS_MAX: usize = 32;

/// The reason for which a queryset cannot be planned, or a write cannot be made. No request was sent.
///
/// The field `model` is the name of the model's Rust type. A field `index` names the index that the queryset reads and is
/// `None` for the table.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The hash key is unknown, so that the read would be a scan, and `scan()` was not called.
    #[error(
        "cannot query {} of {model}: no hash key; call set_hash_key(…), filter `{attribute}` with eq or is_in, or call \
         scan() to read everything{}",
        source(.index.as_ref()), hint(nearest.as_deref())
    )]
    WouldScan {
        /// Name of the model.
        model: &'static str,
        /// Name of the index; `None` for the table.
        index: Option<Name>,
        /// The hash attribute whose value is unknown, or the first part of it without a value if it is composed of fields.
        attribute: Name,
        /// Another index, whose hash key the lookups name at least in part.
        nearest: Option<Box<NearestIndex>>,
    },
    /// The queryset scans, and the database's policy is [`ScanPolicy::Deny`](crate::database::ScanPolicy::Deny).
    #[error(
        "cannot scan {} of {model}: the database's policy is ScanPolicy::Deny; name a hash key, read an index whose hash \
         key the lookups name, or use with_scan_policy(…)",
        source(.index.as_ref())
    )]
    ScanDenied {
        /// Name of the model.
        model: &'static str,
        /// Name of the index; `None` for the table.
        index: Option<Name>,
    },
    /// The models of a collection do not share a table and the composition of its hash key.
    #[error(
        "cannot read {first} and {second} as one collection: the models of a collection have the same table and hash key, composed of \
         fields of the same names"
    )]
    CollectionMembers {
        /// Name of the first model.
        first: &'static str,
        /// Name of the other model.
        second: &'static str,
    },
    /// Neither a discriminator nor the composition of the key distinguishes two models of a collection.
    #[error(
        "cannot read {first} and {second} as one collection: an item could be of either; give both models a discriminator, or keys that begin \
         with different text"
    )]
    AlikeMembers {
        /// Name of the first model.
        first: &'static str,
        /// Name of the other model.
        second: &'static str,
    },
    /// The rate is not a finite number above 0.
    #[error("cannot limit {model} to {units_per_second} units per second: a rate is a finite number above 0")]
    RateLimit {
        /// Name of the model.
        model: &'static str,
        /// The rate that was given.
        units_per_second: f64,
    },
    /// The table or the index is not ordered by the attribute.
    #[error(
        "cannot order {} of {model} by `{attribute}`: {}; use sort_in_memory(…), or an index whose range key is \
         `{attribute}`{}",
        source(.index.as_ref()), order_of(range_key.as_ref()), rejection(rejected.as_deref())
    )]
    OrderBy {
        /// Name of the model.
        model: &'static str,
        /// Name of the index; `None` for the table.
        index: Option<Name>,
        /// The path of the attribute that `order_by` names.
        attribute: String,
        /// The range key of what is read, which determines its order; `None` if there is none.
        range_key: Option<Name>,
        /// An index with this order, and the reason for not choosing it.
        rejected: Option<Box<RejectedIndex>>,
    },
    /// The queryset scans. A scan has no order, and so no reverse order and no last item.
    #[error("cannot order or reverse a scan of {model}: a scan has no order; set a hash key, or use sort_in_memory(…)")]
    ScanHasNoOrder {
        /// Name of the model.
        model: &'static str,
    },
    /// A global index cannot be read consistently.
    #[error(
        "cannot read index `{index}` of {model} consistently: it is a global index; read the table, or leave out \
         consistent()"
    )]
    ConsistentIndex {
        /// Name of the model.
        model: &'static str,
        /// Name of the index.
        index: Name,
    },
    /// DynamoDB cannot hold the hash key that was set.
    #[error("cannot use the hash key that was set on {model}: {error}")]
    HashKey {
        /// Name of the model.
        model: &'static str,
        /// The error of encoding the value.
        error: CodecError,
    },
    /// DynamoDB cannot hold a key that was given to a method.
    #[error("cannot look up a key of {model}: {error}")]
    Key {
        /// Name of the model.
        model: &'static str,
        /// The error of encoding the value.
        error: CodecError,
    },
    /// A lookup is invalid.
    #[error("cannot use a lookup on {model}: {error}")]
    Lookup {
        /// Name of the model.
        model: &'static str,
        /// The error of the lookup.
        error: InvalidLookup,
    },
    /// An edit is invalid.
    #[error("cannot update {model}: {error}")]
    Edit {
        /// Name of the model.
        model: &'static str,
        /// The error of the edit.
        error: InvalidEdit,
    },
    /// The lookups that each write checks again exceed the limits of a condition expression.
    #[error(
        "cannot check the lookups on {model} with each write: the condition has more than 4 KB of text, 300 operators or \
         2 MB of values; filter by fewer values at a time"
    )]
    ConditionTooLong {
        /// Name of the model.
        model: &'static str,
    },
    /// The model has a version, which a batch of writes cannot compare.
    #[error(
        "{method} of {model} cannot compare versions, because a batch of writes has no conditions; save each value, use a \
         transaction, or write without comparing: `OnConflict::OverwriteUnchecked`, `Batch::unconditional()`"
    )]
    UncheckedVersion {
        /// Name of the model.
        model: &'static str,
        /// Name of the method.
        method: &'static str,
    },
    /// Two of the values that are written have the same key.
    #[error("cannot write values of {model}: two of them have the key {}; keep one", describe_key(key))]
    KeyTwice {
        /// Name of the model.
        model: &'static str,
        /// The key.
        key: Item,
    },
    /// A value that a transaction writes breaks a rule of DynamoDB, or its key does.
    #[error(
        "cannot add {model} to the transaction{}{}: {error}",
        position.map(|position| format!(" as the action at index {position}")).unwrap_or_default(),
        key.as_ref().map(|key| format!(" with the key {}", describe_key(key))).unwrap_or_default()
    )]
    TransactionValue {
        /// Name of the model.
        model: &'static str,
        /// Position of the action, from 0. `None` for a key that a transaction reads.
        position: Option<usize>,
        /// Key of the item. `None` if it cannot be encoded.
        key: Option<Item>,
        /// Path of the attribute, and the reason.
        error: CodecError,
    },
    /// A value that a batch writes breaks a rule of DynamoDB, or its key does.
    #[error(
        "cannot add {model} to the batch as the write at index {position}{}: {error}",
        key.as_ref().map(|key| format!(" with the key {}", describe_key(key))).unwrap_or_default()
    )]
    BatchValue {
        /// Name of the model.
        model: &'static str,
        /// Position of the write, from 0.
        position: usize,
        /// Key of the item. `None` if it cannot be encoded.
        key: Option<Item>,
        /// Path of the attribute, and the reason.
        error: CodecError,
    },
    /// Two writes of the batch name the same item.
    #[error(
        "cannot run the batch: two writes, of {other} and of {model}, name the item with the key {}; their order would be undefined, \
         so leave out one of them",
        describe_key(key)
    )]
    BatchItemTwice {
        /// Name of the model of the later write.
        model: &'static str,
        /// Name of the model of the earlier write.
        other: &'static str,
        /// The key.
        key: Item,
    },
    /// The transaction has more actions than DynamoDB accepts.
    #[error("cannot run a transaction of {count} actions: DynamoDB accepts at most {TRANSACTION_ITEMS_MAX}; split it")]
    TransactionTooManyItems {
        /// The number of actions.
        count: usize,
    },
    /// Two actions of a transaction give a unique attribute the same value.
    #[error(
        "two actions of the transaction give {} of {model} the same value, which is unique: those on the items with the keys {} and {}",
        attributes.iter().map(|attribute| format!("`{attribute}`")).collect::<Vec<_>>().join(" and "),
        describe_key(&keys[0]), describe_key(&keys[1])
    )]
    UniqueTwice {
        /// The model.
        model: &'static str,
        /// Names of the unique attributes.
        attributes: Vec<Name>,
        /// Keys of the two items.
        keys: Box<[Item; 2]>,
    },
    /// The model has unique attributes, whose guard items need a transaction for each item.
    #[error(
        "{method} cannot write items of {model}, because {} must stay unique, and its guard items are written in a transaction with each \
         item; {instead}",
        attributes.iter().map(|attribute| format!("`{attribute}`")).collect::<Vec<_>>().join(" and ")
    )]
    UniqueInMany {
        /// The model.
        model: &'static str,
        /// Name of the method.
        method: &'static str,
        /// Names of the unique attributes.
        attributes: Vec<Name>,
        /// Methods that can write the items.
        instead: &'static str,
    },
    /// The items that the transaction stores are larger than DynamoDB accepts.
    #[error(
        "cannot run a transaction that stores {bytes} bytes: DynamoDB accepts at most {TRANSACTION_BYTES_MAX}; split it"
    )]
    TransactionTooLarge {
        /// The size of the items that the transaction stores.
        bytes: usize,
    },
    /// Two actions of the transaction name the same item.
    #[error(
        "cannot run the transaction: two actions, of {other} and of {model}, name the item with the key {}; DynamoDB accepts one \
         action for each item, so join them, a check into the condition of the write for example",
        describe_key(key)
    )]
    TransactionItemTwice {
        /// Name of the model of the later action.
        model: &'static str,
        /// Name of the model of the earlier action.
        other: &'static str,
        /// The key.
        key: Item,
    },
    /// The client request token of the transaction is empty or too long.
    #[error(
        "cannot run a transaction with a client request token of {characters} characters: DynamoDB accepts 1 to \
         {CLIENT_REQUEST_TOKEN_CHARACTERS_MAX}"
    )]
    ClientRequestToken {
        /// The length of the token.
        characters: usize,
    },
    /// A global index does not project attributes that are read or looked at.
    #[error(
        "cannot read {model} from index `{index}`: it does not hold {}; project these attributes into the index, read the \
         table, call hydrate() to fetch them from the table, or use count, exists or delete, which do not read them",
        quoted(attributes)
    )]
    ProjectionLacks {
        /// Name of the model.
        model: &'static str,
        /// Name of the index.
        index: Name,
        /// The attributes that the index does not hold.
        attributes: Vec<Name>,
    },
    /// A page token was not made by this queryset.
    #[error("cannot use the page token on {model}: {reason}")]
    Token {
        /// Name of the model.
        model: &'static str,
        /// The reason for rejecting it.
        reason: PageTokenError,
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
        /// The reason for which the two cannot be combined.
        reason: &'static str,
        /// The alternative.
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
        "cannot call {method} on {model} with a limit or a page token: the method reads all keys that it is given; leave \
         out set_limit(…) and set_last_evaluated_key(…)"
    )]
    KeysWithLimit {
        /// Name of the model.
        model: &'static str,
        /// Name of the method.
        method: &'static str,
    },
    /// The lookups on key attributes expand to too many requests.
    #[error(
        "cannot read {model}: the lookups on its key attributes expand to {count} keys or range spans, and at most {max} \
         are allowed; filter by fewer values at a time"
    )]
    TooManyRequests {
        /// Name of the model.
        model: &'static str,
        /// Number of keys or range spans.
        count: usize,
        /// Maximum number of them.
        max: usize,
    },
    /// A union has too many querysets.
    #[error(
        "cannot read a union of {model}: it has more than {UNION_QUERYSETS_MAX} querysets, or more than {UNION_LEVELS_MAX} unions with \
         limits inside each other; use `is_in` for several keys, or several unions"
    )]
    TooManyQuerysets {
        /// Name of the model.
        model: &'static str,
    },
    /// The lookups that apply to each of many keys are too many.
    #[error(
        "cannot read {model}: {lookups} lookups and values apply to each of {keys} keys, and at most {max} such combinations \
         are allowed; filter by fewer values at a time"
    )]
    TooManyCombinations {
        /// Name of the model.
        model: &'static str,
        /// Number of keys or range spans.
        keys: usize,
        /// Number of lookups and of the values of `is_in`.
        lookups: usize,
        /// Maximum of the product of both.
        max: usize,
    },
}

crate::debug_by_message!(enum PlanError {
    WouldScan { model, index, attribute, nearest },
    ScanDenied { model, index },
    RateLimit { model, units_per_second },
    OrderBy { model, index, attribute, range_key, rejected },
    ScanHasNoOrder { model },
    ConsistentIndex { model, index },
    HashKey { model, error },
    Key { model, error },
    Lookup { model, error },
    Edit { model, error },
    ConditionTooLong { model },
    UncheckedVersion { model, method },
    KeyTwice { model, key },
    TransactionValue { model, position, key, error },
    BatchValue { model, position, key, error },
    BatchItemTwice { model, other, key },
    TransactionTooManyItems { count },
    UniqueTwice { model, attributes, keys },
    UniqueInMany { model, method, attributes, instead },
    TransactionTooLarge { bytes },
    TransactionItemTwice { model, other, key },
    ClientRequestToken { characters },
    ProjectionLacks { model, index, attributes },
    Token { model, reason },
    CollectionMembers { first, second },
    AlikeMembers { first, second },
    Combination { model, first, second, reason, instead },
    TotalSegments { model, total_segments },
    KeysWithLimit { model, method },
    TooManyRequests { model, count, max },
    TooManyQuerysets { model },
    TooManyCombinations { model, keys, lookups, max },
});

fn hint(nearest: Option<&NearestIndex>) -> String {
    nearest.map(|nearest| format!("; {nearest}")).unwrap_or_default()
}

fn order_of(range_key: Option<&Name>) -> String {
    match range_key {
        Some(range_key) => format!("it is ordered by `{range_key}`"),
        None => "it has no range key".to_owned(),
    }
}

fn rejection(rejected: Option<&RejectedIndex>) -> String {
    rejected
        .map(|RejectedIndex { index, reason }| format!("; {} is not chosen because {reason}", source(index.as_ref())))
        .unwrap_or_default()
}
