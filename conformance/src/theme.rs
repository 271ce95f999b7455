//! Themes of cases.

/// The property that a case verifies. A driver that violates one property fails cases of its theme.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Theme {
    /// Items are addressed by their complete primary key; keys of another shape are rejected.
    Key,
    /// Key conditions select a range of a partition.
    KeyCondition,
    /// Queries return items in ascending or descending order.
    Direction,
    /// Strings are ordered by their UTF-8 bytes.
    StringOrder,
    /// Numbers are ordered by value.
    NumberOrder,
    /// Binary values are ordered by unsigned bytes.
    BinaryOrder,
    /// `Limit` bounds the number of items that a request reads.
    Limit,
    /// `ExclusiveStartKey` continues a read.
    StartKey,
    /// Results that exceed one response are split into pages.
    Paging,
    /// Filter expressions drop items after reading.
    Filter,
    /// Projection expressions and `Select` choose the returned attributes.
    Projection,
    /// `Count` and `ScannedCount`.
    Count,
    /// Parallel scans are divided into segments.
    ParallelScan,
    /// Secondary indexes: their keys, their order, their maintenance.
    Index,
    /// Items without the key attributes of an index are not in the index.
    Sparse,
    /// Index projections limit the attributes that an index holds.
    IndexProjection,
    /// Strongly consistent reads.
    Consistency,
    /// Values are returned as they were written.
    Value,
    /// Numbers are exact.
    Number,
    /// Limits of the size and nesting of items.
    Size,
    /// Semantics of condition and filter expressions.
    Expression,
    /// Conditions decide whether a write happens.
    Condition,
    /// `ReturnValuesOnConditionCheckFailure` returns the existing item.
    OldItem,
    /// `ReturnValues` of writes.
    ReturnValues,
    /// Update expressions change attributes.
    Update,
    /// Many reads or writes in one request.
    Batch,
    /// Several reads or writes in one atomic request.
    Transaction,
    /// Consumed capacity and item collection metrics.
    Capacity,
    /// Streams record changes, and readers receive them.
    Stream,
    /// Items are deleted after their time-to-live attribute has passed.
    TimeToLive,
    /// Operations that no driver supports.
    UnsupportedOperation,
    /// Tables are created, described, listed, changed and deleted.
    Table,
    /// Requests to a table that does not exist.
    MissingTable,
    /// Results of querysets.
    QuerySet,
    /// Page tokens and cursors of querysets.
    PageToken,
    /// Methods of single model values.
    Model,
}
