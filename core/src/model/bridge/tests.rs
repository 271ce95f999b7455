//! Tests of the conversion of types of `serde`.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde::de::DeserializeOwned;

use super::*;
use crate::value::Number;

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
enum Shape {
    Point,
    Radius(u32),
    Square(i8, i8),
    Named { name: String, sides: Vec<Option<u16>> },
}

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Tagged {
    Start { at: u64 },
    Stop { at: u64, reason: Option<String> },
}

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
struct Everything {
    integers: (i8, u8, i64, u64, i128, u128),
    floats: (f32, f64),
    flag: bool,
    letter: char,
    text: String,
    unit: (),
    some: Option<Vec<u8>>,
    shapes: Vec<Shape>,
    tagged: Tagged,
    by_number: BTreeMap<i32, String>,
    by_flag: BTreeMap<bool, u8>,
    #[serde(with = "set")]
    set: BTreeSet<String>,
    #[serde(with = "set")]
    numbers: BTreeSet<i64>,
    #[serde(with = "number")]
    exact: Number,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Deserialize, Debug)]
struct Needs {
    #[allow(dead_code, reason = "only its absence is tested")]
    field: u8,
}

#[derive(Serialize)]
struct Tags(#[serde(with = "set")] Vec<Option<u8>>);

#[derive(Serialize)]
struct Nested(Option<Box<Nested>>);

#[derive(Serialize)]
struct Chain {
    next: Option<Box<Chain>>,
}

fn round_trip<T: Serialize + DeserializeOwned>(value: &T) -> T {
    from_value(&to_value(value).unwrap()).unwrap()
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Point),
        any::<u32>().prop_map(Shape::Radius),
        any::<(i8, i8)>().prop_map(|(left, right)| Shape::Square(left, right)),
        (any::<String>(), any::<Vec<Option<u16>>>()).prop_map(|(name, sides)| Shape::Named { name, sides }),
    ]
}

const LARGEST: i128 = 99_999_999_999_999_999_999_999_999_999_999_999_999;

proptest! {
    #[test]
    fn any_value_survives_both_ways(
        integers in (any::<i8>(), any::<u8>(), any::<i64>(), any::<u64>(), -LARGEST..=LARGEST, 0..=LARGEST.unsigned_abs()),
        float in -1e100_f64..1e100,
        (flag, letter, text) in any::<(bool, char, String)>(),
        some in any::<Option<Vec<u8>>>(),
        shapes in prop::collection::vec(shape(), 0..4),
        by_number in any::<BTreeMap<i32, String>>(),
        set in prop::collection::btree_set(any::<String>(), 1..4),
        numbers in prop::collection::btree_set(any::<i64>(), 1..4),
        rest in prop::collection::btree_map("rest_[a-z]{1,4}", any::<String>(), 0..3),
    ) {
        let value = Everything {
            integers,
            floats: (0.1, float),
            flag,
            letter,
            text,
            unit: (),
            some,
            shapes,
            tagged: Tagged::Stop { at: integers.3, reason: None },
            by_number,
            by_flag: [(flag, 1)].into(),
            set,
            numbers,
            exact: Number::try_from(integers.4).unwrap(),
            rest,
        };
        prop_assert_eq!(round_trip(&value), value);
    }

    #[test]
    fn any_item_is_converted_or_refused_without_a_panic(value in crate::value::properties::value()) {
        let _ = from_value::<Everything>(&value);
        let _ = from_value::<Shape>(&value);
        let _ = from_value::<Tagged>(&value);
        if let Ok(json) = from_value::<serde_json::Value>(&value) {
            prop_assert!(to_value(&json).is_ok());
        }
    }
}

#[test]
fn variants_are_written_as_serde_json_writes_them() {
    for shape in [
        Shape::Point,
        Shape::Radius(3),
        Shape::Square(-1, 2),
        Shape::Named { name: "hexagon".to_owned(), sides: vec![Some(1), None] },
    ] {
        let through_json: serde_json::Value = serde_json::to_value(&shape).unwrap();
        assert_eq!(to_value(&shape), to_value(&through_json));
    }
    assert_eq!(to_value(&Tagged::Start { at: 3 }), to_value(&serde_json::json!({"type": "start", "at": 3})));
}

