//! [`GetRecords`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html): reads the records of a shard.

use djamodb_core::plan::{
    GetRecords, GetRecordsOutput, Metadata, Outcome, QueryPlan, StreamEvent, StreamRecord, UserIdentity,
};
use djamodb_core::value::Item;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Int, Real, Text};
use crate::response_error::ResponseError;
use crate::shape::{metadata, settings, time};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    shard_iterator: Option<Text>,
    limit: Option<Int>,
}

impl Request {
    pub(crate) fn new(get: &GetRecords) -> Self {
        Self {
            shard_iterator: Some(Text(get.shard_iterator.clone())),
            limit: get.limit.map(|limit| Int(i32::try_from(limit).unwrap_or(i32::MAX))),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let Text(shard_iterator) = violations.required("shardIterator", self.shard_iterator);
        let limit = violations.at_least("limit", self.limit, 1);
        violations.check()?;
        Ok(GetRecords { shard_iterator, limit }.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    #[serde(default)]
    records: Vec<Record>,
    next_shard_iterator: Option<String>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    #[serde(rename = "eventID")]
    event_id: String,
    event_name: String,
    event_version: Option<String>,
    event_source: Option<String>,
    aws_region: Option<String>,
    dynamodb: Change,
    user_identity: Option<Identity>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    approximate_creation_date_time: Option<Real>,
    keys: Item,
    new_image: Option<Item>,
    old_image: Option<Item>,
    sequence_number: String,
    size_bytes: u64,
    stream_view_type: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Identity {
    principal_id: String,
    r#type: String,
}

const EVENTS: [(&str, StreamEvent); 3] =
    [("INSERT", StreamEvent::Insert), ("MODIFY", StreamEvent::Modify), ("REMOVE", StreamEvent::Remove)];

impl Record {
    fn new(record: &StreamRecord, region: &str) -> Self {
        let name = EVENTS.iter().find(|(_, event)| *event == record.event).map_or("", |(name, _)| name);
        Self {
            event_id: record.event_id.clone(),
            event_name: name.to_owned(),
            event_version: Some("1.1".to_owned()),
            event_source: Some("aws:dynamodb".to_owned()),
            aws_region: Some(region.to_owned()),
            dynamodb: Change {
                approximate_creation_date_time: record.created_at.map(time::write),
                keys: record.keys.clone(),
                new_image: record.new_image.clone(),
                old_image: record.old_image.clone(),
                sequence_number: record.sequence_number.clone(),
                size_bytes: record.size_bytes,
                stream_view_type: settings::view_name(record.view).to_owned(),
            },
            user_identity: record.user_identity.as_ref().map(|identity| Identity {
                principal_id: identity.principal_id.clone(),
                r#type: identity.kind.clone(),
            }),
        }
    }

    fn read(self) -> Result<StreamRecord, ResponseError> {
        let event = EVENTS.iter().find(|(name, _)| *name == self.event_name).map(|(_, event)| *event);
        let view = settings::view_of_name(&self.dynamodb.stream_view_type);
        Ok(StreamRecord {
            event_id: self.event_id,
            event: event.ok_or(ResponseError::Missing("name of an event"))?,
            sequence_number: self.dynamodb.sequence_number,
            created_at: self.dynamodb.approximate_creation_date_time.and_then(time::read),
            view: view.ok_or(ResponseError::Missing("view of a record"))?,
            keys: self.dynamodb.keys,
            new_image: self.dynamodb.new_image,
            old_image: self.dynamodb.old_image,
            size_bytes: self.dynamodb.size_bytes,
            user_identity: self
                .user_identity
                .map(|identity| UserIdentity { kind: identity.r#type, principal_id: identity.principal_id }),
        })
    }
}

impl Response {
    /// Returns the response. `region` is the region of the records.
    pub(crate) fn new(output: &GetRecordsOutput, _: &Metadata, region: &str) -> Self {
        Self {
            records: output.records.iter().map(|record| Record::new(record, region)).collect(),
            next_shard_iterator: output.next_shard_iterator.clone(),
        }
    }

    pub(crate) fn outcome(self) -> Result<Outcome, ResponseError> {
        let output = GetRecordsOutput {
            records: self.records.into_iter().map(Record::read).collect::<Result<_, _>>()?,
            next_shard_iterator: self.next_shard_iterator,
        };
        Ok(Outcome { output: output.into(), metadata: metadata::of_table(None) })
    }
}
