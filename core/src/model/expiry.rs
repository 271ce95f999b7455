//! Times at which items expire: the field that `#[model(time_to_live = …)]` names.
//!
//! DynamoDB deletes an item after the time in its attribute, which is a number of whole seconds since 1970. See
//! [time to live](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html).

use chrono::{DateTime, Timelike as _, Utc};

use super::codec::datetime::parse_operand;
use super::codec::epoch::{BEYOND_SECONDS, NANO, SECOND_MAX, floor, nanos_of, of_nanos};
use super::datetime::PointInTime;
use super::{
    AttributeType, CodecError, CodecErrorKind, Comparable, Filter, IntoOperand, KeyType, Lookup, LookupOperator, Model,
    Ordered, Q, Structure, TypeInfo,
};
use crate::expression::Path;
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Name, Number, ValueType};

const EXPECTED: &str = "a time to live in seconds since 1970";

/// A type of the field that `#[model(time_to_live = …)]` names.
///
/// | field | attribute |
/// |---|---|
/// | every [`PointInTime`], such as `DateTime<Utc>` | N, whole seconds since 1970; [`Expiry`] in lookups |
/// | integers, [`Number`] | N, as the type itself; a value outside 0 to 253402300799 is refused when an item is saved |
/// | `Option` of one of these | the same; left out of the item if `None`, so that the item does not expire |
///
/// A fraction of a second is rounded up to the next second when an item is saved, so that no item expires before its time. Nothing is lost
/// by it: unlike a key, a time to live names nothing, and DynamoDB deletes items minutes or days later in any case.
///
/// A time after the year 9999 is an error, because it is nearly always a number of milliseconds, with which an item would never expire.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the time to live of an item",
    note = "the field of #[model(time_to_live = …)] is a `DateTime<Utc>`, or another point in time, or an integer, the seconds since \
            1970; make it an `Option` if some items do not expire"
)]
pub trait ExpiryTime: Sized {
    /// Type of the attribute.
    type Stored: AttributeType;

    /// Converts the value of the field.
    ///
    /// # Errors
    ///
    /// Returns [`CodecErrorKind::TimeOutOfRange`] if the value is outside 0 to 253402300799, the last second of the year 9999.
    fn to_stored(&self) -> Result<Self::Stored, CodecError>;

    /// Converts the value of the attribute.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] if the type of the field cannot hold the value.
    fn from_stored(stored: Self::Stored) -> Result<Self, CodecError>;

    /// Returns the time at which the item expires, or `None` if it does not expire.
    fn expires_at(&self) -> Option<DateTime<Utc>>;
}

impl<T: ExpiryTime> ExpiryTime for Option<T> {
    type Stored = Option<T::Stored>;

    fn to_stored(&self) -> Result<Self::Stored, CodecError> {
        self.as_ref().map(T::to_stored).transpose()
    }

    fn from_stored(stored: Self::Stored) -> Result<Self, CodecError> {
        stored.map(T::from_stored).transpose()
    }

    fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.as_ref().and_then(T::expires_at)
    }
}

impl<T: PointInTime> ExpiryTime for T {
    type Stored = Expiry;

    fn to_stored(&self) -> Result<Expiry, CodecError> {
        let expiry = Expiry(rounded_up(self.to_date_time()));
        expiry.check().map(|()| expiry)
    }

    fn from_stored(stored: Expiry) -> Result<Self, CodecError> {
        Self::from_date_time(stored.0)
    }

    fn expires_at(&self) -> Option<DateTime<Utc>> {
        Some(rounded_up(self.to_date_time()))
    }
}

macro_rules! seconds {
    ($($integer:ty),+) => {$(
        impl ExpiryTime for $integer {
            type Stored = Self;

            fn to_stored(&self) -> Result<Self, CodecError> {
                check(Number::try_from(*self)?).map(|()| *self)
            }

            fn from_stored(stored: Self) -> Result<Self, CodecError> {
                Ok(stored)
            }

            fn expires_at(&self) -> Option<DateTime<Utc>> {
                Number::try_from(*self).ok().map(of_seconds)
            }
        }
    )+};
}

seconds!(i32, i64, i128, isize, u32, u64, u128, usize, Number);

/// The time at which an item expires: the type of the attribute of a field with a point in time.
///
/// It is stored in whole seconds, rounded up. Operands of lookups are not rounded, so that `Session::EXPIRES.gt(now)` matches the sessions
/// that have not expired at `now`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Expiry(DateTime<Utc>);

impl Expiry {
    /// Returns the point in time.
    pub const fn time(self) -> DateTime<Utc> {
        self.0
    }

