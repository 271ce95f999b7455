//! Random edits of entries, and the same changes of a plain value.

use djamodb::model::Edits;
use djamodb::prelude::*;
use proptest::prelude::*;

use super::journal::{Entry, moods, places};

/// Edits of plain fields, of fields that are parts of an index's keys, and edits that are refused.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Size(u8),
    AddSize,
    Mood(Option<String>),
    NoMood,
    PlaceAndRank(String, u8),
    All(u8, Option<String>, String, u8),
    /// Refused: the key of the index has another part.
    PlaceAlone(String),
    /// Refused: a part contains the text that follows it.
    Separator,
    /// Refused: the number has more digits than its place in the key.
    LongRank,
}

impl Edit {
    pub(super) fn edits(&self) -> Edits<Entry> {
        match self {
            Self::Size(size) => Entry::SIZE.set(*size),
            Self::AddSize => Entry::SIZE.set(F(Entry::SIZE) + 1),
            Self::Mood(mood) => Entry::MOOD.set(mood.clone()),
            Self::NoMood => Entry::MOOD.remove(),
            Self::PlaceAndRank(place, rank) => Entry::PLACE.set(place) & Entry::RANK.set(*rank),
            Self::All(size, mood, place, rank) => {
                let parts = Entry::RANK.set(*rank) & Entry::MOOD.set(mood.clone()) & Entry::PLACE.set(place);
                parts & Entry::SIZE.set(*size)
            }
            Self::PlaceAlone(place) => Entry::PLACE.set(place),
            Self::Separator => Entry::PLACE.set("x#y") & Entry::RANK.set(1),
            Self::LongRank => Entry::PLACE.set("x") & Entry::RANK.set(100),
        }
    }

    pub(super) fn is_refused(&self) -> bool {
        matches!(self, Self::PlaceAlone(_) | Self::Separator | Self::LongRank)
    }

    /// Returns the entry after the edits. Those that are refused change nothing.
    pub(super) fn applied_to(&self, entry: &Entry) -> Entry {
        let mut entry = entry.clone();
        match self {
            Self::Size(size) => entry.size = *size,
            Self::AddSize => entry.size += 1,
            Self::Mood(mood) => entry.mood.clone_from(mood),
            Self::NoMood => entry.mood = None,
            Self::PlaceAndRank(place, rank) => (entry.place, entry.rank) = (place.clone(), *rank),
            Self::All(size, mood, place, rank) => {
                (entry.size, entry.rank) = (*size, *rank);
                (entry.mood, entry.place) = (mood.clone(), place.clone());
            }
            Self::PlaceAlone(_) | Self::Separator | Self::LongRank => {}
        }
        entry
    }
}

pub(super) fn edit() -> impl Strategy<Value = Edit> + Clone {
    let all = (0..4_u8, prop::option::of(moods()), places(), 0..4_u8);
    prop_oneof![
        2 => (0..4_u8).prop_map(Edit::Size),
        2 => Just(Edit::AddSize),
        3 => prop::option::of(moods()).prop_map(Edit::Mood),
        2 => Just(Edit::NoMood),
        3 => (places(), 0..4_u8).prop_map(|(place, rank)| Edit::PlaceAndRank(place, rank)),
        2 => all.prop_map(|(size, mood, place, rank)| Edit::All(size, mood, place, rank)),
        1 => places().prop_map(Edit::PlaceAlone),
        1 => Just(Edit::Separator),
        1 => Just(Edit::LongRank),
    ]
}

/// The fields of an entry that are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Columns {
    Size,
    Mood,
    Place,
    Rank,
    PlaceAndRank,
    MoodAndSize,
}

pub(super) const COLUMNS: [Columns; 6] =
    [Columns::Size, Columns::Mood, Columns::Place, Columns::Rank, Columns::PlaceAndRank, Columns::MoodAndSize];

impl Columns {
    /// Returns `stored` with these fields of `value`.
    pub(super) fn copied(self, stored: &Entry, value: &Entry) -> Entry {
        let mut entry = stored.clone();
        match self {
            Self::Size => entry.size = value.size,
            Self::Mood => entry.mood.clone_from(&value.mood),
            Self::Place => entry.place.clone_from(&value.place),
            Self::Rank => entry.rank = value.rank,
            Self::PlaceAndRank => (entry.place, entry.rank) = (value.place.clone(), value.rank),
            Self::MoodAndSize => (entry.mood, entry.size) = (value.mood.clone(), value.size),
        }
        entry
    }

    /// Returns these fields together with the other parts of keys that they are parts of.
    pub(super) fn with_all_parts(self) -> Self {
        match self {
            Self::Place | Self::Rank => Self::PlaceAndRank,
            other => other,
        }
    }
}