#[test]
fn an_error_names_the_path_and_the_reason() {
    let error = to_value(&serde_json::json!({"a": [1, {"b": f64::MAX}]})).unwrap_err();
    assert_eq!(error.path(), "a[1].b");
    let value =
        AttributeValue::m([("shapes", AttributeValue::l([AttributeValue::m([("Radius", AttributeValue::n(-1))])]))]);
    let error = from_value::<BTreeMap<String, Vec<Shape>>>(&value).unwrap_err();
    assert_eq!(error.path(), "shapes[0].Radius");
    assert!(error.to_string().contains("-1"), "{error}");

    let error = from_value::<Vec<Needs>>(&AttributeValue::l([AttributeValue::m::<&str>([])])).unwrap_err();
    assert_eq!((error.path(), error.kind()), ("[0].field", &CodecErrorKind::Missing));
}

#[test]
fn a_number_is_never_rounded_where_the_type_does_not_ask_for_a_float() {
    let exact = |text: &str| AttributeValue::N(text.parse().unwrap());
    assert!(from_value::<u8>(&exact("256")).is_err());
    assert!(from_value::<i64>(&exact("1.5")).is_err());
    assert!(from_value::<serde_json::Value>(&exact("12345678901234567890123")).is_err());
    assert!(from_value::<serde_json::Value>(&exact("0.12345678901234567890123")).is_err());
    assert_eq!(from_value::<serde_json::Value>(&exact("0.1")), Ok(serde_json::json!(0.1)));
    assert_eq!(from_value::<f64>(&exact("0.12345678901234567890123")), Ok(0.123_456_789_012_345_68));
    assert!(from_value::<f32>(&exact("1e39")).is_err());
}

#[test]
fn sets_are_read_as_sequences_and_empty_ones_are_refused() {
    assert_eq!(from_value::<Vec<i32>>(&AttributeValue::ns([2, 1])), Ok(vec![1, 2]));
    assert_eq!(from_value::<Vec<String>>(&AttributeValue::ss(["a"])), Ok(vec!["a".to_owned()]));

    assert_eq!(to_value(&Tags(Vec::new())).unwrap_err().kind(), &CodecErrorKind::EmptySet);
    assert!(to_value(&Tags(vec![None])).is_err());
    assert!(to_value(&Tags(vec![Some(1), Some(1)])).is_err());
}

#[test]
fn a_value_beyond_the_levels_of_the_service_is_refused_without_overflowing_the_stack() {
    let mut nested = Nested(None);
    for _ in 0..33 {
        nested = Nested(Some(Box::new(nested)));
    }
    // A newtype adds no level.
    assert_eq!(to_value(&nested), Ok(AttributeValue::Null));

    let chain = |length: usize| (1..length).fold(Chain { next: None }, |next, _| Chain { next: Some(Box::new(next)) });
    assert!(to_value(&chain(32)).is_ok());
    assert!(to_value(&chain(33)).unwrap_err().to_string().contains("32"));
}

#[test]
fn a_number_of_serde_json_with_arbitrary_precision_is_a_number() {
    /// Serializes as `serde_json::Number` does with its feature `arbitrary_precision`.
    struct JsonNumber(&'static str);

    impl Serialize for JsonNumber {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::SerializeStruct as _;

            let mut number = serializer.serialize_struct("$serde_json::private::Number", 1)?;
            number.serialize_field("$serde_json::private::Number", self.0)?;
            number.end()
        }
    }

    let exact = "12345678901234567890123.5";
    assert_eq!(to_value(&[JsonNumber(exact)]), Ok(AttributeValue::l([AttributeValue::N(exact.parse().unwrap())])));
    assert!(to_value(&JsonNumber("1e400")).is_err());
}
