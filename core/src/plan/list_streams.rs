//! The [ListStreams](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html)
//! operation: lists the streams of one table or of all tables.

use crate::service::limits;
use crate::value::Name;

/// A request for up to 100 streams. Disabled streams are included as long as their records are kept.
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListStreams {
    /// Table whose streams are listed; all tables if `None`.
    pub table: Option<Name>,
    /// `last_evaluated_stream_arn` of the previous page, after which this page begins.
    pub exclusive_start_stream_arn: Option<String>,
    /// Maximum number of streams, from 1 to 100; 100 if `None`.
    pub limit: Option<u32>,
}

/// The output of [`ListStreams`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListStreamsOutput {
    /// Streams of this page.
    pub streams: Vec<Stream>,
    /// Position that continues the listing; `None` on the last page.
    pub last_evaluated_stream_arn: Option<String>,
}

/// A stream that records the changes of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Stream {
    /// ARN of the stream.
    pub arn: String,
    /// Table whose changes the stream records.
    pub table: Name,
    /// Label that is unique among the streams of a table: the time at which the stream was enabled.
    pub label: String,
}

impl ListStreams {
    /// Maximum number of streams in one page.
    pub const LIMIT_MAX: u32 = limits::LIST_STREAMS_MAX;

    /// Creates a request for the first page of streams of `table`.
    pub fn of_table(table: impl Into<Name>) -> Self {
        Self { table: Some(table.into()), ..Self::default() }
    }
}
