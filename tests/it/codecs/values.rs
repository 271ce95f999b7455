//! Random values of the types of fields, with the edges of their ranges.

use std::collections::BTreeMap;

use chrono::SubsecRound as _;
use djamodb::model::datetime::{StoredTime, TimeForm};
use djamodb::model::{Expiry, IntoOperand, bridge};
use djamodb::prelude::*;
use djamodb::value::Number;
use djamodb::{jiff, time};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The largest number of 38 digits.
pub(super) const DIGITS_38: i128 = 99_999_999_999_999_999_999_999_999_999_999_999_999;

/// The first and the last second of the years 1 and 9999, the latter at least a day before the end.
const SECONDS: std::ops::Range<i64> = -62_135_596_800..253_402_200_000;

pub(super) fn floats_64() -> impl Strategy<Value = f64> + Clone {
    let in_range = |float: &f64| *float == 0.0 || (1e-130..9.9e125).contains(&float.abs());
    prop_oneof![
        3 => any::<f64>().prop_filter("in the range of numbers", in_range),
        1 => (-9..9_i8).prop_map(f64::from),
        1 => (-9..9_i8).prop_map(|tenths| f64::from(tenths) / 10.0),
    ]
}

pub(super) fn floats_32() -> impl Strategy<Value = f32> + Clone {
    prop_oneof![any::<f32>().prop_filter("a number", |float| float.is_finite()), (-9..9_i8).prop_map(f32::from)]
}

pub(super) fn numbers() -> impl Strategy<Value = Number> + Clone {
    let parts = prop_oneof![(-DIGITS_38..=DIGITS_38, -130..=88_i32), (-99..99_i128, -3..3_i32)];
    parts.prop_map(|(coefficient, exponent)| Number::from_parts(coefficient, exponent).unwrap())
}

pub(super) fn decimals() -> impl Strategy<Value = Decimal> + Clone {
    let parts = prop_oneof![any::<[u32; 3]>(), (0..100_u32).prop_map(|low| [low, 0, 0])];
    (parts, any::<bool>(), 0..=28_u32)
        .prop_map(|([low, middle, high], negative, scale)| Decimal::from_parts(low, middle, high, negative, scale))
}

pub(super) fn big_decimals() -> impl Strategy<Value = BigDecimal> + Clone {
    let parts = prop_oneof![(-DIGITS_38..=DIGITS_38, -88..=130_i64), (-99..99_i128, -3..3_i64)];
    parts.prop_map(|(coefficient, scale)| BigDecimal::new(coefficient.into(), scale))
}

/// Returns times to the nanosecond, often close to each other.
pub(super) fn times() -> impl Strategy<Value = DateTime<Utc>> + Clone {
    let seconds = prop_oneof![SECONDS, -1..2_i64, Just(SECONDS.start), Just(SECONDS.end)];
    let nanos = prop_oneof![0..1_000_000_000_u32, (0..4_u32).prop_map(|step| step * 250_000_000), 0..3_000_u32];
    (seconds, nanos).prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
}

/// Returns the times without fractions of a microsecond.
pub(super) fn micros(
    times: impl Strategy<Value = DateTime<Utc>> + Clone,
) -> impl Strategy<Value = DateTime<Utc>> + Clone {
    times.prop_map(djamodb::model::datetime::truncated)
}

pub(super) fn stored_times<F: TimeForm>() -> impl Strategy<Value = StoredTime<F>> + Clone {
    times().prop_map(|time| StoredTime::new(time.trunc_subsecs(F::DIGITS)))
}

pub(super) fn expiries() -> impl Strategy<Value = Expiry> + Clone {
    let seconds = prop_oneof![0..SECONDS.end, 0..3_i64];
    seconds.prop_map(|seconds| IntoOperand::into_operand(DateTime::<Utc>::from_timestamp(seconds, 0).unwrap()))
}

