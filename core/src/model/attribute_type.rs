//! Encoding of Rust types as attribute values.

use std::fmt;

use super::key_template::check_text_bytes;
use super::{CodecError, CodecErrorKind, Presence, ValidationErrors};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Name, ValueType};

/// A Rust type that can be a field of a model.
///
/// It is implemented for the types below. Derive it for newtypes and enums, derive `Document` for nested structs, and implement it by hand for anything else.
///
/// | Rust | DynamoDB |
/// |---|---|
/// | `String` | S |
/// | integers, [`Number`](crate::value::Number), `Decimal` (feature `decimal`), `BigDecimal` (feature `bigdecimal`) | N; a number that does not fit is an error |
/// | `f32`, `f64` | N; read as the nearest float, an error if that is infinite, or zero for another number |
/// | `bool` | BOOL |
/// | `Bytes`, `Vec<u8>` | B |
/// | `NaiveDate`, `NaiveTime` | S, as `2015-01-02` and `03:04:05.000006` |
/// | `Duration` | N, in seconds |
/// | `IpAddr`, `Ipv4Addr`, `Ipv6Addr` | S |
/// | `Box<T>`, `Arc<T>` | as `T`; `Box<str>`, `Arc<str>` and `Cow<'static, str>` as text |
/// | `DateTime<Utc>` | S, as `2015-01-02T03:04:05.000006+0000`: microseconds, see [`datetime`](super::datetime) |
/// | `jiff::Timestamp`, `civil::Date`, `civil::Time` (feature `jiff`) | S, as the types of `chrono` |
/// | `time::OffsetDateTime`, `UtcDateTime`, `Date`, `Time` (feature `time`) | S, as the types of `chrono`; read in UTC |
/// | `jiff::SignedDuration`, `time::Duration` | N, in seconds |
/// | [`datetime::StoredTime`](super::datetime::StoredTime) | S or N, with the precision of its form |
/// | `Uuid` | S, with hyphens |
/// | `Ulid` (feature `ulid`) | S |
/// | `serde_json::Value` | S, as JSON; a number that would be rounded is an error, and so are two entries of one name |
/// | `Vec<T>`, `[T; N]` | L; of bytes B |
/// | tuples of two to eight types | L of as many elements; another number is an error |
/// | `HashMap<K, T>`, `BTreeMap<K, T>` | M, of a [`MapKey`] such as `String`; an entry `None` is NULL |
/// | `HashSet<T>`, `BTreeSet<T>` | SS, NS or BS; left out of the item if empty; two stored elements of one value are an error |
/// | [`AttributeValue`] | any type, as it is |
/// | [`Serde<T>`](super::bridge::Serde) | as the module [`bridge`](super::bridge) says, for any type of `serde` |
/// | `Option<T>` | as `T`; left out of the item if `None`, NULL in lists and maps |
///
/// # Examples
///
/// A price that is stored as a whole number of cents. Besides `AttributeType` it implements [`Comparable`](super::Comparable), for
/// the lookups `eq`, `ne` and `is_in`, [`Ordered`](super::Ordered), for `gt`, `lt` and `between`, and [`KeyType`], to be usable as a key:
///
/// ```
/// use djamodb::model::{AttributeType, CodecError, Comparable, KeyType, Ordered, TypeInfo};
/// use djamodb::prelude::*;
/// use djamodb::schema::ScalarType;
/// use djamodb::value::AttributeValue;
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// struct Price {
///     cents: i64,
/// }
///
/// impl AttributeType for Price {
///     type Operand = Self;
///
///     fn encode(&self) -> Result<AttributeValue, CodecError> {
///         Ok(AttributeValue::n(self.cents))
///     }
///
///     fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
///         Ok(Self { cents: i64::decode(value)? })
///     }
///
///     fn type_info() -> TypeInfo {
///         // An `i64` is ordered and parses from text. Only the name in messages differs.
///         TypeInfo { name: "a price in cents", ..i64::type_info() }
///     }
/// }
///
/// impl Comparable for Price {}
///
/// impl Ordered for Price {}
///
/// impl KeyType for Price {
///     const SCALAR: ScalarType = ScalarType::N;
/// }
///
/// #[derive(Model)]
/// #[model(table = "books", global_index(by_price, hash_key = genre, range_key = price))]
/// struct Book {
///     #[model(hash_key)]
///     title: String,
///     genre: String,
///     price: Price,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Book>().await?;
/// Book { title: "Emma".to_owned(), genre: "novel".to_owned(), price: Price { cents: 995 } }.save(&db).await?;
/// let cheap = Book::objects().set_index(Book::BY_PRICE).set_hash_key("novel").filter(Book::PRICE.lt(Price { cents: 1000 }));
/// assert_eq!(cheap.count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in DynamoDB",
    note = "derive `Document` for a nested struct, `AttributeType` for a newtype or an enum, \
            or implement `AttributeType` by hand"
)]
#[cfg_attr(
    not(all(feature = "decimal", feature = "bigdecimal", feature = "jiff", feature = "time")),
    diagnostic::on_unimplemented(
        note = "for the types of `rust_decimal`, `bigdecimal`, `jiff` and `time`, enable the feature `decimal`, `bigdecimal`, `jiff` or \
                `time` of djamodb"
    )
)]
pub trait AttributeType: Sized {
    /// Type that lookups compare with: the type itself, and for an `Option<T>` the operand type of `T`.
    type Operand: AttributeType;

