//! Streams and their shards.

use aws_sdk_dynamodbstreams::types::{
    KeySchemaElement, KeyType, Shard as SdkShard, Stream as SdkStream, StreamDescription as SdkDescription,
    StreamStatus as SdkStatus,
};
use djamodb_core::plan::{Shard, Stream, StreamDescription, StreamStatus};
use djamodb_core::value::Name;

use super::view;
use crate::convert::{InvalidResponse, time};

/// Converts an entry of a list of streams.
pub(crate) fn stream_from_sdk(stream: SdkStream) -> Result<Stream, InvalidResponse> {
    Ok(Stream {
        arn: stream.stream_arn.ok_or(InvalidResponse::Missing("ARN of the stream"))?,
        table: stream.table_name.map(Name::from).ok_or(InvalidResponse::Missing("table of the stream"))?,
        label: stream.stream_label.ok_or(InvalidResponse::Missing("label of the stream"))?,
    })
}

pub(crate) fn from_sdk(stream: Option<SdkDescription>) -> Result<StreamDescription, InvalidResponse> {
    let stream = stream.ok_or(InvalidResponse::Missing("description of the stream"))?;
    let shards = stream.shards.unwrap_or_default().into_iter();
    Ok(StreamDescription {
        arn: stream.stream_arn.ok_or(InvalidResponse::Missing("ARN of the stream"))?,
        label: stream.stream_label.ok_or(InvalidResponse::Missing("label of the stream"))?,
        table: stream.table_name.map(Name::from).ok_or(InvalidResponse::Missing("table of the stream"))?,
        status: status_from_sdk(stream.stream_status)?,
        view: view::from_sdk(stream.stream_view_type)?,
        created_at: stream.creation_request_date_time.and_then(time::from_sdk),
        key: key_from_sdk(stream.key_schema.unwrap_or_default()),
        shards: shards.map(shard_from_sdk).collect::<Result<_, _>>()?,
        last_evaluated_shard_id: stream.last_evaluated_shard_id,
    })
}

fn status_from_sdk(status: Option<SdkStatus>) -> Result<StreamStatus, InvalidResponse> {
    match status.ok_or(InvalidResponse::Missing("status of the stream"))? {
        SdkStatus::Enabling => Ok(StreamStatus::Enabling),
        SdkStatus::Enabled => Ok(StreamStatus::Enabled),
        SdkStatus::Disabling => Ok(StreamStatus::Disabling),
        SdkStatus::Disabled => Ok(StreamStatus::Disabled),
        other => Err(InvalidResponse::unknown("stream status", other.as_str())),
    }
}

/// Returns the names of the key attributes, hash key first.
fn key_from_sdk(mut elements: Vec<KeySchemaElement>) -> Vec<Name> {
    elements.sort_by_key(|element| element.key_type != KeyType::Hash);
    elements.into_iter().map(|element| element.attribute_name.into()).collect()
}

fn shard_from_sdk(shard: SdkShard) -> Result<Shard, InvalidResponse> {
    let (starting_sequence_number, ending_sequence_number) = match shard.sequence_number_range {
        Some(range) => (range.starting_sequence_number, range.ending_sequence_number),
        None => (None, None),
    };
    Ok(Shard {
        id: shard.shard_id.ok_or(InvalidResponse::Missing("ID of a shard"))?,
        parent: shard.parent_shard_id,
        starting_sequence_number,
        ending_sequence_number,
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodbstreams::primitives::DateTime;
    use aws_sdk_dynamodbstreams::types::builders::StreamDescriptionBuilder;
    use aws_sdk_dynamodbstreams::types::{SequenceNumberRange, StreamViewType};
    use djamodb_core::schema::StreamView;

    use super::*;

    fn described() -> StreamDescriptionBuilder {
        let element =
            |name: &str, key_type| KeySchemaElement::builder().attribute_name(name).key_type(key_type).build().unwrap();
        SdkDescription::builder()
            .stream_arn("arn")
            .stream_label("label")
            .table_name("weather")
            .stream_status(SdkStatus::Enabled)
            .stream_view_type(StreamViewType::NewImage)
            .creation_request_date_time(DateTime::from_secs(1_420_070_400))
            .key_schema(element("date", KeyType::Range))
            .key_schema(element("location", KeyType::Hash))
    }

    #[test]
    fn reads_a_stream_with_its_shards() {
        let range = SequenceNumberRange::builder().starting_sequence_number("1").ending_sequence_number("9").build();
        let closed = SdkShard::builder().shard_id("a").sequence_number_range(range).build();
        let open = SdkShard::builder().shard_id("b").parent_shard_id("a").build();
        let stream = from_sdk(Some(described().shards(closed).shards(open).build())).unwrap();
        assert_eq!((stream.status, stream.view), (StreamStatus::Enabled, StreamView::NewImage));
        assert_eq!(stream.created_at.unwrap().to_rfc3339(), "2015-01-01T00:00:00+00:00");
        assert_eq!(stream.key, [Name::from("location"), Name::from("date")]);
        let shard = |id: &str, parent: Option<&str>, starting: Option<&str>, ending: Option<&str>| Shard {
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            starting_sequence_number: starting.map(str::to_owned),
            ending_sequence_number: ending.map(str::to_owned),
        };
        assert_eq!(stream.shards, [shard("a", None, Some("1"), Some("9")), shard("b", Some("a"), None, None)]);
    }

    #[test]
    fn errors_name_missing_and_unknown_values() {
        let message = |stream: StreamDescriptionBuilder| from_sdk(Some(stream.build())).unwrap_err().to_string();
        assert!(message(described().set_stream_status(None)).contains("status of the stream"));
        assert!(message(described().stream_status("UNHEARD_OF".into())).contains("stream status `UNHEARD_OF`"));
        assert!(message(described().stream_view_type("HALF".into())).contains("stream view `HALF`"));
        assert!(message(described().shards(SdkShard::builder().build())).contains("ID of a shard"));
        assert!(stream_from_sdk(SdkStream::builder().stream_arn("arn").build()).is_err());
    }
}