pub(super) fn durations() -> impl Strategy<Value = std::time::Duration> + Clone {
    let seconds = prop_oneof![any::<u64>(), 0..3_u64, Just(u64::MAX)];
    (seconds, 0..1_000_000_000_u32).prop_map(|(seconds, nanos)| std::time::Duration::new(seconds, nanos))
}

/// Returns nanoseconds of the signed durations.
pub(super) fn nanos() -> impl Strategy<Value = i128> + Clone {
    let seconds = prop_oneof![any::<i64>(), -2..3_i64, Just(i64::MIN), Just(i64::MAX)];
    (seconds, 0..1_000_000_000_i128).prop_map(|(seconds, nanos)| i128::from(seconds) * 1_000_000_000 + nanos)
}

pub(super) fn jiff_timestamp_of(time: DateTime<Utc>) -> jiff::Timestamp {
    jiff::Timestamp::from_nanosecond(unix_nanos(time)).unwrap()
}

pub(super) fn jiff_date_of(time: DateTime<Utc>) -> jiff::civil::Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff_timestamp_of(time)).date()
}

pub(super) fn jiff_time_of(time: DateTime<Utc>) -> jiff::civil::Time {
    jiff::tz::TimeZone::UTC.to_datetime(jiff_timestamp_of(time)).time()
}

pub(super) fn utc_date_time_of(time: DateTime<Utc>) -> time::UtcDateTime {
    time::UtcDateTime::from_unix_timestamp_nanos(unix_nanos(time)).unwrap()
}

pub(super) fn offset_date_time_of(time: DateTime<Utc>, hours: i8) -> time::OffsetDateTime {
    let utc = time::OffsetDateTime::from_unix_timestamp_nanos(unix_nanos(time)).unwrap();
    utc.to_offset(time::UtcOffset::from_hms(hours, 0, 0).unwrap())
}

fn unix_nanos(time: DateTime<Utc>) -> i128 {
    i128::from(time.timestamp()) * 1_000_000_000 + i128::from(time.timestamp_subsec_nanos())
}

#[derive(AttributeType, Clone, Debug, PartialEq, PartialOrd)]
pub(super) struct Title(pub(super) String);

#[derive(AttributeType, Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Since(pub(super) DateTime<Utc>);

#[derive(AttributeType, Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Celsius(pub(super) f64);

#[derive(AttributeType, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[attribute(rename_all = "snake_case")]
pub(super) enum Role {
    Reader,
    #[attribute(rename = "boss")]
    Administrator,
    NightWatch,
}

pub(super) fn roles() -> impl Strategy<Value = Role> + Clone {
    prop_oneof![Just(Role::Reader), Just(Role::Administrator), Just(Role::NightWatch)]
}

#[derive(AttributeType, Clone, Debug, PartialEq)]
#[attribute(join = "||")]
pub(super) struct Slot {
    pub(super) number: u32,
    pub(super) text: String,
}

#[derive(Document, Clone, Debug, PartialEq)]
pub(super) struct Address {
    street: String,
    #[document(rename = "zip")]
    postal_code: Option<u32>,
    #[document(default = 1)]
    floor: i8,
    tags: std::collections::BTreeSet<String>,
}

pub(super) fn addresses() -> impl Strategy<Value = Address> + Clone {
    (any::<(String, Option<u32>, i8)>(), btree_set(any::<String>(), 0..3))
        .prop_map(|((street, postal_code, floor), tags)| Address { street, postal_code, floor, tags })
}

/// An address whose entries are stored beside others.
#[derive(Document, Clone, Debug, PartialEq)]
pub(super) struct Contact<T> {
    name: T,
    #[document(flatten)]
    address: Address,
    #[document(rest)]
    others: djamodb::value::Map,
}

pub(super) fn contacts() -> impl Strategy<Value = Contact<Option<i8>>> + Clone {
    let others = btree_map("[a-c]{0,2}", any::<i8>().prop_map(djamodb::value::AttributeValue::n), 0..3);
    let others = others.prop_map(|others| others.into_iter().collect());
    (any::<Option<i8>>(), addresses(), others).prop_map(|(name, address, others)| Contact { name, address, others })
}

