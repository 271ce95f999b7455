//! Durations, as a number of seconds with up to nine decimal places. The order of the numbers is the order of the durations.

use std::time::Duration;

use super::number::number;
use super::twin::{HasTwin, stored_as_twin};
use crate::model::{AttributeType, CodecError, CodecErrorKind, KeyType, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Number};

const EXPECTED: &str = "a duration in seconds";
const NANOS_PER_SECOND: i128 = 1_000_000_000;
/// Power of ten of a nanosecond.
const NANO: i32 = -9;

/// A duration as a number of nanoseconds, the twin of each type of durations.
pub(super) struct Nanoseconds(pub(super) i128);

impl Nanoseconds {
    /// Returns the error of a duration that does not fit the type of the field.
    pub(super) fn out_of_range(&self) -> CodecError {
        let seconds =
            Number::from_parts(self.0, NANO).map_or_else(|_| format!("{}E{NANO}", self.0), |it| it.to_string());
        CodecError::new(CodecErrorKind::OutOfRange { number: seconds, expected: EXPECTED })
    }
}

impl AttributeType for Nanoseconds {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::N(Number::from_parts(self.0, NANO)?))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        of_seconds(number(value, EXPECTED)?)
    }

    fn type_info() -> TypeInfo {
        TypeInfo { name: EXPECTED, parse: |text| of_seconds(Number::parse(text)?)?.encode(), ..Number::type_info() }
    }
}

impl KeyType for Nanoseconds {
    const SCALAR: ScalarType = ScalarType::N;
}

fn of_seconds(seconds: Number) -> Result<Nanoseconds, CodecError> {
    let nanos = Number::from_parts(seconds.coefficient(), seconds.exponent() - NANO).ok().and_then(Number::to_i128);
    nanos
        .map(Nanoseconds)
        .ok_or_else(|| CodecError::new(CodecErrorKind::OutOfRange { number: seconds.to_string(), expected: EXPECTED }))
}

impl HasTwin for Duration {
    type Twin = Nanoseconds;

    fn to_twin(&self) -> Result<Nanoseconds, CodecError> {
        Ok(Nanoseconds(i128::from(self.as_secs()) * NANOS_PER_SECOND + i128::from(self.subsec_nanos())))
    }

    fn from_twin(nanos: Nanoseconds) -> Result<Self, CodecError> {
        let seconds = u64::try_from(nanos.0.div_euclid(NANOS_PER_SECOND));
        let subsecond = u32::try_from(nanos.0.rem_euclid(NANOS_PER_SECOND));
        match (seconds, subsecond) {
            (Ok(seconds), Ok(subsecond)) => Ok(Self::new(seconds, subsecond)),
            _ => Err(nanos.out_of_range()),
        }
    }
}

stored_as_twin!(Duration);

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn obeys_the_law_of_keys_and_keeps_the_order(seconds: u64, nanos in 0..1_000_000_000_u32, other: u32) {
            let (duration, other) = (Duration::new(seconds, nanos), Duration::from_micros(other.into()));
            proptest::prop_assert_eq!(crate::model::check_key_codec(&duration), Ok(()));
            let (AttributeValue::N(left), AttributeValue::N(right)) = (duration.encode().unwrap(), other.encode().unwrap())
            else { panic!("a duration is a number") };
            proptest::prop_assert_eq!(left.cmp(&right), duration.cmp(&other));
        }
    }

    #[test]
    fn a_duration_is_a_number_of_seconds() {
        let encoded = |text: &str| AttributeValue::N(text.parse().unwrap());
        assert_eq!(Duration::from_millis(1500).encode(), Ok(encoded("1.5")));
        assert_eq!(Duration::decode(&encoded("0.000000001")), Ok(Duration::from_nanos(1)));
        assert_eq!(Duration::decode(&Duration::MAX.encode().unwrap()), Ok(Duration::MAX));
        for text in ["-1", "-0.5", "0.0000000001", "18446744073709551616", "1e100", "-1e-9"] {
            let error = Duration::decode(&encoded(text)).unwrap_err();
            assert!(matches!(error.kind(), CodecErrorKind::OutOfRange { .. }), "{text}: {error}");
            assert!((Duration::type_info().parse)(text).is_err(), "{text}");
        }
    }
}
