//! The model of the random items.

use std::collections::{BTreeMap, BTreeSet};

use djamodb::prelude::*;
use proptest::prelude::*;
use proptest::sample::select;

pub(super) const DEVICES: [&str; 3] = ["a", "b", "unknown"];
pub(super) const KINDS: [&str; 4] = ["door", "doorbell", "window", "fire"];
pub(super) const NOTES: [&str; 4] = ["note 0", "note 1", "door", "fire"];
pub(super) const ROOMS: [&str; 4] = ["", "a", "ab", "b"];
/// Exclusive upper bound of times.
pub(super) const AT_MAX: i64 = 12;

/// A signal of a device, with every kind of index.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "signals", managed = false)]
#[model(global_index(by_owner_and_kind, hash_key = (owner, kind), range_key = (at, level)))]
#[model(global_index(by_kind, hash_key = kind, range_key = level))]
#[model(global_index(by_owner, hash_key = owner, projection = keys_only))]
#[model(global_index(by_level, hash_key = level, range_key = at))]
#[model(global_index(by_note, hash_key = note, range_key = at, projection = include(kind, size)))]
#[model(local_index(by_size, range_key = size))]
#[model(local_index(owners, range_key = owner, projection = keys_only))]
#[model(manager(kinds, index = by_kind))]
pub(crate) struct Signal {
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
    pub(crate) range: Option<(u32, String)>,
    pub(crate) place: Option<Place>,
}

/// A place, stored as one text.
#[derive(AttributeType, Clone, Debug, PartialEq)]
#[attribute(join = "|")]
pub(crate) struct Place {
    pub(crate) room: String,
    pub(crate) number: u32,
}

/// Generates signals of two devices with unique keys, in the order of their keys.
pub(super) fn signals() -> impl Strategy<Value = Vec<Signal>> {
    prop::collection::vec(signal(), 0..25).prop_map(|signals| {
        let by_key: BTreeMap<_, _> =
            signals.into_iter().map(|signal| ((signal.device.clone(), signal.at), signal)).collect();
        by_key.into_values().collect()
    })
}

fn signal() -> impl Strategy<Value = Signal> {
    (
        select(vec!["a", "b"]),
        0..AT_MAX,
        prop::option::of(select(KINDS.to_vec())),
        0..6,
        prop::option::of(0..6_u32),
        prop::option::of(select(NOTES.to_vec())),
        prop::option::of(select(DEVICES.to_vec())),
        (prop::bool::ANY, prop::bool::ANY),
        prop::option::of((0..6_u32, select(KINDS.to_vec()))),
        prop::option::of(place()),
    )
        .prop_map(|(device, at, kind, level, size, note, owner, (urgent, tagged), range, place)| Signal {
            device: device.to_owned(),
            at,
            kind: kind.map(str::to_owned),
            level: f64::from(level) / 2.0,
            owner: owner.map(str::to_owned),
            size,
            note: note.map(str::to_owned),
            urgent,
            tags: if tagged { ["x".to_owned()].into() } else { [].into() },
            range: range.map(|(low, kind)| (low, kind.to_owned())),
            place,
        })
}

pub(super) fn place() -> impl Strategy<Value = Place> {
    (select(ROOMS.to_vec()), 0..12_u32).prop_map(|(room, number)| Place { room: room.to_owned(), number })
}
