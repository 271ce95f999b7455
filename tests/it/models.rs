//! Models that the tests share.

use djamodb::prelude::*;

/// An event of a device, in a table with every kind of index.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "events")]
#[model(global_index(by_kind, hash_key = kind, range_key = level))]
#[model(global_index(by_owner, hash_key = owner, projection = keys_only))]
#[model(global_index(by_level, hash_key = level, range_key = at, projection = include(kind)))]
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
    pub(crate) tags: std::collections::BTreeSet<String>,
}

impl Event {
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
            tags: std::collections::BTreeSet::new(),
        }
    }
}

/// Returns a database in which the table exists.
pub(crate) async fn database() -> Database {
    let db = djamodb::connect("memory://").await.expect("the memory driver needs no settings");
    db.create_table::<Event>().await.expect("a fresh database has no tables");
    db
}

/// Returns a database with `count` events of one device, at 0, 10, 20, …
pub(crate) async fn database_with(device: &str, count: i64) -> Database {
    let db = database().await;
    for number in 0..count {
        let mut event = Event::new(device, number * 10);
        event.kind = Some(if number % 3 == 0 { "door" } else { "window" }.to_owned());
        event.level = f64::from(i32::try_from(number).expect("few events"));
        event.urgent = number % 2 == 0;
        event.save(&db).await.expect("the event is valid");
    }
    db
}

/// Returns the times of events.
pub(crate) fn times(events: &[Event]) -> Vec<i64> {
    events.iter().map(|event| event.at).collect()
}