/// A status that a newer program may extend.
#[derive(AttributeType, Clone, Debug, PartialEq)]
#[attribute(rename_all = "lowercase")]
pub(super) enum Status {
    Open,
    Done,
    #[attribute(fallback)]
    Other(String),
}

pub(super) fn statuses() -> impl Strategy<Value = Status> + Clone {
    let others = any::<String>().prop_filter("no known name", |text| !["open", "done"].contains(&text.as_str()));
    prop_oneof![Just(Status::Open), Just(Status::Done), others.prop_map(Status::Other)]
}

macro_rules! payments {
    ($name:ident, $values:ident, $(#[$option:meta])*) => {
        #[derive(AttributeType, Clone, Debug, PartialEq)]
        $(#[$option])*
        pub(super) enum $name {
            Cash {},
            Card { number: String, expires: Option<u8> },
            Post(Contact<Option<i8>>),
            Several { first: Box<$name>, rest: Vec<$name> },
        }

        pub(super) fn $values() -> impl Strategy<Value = $name> + Clone {
            let leaf = prop_oneof![
                Just($name::Cash {}),
                any::<(String, Option<u8>)>().prop_map(|(number, expires)| $name::Card { number, expires }),
                contacts().prop_map($name::Post),
            ];
            leaf.prop_recursive(3, 8, 3, |inner| {
                (inner.clone(), vec(inner, 0..3))
                    .prop_map(|(first, rest)| $name::Several { first: Box::new(first), rest })
            })
        }
    };
}

payments!(Outside, outside_names,);
payments!(Inside, inside_names, #[attribute(tag = "kind")]);
payments!(Beside, beside_names, #[attribute(tag = "kind", content = "data")]);

/// Returns JSON that every reader of JSON reads alike: numbers are integers or floats that are not whole.
pub(super) fn json_values() -> impl Strategy<Value = djamodb::serde_json::Value> + Clone {
    use djamodb::serde_json::Value;

    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-9..9_i8).prop_map(|number| Value::from(f64::from(number) + 0.5)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(super) enum Content {
    Nothing,
    Weight(f64),
    Pair(Option<i8>, u64),
    Box { contents: Vec<Content>, note: Option<String> },
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(super) struct Parcel {
    id: u128,
    #[serde(with = "bridge::number")]
    price: Number,
    seal: Bytes,
    small: f32,
    contents: Vec<Content>,
    by_floor: BTreeMap<i32, Option<Content>>,
    sender: Option<(char, bool)>,
    #[serde(with = "bridge::set")]
    tags: std::collections::BTreeSet<String>,
}

pub(super) fn contents() -> impl Strategy<Value = Content> + Clone {
    let leaf = prop_oneof![
        Just(Content::Nothing),
        floats_64().prop_map(Content::Weight),
        any::<(Option<i8>, u64)>().prop_map(|(small, large)| Content::Pair(small, large)),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        (vec(inner, 0..3), any::<Option<String>>()).prop_map(|(contents, note)| Content::Box { contents, note })
    })
}

pub(super) fn parcels() -> impl Strategy<Value = Parcel> + Clone {
    let numbers = (0..=DIGITS_38.unsigned_abs(), numbers(), floats_32());
    let nested = (vec(contents(), 0..3), btree_map(any::<i32>(), proptest::option::of(contents()), 0..3));
    let others = (any::<Vec<u8>>(), any::<Option<(char, bool)>>(), btree_set(any::<String>(), 1..4));
    (numbers, nested, others).prop_map(|((id, price, small), (contents, by_floor), (seal, sender, tags))| Parcel {
        id,
        price,
        seal: seal.into(),
        small,
        contents,
        by_floor,
        sender,
        tags,
    })
}
