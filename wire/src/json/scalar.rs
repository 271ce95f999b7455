//! Texts, numbers and flags.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use super::container::START_OF_STRUCTURE;

/// A member of a scalar type.
pub(crate) trait Scalar: Sized {
    /// Name of the type in the service's messages.
    const TYPE: &'static str;
    /// The message for a text that is no value.
    const TEXT_MISMATCH: Option<&'static str> = None;

    fn of_text(_: &str) -> Option<Self> {
        None
    }

    fn of_flag(_: bool) -> Option<Self> {
        None
    }

    fn of_number(_: i64) -> Option<Self> {
        None
    }

    fn of_decimal(_: f64) -> Option<Self> {
        None
    }
}

/// A string.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Text(pub(crate) String);

/// A Boolean value. The service also reads the texts `true` and `false`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Flag(pub(crate) bool);

/// An integer of 32 bits. The service cuts a fraction off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Int(pub(crate) i32);

/// An integer of 64 bits. The service cuts a fraction off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Long(pub(crate) i64);

/// A number of seconds since 1970.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Real(pub(crate) f64);

impl Scalar for Text {
    const TYPE: &'static str = "String";

    fn of_text(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
}

impl Scalar for Flag {
    const TYPE: &'static str = "Boolean";
    const TEXT_MISMATCH: Option<&'static str> = Some("Unexpected token received from parser");

    fn of_text(text: &str) -> Option<Self> {
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        if is("true") {
            Some(Self(true))
        } else if is("false") {
            Some(Self(false))
        } else {
            None
        }
    }

    fn of_flag(value: bool) -> Option<Self> {
        Some(Self(value))
    }
}

impl Scalar for Int {
    const TYPE: &'static str = "Integer";

    fn of_number(number: i64) -> Option<Self> {
        Some(Self(i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })))
    }

    fn of_decimal(number: f64) -> Option<Self> {
        // The cast cuts the fraction off, and ends at the bounds of the type.
        #[expect(clippy::cast_possible_truncation)]
        Some(Self(number as i32))
    }
}

impl Scalar for Long {
    const TYPE: &'static str = "Long";

    fn of_number(number: i64) -> Option<Self> {
        Some(Self(number))
    }

    fn of_decimal(number: f64) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation)]
        Some(Self(number as i64))
    }
}

impl Scalar for Real {
    const TYPE: &'static str = "Date";

    fn of_number(number: i64) -> Option<Self> {
        #[expect(clippy::cast_precision_loss)]
        Some(Self(number as f64))
    }

    fn of_decimal(number: f64) -> Option<Self> {
        Some(Self(number))
    }
}

struct ScalarReader<T>(PhantomData<T>);

impl<'de, T: Scalar> Visitor<'de> for ScalarReader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::TYPE)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::of_text(text).ok_or_else(|| match T::TEXT_MISMATCH {
            Some(message) => E::custom(message),
            None => E::custom(mismatch("STRING_VALUE", T::TYPE)),
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        let token = if value { "TRUE_VALUE" } else { "FALSE_VALUE" };
        T::of_flag(value).ok_or_else(|| E::custom(mismatch(token, T::TYPE)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::of_number(number).ok_or_else(|| E::custom(mismatch("NUMBER_VALUE", T::TYPE)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Err(E::custom(mismatch("NULL_VALUE", T::TYPE)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::of_decimal(number).ok_or_else(|| E::custom(mismatch("DECIMAL_VALUE", T::TYPE)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(A::Error::custom(format!("Unrecognized collection type class java.lang.{}", T::TYPE)))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(A::Error::custom(START_OF_STRUCTURE))
    }
}

fn mismatch(token: &str, expected: &str) -> String {
    format!("{token} cannot be converted to {expected}")
}

/// Implements serde's traits for a scalar.
macro_rules! scalar {
    ($($scalar:ident),+) => {
        $(
            impl<'de> Deserialize<'de> for $scalar {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_any(ScalarReader(PhantomData))
                }
            }

            impl Serialize for $scalar {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.0.serialize(serializer)
                }
            }
        )+
    };
}

scalar!(Text, Flag, Int, Long, Real);
