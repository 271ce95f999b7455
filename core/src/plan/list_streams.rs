//! [ListStreams](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html).

use serde::{Deserialize, Serialize};

use crate::service::limits;
use crate::value::Name;

/// Lists streams, also those that have ended and whose records are still kept; up to 100 a request.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ListStreams {
    /// The table whose streams are listed; those of all tables when absent.
    pub table: Option<Name>,
    /// Where to go on: the `last_evaluated_stream_arn` of an earlier answer.
    pub exclusive_start_stream_arn: Option<String>,
    /// How many: 1 to 100; 100 when absent.
    pub limit: Option<u32>,
}

/// What [`ListStreams`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ListStreamsOutput {
    /// The streams.
    pub streams: Vec<Stream>,
    /// Where to go on; when absent, there is nothing more.
    pub last_evaluated_stream_arn: Option<String>,
}

/// A stream of changes to a table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stream {
    /// The stream's name among all resources of AWS.
    pub arn: String,
    /// The table.
    pub table: Name,
    /// When it was enabled, as text: what tells the streams of one table apart.
    pub label: String,
}

impl ListStreams {
    /// The most streams that one request gives.
    pub const LIMIT_MAX: u32 = limits::LIST_STREAMS_MAX;

    /// Lists the streams of a table.
    pub fn of_table(table: impl Into<Name>) -> Self {
        Self { table: Some(table.into()), ..Self::default() }
    }
}
