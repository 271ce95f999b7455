//! ULIDs, as text of 26 capital letters and digits. The order of the texts is the order of the values, which begin with the time.

use ulid::Ulid;

use super::string::text;
use crate::model::{AttributeType, CodecError, Comparable, KeyType, MapKey, Ordered, Structure, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

const EXPECTED: &str = "a ULID";

impl AttributeType for Ulid {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::S(self.to_string()))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        parse(text(value, EXPECTED)?)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: EXPECTED,
            value_type: ValueType::S,
            parse: |text| parse(text)?.encode(),
            comparable: true,
            ordered: true,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

impl Comparable for Ulid {}

impl Ordered for Ulid {}

impl KeyType for Ulid {
    const SCALAR: ScalarType = ScalarType::S;
    const TEXT_BYTES: Option<usize> = Some(26);
}

impl MapKey for Ulid {}

fn parse(text: &str) -> Result<Ulid, CodecError> {
    let ulid = Ulid::from_string(text).map_err(|error| CodecError::invalid(text, EXPECTED, error))?;
    // A first letter above 7 stands for more than 128 bits, whose upper ones would be lost.
    if text.as_bytes().first().is_some_and(|first| *first > b'7') {
        return Err(CodecError::invalid(text, EXPECTED, "its first letter is at most 7"));
    }
    Ok(ulid)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn obeys_the_law_of_keys_and_keeps_the_order(left: u128, right: u128) {
            let (left, right) = (Ulid(left), Ulid(right));
            proptest::prop_assert_eq!(crate::model::check_key_codec(&left), Ok(()));
            proptest::prop_assert_eq!(left.to_string().cmp(&right.to_string()), left.cmp(&right));
        }
    }

    #[test]
    fn a_text_that_is_not_the_encoded_one_is_no_key() {
        let lower = AttributeValue::s("01arz3ndektsv4rrffq69g5fav");
        assert!(Ulid::decode(&lower).is_ok());
        assert!(Ulid::decode_exact(&lower).is_err());
        for text in ["", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "01ARZ3NDEKTSV4RRFFQ69G5FA", "U1ARZ3NDEKTSV4RRFFQ69G5FAV"] {
            assert!(Ulid::decode(&AttributeValue::s(text)).is_err(), "{text}");
        }
    }
}
