//! Points in time in the form that a field chooses.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};

use super::point_in_time::PointInTime;
use super::{Truncate as _, parse_operand, rfc3339};
use crate::model::codec::epoch;
use crate::model::{AttributeType, CodecError, Comparable, IntoOperand, KeyType, Ordered, Structure, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Number, ValueType};

/// A stored form of points in time, such as [`milliseconds::Form`](super::milliseconds::Form). The forms are those of the modules of
/// [`datetime`](super).
pub trait TimeForm: sealed::Sealed + Copy + Ord + std::hash::Hash + std::fmt::Debug + 'static {
    /// Name of the form in messages, with its article.
    #[doc(hidden)]
    const NAME: &'static str;
    /// `S` for text, `N` for a number.
    #[doc(hidden)]
    const SCALAR: ScalarType;
    /// Decimal places of a second.
    #[doc(hidden)]
    const DIGITS: u16;
    /// `true` if further places are cut off instead of refused.
    #[doc(hidden)]
    const TRUNCATES: bool;
    /// Advice on a value with further places.
    #[doc(hidden)]
    const ADVICE: &'static str;
}

pub(super) mod sealed {
    pub trait Sealed {}
}

/// The form `F`, in which finer values are cut off instead of refused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Truncating<F>(PhantomData<F>);

impl<F> sealed::Sealed for Truncating<F> {}

impl<F: TimeForm> TimeForm for Truncating<F> {
    const NAME: &'static str = F::NAME;
    const SCALAR: ScalarType = F::SCALAR;
    const DIGITS: u16 = F::DIGITS;
    const TRUNCATES: bool = true;
    const ADVICE: &'static str = F::ADVICE;
}

/// A point in time that is stored in the form `F`: the type of the attribute of a field with `#[model(with = …)]` and one of the modules of
/// [`datetime`](super).
///
/// Lookups and edits of the attribute accept every [`PointInTime`] in place of it. [`time`](Self::time) returns its value.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use djamodb_core::model::AttributeType;
/// use djamodb_core::model::datetime::{milliseconds, seconds};
/// use djamodb_core::value::AttributeValue;
///
/// let time = DateTime::<Utc>::from_timestamp_nanos(1_420_167_845_006_000_000);
/// assert_eq!(milliseconds::Stored::new(time).encode()?, AttributeValue::s("2015-01-02T03:04:05.006Z"));
/// assert!(seconds::Stored::new(time).encode().is_err(), "a second is not fine enough");
/// assert_eq!(seconds::truncated::Stored::new(time).encode()?, AttributeValue::s("2015-01-02T03:04:05Z"));
/// # Ok::<(), djamodb_core::model::CodecError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StoredTime<F> {
    time: DateTime<Utc>,
    form: PhantomData<F>,
}

impl<F: TimeForm> StoredTime<F> {
    /// Returns the point in time in the form `F`. A form that truncates cuts off what is finer; in any other form, such a value is an error
    /// when it is encoded.
    pub fn new(time: impl PointInTime) -> Self {
        let time = if F::TRUNCATES { time.to_date_time().truncated_to(F::DIGITS) } else { time.to_date_time() };
        Self { time, form: PhantomData }
    }

    /// Returns the point in time.
    pub const fn time(self) -> DateTime<Utc> {
        self.time
    }
}

impl<F: TimeForm> AttributeType for StoredTime<F> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        match F::SCALAR {
            ScalarType::N => epoch::encode::<F>(self.time).map(AttributeValue::N),
            ScalarType::S | ScalarType::B => rfc3339::encode::<F>(self.time).map(AttributeValue::S),
        }
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        let time = match (F::SCALAR, value) {
            (ScalarType::N, AttributeValue::N(number)) => epoch::decode::<F>(*number)?,
            (ScalarType::S, AttributeValue::S(text)) => rfc3339::decode::<F>(text)?,
            _ => return Err(CodecError::wrong_type(F::NAME, value.value_type())),
        };
        Ok(Self::new(time))
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: F::NAME,
            value_type: if F::SCALAR == ScalarType::N { ValueType::N } else { ValueType::S },
            parse: parse::<F>,
            comparable: true,
            ordered: true,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

/// Parses the operand of a lookup given as text: a date and time as [`parse_operand`] does, or the number that is stored.
fn parse<F: TimeForm>(text: &str) -> Result<AttributeValue, CodecError> {
    let time = match (F::SCALAR, Number::parse(text)) {
        (ScalarType::N, Ok(number)) => epoch::decode::<F>(number)?,
        _ => parse_operand(text)?,
    };
    StoredTime::<F>::new(time).encode_exact()
}

impl<F: TimeForm> Comparable for StoredTime<F> {}

impl<F: TimeForm> KeyType for StoredTime<F> {
    const SCALAR: ScalarType = F::SCALAR;
}

impl<F: TimeForm> Ordered for StoredTime<F> {}

impl<T: PointInTime, F: TimeForm> From<T> for StoredTime<F> {
    fn from(time: T) -> Self {
        Self::new(time)
    }
}

impl<T: PointInTime, F: TimeForm> IntoOperand<StoredTime<F>> for T {
    fn into_operand(self) -> StoredTime<F> {
        StoredTime::new(self)
    }
}