    /// Encodes this value.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] if DynamoDB cannot store the value, such as a number of more than 38 digits.
    fn encode(&self) -> Result<AttributeValue, CodecError>;

    /// Decodes an attribute value.
    ///
    /// # Errors
    ///
    /// Returns [`CodecError::wrong_type`] if the attribute value is of another type, and [`CodecError::invalid`] or a kind of
    /// your choice if it is of the right type but not a valid encoding.
    fn decode(value: &AttributeValue) -> Result<Self, CodecError>;

    /// Encodes this value as a key of the table, an element of a set or the operand of a lookup, where two different values must
    /// not be encoded alike.
    ///
    /// The default is [`encode`](Self::encode). Override it if `encode` rounds or truncates some values, and return
    /// [`CodecErrorKind::Inexact`](super::CodecErrorKind::Inexact) for these.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] if DynamoDB cannot store the value, or cannot store it exactly.
    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        self.encode()
    }

    /// Encodes this value as [`encode_exact`](Self::encode_exact) does, and gives it up.
    ///
    /// The default calls `encode_exact`. Override it to use the memory of the value. Both must return the same.
    ///
    /// # Errors
    ///
    /// Those of [`encode_exact`](Self::encode_exact).
    fn encode_exact_owned(self) -> Result<AttributeValue, CodecError> {
        self.encode_exact()
    }

    /// Decodes a key of the table. A key that `decode` accepts in several forms is accepted in the encoded form only: the item would
    /// otherwise be saved and deleted under another key than its own.
    ///
    /// The default decodes the value, encodes it again and compares. Override it with `decode` alone where the two cannot differ.
    ///
    /// # Errors
    ///
    /// Returns the error of [`decode`](Self::decode), or
    /// [`CodecErrorKind::KeyNotCanonical`](super::CodecErrorKind::KeyNotCanonical) if the decoded value is encoded differently.
    fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
        let decoded = Self::decode(value)?;
        let reason = match decoded.encode_exact() {
            Ok(encoded) if encoded == *value => return Ok(decoded),
            Ok(encoded) => format!("its value is encoded as {encoded}"),
            Err(error) => format!("its value cannot be encoded: {error}"),
        };
        Err(CodecError::new(CodecErrorKind::KeyNotCanonical { stored: value.to_string(), reason }))
    }

    /// Decodes an attribute value that nothing else needs, such as one of a response.
    ///
    /// The default calls [`decode`](Self::decode). Override it to take the text, the bytes or the elements of the value instead of copying
    /// them. Both must return the same.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    fn decode_owned(value: AttributeValue) -> Result<Self, CodecError> {
        Self::decode(&value)
    }

    /// Returns a description of the type, which lookups given as text and error messages use.
    fn type_info() -> TypeInfo;

    /// Returns `true` if the attribute is left out of the item or document, as `None` and empty sets are. The default is `false`.
    ///
    /// Elements of lists and entries of maps are never left out: there, `None` is stored as NULL, and an empty set is an error.
    fn is_absent(&self) -> bool {
        false
    }

    /// Returns the value of a field whose attribute the item lacks, or `None` if the attribute is required. The default is
    /// `None`.
    fn absent() -> Option<Self> {
        None
    }

    /// Runs the validators of the value and of the values inside it, and adds their errors. The default runs none.
    ///
    /// Documents run those that the option `validate` names; lists, maps, tuples, pointers and `Option` those of their elements.
    fn run_validators(&self, _errors: &mut ValidationErrors<Self>) {}

    // The functions below are hidden because only `u8` overrides them: `Vec<u8>` is binary data, and without
    // specialization the implementation for `Vec<T>` has no other way to distinguish it.

    #[doc(hidden)]
    fn encode_list(values: &[Self]) -> Result<AttributeValue, CodecError> {
        super::codec::encode_list(values)
    }

    #[doc(hidden)]
    fn decode_list(value: &AttributeValue) -> Result<Vec<Self>, CodecError> {
        super::codec::decode_list(value)
    }

    #[doc(hidden)]
    fn decode_list_owned(value: AttributeValue) -> Result<Vec<Self>, CodecError> {
        super::codec::decode_list_owned(value)
    }

    #[doc(hidden)]
    fn list_info() -> TypeInfo {
        super::codec::list_info::<Self>()
    }
}

