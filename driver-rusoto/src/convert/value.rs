//! Attribute values.

use djamodb_core::service::limits::ITEM_LEVELS_MAX;
use djamodb_core::value::{AttributeValue, Number, NumberError};
use rusoto_dynamodb::AttributeValue as RusotoValue;

use super::{InvalidResponse, item};

/// Number of lists and maps around a value that are sent. The service refuses a request with more than 32.
pub(super) const LEVELS_MAX: usize = 2 * ITEM_LEVELS_MAX;

/// Converts a value. What is inside more lists and maps than the service accepts is left out, so that a deep value does not exhaust the
/// stack: the service refuses the request either way.
pub(crate) fn to_rusoto(value: AttributeValue) -> RusotoValue {
    with_levels(value, LEVELS_MAX)
}

pub(super) fn with_levels(value: AttributeValue, levels: usize) -> RusotoValue {
    let empty = RusotoValue::default();
    let Some(levels_left) = levels.checked_sub(1) else { return RusotoValue { null: Some(true), ..empty } };
    match value {
        AttributeValue::S(text) => RusotoValue { s: Some(text), ..empty },
        AttributeValue::N(number) => RusotoValue { n: Some(number.to_string()), ..empty },
        AttributeValue::B(bytes) => RusotoValue { b: Some(*bytes), ..empty },
        AttributeValue::Bool(value) => RusotoValue { bool: Some(value), ..empty },
        AttributeValue::Null => RusotoValue { null: Some(true), ..empty },
        AttributeValue::M(map) => RusotoValue { m: Some(item::map_to_rusoto(map, levels_left)), ..empty },
        AttributeValue::L(values) => {
            let values = values.into_iter().map(|value| with_levels(value, levels_left)).collect();
            RusotoValue { l: Some(values), ..empty }
        }
        AttributeValue::Ss(texts) => RusotoValue { ss: Some(texts.into_iter().collect()), ..empty },
        AttributeValue::Ns(numbers) => {
            RusotoValue { ns: Some(numbers.iter().map(Number::to_string).collect()), ..empty }
        }
        AttributeValue::Bs(values) => RusotoValue { bs: Some(values.into_iter().collect()), ..empty },
    }
}

/// Converts a value, which must have exactly one type. The pattern names every field, so that no type is forgotten.
pub(crate) fn from_rusoto(value: RusotoValue) -> Result<AttributeValue, InvalidResponse> {
    let RusotoValue { b, bool, bs, l, m, n, ns, null, s, ss } = value;
    let mut typed_values = [
        s.map(AttributeValue::S).map(Ok),
        n.map(|text| Ok(AttributeValue::N(Number::parse(&text)?))),
        b.map(AttributeValue::b).map(Ok),
        bool.map(AttributeValue::Bool).map(Ok),
        // The service only sends `true`.
        null.map(|_| Ok(AttributeValue::Null)),
        m.map(|map| item::map_from_rusoto(map).map(AttributeValue::M)),
        l.map(list),
        ss.map(|texts| Ok(AttributeValue::ss(texts))),
        ns.map(|texts| Ok(numbers(&texts)?)),
        bs.map(|values| Ok(AttributeValue::bs(values))),
    ]
    .into_iter()
    .flatten();
    match (typed_values.next(), typed_values.next()) {
        (Some(value), None) => value,
        (Some(_), Some(_)) => Err(InvalidResponse::SeveralValueTypes),
        (None, _) => Err(InvalidResponse::UnknownValueType),
    }
}

fn list(values: Vec<RusotoValue>) -> Result<AttributeValue, InvalidResponse> {
    Ok(AttributeValue::L(values.into_iter().map(from_rusoto).collect::<Result<_, _>>()?))
}

fn numbers(texts: &[String]) -> Result<AttributeValue, NumberError> {
    Ok(AttributeValue::Ns(texts.iter().map(|text| Number::parse(text)).collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> AttributeValue {
        AttributeValue::N(Number::parse(text).unwrap())
    }

    #[test]
    fn every_type_round_trips() {
        let bytes = || vec![0_u8, 255, 128];
        let scalars = [
            AttributeValue::s("é€😀"),
            AttributeValue::s(""),
            number("-12.5"),
            number("99999999999999999999999999999999999999"),
            number("1e-130"),
            number("-9.9999999999999999999999999999999999999e125"),
            number("0.1"),
            AttributeValue::b(bytes()),
            AttributeValue::b(Vec::new()),
            AttributeValue::bool(false),
            AttributeValue::null(),
            AttributeValue::ss(["a", "", "b"]),
            AttributeValue::Ns(["1", "1e20", "-0.5"].map(|text| Number::parse(text).unwrap()).into()),
            AttributeValue::bs([bytes(), Vec::new()]),
        ];
        let list = AttributeValue::l(scalars.clone());
        let nested = AttributeValue::m([("list", list.clone()), ("empty", AttributeValue::l([])), ("", list)]);
        for value in scalars.into_iter().chain([nested.clone(), AttributeValue::l([nested])]) {
            assert_eq!(from_rusoto(to_rusoto(value.clone())), Ok(value));
        }
    }

    #[test]
    fn numbers_are_sent_as_decimal_text() {
        assert_eq!(to_rusoto(number("12.80")).n.as_deref(), Some("12.8"));
        assert_eq!(to_rusoto(AttributeValue::ns([2, 1])).ns, Some(vec!["1".to_owned(), "2".to_owned()]));
    }

    #[test]
    fn rejects_invalid_numbers_at_any_depth() {
        let empty = RusotoValue::default;
        let invalid = || RusotoValue { n: Some("1e999".into()), ..empty() };
        for value in [
            invalid(),
            RusotoValue { ns: Some(vec!["1".into(), "1e999".into()]), ..empty() },
            RusotoValue {
                l: Some(vec![RusotoValue { m: Some([("a".to_owned(), invalid())].into()), ..empty() }]),
                ..empty()
            },
        ] {
            assert_eq!(from_rusoto(value), Err(InvalidResponse::Number(NumberError::Overflow)));
        }
    }

    #[test]
    fn rejects_values_without_exactly_one_type() {
        assert_eq!(from_rusoto(RusotoValue::default()), Err(InvalidResponse::UnknownValueType));
        let both = RusotoValue { s: Some("1".into()), n: Some("1".into()), ..RusotoValue::default() };
        assert_eq!(from_rusoto(both), Err(InvalidResponse::SeveralValueTypes));
    }
}
