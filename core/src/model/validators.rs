//! Validators of common rules, as Django's `django.core.validators`.
//!
//! The option `validate` of a field accepts them by their names alone. Each is a function that returns a validator; a program that calls
//! one itself passes the value to that.
//!
//! ```
//! use djamodb::prelude::*;
//!
//! #[derive(Model)]
//! #[model(table = "reviews")]
//! struct Review {
//!     #[model(hash_key, validate = length(1..=80))]
//!     title: String,
//!     #[model(validate = range(1..=5))]
//!     stars: u8,
//!     #[model(validate = [not_blank(), max_length(2000)])]
//!     text: Option<String>,
//! }
//!
//! let review = Review { title: "Emma".into(), stars: 6, text: Some(" ".into()) };
//! let errors = review.full_clean().unwrap_err();
//! assert_eq!(errors.to_string(), "`stars`: must be from 1 to 5; `text`: must not be blank");
//!
//! assert!(djamodb::model::validators::min_value(1)(&0).is_err());
//! ```
//!
//! | here | Django | codes of its errors |
//! |---|---|---|
//! | [`range`] | `MinValueValidator` and `MaxValueValidator` | `min_value`, `max_value` |
//! | [`min_value`] | `MinValueValidator` | `min_value` |
//! | [`max_value`] | `MaxValueValidator` | `max_value` |
//! | [`length`] | `MinLengthValidator` and `MaxLengthValidator` | `min_length`, `max_length` |
//! | [`min_length`] | `MinLengthValidator` | `min_length` |
//! | [`max_length`] | `MaxLengthValidator` | `max_length` |
//! | [`not_blank`] | `blank=False` of a stripped field | `blank` |

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Display;
use std::ops::{Bound, RangeBounds, RangeFrom, RangeToInclusive};
use std::sync::Arc;

use bytes::Bytes;

use super::ValidationError;

/// Returns a validator of values inside of a range: `range(1..=5)`, `range(0.0..)`.
pub fn range<T: PartialOrd + Display>(range: impl RangeBounds<T>) -> impl Fn(&T) -> Result<(), ValidationError> {
    move |value| {
        if range.contains(value) {
            return Ok(());
        }
        let is_too_small = match range.start_bound() {
            Bound::Included(min) => value < min,
            Bound::Excluded(min) => value <= min,
            Bound::Unbounded => false,
        };
        let rule = match (range.start_bound(), range.end_bound()) {
            (Bound::Included(min), Bound::Included(max)) => format!("must be from {min} to {max}"),
            (Bound::Included(min), Bound::Excluded(max)) => format!("must be at least {min} and less than {max}"),
            (Bound::Excluded(min), Bound::Included(max)) => format!("must be more than {min} and at most {max}"),
            (Bound::Excluded(min), Bound::Excluded(max)) => format!("must be more than {min} and less than {max}"),
            (Bound::Included(min), Bound::Unbounded) => format!("must be at least {min}"),
            (Bound::Excluded(min), Bound::Unbounded) => format!("must be more than {min}"),
            (Bound::Unbounded, Bound::Included(max)) => format!("must be at most {max}"),
            (Bound::Unbounded, Bound::Excluded(max)) => format!("must be less than {max}"),
            // A value such as NaN, which is inside of no range.
            (Bound::Unbounded, Bound::Unbounded) => "must be comparable".to_owned(),
        };
        Err(ValidationError::new(rule).with_code(if is_too_small { "min_value" } else { "max_value" }))
    }
}

/// Returns a validator of values that are at least `min`.
pub fn min_value<T: PartialOrd + Display>(min: T) -> impl Fn(&T) -> Result<(), ValidationError> {
    range(RangeFrom { start: min })
}

/// Returns a validator of values that are at most `max`.
pub fn max_value<T: PartialOrd + Display>(max: T) -> impl Fn(&T) -> Result<(), ValidationError> {
    range(RangeToInclusive { end: max })
}

/// Returns a validator of lengths inside of a range: `length(1..=80)`. The length is that of [`HasLength`].
pub fn length<T: HasLength + ?Sized>(range: impl RangeBounds<usize>) -> impl Fn(&T) -> Result<(), ValidationError> {
    let min = match range.start_bound() {
        Bound::Included(min) => *min,
        Bound::Excluded(min) => min.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(max) => max.checked_add(1),
        Bound::Excluded(end) => Some(*end),
        Bound::Unbounded => None,
    };
    move |value| {
        let length = value.length();
        if length < min {
            let rule = match min {
                1 => "must not be empty".to_owned(),
                min => format!("must have at least {} and has {length}", count::<T>(min)),
            };
            return Err(ValidationError::new(rule).with_code("min_length"));
        }
        match end {
            Some(end) if length >= end => {
                let rule = format!("must have at most {} and has {length}", count::<T>(end.saturating_sub(1)));
                Err(ValidationError::new(rule).with_code("max_length"))
            }
            _ => Ok(()),
        }
    }
}

/// Returns a validator of lengths that are at least `min`.
pub fn min_length<T: HasLength + ?Sized>(min: usize) -> impl Fn(&T) -> Result<(), ValidationError> {
    length(min..)
}