/// Types that can be the key of a table or an index: text, numbers, binary data, and types stored as one of these.
///
/// # The law of keys
///
/// An item is read, changed and deleted under the key that its value encodes to. For every value `v`:
///
/// 1. [`encode_exact`](AttributeType::encode_exact) returns a value of the type [`SCALAR`](Self::SCALAR), or an error.
/// 2. Decoding that value returns `v` again.
///
/// [`check_key_codec`] tests a value of a codec written by hand. A third property holds without any work: models decode the key
/// of an item with [`decode_exact`](AttributeType::decode_exact), which refuses a stored key that would be encoded differently, such
/// as an upper-case UUID or a date with the offset `+00:00`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key",
    note = "a key attribute is text, a number or binary data, and is present in every item: lists, maps, sets, tuples, \
            booleans and `Option` cannot be keys of a table; an `Option` can be the key of an index, and a boolean that is stored as \
            text by `djamodb::model::boolean_text`"
)]
pub trait KeyType: AttributeType {
    /// DynamoDB type of the key attribute. [`encode`](AttributeType::encode) must return a value of this type.
    const SCALAR: ScalarType;

    /// Number of bytes of the text that a value is stored as, if it is the same for all values, as it is for dates and UUIDs. Parts of a
    /// [composed key](super::KeyTemplate) with such texts have lookups with bounds. The default is `None`.
    const TEXT_BYTES: Option<usize> = None;
}