    /// Refuses a time that DynamoDB would not act on, and that is no time to live but a mistake.
    fn check(self) -> Result<(), CodecError> {
        check(seconds(self.0)?)
    }
}

impl AttributeType for Expiry {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Self(rounded_up(self.0)).encode_exact()
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        let number = value.as_n().ok_or_else(|| CodecError::wrong_type(EXPECTED, value.value_type()))?;
        check(number)?;
        Ok(Self(of_seconds(number)))
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        self.check()?;
        Ok(AttributeValue::N(seconds(self.0)?))
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: EXPECTED,
            value_type: ValueType::N,
            parse: |text| match Number::parse(text) {
                Ok(number) => Self::decode(&AttributeValue::N(number))?.encode_exact(),
                Err(_) => Self(parse_operand(text)?).encode_exact(),
            },
            comparable: true,
            ordered: true,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

impl Comparable for Expiry {}

impl KeyType for Expiry {
    const SCALAR: ScalarType = ScalarType::N;
}

impl Ordered for Expiry {}

impl<T: PointInTime> IntoOperand<Expiry> for T {
    fn into_operand(self) -> Expiry {
        Expiry(self.to_date_time())
    }
}

/// A model whose items expire: one with `#[model(time_to_live = …)]`, from which the derive implements it.
///
/// DynamoDB deletes an item some time after it has expired, usually within a few days, and returns it until then. Programs that must not
/// see it leave it out with [`unexpired`](crate::queryset::QuerySet::unexpired), or ask [`is_expired`](Self::is_expired).
///
/// An item that had expired more than five years before it was written, or before time to live was enabled, is never deleted. It counts as
/// expired here, so that an old session or token does not become valid again.
///
/// ```
/// use djamodb::prelude::*;
/// use djamodb::chrono::TimeDelta;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "sessions", time_to_live = expires)]
/// struct Session {
///     #[model(hash_key)]
///     id: String,
///     expires: Option<DateTime<Utc>>,
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Session>().await?;
/// let now = db.now();
/// let session = Session { id: "a1".to_owned(), expires: Some(now + TimeDelta::hours(1)) };
/// assert!(!session.is_expired(now));
/// assert!(session.is_expired(now + TimeDelta::hours(2)));
/// session.clone().save(&db).await?;
///
/// let hour = Session::objects().set_hash_key("a1").filter(Session::EXPIRES.gt(now));
/// assert_eq!(hour.count(&db).await?, 1);
/// assert_eq!(Session::objects().set_hash_key("a1").unexpired().count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "the items of `{Self}` do not expire",
    label = "`{Self}` has no time to live",
    note = "name the field with the time at which an item expires: #[model(time_to_live = expires)]"
)]
pub trait Expiring: Model {
    /// Returns the time at which the item expires, in whole seconds as it is stored, or `None` if it does not expire.
    fn expires_at(&self) -> Option<DateTime<Utc>>;

    /// Returns `true` if the item has expired at this time, which it does at the second that is its time to live.
    ///
    /// `session.is_expired(db.now())` is about the present.
    fn is_expired(&self, at: impl PointInTime) -> bool {
        self.expires_at().is_some_and(|expires_at| expires_at <= at.to_date_time())
    }

    /// Matches the items that have not expired at this time, for the condition of a write:
    /// `session.update(edits, &db).condition(Session::unexpired_at(db.now()))`.
    fn unexpired_at(at: impl PointInTime) -> Q<Self> {
        match (&Self::schema().table.time_to_live, seconds(at.to_date_time())) {
            (Some(attribute), Ok(seconds)) => Q::from_filter(unexpired(attribute, seconds)),
            (_, Err(error)) => Q::invalid(error),
            (None, _) => Q::from_filter(Filter::All(Vec::new())),
        }
    }
}

/// Returns the lookups that an item satisfies if it has not expired at the time `now`, in seconds since 1970.
pub(crate) fn unexpired(attribute: &Name, now: Number) -> Filter {
    let lookup = |operator| Filter::Lookup(Lookup { path: Path::new(attribute), operator });
    Filter::Any(vec![lookup(LookupOperator::NotExists), lookup(LookupOperator::Gt(AttributeValue::N(now)))])
}

/// Returns the seconds since 1970, with decimal places.
pub(crate) fn seconds(time: DateTime<Utc>) -> Result<Number, CodecError> {
    Ok(Number::from_parts(nanos_of(time), NANO)?)
}

