//! Times of day, to the microsecond: `03:04:05.000006`. The order of the texts is the order of the times.
//!
//! As for [`datetime`](super::datetime), a fraction of a microsecond is an error in a key, a set or a lookup, and is cut off in any other
//! attribute.

use chrono::{NaiveTime, Timelike as _};

use super::datetime::{TRUNCATE, truncated};
use super::string::text;
use crate::model::{AttributeType, CodecError, CodecErrorKind, Comparable, KeyType, Ordered, Structure, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

const EXPECTED: &str = "a time of day";
/// Reason against a leap second, which no stored form represents.
pub(super) const LEAP_SECOND: &str = "leap seconds are not supported";

impl AttributeType for NaiveTime {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        if self.nanosecond() < 1_000_000_000 {
            return Ok(AttributeValue::S(self.format("%H:%M:%S%.6f").to_string()));
        }
        Err(CodecError::invalid(&self.to_string(), EXPECTED, LEAP_SECOND))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        parse(text(value, EXPECTED)?)
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        // Leap seconds are left to `encode`, whose error is about these.
        if self.nanosecond() < 1_000_000_000 && truncated(*self) != *self {
            return Err(CodecError::new(CodecErrorKind::Inexact { value: self.to_string(), advice: TRUNCATE }));
        }
        self.encode()
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: EXPECTED,
            value_type: ValueType::S,
            parse: |text| parse_operand(text)?.encode_exact(),
            comparable: true,
            ordered: true,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

impl Comparable for NaiveTime {}

impl KeyType for NaiveTime {
    const SCALAR: ScalarType = ScalarType::S;
}

impl Ordered for NaiveTime {}

fn parse(text: &str) -> Result<NaiveTime, CodecError> {
    NaiveTime::parse_from_str(text, "%H:%M:%S%.f").map_err(|error| CodecError::invalid(text, EXPECTED, error))
}

/// Parses the operand of a lookup given as text, which may leave out the seconds.
fn parse_operand(text: &str) -> Result<NaiveTime, CodecError> {
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| parse(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn obeys_the_law_of_keys_and_keeps_the_order(seconds in 0..86_400_u32, micros: [u32; 2]) {
            let [low, high] = micros.map(|micros| {
                NaiveTime::from_num_seconds_from_midnight_opt(seconds, micros % 1_000_000 * 1000).unwrap()
            });
            proptest::prop_assert_eq!(crate::model::check_key_codec(&low), Ok(()));
            let (AttributeValue::S(left), AttributeValue::S(right)) = (low.encode().unwrap(), high.encode().unwrap()) else {
                panic!("a time is text")
            };
            proptest::prop_assert_eq!(left.cmp(&right), low.cmp(&high));
        }
    }

    #[test]
    fn nanoseconds_are_cut_off_in_attributes_and_refused_in_keys() {
        let time = NaiveTime::from_hms_nano_opt(3, 4, 5, 6_789).unwrap();
        assert_eq!(time.encode(), Ok(AttributeValue::s("03:04:05.000006")));
        assert!(matches!(time.encode_exact().unwrap_err().kind(), CodecErrorKind::Inexact { .. }));
        assert_eq!((NaiveTime::type_info().parse)("03:04"), Ok(AttributeValue::s("03:04:00.000000")));
        assert!(NaiveTime::decode(&AttributeValue::s("25:00:00")).is_err());
    }
}
