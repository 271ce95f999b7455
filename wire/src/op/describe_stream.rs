//! [`DescribeStream`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html): returns a stream with
//! its shards.

use djamodb_core::plan::{
    DescribeStream, DescribeStreamOutput, Metadata, Outcome, QueryPlan, Shard, StreamDescription, StreamStatus,
};
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Int, Real, Structure, Text, TypeName};
use crate::response_error::ResponseError;
use crate::shape::{metadata, settings, time};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    stream_arn: Option<Text>,
    limit: Option<Int>,
    exclusive_start_shard_id: Option<Text>,
    shard_filter: Option<Structure<ShardFilter>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct ShardFilter {
    r#type: Option<Text>,
    shard_id: Option<Text>,
}

impl TypeName for ShardFilter {
    const NAME: &'static str = "ShardFilter";
}

impl Request {
    pub(crate) fn new(describe: &DescribeStream) -> Self {
        let filter = |shard: &String| {
            Structure(ShardFilter {
                r#type: Some(Text("CHILD_SHARDS".to_owned())),
                shard_id: Some(Text(shard.clone())),
            })
        };
        Self {
            stream_arn: Some(Text(describe.stream_arn.clone())),
            limit: describe.limit.map(|limit| Int(i32::try_from(limit).unwrap_or(i32::MAX))),
            exclusive_start_shard_id: describe.exclusive_start_shard_id.clone().map(Text),
            shard_filter: describe.child_shards_of.as_ref().map(filter),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(stream_arn) = violations.required("streamArn", self.stream_arn);
        let limit = violations.at_least("limit", self.limit, 1);
        let filter = self.shard_filter.map(|Structure(filter)| {
            violations.one_of("shardFilter.type", filter.r#type, &[("CHILD_SHARDS", ())]);
            filter.shard_id
        });
        violations.check()?;
        let child_shards_of = match filter {
            Some(None) => {
                return Err(RequestError::validation(
                    "One or more parameter values were invalid: ShardId must be specified in ShardFilter",
                ));
            }
            filter => filter.flatten().map(|Text(shard)| shard),
        };
        let exclusive_start_shard_id = self.exclusive_start_shard_id.map(|Text(shard)| shard);
        Ok(DescribeStream { stream_arn, exclusive_start_shard_id, limit, child_shards_of }.into())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    stream_description: Description,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description {
    stream_arn: String,
    stream_label: String,
    stream_status: String,
    stream_view_type: String,
    creation_request_date_time: Option<Real>,
    table_name: String,
    #[serde(default)]
    key_schema: Vec<KeyElement>,
    #[serde(default)]
    shards: Vec<SentShard>,
    last_evaluated_shard_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct KeyElement {
    attribute_name: String,
    key_type: String,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SentShard {
    shard_id: String,
    sequence_number_range: SequenceNumberRange,
    parent_shard_id: Option<String>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct SequenceNumberRange {
    starting_sequence_number: Option<String>,
    ending_sequence_number: Option<String>,
}

const STATUSES: [(&str, StreamStatus); 4] = [
    ("ENABLING", StreamStatus::Enabling),
    ("ENABLED", StreamStatus::Enabled),
    ("DISABLING", StreamStatus::Disabling),
    ("DISABLED", StreamStatus::Disabled),
];

impl Response {
    pub(crate) fn new(output: &DescribeStreamOutput, _: &Metadata) -> Self {
        let stream = &output.stream;
        let status = STATUSES.iter().find(|(_, status)| *status == stream.status).map_or("", |(name, _)| name);
        // The key of a table has one hash attribute and at most one range attribute.
        let key = stream.key.iter().enumerate().map(|(at, name)| KeyElement {
            attribute_name: name.as_str().to_owned(),
            key_type: if at == 0 { "HASH" } else { "RANGE" }.to_owned(),
        });
        let shard = |shard: &Shard| SentShard {
            shard_id: shard.id.clone(),
            sequence_number_range: SequenceNumberRange {
                starting_sequence_number: shard.starting_sequence_number.clone(),
                ending_sequence_number: shard.ending_sequence_number.clone(),
            },
            parent_shard_id: shard.parent.clone(),
        };
        Self {
            stream_description: Description {
                stream_arn: stream.arn.clone(),
                stream_label: stream.label.clone(),
                stream_status: status.to_owned(),
                stream_view_type: settings::view_name(stream.view).to_owned(),
                creation_request_date_time: stream.created_at.map(time::write),
                table_name: stream.table.as_str().to_owned(),
                key_schema: key.collect(),
                shards: stream.shards.iter().map(shard).collect(),
                last_evaluated_shard_id: stream.last_evaluated_shard_id.clone(),
            },
        }
    }

    pub(crate) fn outcome(self) -> Result<Outcome, ResponseError> {
        let stream = self.stream_description;
        let status = STATUSES.iter().find(|(name, _)| *name == stream.stream_status).map(|(_, status)| *status);
        let shard = |shard: SentShard| Shard {
            id: shard.shard_id,
            parent: shard.parent_shard_id,
            starting_sequence_number: shard.sequence_number_range.starting_sequence_number,
            ending_sequence_number: shard.sequence_number_range.ending_sequence_number,
        };
        let description = StreamDescription {
            arn: stream.stream_arn,
            label: stream.stream_label,
            table: stream.table_name.into(),
            status: status.ok_or(ResponseError::Missing("status of the stream"))?,
            view: settings::view_of_name(&stream.stream_view_type)
                .ok_or(ResponseError::Missing("view of the stream"))?,
            created_at: stream.creation_request_date_time.and_then(time::read),
            key: stream.key_schema.into_iter().map(|element| Name::from(element.attribute_name)).collect(),
            shards: stream.shards.into_iter().map(shard).collect(),
            last_evaluated_shard_id: stream.last_evaluated_shard_id,
        };
        let output = DescribeStreamOutput { stream: description };
        Ok(Outcome { output: output.into(), metadata: metadata::of_table(None) })
    }
}
