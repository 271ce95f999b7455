//! How Rust types become attribute values and back.

use std::fmt;

use super::{CodecError, Presence};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Name, ValueType};

/// A Rust type that can be a field of a model.
///
/// Implemented for the usual types; derive it for newtypes and for enums of unit variants, derive `Document` for nested
/// structs, and write it out for anything else:
///
/// ```
/// use djamodb_core::model::{AttributeType, CodecError, TypeInfo};
/// use djamodb_core::value::AttributeValue;
///
/// /// Kept as whole hundredths.
/// struct Price { euros: f64 }
///
/// impl AttributeType for Price {
///     type Operand = Self;
///
///     fn encode(&self) -> Result<AttributeValue, CodecError> {
///         Ok(AttributeValue::n((self.euros * 100.0).round() as i64))
///     }
///
///     fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
///         i64::decode(value).map(|cents| Self { euros: cents as f64 / 100.0 })
///     }
///
///     fn type_info() -> TypeInfo {
///         TypeInfo { name: "a price", ..i64::type_info() }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be kept in DynamoDB",
    note = "derive `Document` for a nested struct, `AttributeType` for a newtype or an enum of unit variants, \
            or implement `AttributeType` by hand"
)]
pub trait AttributeType: Sized {
    /// What lookups compare with: the type itself, and for an `Option` what is inside.
    type Operand: AttributeType;

    /// This value as an attribute value.
    fn encode(&self) -> Result<AttributeValue, CodecError>;

    /// The value that an attribute value holds.
    fn decode(value: &AttributeValue) -> Result<Self, CodecError>;

    /// What the type is, where types are no longer known: for lookups given as text, and for messages.
    fn type_info() -> TypeInfo;

    /// Whether the attribute is left out of the item, as `None` and empty sets are.
    fn is_absent(&self) -> bool {
        false
    }

    /// The value of an attribute that the item lacks, if that means something.
    fn absent() -> Option<Self> {
        None
    }

    /// A list of these. Bytes are kept as binary data, everything else as a list.
    #[doc(hidden)]
    fn encode_list(values: &[Self]) -> Result<AttributeValue, CodecError> {
        super::codec::encode_list(values)
    }

    /// The opposite of [`encode_list`](Self::encode_list).
    #[doc(hidden)]
    fn decode_list(value: &AttributeValue) -> Result<Vec<Self>, CodecError> {
        super::codec::decode_list(value)
    }

    /// What a list of these is.
    #[doc(hidden)]
    fn list_info() -> TypeInfo {
        super::codec::list_info::<Self>()
    }
}

/// Types that can be the key of a table or an index: text, numbers, binary data, and what is kept as one of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key",
    note = "a key attribute is text, a number or binary data, and is always there: lists, maps, sets, booleans and \
            `Option` cannot be one; for an `Option`, use an index"
)]
pub trait KeyType: AttributeType {
    /// The type of the key attribute.
    const SCALAR: ScalarType;
}

/// Types that can be elements of a set: text, numbers, binary data, and what is kept as one of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an element of a set",
    note = "sets hold text, numbers or binary data; use a `Vec` for anything else"
)]
pub trait SetElement: KeyType {}

impl<T: KeyType> SetElement for T {}

/// What a type is, where types are no longer known.
#[derive(Clone, Copy)]
pub struct TypeInfo {
    /// What to call it in a message, with its article: `a date`.
    pub name: &'static str,
    /// What it is kept as.
    pub value_type: ValueType,
    /// The operand of a lookup, from text.
    pub parse: fn(&str) -> Result<AttributeValue, CodecError>,
    /// Whether values have an order.
    pub ordered: bool,
    /// Whether values have a beginning.
    pub starts_with: bool,
    /// What can be found inside.
    pub inside: Inside,
}

/// What can be found inside a value.
#[derive(Clone, Copy, Debug)]
pub enum Inside {
    /// Nothing.
    Nothing,
    /// Text in text, or bytes in bytes.
    Parts,
    /// The elements of a list.
    Elements(fn() -> TypeInfo),
    /// The elements of a set.
    Members(fn() -> TypeInfo),
    /// The entries of a map with keys of any name.
    Values(fn() -> TypeInfo),
    /// The fields of a document.
    Fields(fn() -> Vec<FieldInfo>),
}

/// A field of a document.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// The name in the map.
    pub name: &'static str,
    /// The field's name in the struct.
    pub field: &'static str,
    /// What becomes of a map that lacks it.
    pub presence: Presence,
    /// What it holds.
    pub type_info: fn() -> TypeInfo,
}

impl FieldInfo {
    /// The name in the map, to be shared.
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
