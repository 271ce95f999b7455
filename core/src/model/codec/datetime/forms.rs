//! The forms that a field can choose, each a module.

/// Declares the items of a module that the option `with` can name: the stored type and the functions that convert.
macro_rules! conversions {
    ($form:ty) => {
        /// Type of the attribute.
        pub type Stored = crate::model::datetime::StoredTime<$form>;

        /// Converts the value of a field into that of its attribute.
        ///
        /// # Errors
        ///
        /// Returns no error: a value that the form cannot hold is one when it is encoded.
        pub fn to_stored<T: crate::model::datetime::PointInTime>(time: &T) -> Result<Stored, crate::model::CodecError> {
            Ok(Stored::new(time.to_date_time()))
        }

        /// Converts the value of an attribute into that of its field.
        ///
        /// # Errors
        ///
        /// Returns a [`CodecError`](crate::model::CodecError) if the type of the field cannot hold the value.
        pub fn from_stored<T: crate::model::datetime::PointInTime>(
            stored: Stored,
        ) -> Result<T, crate::model::CodecError> {
            T::from_date_time(stored.time())
        }

        /// The same form for an `Option`, which is left out of the item if it is `None`.
        pub mod optional {
            use crate::model::CodecError;
            use crate::model::datetime::PointInTime;

            /// Type of the attribute.
            pub type Stored = Option<super::Stored>;

            /// Converts the value of a field into that of its attribute.
            ///
            /// # Errors
            ///
            /// Returns no error: a value that the form cannot hold is one when it is encoded.
            pub fn to_stored<T: PointInTime>(time: &Option<T>) -> Result<Stored, CodecError> {
                time.as_ref().map(super::to_stored).transpose()
            }

            /// Converts the value of an attribute into that of its field.
            ///
            /// # Errors
            ///
            /// Returns a [`CodecError`] if the type of the field cannot hold the value.
            pub fn from_stored<T: PointInTime>(stored: Stored) -> Result<Option<T>, CodecError> {
                stored.map(super::from_stored).transpose()
            }
        }
    };
}

