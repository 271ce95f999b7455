//! Keys of several parts that are joined in one text.

use std::fmt;
use std::marker::PhantomData;

use super::{AttributeType, CodecError, CodecErrorKind, IntoOperand, KeyType, TypeInfo, key_text};
use crate::value::AttributeValue;

/// A type whose parts are stored as one text with a separator between them, such as `cz||Praha`. Derive it with
/// `#[derive(AttributeType)]` and `#[attribute(join = "||")]`.
///
/// A part is a [`KeyType`] that is stored as text or as a number. Together they are one key attribute, so that a key has as many parts as it
/// needs, and [`prefix`](Self::prefix) selects the items that have the same leading parts. This is the encoding of pydjamodb's
/// `StringJoinAttribute`.
///
/// - A value whose text would be split into other parts is refused when it is encoded: a part that contains the separator, or that forms
///   one together with the separator that follows. So two values never have the same text. A part can be empty.
/// - DynamoDB orders the texts. Parts that are numbers are ordered as texts, too: `10` is less than `9`. Use a fixed width, or dates and
///   other types whose texts have the order of their values.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(AttributeType, Clone, Debug, PartialEq)]
/// #[attribute(join = "||")]
/// struct Place {
///     country: String,
///     city: String,
/// }
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "visits")]
/// struct Visit {
///     #[model(hash_key)]
///     visitor: String,
///     #[model(range_key)]
///     place: Place,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Visit>().await?;
/// for (country, city) in [("at", "Wien"), ("cz", "Brno"), ("cz", "Praha"), ("czx", "")] {
///     let place = Place { country: country.to_owned(), city: city.to_owned() };
///     Visit { visitor: "Ann".to_owned(), place }.save(&db).await?;
/// }
/// let czech = Visit::objects().set_hash_key("Ann").filter(Visit::PLACE.startswith(Place::prefix("cz")));
/// assert_eq!(czech.count(&db).await?, 2);
/// assert!(czech.explain()?.to_string().contains(r#"begins_with(place, "cz||")"#));
///
/// let ambiguous = Place { country: "a||b".to_owned(), city: "c".to_owned() };
/// assert!(ambiguous.encode().unwrap_err().to_string().contains("contains the separator"));
/// # Ok(())
/// # }
/// ```
pub trait JoinedKey: KeyType {
    /// Text between two parts.
    const SEPARATOR: &'static str;

    /// Names of the parts.
    const PARTS: &'static [&'static str];

    /// Returns the beginning of all values with these leading parts, for [`startswith`](super::Attribute::startswith): the first part, or
    /// several in a tuple, but not all.
    fn prefix<Form>(leading: impl LeadingParts<Self, Form>) -> KeyPrefix<Self> {
        let text = leading.into_texts().and_then(|mut texts| {
            // The text after the last separator.
            texts.push(String::new());
            join(Self::SEPARATOR, Self::PARTS, &texts)
        });
        KeyPrefix { text, marker: PhantomData }
    }
}

/// A part of a [`JoinedKey`] that others follow, counted from 0.
pub trait JoinedPart<const INDEX: usize>: JoinedKey {
    /// Type of the part.
    type Part: KeyType;
}

/// Form of leading parts: their number. The compiler infers it.
#[derive(Clone, Copy, Debug)]
pub struct Leading<const COUNT: usize>;

/// Values that [`JoinedKey::prefix`] accepts for the key `T`: its first part, or several in a tuple, each as by [`IntoOperand`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the beginning of a `{T}`",
    label = "expected leading parts of `{T}`",
    note = "pass the first part, or a tuple of the first parts in their order, all but the last; for all parts, use `eq`"
)]
pub trait LeadingParts<T, Form> {
    /// Returns the text form of each part.
    ///
    /// # Errors
    ///
    /// Returns the error of the first part that cannot be encoded, with its name.
    fn into_texts(self) -> Result<Vec<String>, CodecError>;
}

impl<T: JoinedPart<0>, A: IntoOperand<<T as JoinedPart<0>>::Part>> LeadingParts<T, Leading<1>> for A {
    fn into_texts(self) -> Result<Vec<String>, CodecError> {
        Ok(vec![text_of::<T, <T as JoinedPart<0>>::Part>(0, self)?])
    }
}

macro_rules! leading_parts {
    ($($count:literal: $(($given:ident, $index:tt)),+);+ $(;)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, $($given),+> LeadingParts<T, Leading<$count>> for ($($given,)+)
        where
            $(T: JoinedPart<$index>, $given: IntoOperand<<T as JoinedPart<$index>>::Part>,)+
        {
            fn into_texts(self) -> Result<Vec<String>, CodecError> {
                Ok(vec![$(text_of::<T, <T as JoinedPart<$index>>::Part>($index, self.$index)?),+])
            }
        }
    )+};
}

leading_parts! {
    2: (A, 0), (B, 1);
    3: (A, 0), (B, 1), (C, 2);
    4: (A, 0), (B, 1), (C, 2), (D, 3);
    5: (A, 0), (B, 1), (C, 2), (D, 3), (E, 4);
    6: (A, 0), (B, 1), (C, 2), (D, 3), (E, 4), (F, 5);
    7: (A, 0), (B, 1), (C, 2), (D, 3), (E, 4), (F, 5), (G, 6);
}

fn text_of<T: JoinedKey, P: KeyType>(index: usize, part: impl IntoOperand<P>) -> Result<String, CodecError> {
    let name = T::PARTS.get(index).copied().unwrap_or_default();
    key_text::encode(&part.into_operand()).map_err(|error| error.at(name))
}

