//! Random lookups as data.

use djamodb::prelude::*;
use djamodb::value::ValueType;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::fields::{OPERATORS, Operator, PAIRS, Pair};
use super::signal::{AT_MAX, DEVICES, KINDS, Place, ROOMS, Signal, place};
use super::sizes::{Other, SIZED, Sized};

#[derive(Clone, Debug)]
pub(super) enum Lookup {
    At(Operator, i64, i64),
    AtIn(Vec<i64>),
    Level(Operator, i32, i32),
    Size(Operator, u32, u32),
    Kind(&'static str),
    KindIn(Vec<&'static str>),
    KindStartsWith(&'static str),
    KindMissing,
    Note(&'static str),
    DeviceIn(Vec<&'static str>),
    OwnerIn(Vec<&'static str>),
    Urgent(bool),
    Tag(&'static str),
    Fields(Pair, Operator),
    SizeOf(Sized, Operator, Other),
    SizeIn(Sized, Vec<usize>),
    RangeStart(Operator, u32, u32),
    RangeEnd(&'static str),
    Range(u32, &'static str),
    Place(Operator, Place, Place),
    PlaceIn(Vec<Place>),
    Room(&'static str),
    KindType(ValueType),
    TagsType(ValueType),
    AtType(ValueType),
    Not(Box<Lookup>),
    Or(Box<Lookup>, Box<Lookup>),
    And(Box<Lookup>, Box<Lookup>),
    Xor(Box<Lookup>, Box<Lookup>),
}

impl Lookup {
    pub(super) fn q(&self) -> Q<Signal> {
        let level = |halves: i32| f64::from(halves) / 2.0;
        match self {
            Self::At(operator, low, high) => operator.compare(Signal::AT, *low, *high),
            Self::AtIn(values) => Signal::AT.is_in(values.clone()),
            Self::Level(operator, low, high) => operator.compare(Signal::LEVEL, level(*low), level(*high)),
            Self::Size(operator, low, high) => operator.compare(Signal::SIZE, *low, *high),
            Self::Kind(kind) => Signal::KIND.eq(*kind),
            Self::KindIn(kinds) => Signal::KIND.is_in(kinds.clone()),
            Self::KindStartsWith(prefix) => Signal::KIND.startswith(*prefix),
            Self::KindMissing => Signal::KIND.not_exists(),
            Self::Note(part) => Signal::NOTE.contains(*part),
            Self::DeviceIn(devices) => Signal::DEVICE.is_in(devices.clone()),
            Self::OwnerIn(owners) => Signal::OWNER.is_in(owners.clone()),
            Self::Urgent(urgent) => Signal::URGENT.eq(*urgent),
            Self::Tag(tag) => Signal::TAGS.contains(*tag),
            Self::Fields(pair, operator) => pair.q(*operator),
            Self::SizeOf(sized, operator, other) => sized.q(*operator, *other),
            Self::SizeIn(sized, numbers) => sized.size().is_in(numbers.iter().copied()),
            Self::RangeStart(operator, low, high) => operator.compare(Signal::RANGE.element::<0>(), *low, *high),
            Self::RangeEnd(kind) => Signal::RANGE.element::<1>().startswith(*kind),
            Self::Range(start, kind) => Signal::RANGE.eq((*start, (*kind).to_owned())),
            Self::Place(operator, low, high) => operator.compare(Signal::PLACE, low.clone(), high.clone()),
            Self::PlaceIn(places) => Signal::PLACE.is_in(places.clone()),
            Self::Room(room) => Signal::PLACE.startswith(Place::prefix(*room)),
            Self::KindType(value_type) => Signal::KIND.attribute_type(*value_type),
            Self::TagsType(value_type) => Signal::TAGS.attribute_type(*value_type),
            Self::AtType(value_type) => Signal::AT.attribute_type(*value_type),
            Self::Not(lookup) => !lookup.q(),
            Self::Or(left, right) => left.q() | right.q(),
            Self::And(left, right) => left.q() & right.q(),
            Self::Xor(left, right) => left.q() ^ right.q(),
        }
    }
}

/// Generates a lookup. Lookups on `owner` can make the planner choose the index with a key of several attributes.
pub(super) fn lookup() -> impl Strategy<Value = Lookup> {
    let operator = || select(OPERATORS.to_vec());
    let sized = || select(SIZED.to_vec());
    let value_type = || select(vec![ValueType::S, ValueType::N, ValueType::Ss]);
    let other = prop_oneof![
        4 => (0..9_usize, 0..9_usize).prop_map(|(low, high)| Other::Numbers(low, high)),
        1 => Just(Other::At),
        1 => Just(Other::Level),
        1 => Just(Other::Size),
        2 => sized().prop_map(Other::SizeOf),
    ];
    let leaf = prop_oneof![
        4 => (operator(), -1..=AT_MAX, -1..=AT_MAX).prop_map(|(operator, low, high)| Lookup::At(operator, low, high)),
        2 => subsequence((0..AT_MAX).collect::<Vec<_>>(), 0..5).prop_shuffle().prop_map(Lookup::AtIn),
        2 => (operator(), 0..6, 0..6).prop_map(|(operator, low, high)| Lookup::Level(operator, low, high)),
        2 => (operator(), 0..6_u32, 0..6_u32).prop_map(|(operator, low, high)| Lookup::Size(operator, low, high)),
        1 => select(KINDS.to_vec()).prop_map(Lookup::Kind),
        1 => subsequence(KINDS.to_vec(), 0..4).prop_map(Lookup::KindIn),
        1 => select(vec!["", "d", "door", "w", "x"]).prop_map(Lookup::KindStartsWith),
        1 => Just(Lookup::KindMissing),
        1 => select(vec!["", "1", "note"]).prop_map(Lookup::Note),
        1 => subsequence(DEVICES.to_vec(), 0..4).prop_map(Lookup::DeviceIn),
        1 => any::<bool>().prop_map(Lookup::Urgent),
        1 => select(vec!["x", "y"]).prop_map(Lookup::Tag),
        3 => (select(PAIRS.to_vec()), operator()).prop_map(|(pair, operator)| Lookup::Fields(pair, operator)),
        3 => (sized(), operator(), other).prop_map(|(sized, operator, other)| Lookup::SizeOf(sized, operator, other)),
        1 => (sized(), subsequence((0..9).collect::<Vec<_>>(), 0..4)).prop_map(|(sized, numbers)| Lookup::SizeIn(sized, numbers)),
        1 => (operator(), 0..6_u32, 0..6_u32).prop_map(|(operator, low, high)| Lookup::RangeStart(operator, low, high)),
        1 => select(vec!["d", "door", "fire"]).prop_map(Lookup::RangeEnd),
        1 => (0..6_u32, select(KINDS.to_vec())).prop_map(|(start, kind)| Lookup::Range(start, kind)),
        1 => (operator(), place(), place()).prop_map(|(operator, low, high)| Lookup::Place(operator, low, high)),
        1 => prop::collection::vec(place(), 0..4).prop_map(Lookup::PlaceIn),
        1 => select(ROOMS.to_vec()).prop_map(Lookup::Room),
        1 => value_type().prop_map(Lookup::KindType),
        1 => value_type().prop_map(Lookup::TagsType),
        1 => value_type().prop_map(Lookup::AtType),
    ];
    let owners = subsequence(DEVICES.to_vec(), 0..4).prop_map(Lookup::OwnerIn);
    let leaf = prop_oneof![9 => leaf, 1 => owners];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|lookup| Lookup::Not(Box::new(lookup))),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| Lookup::Or(Box::new(left), Box::new(right))),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| Lookup::And(Box::new(left), Box::new(right))),
            (inner.clone(), inner).prop_map(|(left, right)| Lookup::Xor(Box::new(left), Box::new(right))),
        ]
    })
}