macro_rules! forms {
    ($($(#[$docs:meta])+ $module:ident: $scalar:ident, $digits:literal, $name:literal, $unit:literal;)+) => {$(
        $(#[$docs])+
        pub mod $module {
            use crate::model::codec::datetime::stored_time::{TimeForm, sealed};
            use crate::schema::ScalarType;

            #[doc = concat!("The form of the module `", stringify!($module), "`.")]
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
            pub enum Form {}

            impl sealed::Sealed for Form {}

            impl TimeForm for Form {
                const NAME: &'static str = $name;
                const SCALAR: ScalarType = ScalarType::$scalar;
                const DIGITS: u16 = $digits;
                const TRUNCATES: bool = false;
                const ADVICE: &'static str = concat!(
                    "the attribute holds whole ", $unit, "; to cut off the rest, store it in the form ",
                    "djamodb::model::datetime::", stringify!($module), "::truncated"
                );
            }

            conversions!(Form);

            /// The same form, in which finer values are cut off, in operands of lookups as well.
            pub mod truncated {
                conversions!(crate::model::datetime::Truncating<super::Form>);
            }
        }
    )+};
}

forms! {
    /// Text to the second: `2015-01-02T03:04:05Z`.
    seconds: S, 0, "a date and time in seconds", "seconds";
    /// Text to the millisecond, as JavaScript's `toISOString` writes it: `2015-01-02T03:04:05.006Z`.
    milliseconds: S, 3, "a date and time in milliseconds", "milliseconds";
    /// Text to the nanosecond, which holds every value: `2015-01-02T03:04:05.000006789Z`.
    nanoseconds: S, 9, "a date and time in nanoseconds", "nanoseconds";
    /// A number, the seconds since 1970: `1420167845`.
    epoch_seconds: N, 0, "a time in seconds since 1970", "seconds";
    /// A number, the milliseconds since 1970, as JavaScript's `Date.now` returns them: `1420167845006`.
    epoch_milliseconds: N, 3, "a time in milliseconds since 1970", "milliseconds";
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::model::datetime::StoredTime;
    use crate::model::datetime::{TimeForm, Truncate as _};
    use crate::model::{AttributeType, CodecErrorKind};
    use crate::value::AttributeValue;

    /// 2015-01-02T03:04:05.006007008Z
    fn time() -> DateTime<Utc> {
        DateTime::from_timestamp_nanos(1_420_167_845_006_007_008)
    }

    fn n(text: &str) -> AttributeValue {
        AttributeValue::N(text.parse().unwrap())
    }

    #[test]
    fn each_form_has_its_text_or_number() {
        let stored = [
            (seconds::truncated::Stored::new(time()).encode(), AttributeValue::s("2015-01-02T03:04:05Z")),
            (milliseconds::truncated::Stored::new(time()).encode(), AttributeValue::s("2015-01-02T03:04:05.006Z")),
            (nanoseconds::Stored::new(time()).encode(), AttributeValue::s("2015-01-02T03:04:05.006007008Z")),
            (epoch_seconds::truncated::Stored::new(time()).encode(), n("1420167845")),
            (epoch_milliseconds::truncated::Stored::new(time()).encode(), n("1420167845006")),
        ];
        for (encoded, expected) in stored {
            assert_eq!(encoded, Ok(expected));
        }
    }

    #[test]
    fn a_finer_value_is_refused_with_the_module_that_cuts_it_off() {
        let errors = [
            ("seconds", seconds::Stored::new(time()).encode()),
            ("milliseconds", milliseconds::Stored::new(time()).encode()),
            ("epoch_seconds", epoch_seconds::Stored::new(time()).encode()),
            ("epoch_milliseconds", epoch_milliseconds::Stored::new(time()).encode()),
            ("milliseconds", (milliseconds::Stored::type_info().parse)("2015-01-02T03:04:05.0061Z")),
        ];
        for (module, result) in errors {
            let error = result.unwrap_err();
            assert!(matches!(error.kind(), CodecErrorKind::Inexact { .. }), "{error}");
            let advice = format!("djamodb::model::datetime::{module}::truncated");
            assert!(error.to_string().contains(&advice), "{error}");
        }
        for (value, refused) in [
            ("2015-01-02T03:04:05.006Z", false),
            ("2015-01-02T03:04:05.0060000000000Z", false),
            ("2015-01-02T03:04:05.0060000000001Z", true),
        ] {
            let value = AttributeValue::s(value);
            assert_eq!(milliseconds::Stored::decode(&value).is_err(), refused, "{value}");
            assert!(milliseconds::truncated::Stored::decode(&value).is_ok());
        }
    }

    #[test]
    fn other_spellings_are_read_but_are_no_keys() {
        let expected = seconds::truncated::Stored::new(time()).time();
        for text in [
            "2015-01-02T03:04:05.000Z",
            "2015-01-02T05:04:05+02:00",
            "2015-01-02t03:04:05z",
            "2015-01-02T03:04:05.000000+0000",
        ] {
            let value = AttributeValue::s(text);
            assert_eq!(seconds::Stored::decode(&value).map(StoredTime::time), Ok(expected), "{text}");
            assert!(seconds::Stored::decode_exact(&value).is_err(), "{text}");
        }
        for text in ["", "2015-01-02", "1420167845", "2015-13-02T03:04:05Z", "2016-12-31T23:59:60Z"] {
            let decoded = seconds::Stored::decode(&AttributeValue::s(text));
            assert!(decoded.and_then(|time| time.encode()).is_err(), "{text}");
        }
        assert!(seconds::Stored::decode(&n("1420167845")).is_err());
        assert!(epoch_seconds::Stored::decode(&AttributeValue::s("1420167845")).is_err());
    }

    #[test]
    fn a_truncated_time_is_the_earlier_one_before_1970_too() {
        let time = DateTime::from_timestamp_nanos(-1_500_000_001);
        assert_eq!(epoch_milliseconds::truncated::Stored::new(time).encode(), Ok(n("-1501")));
        assert_eq!(epoch_seconds::truncated::Stored::decode(&n("-1.5")).unwrap().encode(), Ok(n("-2")));
        assert_eq!(epoch_seconds::truncated::Stored::decode(&n("-1e-130")).unwrap().encode(), Ok(n("-1")));
    }

    #[test]
    fn a_number_outside_the_years_1_to_9999_is_refused() {
        fn refused<F: TimeForm>(number: &str) -> String {
            let error = StoredTime::<F>::decode(&n(number)).unwrap_err();
            assert!(matches!(error.kind(), CodecErrorKind::TimeOutOfRange { .. }), "{error}");
            error.to_string()
        }
        for number in ["1420167845006", "253402300800", "1e125"] {
            assert!(refused::<epoch_seconds::Form>(number).contains("looks like milliseconds"));
        }
        for number in ["-62135596801", "-1e125"] {
            assert!(refused::<epoch_seconds::Form>(number).contains("1 to 9999"));
        }
        for number in ["253402300800000", "-62135596800001"] {
            refused::<epoch_milliseconds::Form>(number);
        }
        for number in ["253402300799", "-62135596800"] {
            assert_eq!(epoch_seconds::Stored::decode(&n(number)).unwrap().encode(), Ok(n(number)));
        }
        assert!(epoch_seconds::truncated::Stored::new(DateTime::<Utc>::MAX_UTC).encode().is_err());
        assert!(nanoseconds::Stored::new(DateTime::<Utc>::MIN_UTC).encode().is_err());
    }

    #[test]
    fn an_optional_time_is_left_out() {
        let time = Some(time());
        let stored = milliseconds::truncated::optional::to_stored(&time).unwrap();
        assert_eq!(stored.encode(), Ok(AttributeValue::s("2015-01-02T03:04:05.006Z")));
        let read: Option<DateTime<Utc>> = milliseconds::truncated::optional::from_stored(stored).unwrap();
        assert_eq!(read, time.map(|time| time.truncated_to(3)));
        let none = milliseconds::optional::to_stored(&None::<DateTime<Utc>>).unwrap();
        assert!(none.is_absent());
        assert_eq!(milliseconds::optional::from_stored::<DateTime<Utc>>(none), Ok(None));
    }

    #[test]
    fn lookups_given_as_text_accept_dates_and_stored_numbers() {
        let parse = epoch_seconds::Stored::type_info().parse;
        for text in ["2015-01-02T03:04:05Z", "1420167845", "2015-01-02T03:04:05.000000+0000"] {
            assert_eq!(parse(text), Ok(n("1420167845")), "{text}");
        }
        assert_eq!((seconds::Stored::type_info().parse)("2015-01-02"), Ok(AttributeValue::s("2015-01-02T00:00:00Z")));
        assert!((seconds::Stored::type_info().parse)("1420167845").is_err());
    }
}