/// Beginning of the values of a [`JoinedKey`] with some leading parts, with the separator after each of them.
pub struct KeyPrefix<T> {
    text: Result<String, CodecError>,
    marker: PhantomData<fn() -> T>,
}

impl<T> AttributeType for KeyPrefix<T> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        self.text.clone().map(AttributeValue::S)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        String::decode(value).map(|text| Self { text: Ok(text), marker: PhantomData })
    }

    fn type_info() -> TypeInfo {
        String::type_info()
    }
}

impl<T> Clone for KeyPrefix<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), marker: PhantomData }
    }
}

impl<T> fmt::Debug for KeyPrefix<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyPrefix").field(&self.text).finish()
    }
}

/// Joins parts.
///
/// Splitting the text must return the parts, so two lists of as many parts never have the same text: both would be what the text is split
/// into. Nor does the text with leading parts and a separator begin a text with other leading parts. The separators are found from the left,
/// and all those of the shorter text end within it, so that the longer text is split at the same places.
///
/// # Errors
///
/// Returns [`CodecErrorKind::AmbiguousPart`] with the name of the first part that is split elsewhere.
pub fn join(separator: &'static str, names: &[&str], parts: &[String]) -> Result<String, CodecError> {
    let text = parts.join(separator);
    let mut found = text.split(separator);
    for (name, part) in names.iter().zip(parts) {
        if found.next() != Some(part) {
            return Err(CodecError::new(CodecErrorKind::AmbiguousPart { part: part.clone(), separator }).at(name));
        }
    }
    Ok(text)
}

/// Splits a stored text into its parts. `expected` names the type in messages.
///
/// # Errors
///
/// Returns an error if the value is not text or has another number of parts.
pub fn split<'a, const N: usize>(
    value: &'a AttributeValue,
    separator: &'static str,
    expected: &'static str,
) -> Result<[&'a str; N], CodecError> {
    let text = value.as_s().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))?;
    let parts: Vec<&str> = text.split(separator).collect();
    parts.try_into().map_err(|parts: Vec<&str>| {
        let reason = format!("expected {N} parts with `{separator}` between them, found {}", parts.len());
        CodecError::invalid(text, expected, reason)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 3] = ["a", "b", "c"];
    /// Separators that overlap with themselves, and some that do not.
    const SEPARATORS: [&str; 6] = ["||", "|", "aba", "ab", "#", "aa"];

    fn joined(separator: &'static str, parts: &[&str]) -> Result<String, CodecError> {
        join(separator, &NAMES, &parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>())
    }

    fn split_text(text: &str, separator: &'static str) -> Result<[String; 3], CodecError> {
        split::<3>(&AttributeValue::s(text), separator, "a key").map(|parts| parts.map(str::to_owned))
    }

    #[test]
    fn a_part_that_would_be_split_elsewhere_is_refused_by_name() {
        for (parts, name) in [
            (["a||b", "c", ""], "a"),
            (["a|", "b", "c"], "a"),
            (["a", "b|", "c"], "b"),
            (["a", "b", "||"], "c"),
            (["a", "b", "c||d"], "c"),
        ] {
            let error = joined("||", &parts).unwrap_err();
            assert_eq!(error.path(), name, "{parts:?}");
            assert!(matches!(error.kind(), CodecErrorKind::AmbiguousPart { .. }), "{error}");
        }
        assert_eq!(joined("||", &["", "|b", "|"]).as_deref(), Ok("|||b|||"));
        assert_eq!(joined("||", &["", "", ""]).as_deref(), Ok("||||"));
    }

    #[test]
    fn another_number_of_parts_is_an_error() {
        let error = split_text("a||b", "||").unwrap_err().to_string();
        assert!(error.contains("expected 3 parts with `||` between them, found 2"), "{error}");
        assert!(split_text("a||b||c||d", "||").is_err());
    }

    fn parts() -> impl Strategy<Value = [String; 3]> {
        let part = || "[ab|#]{0,4}";
        (part(), part(), part()).prop_map(|(a, b, c)| [a, b, c])
    }

    proptest! {
        #[test]
        fn a_text_is_split_into_the_parts_it_was_joined_from(parts in parts(), at in 0..SEPARATORS.len()) {
            let separator = SEPARATORS[at];
            if let Ok(text) = join(separator, &NAMES, &parts) {
                prop_assert_eq!(split_text(&text, separator), Ok(parts));
            }
        }

        #[test]
        fn a_text_that_can_be_split_is_joined_again(text in "[ab|#]{0,12}", at in 0..SEPARATORS.len()) {
            let separator = SEPARATORS[at];
            if let Ok(parts) = split_text(&text, separator) {
                prop_assert_eq!(join(separator, &NAMES, &parts), Ok(text));
            }
        }

        #[test]
        fn a_prefix_begins_exactly_the_texts_with_its_parts(
            one in parts(),
            leading in prop::collection::vec("[ab|#]{0,4}", 1..3),
            takes_own in any::<bool>(),
            at in 0..SEPARATORS.len(),
        ) {
            let separator = SEPARATORS[at];
            let leading = if takes_own { one[..leading.len()].to_vec() } else { leading };
            let mut ended = leading.clone();
            ended.push(String::new());
            if let (Ok(text), Ok(prefix)) = (join(separator, &NAMES, &one), join(separator, &NAMES, &ended)) {
                prop_assert_eq!(text.starts_with(&prefix), one[..leading.len()] == leading);
            }
        }
    }
}
