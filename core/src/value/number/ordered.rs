//! Encoding of numbers as bytes with the same order.
//!
//! | bytes | contents |
//! |---|---|
//! | 1 | the sign: 1 for a negative number, 2 for zero, which ends the encoding, 3 for a positive number |
//! | 1 | the decimal exponent of the first digit plus 130: 0 to 255 |
//! | 1 to 19 | the significant digits in pairs from the first one, each pair plus one: 1 to 100 |
//! | 1 | the terminator, 0 |
//!
//! All bytes after the sign of a negative number are complemented, which reverses their order. The terminator is less than any
//! pair, so a number sorts before one that continues its digits, and bytes after the terminator do not affect the order.

use super::digits::{PAIRS_MAX, split_pairs};
use super::{MAGNITUDE_MIN, Number, signed};

const NEGATIVE: u8 = 1;
const ZERO: u8 = 2;
const POSITIVE: u8 = 3;

/// Maximum length: a sign, a magnitude, the pairs of 38 digits and a terminator.
const ENCODED_MAX: usize = 3 + PAIRS_MAX;
const TERMINATOR: u8 = 0;

impl Number {
    /// Appends 1 to 22 bytes that sort like the number, whatever bytes follow them: encodings compare byte by byte as the numbers
    /// compare by [`Ord`].
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// let encoded = |text: &str| -> Result<Vec<u8>, djamodb_core::value::NumberError> {
    ///     let mut bytes = Vec::new();
    ///     Number::parse(text)?.to_ordered_bytes(&mut bytes);
    ///     Ok(bytes)
    /// };
    /// assert!(encoded("-12.8")? < encoded("-9")?);
    /// assert!(encoded("-9")? < encoded("0")?);
    /// assert!(encoded("9")? < encoded("12.8")?);
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn to_ordered_bytes(self, out: &mut Vec<u8>) {
        let (sign, mask) = match self.coefficient.signum() {
            -1 => (NEGATIVE, u8::MAX),
            0 => return out.push(ZERO),
            _ => (POSITIVE, 0),
        };
        // There are 256 magnitudes, so the low byte contains all of the difference.
        let [magnitude, _] = (self.magnitude() - MAGNITUDE_MIN).to_le_bytes();
        let coefficient = self.coefficient.unsigned_abs();
        // A zero is appended to an odd number of digits, so that the pairs begin at the first digit.
        let coefficient = if self.digits().is_multiple_of(2) { coefficient } else { coefficient * 10 };
        let mut buffer = [0; PAIRS_MAX];
        let pairs = split_pairs(coefficient, &mut buffer);
        out.reserve(ENCODED_MAX);
        out.extend([sign, magnitude ^ mask]);
        out.extend(pairs.iter().map(|pair| (pair + 1) ^ mask));
        out.push(TERMINATOR ^ mask);
    }

    /// Decodes the number at the start of `bytes` and returns it with the length of its encoding. Returns `None` if `bytes` do not
    /// begin with an encoding written by [`to_ordered_bytes`](Self::to_ordered_bytes).
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// let mut bytes = Vec::new();
    /// Number::from(128).to_ordered_bytes(&mut bytes);
    /// let length = bytes.len();
    /// bytes.extend(b"more");
    /// assert_eq!(Number::from_ordered_bytes(&bytes), Some((Number::from(128), length)));
    /// ```
    pub fn from_ordered_bytes(bytes: &[u8]) -> Option<(Self, usize)> {
        let (&sign, after_sign) = bytes.split_first()?;
        let (negative, mask) = match sign {
            NEGATIVE => (true, u8::MAX),
            ZERO => return Some((Self::ZERO, 1)),
            POSITIVE => (false, 0),
            _ => return None,
        };
        let (&biased_magnitude, after_magnitude) = after_sign.split_first()?;
        let magnitude = i16::from(biased_magnitude ^ mask) + MAGNITUDE_MIN;
        let length = after_magnitude.iter().take(PAIRS_MAX + 1).position(|byte| byte ^ mask == TERMINATOR)?;
        let (last, leading) = after_magnitude[..length].split_last()?;

        let pair = |byte: &u8| (byte ^ mask).checked_sub(1).filter(|pair| *pair < 100);
        let coefficient =
            leading.iter().try_fold(0, |coefficient: u128, byte| Some(coefficient * 100 + u128::from(pair(byte)?)))?;
        let (coefficient, digits) = match pair(last)? {
            // An encoding never ends in two zero digits.
            0 => return None,
            // The zero was appended to an odd number of digits.
            tens if tens.is_multiple_of(10) => (coefficient * 10 + u128::from(tens / 10), 2 * length - 1),
            last => (coefficient * 100 + u128::from(last), 2 * length),
        };
        let number =
            Self { coefficient: signed(negative, coefficient), exponent: magnitude + 1 - i16::try_from(digits).ok()? };
        // With a leading zero digit, the magnitude would not be that of the first digit.
        (number.magnitude() == magnitude).then_some((number, length + 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        Number::parse(text).unwrap().to_ordered_bytes(&mut bytes);
        bytes
    }

    #[test]
    fn encodings_have_the_documented_layout() {
        assert_eq!(encoded("0"), [2]);
        assert_eq!(encoded("12.8"), [3, 131, 13, 81, 0]);
        assert_eq!(encoded("-12.8"), [1, !131, !13, !81, 255]);
        assert_eq!(encoded("1e-130"), [3, 0, 11, 0]);
        let nines = "9".repeat(38);
        assert_eq!(encoded(&format!("{nines}e88")), [&[3, 255][..], &[100; 19], &[0]].concat());
        assert_eq!(encoded(&nines).len(), ENCODED_MAX);
    }

    #[test]
    fn bytes_that_are_no_encoding_are_refused() {
        let refused: [&[u8]; 11] = [
            &[],
            &[0],
            &[4, 131, 13, 0],
            &[3],
            &[3, 131],
            &[3, 131, 0],
            &[3, 131, 13],
            // A pair of 101, a leading zero digit, trailing zero digits.
            &[3, 131, 13, 102, 0],
            &[3, 131, 10, 0],
            &[3, 131, 13, 1, 0],
            // 20 pairs.
            &[&[3, 131][..], &[13; 20], &[0]].concat(),
        ];
        for bytes in refused {
            assert_eq!(Number::from_ordered_bytes(bytes), None, "{bytes:?}");
        }
    }
}
