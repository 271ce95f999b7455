//! Decimal digits of unsigned integers.

use super::DIGITS_MAX;

/// The powers of ten from 10^0 to 10^38, all that fit a `u128`.
pub(super) const POWERS_OF_TEN: [u128; 39] = {
    let mut powers = [1; 39];
    let mut index = 1;
    while index < powers.len() {
        powers[index] = powers[index - 1] * 10;
        index += 1;
    }
    powers
};

/// Number of pairs of digits in a coefficient of 38 digits.
pub(super) const PAIRS_MAX: usize = DIGITS_MAX / 2;

/// Number of pairs of digits that are split off as one `u64`, and the power of ten that this divides by.
const PAIRS_PER_CHUNK: usize = 9;
const CHUNK: u128 = POWERS_OF_TEN[2 * PAIRS_PER_CHUNK];

/// Returns the number of decimal digits, or 0 for zero.
pub(super) const fn count_digits(value: u128) -> usize {
    // A bit is log10(2) digits, about 1233 / 4096. The estimate is exact or one digit too low.
    let bits = u128::BITS - value.leading_zeros();
    let estimate = (bits * 1233 / 4096) as usize;
    estimate + (value >= POWERS_OF_TEN[estimate]) as usize
}

/// Returns the integer without trailing zero digits, and their number. Zero stays zero.
#[expect(clippy::cast_possible_truncation, reason = "guarded by the comparison before it")]
pub(super) const fn strip_zeros(mut value: u128) -> (u128, i16) {
    let mut stripped = 0;
    // Dividing a `u128` is slow, so many zeros are removed at a time, and only until the rest fits a `u64`.
    let mut places: u8 = 16;
    while value > u64::MAX as u128 && places > 0 {
        // A multiple of 10^n is a multiple of 2^n, which is much cheaper to test.
        let power = POWERS_OF_TEN[places as usize];
        if value.trailing_zeros() >= places as u32 && value.is_multiple_of(power) {
            value /= power;
            stripped += places as i16;
        }
        places /= 2;
    }
    if value == 0 || value > u64::MAX as u128 {
        return (value, stripped);
    }
    let mut value = value as u64;
    while value.is_multiple_of(10) {
        value /= 10;
        stripped += 1;
    }
    (value as u128, stripped)
}

/// Splits an integer of up to 38 digits into pairs of digits, 0 to 99 each, and returns them as the end of `buffer`. The most
/// significant pair comes first and is never 0.
pub(super) fn split_pairs(mut value: u128, buffer: &mut [u8; PAIRS_MAX]) -> &[u8] {
    let mut slots = buffer.iter_mut().rev();
    // Dividing a `u128` is slow, so 18 digits at a time are split off and divided further as a `u64`.
    let mut rest = loop {
        if let Ok(small) = u64::try_from(value) {
            break small;
        }
        let mut chunk = (value % CHUNK) as u64;
        value /= CHUNK;
        for slot in slots.by_ref().take(PAIRS_PER_CHUNK) {
            *slot = (chunk % 100) as u8;
            chunk /= 100;
        }
    };
    while rest > 0
        && let Some(slot) = slots.next()
    {
        *slot = (rest % 100) as u8;
        rest /= 100;
    }
    let unused = slots.len();
    &buffer[unused..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strip_zeros_removes_trailing_zeros() {
        assert_eq!(strip_zeros(0), (0, 0));
        assert_eq!(strip_zeros(1024), (1024, 0));
        for (places, power) in (0..).zip(POWERS_OF_TEN) {
            assert_eq!(strip_zeros(power), (1, places));
        }
        assert_eq!(strip_zeros(12 * POWERS_OF_TEN[37]), (12, 37));
    }

    #[test]
    fn count_digits_is_exact() {
        assert_eq!(count_digits(0), 0);
        assert_eq!(count_digits(u128::MAX), 39);
        let powers_of_two = (0..u128::BITS).map(|bit| 1 << bit);
        for value in POWERS_OF_TEN.into_iter().chain(powers_of_two) {
            for value in [value - 1, value, value + 1] {
                assert_eq!(count_digits(value), if value == 0 { 0 } else { value.to_string().len() }, "{value}");
            }
        }
    }

    #[test]
    fn split_pairs_returns_the_most_significant_pair_first() {
        let mut buffer = [0; PAIRS_MAX];
        assert_eq!(split_pairs(0, &mut buffer), [] as [u8; 0]);
        assert_eq!(split_pairs(10_203, &mut buffer), [1, 2, 3]);
        assert_eq!(split_pairs(POWERS_OF_TEN[38] - 1, &mut buffer), [99; 19]);
        let mut expected = [0; PAIRS_MAX];
        expected[0] = 10;
        assert_eq!(split_pairs(POWERS_OF_TEN[37], &mut buffer), expected);
    }
}
