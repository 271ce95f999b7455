//! Properties of every codec, with random values of every type of field.
//!
//! One list below names the types, by the strongest property that the type has:
//!
//! - A value is read as it was saved.
//! - A key is stored as the type that it declares, in one form only, so that equal values are one key and different values are not.
//! - An ordered key is ordered by DynamoDB as it is in Rust: texts and bytes by their bytes, numbers by value.

mod values;

use std::cmp::Ordering;
use std::fmt::Debug;

use djamodb::model::{AttributeType, KeyType, Ordered, bridge, check_key_codec};
use djamodb::value::AttributeValue;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

type Tested = Result<(), TestCaseError>;

/// A test of two values of a type, which are often equal.
type Property<T> = fn(&T, &T) -> Tested;

/// Tests a property of random pairs of values, and returns the message of the smallest pair without it.
fn check<T: Clone + Debug>(
    values: impl Strategy<Value = T> + Clone + 'static,
    property: Property<T>,
) -> Result<(), String> {
    let equal = values.clone().prop_map(|value| (value.clone(), value));
    let pairs = prop_oneof![3 => (values.clone(), values), 1 => equal];
    let config = Config { failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&pairs, |(left, right)| property(&left, &right)).map_err(|error| error.to_string())
}

/// A value is read as it was saved, and saved again in the same form.
fn value<T: AttributeType + PartialEq + Debug>(left: &T, right: &T) -> Tested {
    for value in [left, right] {
        if value.is_absent() {
            let absent = T::absent();
            prop_assert_eq!(absent.as_ref(), Some(value));
            continue;
        }
        let encoded = encoded(value)?;
        prop_assert_eq!(encoded.value_type(), T::type_info().value_type);
        let decoded = T::decode(&encoded)?;
        prop_assert_eq!(&decoded, value);
        prop_assert_eq!(&T::decode_owned(encoded.clone())?, value);
        prop_assert_eq!(decoded.encode(), Ok(encoded));
    }
    Ok(())
}

/// Two values are one key exactly if they are equal.
fn key<T: KeyType + PartialEq + Debug>(left: &T, right: &T) -> Tested {
    value(left, right)?;
    for key in [left, right] {
        prop_assert_eq!(check_key_codec(key), Ok(()));
        prop_assert_eq!(key.encode_exact(), Ok(encoded(key)?));
    }
    prop_assert_eq!(encoded(left)? == encoded(right)?, left == right);
    Ok(())
}

/// The order of keys is the order of their values.
fn ordered<T: KeyType + Ordered + PartialOrd + Debug>(left: &T, right: &T) -> Tested {
    key(left, right)?;
    prop_assert!(T::type_info().ordered);
    prop_assert_eq!(order(&encoded(left)?, &encoded(right)?), left.partial_cmp(right));
    Ok(())
}

/// A value of a type of `serde` is read as it was saved, also as a whole item.
fn bridged<T>(left: &bridge::Serde<T>, right: &bridge::Serde<T>) -> Tested
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug,
{
    for bridge::Serde(value) in [left, right] {
        let encoded = bridge::to_value(value)?;
        prop_assert_eq!(&bridge::from_value::<T>(&encoded)?, value);
        prop_assert_eq!(bridge::Serde::<T>::decode(&encoded)?.encode(), Ok(encoded.clone()));
        if matches!(encoded, AttributeValue::M(_)) {
            let item = bridge::to_item(value)?;
            prop_assert_eq!(&bridge::from_item::<T>(&item)?, value);
            prop_assert_eq!(AttributeValue::M(item.as_map().clone()), encoded);
        }
    }
    Ok(())
}

fn encoded<T: AttributeType>(value: &T) -> Result<AttributeValue, TestCaseError> {
    value.encode().map_err(|error| TestCaseError::fail(error.to_string()))
}

