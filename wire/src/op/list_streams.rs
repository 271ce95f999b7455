//! [`ListStreams`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html): returns the streams of
//! tables.

use djamodb_core::plan::{ListStreams, ListStreamsOutput, Metadata, Outcome, QueryPlan, Stream};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Int, Text};
use crate::shape::{metadata, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    table_name: Option<Text>,
    limit: Option<Int>,
    exclusive_start_stream_arn: Option<Text>,
}

impl Request {
    pub(crate) fn new(list: &ListStreams) -> Self {
        Self {
            table_name: list.table.as_ref().map(table_name::write),
            limit: list.limit.map(|limit| Int(i32::try_from(limit).unwrap_or(i32::MAX))),
            exclusive_start_stream_arn: list.exclusive_start_stream_arn.clone().map(Text),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let limit = violations.at_least("limit", self.limit, 1);
        violations.check()?;
        Ok(ListStreams {
            table: self.table_name.map(table_name::read),
            exclusive_start_stream_arn: self.exclusive_start_stream_arn.map(|Text(arn)| arn),
            limit,
        }
        .into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    #[serde(default)]
    streams: Vec<SentStream>,
    last_evaluated_stream_arn: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SentStream {
    stream_arn: String,
    table_name: String,
    stream_label: String,
}

impl Response {
    pub(crate) fn new(output: &ListStreamsOutput, _: &Metadata) -> Self {
        let stream = |stream: &Stream| SentStream {
            stream_arn: stream.arn.clone(),
            table_name: stream.table.as_str().to_owned(),
            stream_label: stream.label.clone(),
        };
        Self {
            streams: output.streams.iter().map(stream).collect(),
            last_evaluated_stream_arn: output.last_evaluated_stream_arn.clone(),
        }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let stream = |SentStream { stream_arn, table_name, stream_label }| Stream {
            arn: stream_arn,
            table: table_name.into(),
            label: stream_label,
        };
        let output = ListStreamsOutput {
            streams: self.streams.into_iter().map(stream).collect(),
            last_evaluated_stream_arn: self.last_evaluated_stream_arn,
        };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