/// Returns a validator of lengths that are at most `max`.
pub fn max_length<T: HasLength + ?Sized>(max: usize) -> impl Fn(&T) -> Result<(), ValidationError> {
    length(..=max)
}

/// Returns a validator of texts that have a character other than white space.
pub fn not_blank<T: AsRef<str> + ?Sized>() -> impl Fn(&T) -> Result<(), ValidationError> {
    |text| match text.as_ref().trim() {
        "" => Err(ValidationError::new("must not be blank").with_code("blank")),
        _ => Ok(()),
    }
}

fn count<T: HasLength + ?Sized>(count: usize) -> String {
    format!("{count} {}{}", T::UNIT, if count == 1 { "" } else { "s" })
}

/// Types with a length: texts, in characters; binary data, in bytes; lists, sets and maps, in elements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length",
    note = "`length`, `min_length` and `max_length` validate texts, binary data, lists, sets and maps"
)]
pub trait HasLength {
    /// Unit of the length in messages, in the singular.
    const UNIT: &'static str;

    /// Returns the length.
    fn length(&self) -> usize;
}

impl HasLength for str {
    const UNIT: &'static str = "character";

    fn length(&self) -> usize {
        self.chars().count()
    }
}

impl HasLength for Bytes {
    const UNIT: &'static str = "byte";

    fn length(&self) -> usize {
        self.len()
    }
}

macro_rules! texts {
    ($($text:ty),+ $(,)?) => {$(
        impl HasLength for $text {
            const UNIT: &'static str = str::UNIT;

            fn length(&self) -> usize {
                str::length(self)
            }
        }
    )+};
}

texts!(String, Box<str>, Arc<str>, Cow<'_, str>);

macro_rules! collections {
    ($([$($parameter:ident),+] $collection:ty),+ $(,)?) => {$(
        impl<$($parameter),+> HasLength for $collection {
            const UNIT: &'static str = "element";

            fn length(&self) -> usize {
                self.len()
            }
        }
    )+};
}

collections!(
    [T] [T],
    [T] Vec<T>,
    [T] BTreeSet<T>,
    [T, S] HashSet<T, S>,
    [K, T] BTreeMap<K, T>,
    [K, T, S] HashMap<K, T, S>,
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the code and the message of the error.
    fn refusal(result: Result<(), ValidationError>) -> String {
        result.map_or_else(
            |error| format!("{}: {}", error.code().unwrap_or_default(), error.message()),
            |()| "valid".to_owned(),
        )
    }

    #[test]
    fn a_range_refuses_values_outside_of_its_bounds() {
        assert_eq!(refusal(range(1..=5)(&1)), "valid");
        assert_eq!(refusal(range(1..=5)(&5)), "valid");
        assert_eq!(refusal(range(1..=5)(&0)), "min_value: must be from 1 to 5");
        assert_eq!(refusal(range(1..=5)(&6)), "max_value: must be from 1 to 5");
        assert_eq!(refusal(range(0.0..1.5)(&1.5)), "max_value: must be at least 0 and less than 1.5");
        assert_eq!(refusal(range(..3)(&3)), "max_value: must be less than 3");
        let above = (Bound::Excluded(0), Bound::Unbounded);
        assert_eq!(refusal(range(above)(&0)), "min_value: must be more than 0");
        assert_eq!(refusal(range(above)(&1)), "valid");
        assert_eq!(refusal(min_value(2)(&1)), "min_value: must be at least 2");
        assert_eq!(refusal(min_value(2)(&2)), "valid");
        assert_eq!(refusal(max_value("m")(&"n")), "max_value: must be at most m");
        assert_eq!(refusal(max_value(2)(&2)), "valid");
    }

    #[test]
    fn a_range_refuses_a_value_that_cannot_be_compared() {
        assert!(range(0.0..)(&f64::NAN).is_err());
        assert!(range::<f64>(..)(&f64::NAN).is_ok(), "there is no bound to compare with");
    }

    #[test]
    fn a_length_is_counted_in_characters_bytes_or_elements() {
        assert_eq!(refusal(length(1..=2)("äö")), "valid");
        assert_eq!(refusal(length(1..=2)("äöü")), "max_length: must have at most 2 characters and has 3");
        assert_eq!(refusal(length(1..=2)("")), "min_length: must not be empty");
        assert_eq!(refusal(length(..2)(&vec![1, 2])), "max_length: must have at most 1 element and has 2");
        let bytes = Bytes::from_static(b"abc");
        assert_eq!(refusal(min_length(4)(&bytes)), "min_length: must have at least 4 bytes and has 3");
        assert_eq!(refusal(max_length(3)(&bytes)), "valid");
        assert_eq!(refusal(max_length(0)(&BTreeSet::from([1]))), "max_length: must have at most 0 elements and has 1");
        assert_eq!(refusal(length(..)(&HashMap::from([(1, 2)]))), "valid");
        assert_eq!(
            refusal(length::<str>((Bound::Excluded(1), Bound::Unbounded))("a")),
            "min_length: must have at least 2 characters and has 1"
        );
    }

    #[test]
    fn a_blank_text_has_only_white_space() {
        assert_eq!(refusal(not_blank()(" \u{a0}\n")), "blank: must not be blank");
        assert_eq!(refusal(not_blank()(&String::from(" a"))), "valid");
    }
}