/// Tests that a value satisfies the [law of keys](KeyType#the-law-of-keys). A value that `encode_exact` rejects satisfies it.
///
/// Call it in the tests of a hand-written [`KeyType`], with values from the edges of its range.
///
/// ```
/// use djamodb_core::model::check_key_codec;
///
/// for value in [f64::MIN_POSITIVE, 0.1, 1e100] {
///     assert_eq!(check_key_codec(&value), Ok(()));
/// }
/// ```
///
/// # Errors
///
/// - [`CodecErrorKind::WrongType`] if the encoded value is not of the type [`KeyType::SCALAR`].
/// - [`CodecErrorKind::KeyNotCanonical`] if the encoded value decodes to another value, or to one that is encoded differently.
/// - [`CodecErrorKind::Invalid`] if the text does not have [`KeyType::TEXT_BYTES`] bytes.
/// - The error of [`AttributeType::decode`] if that rejects the encoded value.
pub fn check_key_codec<T: KeyType + PartialEq>(value: &T) -> Result<(), CodecError> {
    let Ok(encoded) = value.encode_exact() else { return Ok(()) };
    let (expected, value_type) = match T::SCALAR {
        ScalarType::S => ("text, as KeyType::SCALAR says", ValueType::S),
        ScalarType::N => ("a number, as KeyType::SCALAR says", ValueType::N),
        ScalarType::B => ("binary data, as KeyType::SCALAR says", ValueType::B),
    };
    if encoded.value_type() != value_type {
        return Err(CodecError::wrong_type(expected, encoded.value_type()));
    }
    if let Some(text) = encoded.as_s() {
        check_text_bytes(text, T::TEXT_BYTES)?;
    }
    if T::decode_exact(&encoded)? == *value {
        return Ok(());
    }
    let reason = "it decodes to a value that differs from the encoded one".to_owned();
    Err(CodecError::new(CodecErrorKind::KeyNotCanonical { stored: encoded.to_string(), reason }))
}

/// Types that can be the keys of a `HashMap` or `BTreeMap` field: those that are stored as text (S).
///
/// A stored name is decoded as a key of a table is, in the encoded form only, so that two names never become one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map",
    note = "the keys of a map are text: `String`, a UUID, a date, an IP address, a newtype of one of these, or an enum without data"
)]
pub trait MapKey: KeyType {}

/// Types that can be elements of a set: every [`KeyType`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an element of a set",
    note = "a set holds text, numbers or binary data; use a `Vec` for other types"
)]
pub trait SetElement: KeyType {}

impl<T: KeyType> SetElement for T {}

/// Runtime description of a field's type, for lookups given as text and for messages.
#[derive(Clone, Copy)]
pub struct TypeInfo {
    /// Name of the type in messages, with its article: `a date`.
    pub name: &'static str,
    /// DynamoDB type that values are stored as.
    pub value_type: ValueType,
    /// Parses and encodes the operand of a lookup given as text.
    pub parse: fn(&str) -> Result<AttributeValue, CodecError>,
    /// `true` if the type is [`Comparable`](super::Comparable).
    pub comparable: bool,
    /// `true` if the type is [`Ordered`](super::Ordered).
    pub ordered: bool,
    /// `true` if the type is [`StartsWith`](super::StartsWith).
    pub starts_with: bool,
    /// Structure of the values.
    pub structure: Structure,
}

/// Structure of a type's values, which decides which document paths lead into them and what `contains` accepts.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Structure {
    /// A value without parts, such as a number.
    Scalar,
    /// Text or binary data. `contains` accepts a part of it.
    Sequence,
    /// A list of elements of this type, selected by index. `contains` accepts an element.
    List(fn() -> TypeInfo),
    /// A list of one element of each of these types, selected by index.
    Tuple(fn() -> Vec<TypeInfo>),
    /// A set of elements of this type. `contains` accepts an element.
    Set(fn() -> TypeInfo),
    /// A map with arbitrary keys and values of this type, selected by key.
    Map(fn() -> TypeInfo),
    /// A document with these fields, selected by name.
    Document(fn() -> Vec<FieldInfo>),
}

/// Runtime description of a field of a document.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// Name of the entry in the map.
    pub name: &'static str,
    /// Name of the field in the struct.
    pub field: &'static str,
    /// Effect of a missing entry.
    pub presence: Presence,
    /// Returns the description of the field's type.
    pub type_info: fn() -> TypeInfo,
}

impl FieldInfo {
    /// Returns the name of the entry in the map as a [`Name`] that needs no allocation.
    pub const fn shared_name(&self) -> Name {
        Name::from_static(self.name)
    }
}

impl fmt::Debug for TypeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypeInfo")
            .field("name", &self.name)
            .field("value_type", &self.value_type)
            .finish_non_exhaustive()
    }
}
