//! The models of the random items, and the vectors that hold what a table must hold.

use chrono::NaiveDate;
use djamodb::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

pub(super) const MOODS: [&str; 3] = ["calm", "glad", "glade"];

/// An entry. Two of its fields are parts of the keys of an overloaded index, and not of the table's key.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "journal", discriminator = "type", managed = false)]
#[model(hash_key(pk = "USER#{user}"), range_key(sk = "ENTRY#{topic}#{day}#{number:03}"))]
#[model(global_index(by_day, hash_key(day_key = "DAY#{day}"), range_key(day_key_range = "{topic}#{number:03}")))]
#[model(global_index(
    by_mood,
    name = "overloaded",
    hash_key(gsi = "MOOD#{mood}"),
    range_key(gsi_range = "{place}#{rank:02}")
))]
pub(crate) struct Entry {
    pub(super) user: String,
    pub(super) topic: String,
    pub(super) day: NaiveDate,
    pub(super) number: u16,
    pub(super) size: u8,
    pub(super) mood: Option<String>,
    pub(super) place: String,
    pub(super) rank: u8,
}

/// Items in the same partitions, with keys between those of entries, and in the same index.
#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "journal", discriminator = "type", managed = false)]
#[model(hash_key(pk = "USER#{user}"), range_key(sk = "{kind}"))]
#[model(global_index(by_state, name = "overloaded", hash_key(gsi = "{state}"), range_key(gsi_range = "{kind}")))]
pub(crate) struct Note {
    pub(super) user: String,
    pub(super) kind: String,
    pub(super) state: String,
}

impl Entry {
    /// Returns the texts of the table's key, composed without the library.
    pub(super) fn key_texts(&self) -> (String, String) {
        (format!("USER#{}", self.user), format!("ENTRY#{}#{}#{:03}", self.topic, self.day, self.number))
    }

    /// Returns this entry with the fields of another one that are not part of the table's key.
    pub(super) fn with_fields_of(&self, other: &Self) -> Self {
        let Self { user, topic, day, number, .. } = self.clone();
        Self { user, topic, day, number, ..other.clone() }
    }
}

impl Note {
    fn key_texts(&self) -> (String, String) {
        (format!("USER#{}", self.user), self.kind.clone())
    }
}

/// The items that the table must hold, in the order of its keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    entries: Vec<Entry>,
    notes: Vec<Note>,
}

/// The key texts of all items of an index in order: those of the table, then those of the index.
pub(super) struct IndexKeys {
    /// Name of the hash key of the index.
    pub(super) name: &'static str,
    pub(super) texts: Vec<Vec<String>>,
}

impl Journal {
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Returns the stored entry with the key of `entry`.
    pub(super) fn stored(&self, entry: &Entry) -> Option<&Entry> {
        self.entries.iter().find(|stored| stored.key_texts() == entry.key_texts())
    }

    pub(super) fn put(&mut self, entry: Entry) {
        self.remove(&entry);
        self.entries.push(entry);
        self.entries.sort_by_key(Entry::key_texts);
    }

    pub(super) fn put_note(&mut self, note: Note) {
        self.notes.retain(|stored| stored.key_texts() != note.key_texts());
        self.notes.push(note);
        self.notes.sort_by_key(Note::key_texts);
    }

    pub(super) fn remove(&mut self, entry: &Entry) {
        self.entries.retain(|stored| stored.key_texts() != entry.key_texts());
    }

    pub(super) fn keys_by_day(&self) -> IndexKeys {
        let keys = |entry: &Entry| {
            let (pk, sk) = entry.key_texts();
            vec![pk, sk, format!("DAY#{}", entry.day), format!("{}#{:03}", entry.topic, entry.number)]
        };
        IndexKeys { name: "day_key", texts: sorted(self.entries.iter().map(keys)) }
    }

    pub(super) fn keys_in_overloaded_index(&self) -> IndexKeys {
        let of_entries = self.entries.iter().filter_map(|entry| {
            let (pk, sk) = entry.key_texts();
            Some(vec![pk, sk, format!("MOOD#{}", entry.mood.as_ref()?), format!("{}#{:02}", entry.place, entry.rank)])
        });
        let of_notes = self.notes.iter().map(|note| {
            let (pk, sk) = note.key_texts();
            vec![pk, sk, note.state.clone(), note.kind.clone()]
        });
        IndexKeys { name: "gsi", texts: sorted(of_entries.chain(of_notes)) }
    }
}

fn sorted(keys: impl Iterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let mut keys: Vec<_> = keys.collect();
    keys.sort();
    keys
}

pub(super) fn day(day: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2015, 1, 1 + u32::from(day)).unwrap()
}

pub(super) fn users() -> impl Strategy<Value = String> + Clone {
    "[ab]{1,2}"
}

pub(super) fn topics() -> impl Strategy<Value = String> + Clone {
    "[a!z]{0,2}"
}

pub(super) fn moods() -> impl Strategy<Value = String> + Clone {
    select(MOODS.to_vec()).prop_map(str::to_owned)
}

pub(super) fn places() -> impl Strategy<Value = String> + Clone {
    "[xy]{1,2}"
}

pub(super) fn entries() -> impl Strategy<Value = Entry> + Clone {
    let key = (users(), topics(), 0..4_u8, prop_oneof![0..4_u16, Just(120)]);
    (key, 0..4_u8, prop::option::of(moods()), places(), 0..4_u8).prop_map(
        |((user, topic, number_of_day, number), size, mood, place, rank)| Entry {
            user,
            topic,
            day: day(number_of_day),
            number,
            size,
            mood,
            place,
            rank,
        },
    )
}

pub(super) fn notes() -> impl Strategy<Value = Note> + Clone {
    let states = prop_oneof![Just("MOOD#calm"), Just("MOOD"), Just("STATE#open")];
    (users(), "(ENTRY|ENTRZ|E|note)", states).prop_map(|(user, kind, state)| Note {
        user,
        kind,
        state: state.to_owned(),
    })
}

pub(super) fn journal() -> impl Strategy<Value = Journal> {
    (vec(entries(), 0..24), vec(notes(), 0..6)).prop_map(|(entries, notes)| {
        let mut journal = Journal::default();
        for entry in entries {
            journal.put(entry);
        }
        for note in notes {
            journal.put_note(note);
        }
        journal
    })
}
