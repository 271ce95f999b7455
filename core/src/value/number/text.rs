//! Display of numbers.

use std::fmt;

use super::Number;
use super::digits::{PAIRS_MAX, split_pairs};

/// Maximum length of a number without its sign: `0.`, 129 zeros and 38 digits.
const TEXT_MAX: usize = 2 + 129 + 38;

/// Displays the number in DynamoDB's canonical form: plain decimal notation without exponent, plus sign or superfluous zeros, in at
/// most 170 characters.
///
/// Width, fill and alignment apply as for integers.
///
/// ```
/// use djamodb_core::value::Number;
///
/// assert_eq!(Number::parse("1.0e-3")?.to_string(), "0.001");
/// assert_eq!(Number::parse("1e125")?.to_string(), format!("1{}", "0".repeat(125)));
/// assert_eq!(format!("{:>6}", Number::from(-7)), "    -7");
/// # Ok::<(), djamodb_core::value::NumberError>(())
/// ```
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = StackString::<TEXT_MAX>::new();
        write_unsigned(*self, &mut text);
        formatter.pad_integral(!self.is_negative(), "", text.as_str())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Number({self})")
    }
}

/// Writes a number without its sign.
fn write_unsigned(number: Number, text: &mut StackString<TEXT_MAX>) {
    let mut digits = StackString::<{ 2 * PAIRS_MAX }>::new();
    write_digits(number.coefficient.unsigned_abs(), &mut digits);
    let digits = digits.as_bytes();
    let places = usize::from(number.exponent.unsigned_abs());
    if number.is_zero() {
        text.push_zeros(1);
    } else if number.exponent >= 0 {
        text.push(digits);
        text.push_zeros(places);
    } else if digits.len() > places {
        let (whole, fraction) = digits.split_at(digits.len() - places);
        text.push(whole);
        text.push(b".");
        text.push(fraction);
    } else {
        text.push(b"0.");
        text.push_zeros(places - digits.len());
        text.push(digits);
    }
}

/// Writes the digits of a coefficient, or nothing for zero.
fn write_digits(coefficient: u128, digits: &mut StackString<{ 2 * PAIRS_MAX }>) {
    let mut buffer = [0; PAIRS_MAX];
    for (index, pair) in split_pairs(coefficient, &mut buffer).iter().enumerate() {
        let ascii = [b'0' + pair / 10, b'0' + pair % 10];
        // Only the first pair can be a single digit.
        digits.push(if index == 0 && *pair < 10 { &ascii[1..] } else { &ascii });
    }
}

/// An ASCII string of bounded length on the stack.
pub(super) struct StackString<const CAPACITY: usize> {
    /// Written text, followed by zero digits, so that writing zeros only increases `length`.
    bytes: [u8; CAPACITY],
    length: usize,
}

impl<const CAPACITY: usize> StackString<CAPACITY> {
    pub(super) const fn new() -> Self {
        Self { bytes: [b'0'; CAPACITY], length: 0 }
    }

    pub(super) fn as_str(&self) -> &str {
        // The text is ASCII, so the fallback never applies.
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn push(&mut self, text: &[u8]) {
        let end = self.length + text.len();
        self.bytes[self.length..end].copy_from_slice(text);
        self.length = end;
    }

    fn push_zeros(&mut self, count: usize) {
        self.length += count;
    }
}

impl<const CAPACITY: usize> fmt::Write for StackString<CAPACITY> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() > CAPACITY - self.length {
            return Err(fmt::Error);
        }
        self.push(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_is_canonical() {
        let spellings = [
            ("0", "0"),
            ("7", "7"),
            ("1e2", "100"),
            ("0.0010", "0.001"),
            ("-12.80", "-12.8"),
            ("-0.5", "-0.5"),
            ("1000000000000000000.5", "1000000000000000000.5"),
            ("18446744073709551616", "18446744073709551616"),
        ];
        for (text, canonical) in spellings {
            assert_eq!(Number::parse(text).unwrap().to_string(), canonical);
        }
    }

    #[test]
    fn extremes_are_displayed_without_exponent() {
        let nines = "9".repeat(38);
        let largest = Number::parse(&format!("-{nines}e88")).unwrap();
        assert_eq!(largest.to_string(), format!("-{nines}{}", "0".repeat(88)));
        let longest = Number::parse(&format!("-{nines}e-167")).unwrap();
        assert_eq!(longest.to_string(), format!("-0.{}{nines}", "0".repeat(129)));
        assert_eq!(longest.to_string().len(), TEXT_MAX + 1);
    }

    #[test]
    fn formatting_options_apply() {
        let number = Number::parse("-12.8").unwrap();
        assert_eq!(format!("{number:?}"), "Number(-12.8)");
        assert_eq!(format!("{number:<7}|{number:07}|{:+}", Number::from(5)), "-12.8  |-0012.8|+5");
    }
}
