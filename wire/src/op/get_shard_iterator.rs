//! [`GetShardIterator`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html): returns an
//! iterator of the records of a shard.

use djamodb_core::plan::{GetShardIterator, GetShardIteratorOutput, Metadata, Outcome, QueryPlan, ShardPosition};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Real, Text};
use crate::shape::{metadata, time};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    stream_arn: Option<Text>,
    shard_id: Option<Text>,
    shard_iterator_type: Option<Text>,
    sequence_number: Option<Text>,
    timestamp: Option<Real>,
}

/// The value of `ShardIteratorType`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IteratorType {
    AfterSequenceNumber,
    Latest,
    AtSequenceNumber,
    TrimHorizon,
    AtTimestamp,
}

impl Request {
    pub(crate) fn new(get: &GetShardIterator) -> Self {
        let text = |text: &str| Some(Text(text.to_owned()));
        let (kind, sequence_number, timestamp) = match &get.position {
            ShardPosition::TrimHorizon => ("TRIM_HORIZON", None, None),
            ShardPosition::Latest => ("LATEST", None, None),
            ShardPosition::AtSequenceNumber(number) => ("AT_SEQUENCE_NUMBER", text(number), None),
            ShardPosition::AfterSequenceNumber(number) => ("AFTER_SEQUENCE_NUMBER", text(number), None),
            ShardPosition::AtTimestamp(timestamp) => ("AT_TIMESTAMP", None, Some(time::write(*timestamp))),
        };
        Self {
            stream_arn: text(&get.stream_arn),
            shard_id: text(&get.shard_id),
            shard_iterator_type: text(kind),
            sequence_number,
            timestamp,
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(stream_arn) = violations.required("streamArn", self.stream_arn);
        let Text(shard_id) = violations.required("shardId", self.shard_id);
        if self.shard_iterator_type.is_none() {
            violations.null("shardIteratorType");
        }
        let values = [
            ("AFTER_SEQUENCE_NUMBER", IteratorType::AfterSequenceNumber),
            ("LATEST", IteratorType::Latest),
            ("AT_SEQUENCE_NUMBER", IteratorType::AtSequenceNumber),
            ("TRIM_HORIZON", IteratorType::TrimHorizon),
            ("AT_TIMESTAMP", IteratorType::AtTimestamp),
        ];
        let kind = violations.one_of("shardIteratorType", self.shard_iterator_type, &values);
        violations.check()?;
        let number = self.sequence_number.map(|Text(number)| number);
        let position = match (kind.unwrap_or(IteratorType::TrimHorizon), number) {
            (IteratorType::TrimHorizon, None) => ShardPosition::TrimHorizon,
            (IteratorType::Latest, None) => ShardPosition::Latest,
            (IteratorType::AtSequenceNumber, Some(number)) => ShardPosition::AtSequenceNumber(number),
            (IteratorType::AfterSequenceNumber, Some(number)) => ShardPosition::AfterSequenceNumber(number),
            (IteratorType::AtTimestamp, None) => {
                let timestamp = self.timestamp.and_then(time::read);
                ShardPosition::AtTimestamp(timestamp.ok_or_else(|| {
                    RequestError::validation("Timestamp must be specified for the iterator type AT_TIMESTAMP")
                })?)
            }
            (IteratorType::AtSequenceNumber | IteratorType::AfterSequenceNumber, None) => {
                return Err(RequestError::validation("SequenceNumber must be specified for this ShardIteratorType"));
            }
            (_, Some(_)) => {
                return Err(RequestError::validation(
                    "SequenceNumber must not be specified for this ShardIteratorType",
                ));
            }
        };
        Ok(GetShardIterator { stream_arn, shard_id, position }.into())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    shard_iterator: String,
}

impl Response {
    pub(crate) fn new(output: &GetShardIteratorOutput, _: &Metadata) -> Self {
        Self { shard_iterator: output.shard_iterator.clone() }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let output = GetShardIteratorOutput { shard_iterator: self.shard_iterator };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