/// Returns the order in which DynamoDB returns two range keys.
fn order(left: &AttributeValue, right: &AttributeValue) -> Option<Ordering> {
    match (left, right) {
        (AttributeValue::S(left), AttributeValue::S(right)) => Some(left.as_bytes().cmp(right.as_bytes())),
        (AttributeValue::N(left), AttributeValue::N(right)) => Some(left.cmp(right)),
        (AttributeValue::B(left), AttributeValue::B(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// Declares one test for each type: a name, a property and a strategy of its values.
macro_rules! codecs {
    ($($name:ident: $property:ident($values:expr);)+) => {
        mod types {
            use proptest::collection::{btree_map, btree_set, hash_map, hash_set, vec};

            use super::values::*;
            use super::*;

            $(
                #[test]
                fn $name() {
                    assert_eq!(check($values, $property), Ok(()));
                }
            )+
        }
    };
}

codecs! {
    text: ordered(any::<String>());
    i8: ordered(any::<i8>());
    i16: ordered(any::<i16>());
    i32: ordered(any::<i32>());
    i64: ordered(prop_oneof![any::<i64>(), -2..3_i64, Just(i64::MIN), Just(i64::MAX)]);
    i128: ordered(-DIGITS_38..=DIGITS_38);
    isize: ordered(any::<isize>());
    u8: ordered(any::<u8>());
    u16: ordered(any::<u16>());
    u32: ordered(any::<u32>());
    u64: ordered(prop_oneof![any::<u64>(), Just(u64::MAX)]);
    u128: ordered(0..=DIGITS_38.unsigned_abs());
    usize: ordered(any::<usize>());
    f32: ordered(floats_32());
    f64: ordered(floats_64());
    number: ordered(numbers());
    decimal: ordered(decimals());
    big_decimal: ordered(big_decimals());
    bytes: ordered(any::<Vec<u8>>().prop_map(djamodb::bytes::Bytes::from));
    byte_vector: ordered(any::<Vec<u8>>());
    boxed_text: key(any::<String>().prop_map(Box::<str>::from));
    shared_number: key(any::<i32>().prop_map(std::sync::Arc::new));
    uuid: key(any::<u128>().prop_map(djamodb::uuid::Uuid::from_u128));
    ip_address: key(any::<std::net::IpAddr>());
    ipv4_address: key(any::<std::net::Ipv4Addr>());
    ipv6_address: key(any::<std::net::Ipv6Addr>());

    chrono_point_in_time: ordered(micros(times()));
    chrono_date: ordered(times().prop_map(|time| time.date_naive()));
    chrono_time_of_day: ordered(micros(times()).prop_map(|time| time.time()));
    std_duration: ordered(durations());
    jiff_timestamp: ordered(micros(times()).prop_map(jiff_timestamp_of));
    jiff_date: ordered(times().prop_map(jiff_date_of));
    jiff_time_of_day: ordered(micros(times()).prop_map(jiff_time_of));
    jiff_duration: ordered(nanos().prop_map(djamodb::jiff::SignedDuration::from_nanos_i128));
    time_offset_date_time: ordered((micros(times()), -18..=18_i8).prop_map(|(time, offset)| offset_date_time_of(time, offset)));
    time_utc_date_time: ordered(micros(times()).prop_map(utc_date_time_of));
    time_date: ordered(times().prop_map(|time| utc_date_time_of(time).date()));
    time_time_of_day: ordered(micros(times()).prop_map(|time| utc_date_time_of(time).time()));
    time_duration: ordered(nanos().prop_map(djamodb::time::Duration::nanoseconds_i128));

    seconds: ordered(stored_times::<djamodb::model::datetime::seconds::Form>());
    milliseconds: ordered(stored_times::<djamodb::model::datetime::milliseconds::Form>());
    nanoseconds: ordered(stored_times::<djamodb::model::datetime::nanoseconds::Form>());
    epoch_seconds: ordered(stored_times::<djamodb::model::datetime::epoch_seconds::Form>());
    epoch_milliseconds: ordered(stored_times::<djamodb::model::datetime::epoch_milliseconds::Form>());
    truncated_seconds: ordered(times().prop_map(djamodb::model::datetime::seconds::truncated::Stored::new));
    truncated_milliseconds: ordered(times().prop_map(djamodb::model::datetime::milliseconds::truncated::Stored::new));
    truncated_nanoseconds: ordered(times().prop_map(djamodb::model::datetime::nanoseconds::truncated::Stored::new));
    truncated_epoch_seconds: ordered(times().prop_map(djamodb::model::datetime::epoch_seconds::truncated::Stored::new));
    truncated_epoch_milliseconds:
        ordered(times().prop_map(djamodb::model::datetime::epoch_milliseconds::truncated::Stored::new));
    time_to_live: ordered(expiries());

    newtype_of_text: ordered(any::<String>().prop_map(Title));
    newtype_of_a_time: ordered(micros(times()).prop_map(Since));
    newtype_of_a_float: ordered(floats_64().prop_map(Celsius));
    unit_variants: key(roles());
    fallback_of_text: key(statuses());
    joined_parts: key((any::<u32>(), "[a-z#]{0,3}").prop_map(|(number, text)| Slot { number, text }));
    boolean_text: key(any::<bool>().prop_map(djamodb::model::boolean_text::Stored));

    boolean: value(any::<bool>());
    optional: value(any::<Option<i64>>());
    list: value(vec(any::<Option<String>>(), 0..4));
    array: value(any::<[i16; 3]>());
    tuple: value(any::<(i8, Option<bool>, String)>());
    text_set: value(btree_set(any::<String>(), 0..4));
    number_set: value(hash_set(any::<i16>(), 0..4));
    binary_set: value(btree_set(any::<Vec<u8>>(), 0..4));
    set_of_times: value(btree_set(micros(times()), 0..4));
    map: value(hash_map(any::<String>(), vec(any::<i8>(), 0..3), 0..4));
    map_by_date: value(btree_map(times().prop_map(|time| time.date_naive()), any::<Option<u8>>(), 0..4));
    map_by_variant: value(btree_map(roles(), any::<bool>(), 0..4));
    document: value(addresses());
    list_of_documents: value(vec(addresses(), 0..3));
    flattened_document: value(contacts());
    variants_with_name_outside: value(outside_names());
    variants_with_name_inside: value(inside_names());
    variants_with_name_beside: value(beside_names());
    json: value(json_values());

    serde_struct: bridged(parcels().prop_map(bridge::Serde));
    serde_enum: bridged(contents().prop_map(bridge::Serde));
    serde_option: bridged(proptest::option::of(contents()).prop_map(bridge::Serde));
}

/// Declares a key of one byte that is stored as the number that `encode` returns, and read as what `decode` returns.
macro_rules! broken_key {
    ($name:ident, $encode:expr, $decode:expr) => {
        #[derive(Clone, Debug, PartialEq, PartialOrd)]
        struct $name(u8);

        impl AttributeType for $name {
            type Operand = Self;

            fn encode(&self) -> Result<AttributeValue, djamodb::model::CodecError> {
                let encode: fn(u8) -> u8 = $encode;
                encode(self.0).encode()
            }

            fn decode(value: &AttributeValue) -> Result<Self, djamodb::model::CodecError> {
                let decode: fn(u8) -> u8 = $decode;
                u8::decode(value).map(|byte| Self(decode(byte)))
            }

            fn type_info() -> djamodb::model::TypeInfo {
                u8::type_info()
            }
        }

        impl KeyType for $name {
            const SCALAR: djamodb::schema::ScalarType = djamodb::schema::ScalarType::N;
        }

        impl Ordered for $name {}
    };
}

#[test]
fn a_codec_without_a_property_is_reported() {
    broken_key!(Lossy, |byte| byte / 2, |byte| byte.saturating_mul(2));
    broken_key!(Reversed, |byte| 255 - byte, |byte| 255 - byte);
    broken_key!(Correct, |byte| byte, |byte| byte);

    let message = |result: Result<(), String>| result.unwrap_err();
    assert!(message(check(any::<u8>().prop_map(Lossy), value)).contains("Lossy("));
    assert!(message(check(any::<u8>().prop_map(Lossy), key)).contains("Lossy("));
    assert_eq!(check(any::<u8>().prop_map(Reversed), key), Ok(()));
    assert!(message(check(any::<u8>().prop_map(Reversed), ordered)).contains("Reversed("));
    assert_eq!(check(any::<u8>().prop_map(Correct), ordered), Ok(()));
}
