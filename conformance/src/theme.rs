//! What cases are about.

/// What a case is about. A driver that gets one thing wrong fails cases of that theme.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Theme {
    /// Items are found by their whole key, and keys of another shape are refused.
    Key,
    /// Which part of a partition a key condition names.
    KeyCondition,
    /// Ascending and descending.
    Direction,
    /// Texts are ordered by their UTF-8 bytes.
    TextOrder,
    /// Numbers are ordered by value.
    NumberOrder,
    /// Binary data is ordered by unsigned bytes.
    BinaryOrder,
    /// How many items are read.
    Limit,
    /// Where reading goes on.
    StartKey,
    /// What does not fit one answer.
    Paging,
    /// What a filter keeps.
    Filter,
    /// Which attributes are given back.
    Projection,
    /// What is counted.
    Count,
    /// Scans side by side.
    Segment,
    /// Secondary indexes: their key, their order, their upkeep.
    Index,
    /// Items that lack an index's key are not in it.
    Sparse,
    /// What an index holds.
    IndexProjection,
    /// Strongly consistent reads.
    Consistency,
    /// Values come back as they went in.
    Value,
    /// Numbers are exact.
    Number,
    /// How large and how deep items may be.
    Size,
    /// What expressions mean.
    Expression,
    /// Conditions decide writes.
    Condition,
    /// What a failed condition tells.
    OldItem,
    /// What writes give back.
    ReturnValues,
    /// What updates change.
    Update,
    /// Many reads or writes in one request.
    Batch,
    /// Many reads or writes at one moment, all or none.
    Transaction,
    /// What requests cost, and how large item collections are.
    Capacity,
    /// What streams record, and how they are read.
    Stream,
    /// Items that are deleted once their time is over.
    Expiry,
    /// Operations that no driver has.
    Unsupported,
    /// Tables are created, described, listed and deleted.
    Table,
    /// What is asked of a table that is not there.
    MissingTable,
    /// Querysets.
    QuerySet,
    /// Page tokens of querysets.
    Token,
    /// What is done with one value of a model.
    Model,
}
