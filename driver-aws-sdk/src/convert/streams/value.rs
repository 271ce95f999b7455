//! Items and attribute values of stream records. They occur only in responses.

use std::collections::HashMap;

use aws_sdk_dynamodbstreams::primitives::Blob;
use aws_sdk_dynamodbstreams::types::AttributeValue as SdkValue;
use djamodb_core::value::{AttributeValue, Item, Map, Number};

use crate::convert::InvalidResponse;

pub(super) fn item_from_sdk(item: HashMap<String, SdkValue>) -> Result<Item, InvalidResponse> {
    Ok(map_from_sdk(item)?.into())
}

fn map_from_sdk(map: HashMap<String, SdkValue>) -> Result<Map, InvalidResponse> {
    map.into_iter().map(|(name, value)| Ok((name, from_sdk(value)?))).collect()
}

fn from_sdk(value: SdkValue) -> Result<AttributeValue, InvalidResponse> {
    Ok(match value {
        SdkValue::S(text) => AttributeValue::S(text),
        SdkValue::N(text) => AttributeValue::N(Number::parse(&text)?),
        SdkValue::B(blob) => AttributeValue::b(blob.into_inner()),
        SdkValue::Bool(value) => AttributeValue::Bool(value),
        // The service only sends `true`.
        SdkValue::Null(_) => AttributeValue::Null,
        SdkValue::M(map) => AttributeValue::M(map_from_sdk(map)?),
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

    #[test]
    fn reads_every_type() {
        let text = |text: &str| SdkValue::S(text.to_owned());
        let bytes = || vec![0_u8, 255, 128];
        let pairs = [
            (text("é€😀"), AttributeValue::s("é€😀")),
            (SdkValue::N("-12.50".into()), AttributeValue::N(Number::parse("-12.5").unwrap())),
            (SdkValue::B(Blob::new(bytes())), AttributeValue::b(bytes())),
            (SdkValue::Bool(false), AttributeValue::bool(false)),
            (SdkValue::Null(true), AttributeValue::null()),
            (SdkValue::Ss(vec!["b".into(), "a".into()]), AttributeValue::ss(["a", "b"])),
            (SdkValue::Ns(vec!["2".into(), "1".into()]), AttributeValue::ns([1, 2])),
            (SdkValue::Bs(vec![Blob::new(bytes())]), AttributeValue::bs([bytes()])),
        ];
        let (sent, expected): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let list = (SdkValue::L(sent), AttributeValue::l(expected));
        let item = HashMap::from([("m".to_owned(), SdkValue::M([("l".to_owned(), list.0)].into()))]);
        assert_eq!(item_from_sdk(item), Ok(Item::new().with("m", AttributeValue::m([("l", list.1)]))));
    }

    #[test]
    fn rejects_invalid_numbers_at_any_depth() {
        for value in [SdkValue::Ns(vec!["1e999".into()]), SdkValue::L(vec![SdkValue::N("1e999".into())])] {
            assert_eq!(from_sdk(value), Err(InvalidResponse::Number(NumberError::Overflow)));
        }
    }
}
