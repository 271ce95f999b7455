//! Stream records.

use aws_sdk_dynamodbstreams::types::{Identity, OperationType, Record};
use djamodb_core::plan::{StreamEvent, StreamRecord, UserIdentity};

use super::{value, view};
use crate::convert::{InvalidResponse, number, time};

pub(crate) fn from_sdk(record: Record) -> Result<StreamRecord, InvalidResponse> {
    let change = record.dynamodb.ok_or(InvalidResponse::Missing("change of a stream record"))?;
    let keys = change.keys.ok_or(InvalidResponse::Missing("keys of a stream record"))?;
    Ok(StreamRecord {
        event_id: record.event_id.ok_or(InvalidResponse::Missing("event ID of a stream record"))?,
        event: event_from_sdk(record.event_name)?,
        sequence_number: change
            .sequence_number
            .ok_or(InvalidResponse::Missing("sequence number of a stream record"))?,
        created_at: change.approximate_creation_date_time.and_then(time::from_sdk),
        view: view::from_sdk(change.stream_view_type)?,
        keys: value::item_from_sdk(keys)?,
        new_image: change.new_image.map(value::item_from_sdk).transpose()?,
        old_image: change.old_image.map(value::item_from_sdk).transpose()?,
        size_bytes: change.size_bytes.map(number::to_u64).ok_or(InvalidResponse::Missing("size of a stream record"))?,
        user_identity: record.user_identity.map(identity_from_sdk).transpose()?,
    })
}

fn event_from_sdk(event: Option<OperationType>) -> Result<StreamEvent, InvalidResponse> {
    match event.ok_or(InvalidResponse::Missing("event of a stream record"))? {
        OperationType::Insert => Ok(StreamEvent::Insert),
        OperationType::Modify => Ok(StreamEvent::Modify),
        OperationType::Remove => Ok(StreamEvent::Remove),
        other => Err(InvalidResponse::unknown("stream event", other.as_str())),
    }
}

fn identity_from_sdk(identity: Identity) -> Result<UserIdentity, InvalidResponse> {
    Ok(UserIdentity {
        kind: identity.r#type.ok_or(InvalidResponse::Missing("type of an identity"))?,
        principal_id: identity.principal_id.ok_or(InvalidResponse::Missing("principal of an identity"))?,
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodbstreams::primitives::DateTime;
    use aws_sdk_dynamodbstreams::types::builders::{RecordBuilder, StreamRecordBuilder};
    use aws_sdk_dynamodbstreams::types::{AttributeValue, StreamRecord as SdkChange, StreamViewType};
    use djamodb_core::schema::StreamView;
    use djamodb_core::value::Item;

    use super::*;

    fn change() -> StreamRecordBuilder {
        SdkChange::builder()
            .approximate_creation_date_time(DateTime::from_secs(1_420_070_400))
            .keys("id", AttributeValue::S("a".into()))
            .old_image("id", AttributeValue::S("a".into()))
            .sequence_number("17")
            .size_bytes(6)
            .stream_view_type(StreamViewType::NewAndOldImages)
    }

    fn removal(change: StreamRecordBuilder) -> RecordBuilder {
        Record::builder().event_id("event").event_name(OperationType::Remove).dynamodb(change.build())
    }

    #[test]
    fn reads_an_expiry() {
        let identity = Identity::builder().r#type("Service").principal_id("dynamodb.amazonaws.com").build();
        let record = from_sdk(removal(change()).user_identity(identity).build()).unwrap();
        let key = Item::new().with("id", "a");
        assert!(record.is_expiry());
        assert_eq!((record.event_id.as_str(), record.event), ("event", StreamEvent::Remove));
        assert_eq!((record.sequence_number.as_str(), record.size_bytes), ("17", 6));
        assert_eq!(record.created_at.unwrap().to_rfc3339(), "2015-01-01T00:00:00+00:00");
        assert_eq!(record.view, StreamView::NewAndOldImages);
        assert_eq!((&record.keys, &record.old_image, &record.new_image), (&key, &Some(key.clone()), &None));
    }

    #[test]
    fn errors_name_missing_and_unknown_values() {
        let message = |record: RecordBuilder| from_sdk(record.build()).unwrap_err().to_string();
        assert!(message(removal(change().set_keys(None))).contains("keys of a stream record"));
        assert!(message(removal(change().set_sequence_number(None))).contains("sequence number"));
        assert!(message(removal(change()).set_event_id(None)).contains("event ID"));
        assert!(message(removal(change()).set_event_name(None)).contains("event of a stream record"));
        assert!(message(removal(change()).event_name("RENAME".into())).contains("stream event `RENAME`"));
        assert!(message(removal(change()).set_dynamodb(None)).contains("change of a stream record"));
        let empty = Identity::builder().build();
        assert!(message(removal(change()).user_identity(empty)).contains("identity"));
    }
}
