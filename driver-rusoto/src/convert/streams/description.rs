//! Streams and their shards.

use djamodb_core::plan::{Shard, Stream, StreamDescription, StreamStatus};
use djamodb_core::value::Name;
use rusoto_dynamodbstreams::{
    KeySchemaElement, Shard as RusotoShard, Stream as RusotoStream, StreamDescription as RusotoDescription,
};

use crate::convert::{InvalidResponse, key, schema, time};

/// Converts an entry of a list of streams.
pub(crate) fn stream_from_rusoto(stream: RusotoStream) -> Result<Stream, InvalidResponse> {
    Ok(Stream { arn: arn(stream.stream_arn)?, table: table(stream.table_name)?, label: label(stream.stream_label)? })
}

pub(crate) fn from_rusoto(stream: Option<RusotoDescription>) -> Result<StreamDescription, InvalidResponse> {
    let stream = stream.ok_or(InvalidResponse::Missing("description of the stream"))?;
    Ok(StreamDescription {
        arn: arn(stream.stream_arn)?,
        label: label(stream.stream_label)?,
        table: table(stream.table_name)?,
        status: status_from_rusoto(stream.stream_status.as_deref())?,
        view: schema::view_from_rusoto(stream.stream_view_type.as_deref())?,
        created_at: stream.creation_request_date_time.and_then(time::from_rusoto),
        key: key_from_rusoto(stream.key_schema.unwrap_or_default())?,
        shards: stream.shards.unwrap_or_default().into_iter().map(shard_from_rusoto).collect::<Result<_, _>>()?,
        last_evaluated_shard_id: stream.last_evaluated_shard_id,
    })
}

fn arn(arn: Option<String>) -> Result<String, InvalidResponse> {
    arn.ok_or(InvalidResponse::Missing("ARN of the stream"))
}

fn label(label: Option<String>) -> Result<String, InvalidResponse> {
    label.ok_or(InvalidResponse::Missing("label of the stream"))
}

fn table(table: Option<String>) -> Result<Name, InvalidResponse> {
    table.map(Name::from).ok_or(InvalidResponse::Missing("table of the stream"))
}

fn status_from_rusoto(status: Option<&str>) -> Result<StreamStatus, InvalidResponse> {
    match status.ok_or(InvalidResponse::Missing("status of the stream"))? {
        "ENABLING" => Ok(StreamStatus::Enabling),
        "ENABLED" => Ok(StreamStatus::Enabled),
        "DISABLING" => Ok(StreamStatus::Disabling),
        "DISABLED" => Ok(StreamStatus::Disabled),
        other => Err(InvalidResponse::unknown("stream status", other)),
    }
}

/// Returns the names of the key attributes, hash key first.
fn key_from_rusoto(elements: Vec<KeySchemaElement>) -> Result<Vec<Name>, InvalidResponse> {
    let (mut hash, mut range) = (Vec::new(), Vec::new());
    for KeySchemaElement { attribute_name, key_type } in elements {
        match key_type.as_str() {
            key::HASH => hash.push(attribute_name.into()),
            key::RANGE => range.push(attribute_name.into()),
            other => return Err(InvalidResponse::unknown("key type", other)),
        }
    }
    hash.append(&mut range);
    Ok(hash)
}

fn shard_from_rusoto(shard: RusotoShard) -> Result<Shard, InvalidResponse> {
    let numbers = shard.sequence_number_range.unwrap_or_default();
    Ok(Shard {
        id: shard.shard_id.ok_or(InvalidResponse::Missing("ID of a shard"))?,
        parent: shard.parent_shard_id,
        starting_sequence_number: numbers.starting_sequence_number,
        ending_sequence_number: numbers.ending_sequence_number,
    })
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::StreamView;
    use rusoto_dynamodbstreams::SequenceNumberRange;

    use super::*;

    fn description() -> RusotoDescription {
        let element = |name: &str, key_type: &str| KeySchemaElement {
            attribute_name: name.to_owned(),
            key_type: key_type.to_owned(),
        };
        let closed = SequenceNumberRange {
            starting_sequence_number: Some("1".into()),
            ending_sequence_number: Some("9".into()),
        };
        RusotoDescription {
            stream_arn: Some("arn".into()),
            stream_label: Some("2015-01-01T00:00:00.000".into()),
            table_name: Some("weather".into()),
            stream_status: Some("ENABLED".into()),
            stream_view_type: Some("NEW_IMAGE".into()),
            creation_request_date_time: Some(1_420_070_400.0),
            key_schema: Some(vec![element("date", "RANGE"), element("location", "HASH")]),
            shards: Some(vec![
                RusotoShard {
                    shard_id: Some("old".into()),
                    sequence_number_range: Some(closed),
                    ..RusotoShard::default()
                },
                RusotoShard {
                    shard_id: Some("new".into()),
                    parent_shard_id: Some("old".into()),
                    ..RusotoShard::default()
                },
            ]),
            last_evaluated_shard_id: Some("new".into()),
        }
    }

    #[test]
    fn reads_a_stream_with_its_shards() {
        let stream = from_rusoto(Some(description())).unwrap();
        assert_eq!((stream.arn.as_str(), stream.table.as_str()), ("arn", "weather"));
        assert_eq!((stream.status, stream.view), (StreamStatus::Enabled, StreamView::NewImage));
        assert_eq!(stream.created_at.unwrap().to_rfc3339(), "2015-01-01T00:00:00+00:00");
        assert_eq!(stream.key, ["location", "date"].map(Name::from));
        assert_eq!(stream.last_evaluated_shard_id.as_deref(), Some("new"));
        let [old, new] = stream.shards.try_into().unwrap();
        assert_eq!((old.id.as_str(), old.parent), ("old", None));
        assert_eq!(old.starting_sequence_number.as_deref(), Some("1"));
        assert_eq!(old.ending_sequence_number.as_deref(), Some("9"));
        assert_eq!((new.parent.as_deref(), new.ending_sequence_number), (Some("old"), None));
    }

    #[test]
    fn reads_every_status() {
        for (status, expected) in [
            ("ENABLING", StreamStatus::Enabling),
            ("ENABLED", StreamStatus::Enabled),
            ("DISABLING", StreamStatus::Disabling),
            ("DISABLED", StreamStatus::Disabled),
        ] {
            assert_eq!(status_from_rusoto(Some(status)), Ok(expected));
        }
        assert!(status_from_rusoto(Some("UNHEARD_OF")).unwrap_err().to_string().contains("stream status `UNHEARD_OF`"));
    }

    #[test]
    fn errors_name_missing_values() {
        let message = |stream| from_rusoto(Some(stream)).unwrap_err().to_string();
        assert!(message(RusotoDescription { stream_arn: None, ..description() }).contains("ARN of the stream"));
        assert!(message(RusotoDescription { stream_view_type: None, ..description() }).contains("view of the stream"));
        let without_id = Some(vec![RusotoShard::default()]);
        assert!(message(RusotoDescription { shards: without_id, ..description() }).contains("ID of a shard"));
        assert!(from_rusoto(None).is_err());
        assert!(stream_from_rusoto(RusotoStream::default()).is_err());
    }
}
