//! Attribute values.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use djamodb_core::service::limits::ITEM_LEVELS_MAX;
use djamodb_core::value::{AttributeValue, Number};

use super::{InvalidResponse, item};

/// Number of lists and maps around a value that are sent. The service refuses a request with more than 32.
pub(super) const LEVELS_MAX: usize = 2 * ITEM_LEVELS_MAX;

/// Converts a value. What is inside more lists and maps than the service accepts is left out, so that a deep value does not exhaust the
/// stack: the service refuses the request either way.
pub(crate) fn to_sdk(value: AttributeValue) -> SdkValue {
    with_levels(value, LEVELS_MAX)
}

pub(super) fn with_levels(value: AttributeValue, levels: usize) -> SdkValue {
    let Some(levels_left) = levels.checked_sub(1) else { return SdkValue::Null(true) };
    match value {
        AttributeValue::S(text) => SdkValue::S(text),
        AttributeValue::N(number) => SdkValue::N(number.to_string()),
        AttributeValue::B(bytes) => SdkValue::B(Blob::new(*bytes)),
        AttributeValue::Bool(value) => SdkValue::Bool(value),
        AttributeValue::Null => SdkValue::Null(true),
        AttributeValue::M(map) => SdkValue::M(item::map_to_sdk(map, levels_left)),
        AttributeValue::L(values) => {
            SdkValue::L(values.into_iter().map(|value| with_levels(value, levels_left)).collect())
        }
        AttributeValue::Ss(texts) => SdkValue::Ss(texts.into_iter().collect()),
        AttributeValue::Ns(numbers) => SdkValue::Ns(numbers.iter().map(Number::to_string).collect()),
        AttributeValue::Bs(values) => SdkValue::Bs(values.into_iter().map(Blob::new).collect()),
    }
}

pub(crate) fn from_sdk(value: SdkValue) -> Result<AttributeValue, InvalidResponse> {
    Ok(match value {
        SdkValue::S(text) => AttributeValue::S(text),
        SdkValue::N(text) => AttributeValue::N(Number::parse(&text)?),
        SdkValue::B(blob) => AttributeValue::b(blob.into_inner()),
        SdkValue::Bool(value) => AttributeValue::Bool(value),
        // The service only sends `true`.
        SdkValue::Null(_) => AttributeValue::Null,
        SdkValue::M(map) => AttributeValue::M(item::map_from_sdk(map)?),
        SdkValue::L(values) => AttributeValue::L(values.into_iter().map(from_sdk).collect::<Result<_, _>>()?),
        SdkValue::Ss(texts) => AttributeValue::ss(texts),
        SdkValue::Ns(texts) => {
            AttributeValue::Ns(texts.iter().map(|text| Number::parse(text)).collect::<Result<_, _>>()?)
        }
        SdkValue::Bs(blobs) => AttributeValue::bs(blobs.into_iter().map(Blob::into_inner)),
        _ => return Err(InvalidResponse::UnknownValueType),
    })
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::NumberError;

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
            assert_eq!(from_sdk(to_sdk(value.clone())), Ok(value));
        }
    }

    #[test]
    fn a_value_of_any_depth_is_converted_to_one_that_the_service_refuses() {
        let mut value = (0..100_000).fold(AttributeValue::null(), |value, level| match level % 2 {
            0 => AttributeValue::l([value]),
            _ => AttributeValue::m([("a", value)]),
        });
        let sent = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || {
            let sent = to_sdk(std::mem::replace(&mut value, AttributeValue::Null));
            let mut levels = 0;
            let mut next = &sent;
            while let Some(inner) =
                next.as_l().ok().and_then(|list| list.first()).or(next.as_m().ok().and_then(|map| map.get("a")))
            {
                (next, levels) = (inner, levels + 1);
            }
            levels
        });
        assert_eq!(sent.unwrap().join().unwrap(), LEVELS_MAX);
    }

    #[test]
    fn numbers_are_sent_as_decimal_text() {
        assert_eq!(to_sdk(number("12.80")), SdkValue::N("12.8".into()));
        assert_eq!(to_sdk(AttributeValue::ns([2, 1])), SdkValue::Ns(vec!["1".into(), "2".into()]));
    }

    #[test]
    fn rejects_invalid_numbers_at_any_depth() {
        for value in [
            SdkValue::N("1e999".into()),
            SdkValue::Ns(vec!["1".into(), "1e999".into()]),
            SdkValue::L(vec![SdkValue::M([("a".to_owned(), SdkValue::N("1e999".into()))].into())]),
        ] {
            assert_eq!(from_sdk(value), Err(InvalidResponse::Number(NumberError::Overflow)));
        }
    }
}
