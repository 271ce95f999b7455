//! Dates without a time, in the form of ISO 8601: `2015-01-02`. The order of the texts is the order of the dates.

use chrono::{Datelike as _, NaiveDate};

use super::string::text;
use crate::model::{AttributeType, CodecError, Comparable, KeyType, MapKey, Ordered, Structure, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

const EXPECTED: &str = "a date";

impl AttributeType for NaiveDate {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        if (1..=9999).contains(&self.year()) {
            return Ok(AttributeValue::S(self.format("%Y-%m-%d").to_string()));
        }
        Err(CodecError::invalid(&self.to_string(), EXPECTED, "the year must be 1 to 9999"))
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

impl Comparable for NaiveDate {}

impl KeyType for NaiveDate {
    const SCALAR: ScalarType = ScalarType::S;
    const TEXT_BYTES: Option<usize> = Some(10);
}

impl MapKey for NaiveDate {}

impl Ordered for NaiveDate {}

fn parse(text: &str) -> Result<NaiveDate, CodecError> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|error| CodecError::invalid(text, EXPECTED, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn obeys_the_law_of_keys_and_keeps_the_order(days: [i32; 2]) {
            let [low, high] = days.map(|days| NaiveDate::from_num_days_from_ce_opt(days % 4_000_000));
            if let (Some(low), Some(high)) = (low, high) {
                proptest::prop_assert_eq!(crate::model::check_key_codec(&low), Ok(()));
                if let (Ok(AttributeValue::S(left)), Ok(AttributeValue::S(right))) = (low.encode(), high.encode()) {
                    proptest::prop_assert_eq!(left.cmp(&right), low.cmp(&high));
                }
            }
        }
    }

    #[test]
    fn a_date_is_text_and_other_text_is_refused() {
        let date = NaiveDate::from_ymd_opt(2015, 1, 2).unwrap();
        assert_eq!(date.encode(), Ok(AttributeValue::s("2015-01-02")));
        assert_eq!(NaiveDate::decode(&AttributeValue::s("2015-1-2")), Ok(date));
        assert!(NaiveDate::decode_exact(&AttributeValue::s("2015-1-2")).is_err());
        for text in ["", "2015-13-01", "2015-01-02T00:00:00Z"] {
            assert!(NaiveDate::decode(&AttributeValue::s(text)).is_err(), "{text}");
        }
        assert!(NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap().encode().is_err());
    }
}
