//! Encoding of Rust types as attribute values.

use std::fmt;

use super::{CodecError, Presence};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Name, ValueType};

/// A Rust type that can be a field of a model.
///
/// It is implemented for the types below. Derive it for newtypes and for enums of unit variants, derive `Document` for nested
/// structs, and implement it by hand for anything else.
///
/// | Rust | DynamoDB |
/// |---|---|
/// | `String` | S |
/// | integers, `f32`, `f64`, [`Number`](crate::value::Number), `Decimal` (feature `decimal`) | N |
/// | `bool` | BOOL |
/// | `Bytes`, `Vec<u8>` | B |
/// | `DateTime<Utc>` | S, as `2015-01-02T03:04:05.000006+0000` |
/// | `Uuid` | S, with hyphens |
/// | `serde_json::Value` | S, as JSON |
/// | `Vec<T>` | L |
/// | `HashMap<String, T>`, `BTreeMap<String, T>` | M |
/// | `HashSet<T>`, `BTreeSet<T>` | SS, NS or BS; left out of the item if empty |
/// | `Option<T>` | as `T`; left out of the item if `None` |
///
/// # Examples
///
/// A price that is stored as a whole number of cents. Besides `AttributeType` it implements [`Ordered`](super::Ordered), for
/// the lookups `gt`, `lt` and `between`, and [`KeyType`], to be usable as a key:
///
/// ```
/// use djamodb::model::{AttributeType, CodecError, KeyType, Ordered, TypeInfo};
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
    note = "derive `Document` for a nested struct, `AttributeType` for a newtype or an enum of unit variants, \
            or implement `AttributeType` by hand"
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

    /// Returns a description of the type, which lookups given as text and error messages use.
    fn type_info() -> TypeInfo;

    /// Returns `true` if the attribute is left out of the item, as `None` and empty sets are. The default is `false`.
    fn is_absent(&self) -> bool {
        false
    }

    /// Returns the value of a field whose attribute the item lacks, or `None` if the attribute is required. The default is
    /// `None`.
    fn absent() -> Option<Self> {
        None
    }

    // The three functions below are hidden because only `u8` overrides them: `Vec<u8>` is binary data, and without
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
    fn list_info() -> TypeInfo {
        super::codec::list_info::<Self>()
    }
}

/// Types that can be the key of a table or an index: text, numbers, binary data, and types stored as one of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key",
    note = "a key attribute is text, a number or binary data, and is present in every item: lists, maps, sets, booleans and \
            `Option` cannot be keys of a table; an `Option` can be the key of an index"
)]
pub trait KeyType: AttributeType {
    /// DynamoDB type of the key attribute. [`encode`](AttributeType::encode) must return a value of this type.
    const SCALAR: ScalarType;
}

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
