//! Stream records.

use djamodb_core::plan::{StreamEvent, StreamRecord, UserIdentity};
use rusoto_dynamodbstreams::{Identity, Record};

use super::value;
use crate::convert::{InvalidResponse, number, schema, time};

pub(crate) fn from_rusoto(record: Record) -> Result<StreamRecord, InvalidResponse> {
    let change = record.dynamodb.ok_or(InvalidResponse::Missing("change of a stream record"))?;
    Ok(StreamRecord {
        event_id: record.event_id.ok_or(InvalidResponse::Missing("event ID of a stream record"))?,
        event: event_from_rusoto(record.event_name.as_deref())?,
        sequence_number: change
            .sequence_number
            .ok_or(InvalidResponse::Missing("sequence number of a stream record"))?,
        created_at: change.approximate_creation_date_time.and_then(time::from_rusoto),
        view: schema::view_from_rusoto(change.stream_view_type.as_deref())?,
        keys: value::item_from_rusoto(change.keys.ok_or(InvalidResponse::Missing("keys of a stream record"))?)?,
        new_image: change.new_image.map(value::item_from_rusoto).transpose()?,
        old_image: change.old_image.map(value::item_from_rusoto).transpose()?,
        size_bytes: number::to_u64(change.size_bytes),
        user_identity: record.user_identity.map(identity_from_rusoto),
    })
}

fn event_from_rusoto(event: Option<&str>) -> Result<StreamEvent, InvalidResponse> {
    match event.ok_or(InvalidResponse::Missing("event of a stream record"))? {
        "INSERT" => Ok(StreamEvent::Insert),
        "MODIFY" => Ok(StreamEvent::Modify),
        "REMOVE" => Ok(StreamEvent::Remove),
        other => Err(InvalidResponse::unknown("stream event", other)),
    }
}

fn identity_from_rusoto(Identity { principal_id, type_ }: Identity) -> UserIdentity {
    UserIdentity { kind: type_.unwrap_or_default(), principal_id: principal_id.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::StreamView;
    use djamodb_core::value::Item;
    use rusoto_dynamodbstreams::{AttributeValue as StreamValue, StreamRecord as RusotoChange};

    use super::*;

    fn record() -> Record {
        let image = |kind: &str| {
            let text = |text: &str| StreamValue { s: Some(text.to_owned()), ..StreamValue::default() };
            Some([("id".to_owned(), text("a")), ("kind".to_owned(), text(kind))].into())
        };
        let change = RusotoChange {
            approximate_creation_date_time: Some(1_420_070_400.0),
            keys: image("key"),
            new_image: image("new"),
            old_image: image("old"),
            sequence_number: Some("100".into()),
            size_bytes: Some(99),
            stream_view_type: Some("NEW_AND_OLD_IMAGES".into()),
        };
        Record {
            dynamodb: Some(change),
            event_id: Some("event".into()),
            event_name: Some("MODIFY".into()),
            ..Record::default()
        }
    }

    #[test]
    fn reads_every_field() {
        let converted = from_rusoto(record()).unwrap();
        let image = |kind| Item::new().with("id", "a").with("kind", kind);
        assert_eq!((converted.event, converted.view), (StreamEvent::Modify, StreamView::NewAndOldImages));
        assert_eq!((converted.event_id.as_str(), converted.sequence_number.as_str()), ("event", "100"));
        assert_eq!(converted.keys, image("key"));
        assert_eq!((converted.new_image, converted.old_image), (Some(image("new")), Some(image("old"))));
        assert_eq!(converted.created_at.unwrap().to_rfc3339(), "2015-01-01T00:00:00+00:00");
        assert_eq!((converted.size_bytes, converted.user_identity), (99, None));
    }

    #[test]
    fn reads_an_expiry() {
        let service = Identity { principal_id: Some("dynamodb.amazonaws.com".into()), type_: Some("Service".into()) };
        let removed = Record { event_name: Some("REMOVE".into()), user_identity: Some(service), ..record() };
        assert!(from_rusoto(removed).unwrap().is_expiry());
    }

    #[test]
    fn errors_name_missing_and_unknown_values() {
        let message = |record| from_rusoto(record).unwrap_err().to_string();
        assert!(message(Record { event_name: Some("MOVE".into()), ..record() }).contains("stream event `MOVE`"));
        assert!(message(Record { event_id: None, ..record() }).contains("event ID of a stream record"));
        assert!(message(Record { dynamodb: None, ..record() }).contains("change of a stream record"));
    }
}
