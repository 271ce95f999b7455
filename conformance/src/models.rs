//! Models that the queryset cases use.

use std::collections::BTreeSet;

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::Index;
use djamodb_core::queryset::QuerySet;
use djamodb_derive::{AttributeType, Document, Model};

use crate::{Context, Failure};

/// An event of a device, with every kind of index.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "events", managed = false, crate = "djamodb_core")]
#[model(global_index(by_kind, hash_key = kind, range_key = level))]
#[model(global_index(by_owner, hash_key = owner, projection = keys_only))]
#[model(local_index(by_size, range_key = size))]
#[model(local_index(by_note, range_key = note, projection = keys_only))]
#[model(manager(kinds, index = by_kind))]
pub(crate) struct Event {
    #[model(hash_key)]
    pub(crate) device: String,
    #[model(range_key)]
    pub(crate) at: i64,
    pub(crate) kind: Option<String>,
    pub(crate) level: f64,
    pub(crate) owner: Option<String>,
    pub(crate) size: Option<u32>,
    pub(crate) note: Option<String>,
    #[model(default)]
    pub(crate) urgent: bool,
    pub(crate) tags: BTreeSet<String>,
}

impl Event {
    /// An event of which nothing else is known.
    pub(crate) fn new(device: &str, at: i64) -> Self {
        Self {
            device: device.to_owned(),
            at,
            kind: None,
            level: 0.0,
            owner: None,
            size: None,
            note: None,
            urgent: false,
            tags: BTreeSet::new(),
        }
    }
}

/// Something that expires.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "sessions", time_to_live = expires, managed = false, crate = "djamodb_core")]
pub(crate) struct Session {
    #[model(hash_key)]
    pub(crate) id: String,
    pub(crate) expires: i64,
}

/// Something with fields of many types.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "things", managed = false, crate = "djamodb_core")]
pub(crate) struct Thing {
    #[model(hash_key)]
    pub(crate) id: u64,
    pub(crate) colour: Colour,
    pub(crate) place: Option<Place>,
    pub(crate) bytes: bytes::Bytes,
    pub(crate) list: Vec<Option<i64>>,
    pub(crate) numbers: BTreeSet<i32>,
    pub(crate) scores: std::collections::BTreeMap<String, f64>,
    pub(crate) json: serde_json::Value,
    pub(crate) exact: djamodb_core::value::Number,
}

/// Kept as text.
#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
#[attribute(rename_all = "snake_case", crate = "djamodb_core")]
pub(crate) enum Colour {
    Green,
    DarkBlue,
}

/// Kept as a map.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(crate = "djamodb_core")]
pub(crate) struct Place {
    pub(crate) city: String,
    pub(crate) floor: Option<i8>,
}

/// The case's database, with the table of events in it and `count` events of the device `a`, at 0, 10, 20, …
///
/// Every third is of a door, the others of windows; every second is urgent; the level is the event's number.
pub(crate) async fn database(cx: &Context, count: i32) -> Result<Database, Failure> {
    cx.db().create_table::<Event>().await?;
    for number in 0..count {
        let mut event = Event::new("a", i64::from(number) * 10);
        event.kind = Some(if number % 3 == 0 { "door" } else { "window" }.to_owned());
        event.level = f64::from(number);
        event.urgent = number % 2 == 0;
        event.save(cx.db()).await?;
    }
    Ok(cx.db().clone())
}

/// When the events of a result happened.
pub(crate) fn times(events: &[Event]) -> Vec<i64> {
    events.iter().map(|event| event.at).collect()
}

/// What the pages of a queryset hold, from one token to the next. Pages that never end are a failure.
pub(crate) async fn page_by_page<I: Index<Model = Event>>(
    pages: &QuerySet<Event, Event, I>,
    db: &Database,
) -> Result<Vec<Event>, Failure> {
    let (mut events, mut token) = (Vec::new(), None);
    for _ in 0..100 {
        let page = pages.set_last_evaluated_key(token).page(db).await?;
        events.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            return Ok(events);
        }
    }
    Err(Failure::new("the pages do not end"))
}
