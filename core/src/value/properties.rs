//! Property tests of values and their JSON.

use proptest::prelude::*;

use super::{AttributeValue, Item, Number};

fn number() -> impl Strategy<Value = Number> {
    (any::<i64>(), -100..80_i32).prop_map(|(coefficient, exponent)| {
        Number::from_parts(coefficient.into(), exponent).expect("within the range of numbers")
    })
}

/// Generates values of up to four levels.
pub(crate) fn value() -> impl Strategy<Value = AttributeValue> {
    let leaf = prop_oneof![
        any::<String>().prop_map(AttributeValue::s),
        number().prop_map(AttributeValue::N),
        any::<Vec<u8>>().prop_map(AttributeValue::b),
        any::<bool>().prop_map(AttributeValue::bool),
        Just(AttributeValue::null()),
        prop::collection::btree_set(any::<String>(), 1..4).prop_map(AttributeValue::Ss),
        prop::collection::btree_set(number(), 1..4).prop_map(AttributeValue::Ns),
        prop::collection::btree_set(any::<Vec<u8>>(), 1..4).prop_map(AttributeValue::bs),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(AttributeValue::l),
            prop::collection::vec((any::<String>(), inner), 0..4).prop_map(AttributeValue::m),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn items_survive_a_round_trip_through_json(attributes in prop::collection::vec((any::<String>(), value()), 0..5)) {
        let item: Item = attributes.into_iter().collect();
        let json = serde_json::to_string(&item).unwrap();
        prop_assert_eq!(serde_json::from_str::<Item>(&json).unwrap(), item.clone());
        // The same holds for a round trip through a parsed document.
        let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::from_value::<Item>(parsed).unwrap(), item);
    }

    #[test]
    fn any_json_is_accepted_or_refused_without_a_panic(text in r#"\{"(S|N|B|BOOL|NULL|M|L|SS|NS|BS|X)":.{0,12}\}"#) {
        let _ = serde_json::from_str::<AttributeValue>(&text);
    }
}
