//! Models of the queryset cases.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::{Index, datetime};
use djamodb_core::queryset::QuerySet;
use djamodb_derive::{AttributeType, Document, Model};
use uuid::Uuid;

use crate::{Context, Failure};

/// An event of a device, with global and local indexes of several projections.
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
    /// An event whose other fields are empty.
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

/// A customer, in one table with the [`Order`]s.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", managed = false, crate = "djamodb_core")]
#[model(global_index(by_email, hash_key = email, projection = keys_only))]
pub(crate) struct Customer {
    #[model(hash_key)]
    pub(crate) account: String,
    #[model(range_key)]
    pub(crate) part: String,
    pub(crate) email: String,
}

/// An order of a [`Customer`].
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", time_to_live = expires, managed = false, crate = "djamodb_core")]
#[model(global_index(by_status, hash_key = status, range_key = total, projection = include(note)))]
#[model(local_index(by_total, range_key = total))]
pub(crate) struct Order {
    #[model(hash_key)]
    pub(crate) account: String,
    #[model(range_key)]
    pub(crate) part: String,
    pub(crate) status: String,
    pub(crate) total: u32,
    pub(crate) note: String,
    pub(crate) expires: Option<i64>,
}

/// A note with generated fields.
#[derive(Model, Clone, Debug, Default, PartialEq)]
#[model(table = "notes", managed = false, crate = "djamodb_core")]
pub(crate) struct Note {
    #[model(hash_key, generate = uuid_v7)]
    pub(crate) id: Uuid,
    pub(crate) text: String,
    #[model(version)]
    pub(crate) version: u64,
    #[model(created_at)]
    pub(crate) created: Option<DateTime<Utc>>,
    #[model(updated_at)]
    pub(crate) updated: DateTime<Utc>,
}

impl Note {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// A score with a validator.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "scores", managed = false, crate = "djamodb_core")]
pub(crate) struct Score {
    #[model(hash_key)]
    pub(crate) player: String,
    #[model(validate = max_value(10))]
    pub(crate) points: u32,
}

/// A session that expires.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "sessions", time_to_live = expires, managed = false, crate = "djamodb_core")]
pub(crate) struct Session {
    #[model(hash_key)]
    pub(crate) id: String,
    pub(crate) expires: i64,
}

/// A ticket that expires. Its table has no setting of time to live, so that no item of it is deleted during a case.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "tickets", time_to_live = expires, managed = false, crate = "djamodb_core")]
#[model(global_index(by_seat, hash_key = seat, projection = keys_only))]
#[model(global_index(by_expiry, hash_key = show, range_key = expires))]
pub(crate) struct Ticket {
    #[model(hash_key)]
    pub(crate) show: String,
    #[model(range_key)]
    pub(crate) number: u32,
    pub(crate) seat: String,
    pub(crate) expires: Option<DateTime<Utc>>,
}

/// A reading whose times have another form in each attribute.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "readings", managed = false, crate = "djamodb_core")]
#[model(global_index(by_second, hash_key = sensor, range_key = second))]
#[model(global_index(by_nanosecond, hash_key = sensor, range_key = nanosecond))]
#[model(global_index(by_epoch_second, hash_key = sensor, range_key = epoch_second))]
#[model(global_index(by_epoch_millisecond, hash_key = sensor, range_key = epoch_millisecond))]
pub(crate) struct Reading {
    #[model(hash_key)]
    pub(crate) sensor: String,
    #[model(range_key)]
    pub(crate) millisecond: datetime::milliseconds::Stored,
    pub(crate) second: datetime::seconds::truncated::Stored,
    pub(crate) nanosecond: datetime::nanoseconds::Stored,
    pub(crate) epoch_second: datetime::epoch_seconds::truncated::Stored,
    pub(crate) epoch_millisecond: datetime::epoch_milliseconds::Stored,
}

/// A sample with a field of each kind of type.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "samples", managed = false, crate = "djamodb_core")]
pub(crate) struct Sample {
    #[model(hash_key)]
    pub(crate) id: u64,
    pub(crate) colour: Colour,
    pub(crate) location: Option<Location>,
    pub(crate) bytes: bytes::Bytes,
    pub(crate) list: Vec<Option<i64>>,
    pub(crate) numbers: BTreeSet<i32>,
    pub(crate) scores: std::collections::BTreeMap<String, f64>,
    pub(crate) json: serde_json::Value,
    pub(crate) exact: djamodb_core::value::Number,
}

/// A route with tuples, which are stored as lists.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "routes", managed = false, crate = "djamodb_core")]
pub(crate) struct Route {
    #[model(hash_key)]
    pub(crate) name: String,
    pub(crate) start: (f64, f64, Option<String>),
    pub(crate) stops: Vec<(String, u32)>,
    pub(crate) window: Option<(u8, u8)>,
    pub(crate) fares: std::collections::BTreeMap<String, (i64, bool)>,
}

/// A place, stored as one text.
#[derive(AttributeType, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[attribute(join = "||", crate = "djamodb_core")]
pub(crate) struct Place {
    pub(crate) country: String,
    pub(crate) city: String,
    pub(crate) number: u32,
}

/// A visit whose keys are composed: places of several parts, and a boolean.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "visits", managed = false, crate = "djamodb_core")]
#[model(global_index(by_place, hash_key = place, range_key = returns))]
#[model(global_index(by_return, hash_key = returns, range_key = place))]
pub(crate) struct Visit {
    #[model(hash_key)]
    pub(crate) visitor: String,
    #[model(range_key)]
    pub(crate) place: Place,
    pub(crate) returns: djamodb_core::model::boolean_text::Stored,
    pub(crate) nights: std::collections::BTreeMap<Place, u8>,
}

/// A colour, stored as a string.
#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
#[attribute(rename_all = "snake_case", crate = "djamodb_core")]
pub(crate) enum Colour {
    Green,
    DarkBlue,
}

/// A location, stored as a map.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(crate = "djamodb_core")]
pub(crate) struct Location {
    pub(crate) city: String,
    pub(crate) floor: Option<i8>,
}

/// Creates the table of [`Event`] with `count` events of the device `a` at the times 0, 10, 20, …, and returns the database.
///
/// Every third event has the kind `door`, beginning with the first; the others have the kind `window`. Every second event is
/// urgent, beginning with the first. The level of an event is its number, counted from 0.
pub(crate) async fn database_with_events(cx: &Context, count: i32) -> Result<Database, Failure> {
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

/// Returns the times (`at`) of events, in their order.
pub(crate) fn event_times(events: &[Event]) -> Vec<i64> {
    events.iter().map(|event| event.at).collect()
}

/// Returns the events of all pages of a queryset, following the page tokens.
pub(crate) async fn read_page_by_page<I: Index<Model = Event>>(
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
    Err(Failure::new("the pages do not end after 100 requests"))
}