/// Returns the time of a number of seconds. What is finer than nanoseconds is cut off, and a time that `chrono` cannot hold becomes the
/// nearest one.
fn of_seconds(seconds: Number) -> DateTime<Utc> {
    let nanos = Number::from_parts(seconds.coefficient(), seconds.exponent() - NANO).ok().and_then(floor);
    of_nanos(nanos.unwrap_or(if seconds.is_negative() { i128::MIN } else { i128::MAX }))
}

/// Returns the time, or the next whole second.
fn rounded_up(time: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = time.timestamp().saturating_add(i64::from(time.nanosecond() > 0));
    DateTime::from_timestamp(seconds, 0).unwrap_or(time)
}

/// Refuses a time that is no time to live but a mistake.
fn check(seconds: Number) -> Result<(), CodecError> {
    let reason = if seconds.is_negative() {
        "it is before 1970; make the field an Option, whose None is an item that does not expire"
    } else if seconds > Number::from(SECOND_MAX) {
        BEYOND_SECONDS
    } else {
        return Ok(());
    };
    Err(CodecError::new(CodecErrorKind::TimeOutOfRange { number: seconds, expected: EXPECTED, reason }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(seconds: i64, nanos: u32) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, nanos).unwrap()
    }

    fn n(text: &str) -> AttributeValue {
        AttributeValue::N(text.parse().unwrap())
    }

    #[test]
    fn a_fraction_of_a_second_is_rounded_up_when_it_is_saved() {
        assert_eq!(time(5, 0).to_stored().unwrap().encode(), Ok(n("5")));
        assert_eq!(time(5, 1).to_stored().unwrap().encode(), Ok(n("6")));
        assert_eq!(Expiry(time(5, 1)).encode(), Ok(n("6")), "in an edit");
        assert_eq!(time(5, 1).expires_at(), Some(time(6, 0)));
    }

    #[test]
    fn an_operand_is_not_rounded() {
        assert_eq!(Expiry(time(5, 500_000_000)).encode_exact(), Ok(n("5.5")));
        for text in ["5.5", "1970-01-01T00:00:05.5Z"] {
            assert_eq!((Expiry::type_info().parse)(text), Ok(n("5.5")));
        }
        assert_eq!((Expiry::type_info().parse)("1970-01-02"), Ok(n("86400")));
    }

    #[test]
    fn a_time_that_is_a_mistake_is_refused() {
        let refused = |result: Result<AttributeValue, CodecError>| {
            let error = result.unwrap_err();
            assert!(matches!(error.kind(), CodecErrorKind::TimeOutOfRange { .. }), "{error}");
            error.to_string()
        };
        let milliseconds = 1_420_167_845_000_i64;
        for result in [
            time(milliseconds, 0).to_stored().and_then(|stored| stored.encode()),
            milliseconds.to_stored().and_then(|stored| stored.encode()),
            Some(253_402_300_800_u64).to_stored().and_then(|stored| stored.encode()),
            time(SECOND_MAX, 1).to_stored().and_then(|stored| stored.encode()),
            Expiry(time(milliseconds, 0)).encode(),
            Expiry(time(milliseconds, 0)).encode_exact(),
            Expiry::decode(&n("1420167845000")).and_then(|stored| stored.encode()),
        ] {
            assert!(refused(result).contains("looks like milliseconds"));
        }
        for result in [
            (-1_i64).to_stored().and_then(|stored| stored.encode()),
            time(-1, 0).to_stored().and_then(|stored| stored.encode()),
            Expiry::decode(&n("-0.5")).and_then(|stored| stored.encode()),
        ] {
            assert!(refused(result).contains("before 1970"));
        }
        assert_eq!(253_402_300_799_i64.to_stored(), Ok(253_402_300_799));
        assert_eq!(time(SECOND_MAX, 0).to_stored().unwrap().encode(), Ok(n("253402300799")));
        assert_eq!(0_u32.to_stored(), Ok(0));
    }

    #[test]
    fn a_number_that_another_program_wrote_is_read() {
        let decoded = |text: &str| Expiry::decode(&n(text)).unwrap().time();
        assert_eq!(decoded("5"), time(5, 0));
        assert_eq!(decoded("5.25"), time(5, 250_000_000));
        assert_eq!(decoded("5.0000000001"), time(5, 0));
        assert!(Expiry::decode(&AttributeValue::s("5")).is_err());
        assert_eq!(i64::MAX.expires_at(), Some(DateTime::<Utc>::MAX_UTC));
        assert_eq!("5.5".parse::<Number>().unwrap().expires_at(), Some(time(5, 500_000_000)));
        assert_eq!(None::<u64>.expires_at(), None);
    }
}
