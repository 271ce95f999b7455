//! The decimal digits of unsigned integers: counting, shifting and splitting them.

use super::DIGITS_MAX;

/// 10^0 to 10^38: every power of ten a `u128` holds.
pub(super) const POWERS_OF_TEN: [u128; 39] = {
    let mut powers = [1; 39];
    let mut index = 1;
    while index < powers.len() {
        powers[index] = powers[index - 1] * 10;
        index += 1;
    }
    powers
};

/// A coefficient of 38 digits in pairs of digits.
pub(super) const PAIRS_MAX: usize = DIGITS_MAX / 2;

/// How many pairs of digits come out of a `u64` at once, and what they count together.
const PAIRS_PER_CHUNK: usize = 9;
const CHUNK: u128 = POWERS_OF_TEN[2 * PAIRS_PER_CHUNK];

/// How many decimal digits an integer has; zero has none.
pub(super) const fn count_digits(value: u128) -> usize {
    // A bit is worth log10(2) digits, about 1233 / 4096, which is precise enough to be at most one digit short.
    let bits = u128::BITS - value.leading_zeros();
    let estimate = (bits * 1233 / 4096) as usize;
    estimate + (value >= POWERS_OF_TEN[estimate]) as usize
}

/// An integer without the zero digits it ends in, and how many those were. Zero stays zero.
#[expect(clippy::cast_possible_truncation, reason = "guarded by the comparison before it")]
pub(super) const fn strip_zeros(mut value: u128) -> (u128, i16) {
    let mut stripped = 0;
    // Dividing a `u128` is slow, so many zeros are tried at once, and only until the rest fits a `u64`.
    let mut places: u8 = 16;
    while value > u64::MAX as u128 && places > 0 {
        // 10^n divides only what 2^n divides, which is far cheaper to ask.
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

/// Splits an integer of up to 38 digits into pairs of digits, 0 to 99 each, the most significant first and never 0.
/// The pairs stand at the end of `buffer`.
pub(super) fn split_pairs(mut value: u128, buffer: &mut [u8; PAIRS_MAX]) -> &[u8] {
    let mut slots = buffer.iter_mut().rev();
    // Dividing a `u128` is slow, so its digits are taken 18 at a time and split further as a `u64`.
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
    fn zeros_are_stripped() {
        assert_eq!(strip_zeros(0), (0, 0));
        assert_eq!(strip_zeros(1024), (1024, 0));
        for (places, power) in (0..).zip(POWERS_OF_TEN) {
            assert_eq!(strip_zeros(power), (1, places));
        }
        assert_eq!(strip_zeros(12 * POWERS_OF_TEN[37]), (12, 37));
    }

    #[test]
    fn digits_are_counted() {
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
    fn pairs_are_split() {
        let mut buffer = [0; PAIRS_MAX];
        assert_eq!(split_pairs(0, &mut buffer), [] as [u8; 0]);
        assert_eq!(split_pairs(10_203, &mut buffer), [1, 2, 3]);
        assert_eq!(split_pairs(POWERS_OF_TEN[38] - 1, &mut buffer), [99; 19]);
        let mut expected = [0; PAIRS_MAX];
        expected[0] = 10;
        assert_eq!(split_pairs(POWERS_OF_TEN[37], &mut buffer), expected);
    }
}
