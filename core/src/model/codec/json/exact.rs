//! Checks that a parsed value holds all of its JSON text.

use std::collections::HashSet;

use serde_json::{Number, Value};

use super::LEVELS_MAX;
use super::tokens::{Token, count_entries, unquoted, visit_tokens};
use crate::model::{CodecError, CodecErrorKind};

/// Number of digits of which every integer fits the 64-bit integers of `serde_json`, with a sign.
const SHORT_INTEGER_MAX: usize = 18;

/// Checks that `value` has every entry and the exact value of every number of the text that it was parsed from.
pub(super) fn check(text: &str, value: &Value) -> Result<(), CodecError> {
    let mut entries = 0;
    visit_tokens(text, |place, token| match token {
        Token::Name(_) => {
            entries += 1;
            Ok(())
        }
        Token::Number(number) => check_number(number).map_err(|error| place.locate(error)),
    })?;
    if entries == count_entries(value) { Ok(()) } else { check_names(text) }
}

/// Returns the error of the first number that is larger than every float, with its path.
pub(super) fn number_out_of_range(text: &str) -> Option<CodecError> {
    let is_out_of_range = |number: &str| number.parse().is_ok_and(f64::is_infinite);
    visit_tokens(text, |place, token| match token {
        Token::Number(number) if place.depth() <= LEVELS_MAX && is_out_of_range(number) => {
            Err(place.locate(rounded(number, "infinity")))
        }
        _ => Ok(()),
    })
    .err()
}

/// Checks that no object has two entries of one name.
fn check_names(text: &str) -> Result<(), CodecError> {
    let mut names = HashSet::new();
    visit_tokens(text, |place, token| match token {
        Token::Name(name) if !names.insert((place.container(), unquoted(name))) => {
            Err(place.locate(CodecError::new(CodecErrorKind::JsonNameTwice)))
        }
        _ => Ok(()),
    })
}

fn check_number(text: &str) -> Result<(), CodecError> {
    if text.len() <= SHORT_INTEGER_MAX && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return Ok(());
    }
    let Ok(number) = serde_json::from_str::<Number>(text) else { return Err(rounded(text, "infinity")) };
    let held = number.to_string();
    if held == text || Decimal::of(&held) == Decimal::of(text) { Ok(()) } else { Err(rounded(text, &held)) }
}

fn rounded(number: &str, to: &str) -> CodecError {
    const SHOWN_MAX: usize = 64;
    // A number is ASCII, so that every position is a boundary of characters.
    let number = if number.len() > SHOWN_MAX { format!("{}…", &number[..SHOWN_MAX]) } else { number.to_owned() };
    CodecError::new(CodecErrorKind::JsonNumberRounded { number, rounded: to.to_owned() })
}

/// Value of a number's text: ±`digits` × 10^`exponent`, without zeros at either end.
#[derive(PartialEq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Self {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_end_matches('0');
        let zeros = digits.len() - significant.len();
        let significant = significant.trim_start_matches('0');
        if significant.is_empty() {
            return Self { is_negative: false, digits: String::new(), exponent: 0 };
        }
        // An exponent that does not fit is out of range, and so is not equal to one that `serde_json` holds.
        let exponent = exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
        let places = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        let exponent = exponent.saturating_sub(places(fraction.len())).saturating_add(places(zeros));
        Self { is_negative, digits: significant.to_owned(), exponent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number_are_equal() {
        for (left, right) in [
            ("100", "1e2"),
            ("1.50", "15E-1"),
            ("0.0012", "1.2e-3"),
            ("-0", "0.0"),
            ("0e99999999999999999999", "0"),
            ("1E+2", "100.0"),
            ("-2.0", "-2"),
        ] {
            assert!(Decimal::of(left) == Decimal::of(right), "{left} {right}");
        }
        for (left, right) in [("1", "-1"), ("10", "1"), ("0.1", "0.01"), ("12", "21"), ("1e9999999999999999999", "1")] {
            assert!(Decimal::of(left) != Decimal::of(right), "{left} {right}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_float_and_integer_is_exact(float in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL, unsigned: u64, signed: i64) {
            let text = serde_json::json!([float, unsigned, signed]).to_string();
            proptest::prop_assert_eq!(check(&text, &serde_json::from_str(&text).unwrap()), Ok(()));
        }
    }
}
