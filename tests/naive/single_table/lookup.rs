//! Random lookups as data, and their meaning for a plain value.

use std::cmp::Ordering;

use djamodb::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;

use super::journal::{Entry, day, moods, places, topics, users};

/// A lookup on a field, and the same test of a value.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    User(String),
    Users(Vec<String>),
    Topic(Comparison, String),
    TopicStarts(String),
    Topics(Vec<String>),
    Day(Comparison, u8),
    Days(u8, u8),
    Number(Comparison, u16),
    Numbers(Vec<u16>),
    Size(Comparison, u8),
    Mood(String),
    Moods(Vec<String>),
    Place(Comparison, String),
    PlaceStarts(String),
    Rank(Comparison, u8),
    Either(Box<Lookup>, Box<Lookup>),
    Not(Box<Lookup>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Comparison {
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
}

impl Comparison {
    fn q<T, K>(self, attribute: Attribute<Entry, T, K>, value: T) -> Q<Entry>
    where
        T: AttributeType<Operand = T> + djamodb::model::Comparable + djamodb::model::Ordered,
    {
        match self {
            Self::Eq => attribute.eq(value),
            Self::Ne => attribute.ne(value),
            Self::Lt => attribute.lt(value),
            Self::Lte => attribute.lte(value),
            Self::Gt => attribute.gt(value),
            Self::Gte => attribute.gte(value),
        }
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Lt => order.is_lt(),
            Self::Lte => order.is_le(),
            Self::Gt => order.is_gt(),
            Self::Gte => order.is_ge(),
        }
    }
}

impl Lookup {
    pub(super) fn q(&self) -> Q<Entry> {
        match self {
            Self::User(user) => Entry::USER.eq(user),
            Self::Users(users) => Entry::USER.is_in(users),
            Self::Topic(comparison, topic) => comparison.q(Entry::TOPIC, topic.clone()),
            Self::TopicStarts(start) => Entry::TOPIC.startswith(start),
            Self::Topics(topics) => Entry::TOPIC.is_in(topics),
            Self::Day(comparison, number) => comparison.q(Entry::DAY, day(*number)),
            Self::Days(low, high) => Entry::DAY.between(day(*low), day(*high)),
            Self::Number(comparison, number) => comparison.q(Entry::NUMBER, *number),
            Self::Numbers(numbers) => Entry::NUMBER.is_in(numbers.clone()),
            Self::Size(comparison, size) => comparison.q(Entry::SIZE, *size),
            Self::Mood(mood) => Entry::MOOD.eq(mood),
            Self::Moods(moods) => Entry::MOOD.is_in(moods),
            Self::Place(comparison, place) => comparison.q(Entry::PLACE, place.clone()),
            Self::PlaceStarts(start) => Entry::PLACE.startswith(start),
            Self::Rank(comparison, rank) => comparison.q(Entry::RANK, *rank),
            Self::Either(one, other) => one.q() | other.q(),
            Self::Not(lookup) => !lookup.q(),
        }
    }

    pub(super) fn holds(&self, entry: &Entry) -> bool {
        match self {
            Self::User(user) => entry.user == *user,
            Self::Users(users) => users.contains(&entry.user),
            Self::Topic(comparison, topic) => comparison.holds(entry.topic.cmp(topic)),
            Self::TopicStarts(start) => entry.topic.starts_with(start),
            Self::Topics(topics) => topics.contains(&entry.topic),
            Self::Day(comparison, number) => comparison.holds(entry.day.cmp(&day(*number))),
            Self::Days(low, high) => (day(*low)..=day(*high)).contains(&entry.day),
            Self::Number(comparison, number) => comparison.holds(entry.number.cmp(number)),
            Self::Numbers(numbers) => numbers.contains(&entry.number),
            Self::Size(comparison, size) => comparison.holds(entry.size.cmp(size)),
            Self::Mood(mood) => entry.mood.as_ref() == Some(mood),
            Self::Moods(moods) => entry.mood.as_ref().is_some_and(|mood| moods.contains(mood)),
            Self::Place(comparison, place) => comparison.holds(entry.place.cmp(place)),
            Self::PlaceStarts(start) => entry.place.starts_with(start),
            Self::Rank(comparison, rank) => comparison.holds(entry.rank.cmp(rank)),
            Self::Either(one, other) => one.holds(entry) || other.holds(entry),
            Self::Not(lookup) => !lookup.holds(entry),
        }
    }
}

fn comparisons() -> impl Strategy<Value = Comparison> + Clone {
    use Comparison::{Eq, Gt, Gte, Lt, Lte, Ne};
    prop_oneof![3 => Just(Eq), 1 => Just(Ne), 1 => Just(Lt), 1 => Just(Lte), 1 => Just(Gt), 1 => Just(Gte)]
}

pub(super) fn lookups() -> impl Strategy<Value = Lookup> {
    let leaf = prop_oneof![
        users().prop_map(Lookup::User),
        vec(users(), 0..3).prop_map(Lookup::Users),
        // A separator in a value is one that no topic has.
        (comparisons(), prop_oneof![4 => topics(), 1 => "[a#]{1,2}"]).prop_map(|(by, topic)| Lookup::Topic(by, topic)),
        prop_oneof![4 => topics(), 1 => "[a#]{1,2}"].prop_map(Lookup::TopicStarts),
        vec(topics(), 0..3).prop_map(Lookup::Topics),
        (comparisons(), 0..5_u8).prop_map(|(by, number)| Lookup::Day(by, number)),
        (0..5_u8, 0..5_u8).prop_map(|(low, high)| Lookup::Days(low, high)),
        (comparisons(), prop_oneof![0..5_u16, Just(999), Just(1000)])
            .prop_map(|(by, number)| Lookup::Number(by, number)),
        vec(0..5_u16, 0..3).prop_map(Lookup::Numbers),
        (comparisons(), 0..4_u8).prop_map(|(by, size)| Lookup::Size(by, size)),
        moods().prop_map(Lookup::Mood),
        vec(moods(), 0..3).prop_map(Lookup::Moods),
        (comparisons(), places()).prop_map(|(by, place)| Lookup::Place(by, place)),
        places().prop_map(Lookup::PlaceStarts),
        (comparisons(), 0..5_u8).prop_map(|(by, rank)| Lookup::Rank(by, rank)),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            3 => inner.clone(),
            1 => (inner.clone(), inner.clone())
                .prop_map(|(one, other)| Lookup::Either(Box::new(one), Box::new(other))),
            1 => inner.prop_map(|lookup| Lookup::Not(Box::new(lookup))),
        ]
    })
}
