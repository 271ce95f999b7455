//! Models: Rust types whose values are stored as items of a table.
//!
//! `#[derive(Model)]` implements [`Model`] and declares one [`Attribute`] constant per field, one [`Index`] type per index and
//! one function per manager.
//!
//! | to | use |
//! |---|---|
//! | filter items | the lookups of [`Attribute`], combined into a [`Q`]; [`F`] for another attribute of the same item |
//! | change items | the edits of [`Attribute`], combined into [`Edits`] |
//! | compute over items | [`count`] and [`Attribute::min`], [`max`](Attribute::max), [`sum`](Attribute::sum), [`avg`](Attribute::avg) |
//! | read a part of each item | [`Values`] and [`Projection`] |
//! | store a type of your own | [`AttributeType`] |
//! | store several parts as one key | [`JoinedKey`] |
//! | use a boolean as a key | [`boolean_text`] |
//! | store a type of `serde` | [`bridge`] |
//! | refuse invalid values | [`validators`], [`ValidationErrors`] |
//! | name an item without its value | [`ItemKey`] |
//! | list the models of a program | [`registered`] |
//!
//! The other traits are bounds: [`Ordered`], [`Numeric`], [`StartsWith`], [`Contains`], [`HasSize`], [`ListType`], [`MapType`] and [`SetType`]
//! decide which lookups and edits an attribute has, and [`IntoOperand`], [`IntoComparand`], [`SetOperand`] and [`AddOperand`]
//! which arguments these take.

mod aggregate;
mod attribute;
mod attribute_edits;
mod attribute_type;
pub mod boolean_text;
pub mod bridge;
mod codec;
mod codec_error;
#[doc(hidden)]
pub mod codegen;
mod comparand;
mod composed_edits;
mod composed_keys;
mod document;
mod edit_operand;
mod edits;
mod expiry;
mod f;
mod filter;
mod flattened;
mod generated;
pub mod ids;
mod index;
mod item_check;
mod item_key;
mod joined_key;
mod key_template;
mod key_text;
mod lookup;
mod operand;
mod order;
mod projection;
mod q;
mod registry;
mod schema;
mod size;
#[doc(hidden)]
pub mod tagged;
mod text_lookup;
mod type_traits;
mod unique;
mod validation;
pub mod validators;
mod value_ref;
mod values;
mod variant;

pub use aggregate::{Aggregate, AggregateError, Avg, Count, CountAll, Max, Min, Sum, SumAs, count};
pub use attribute::{Attribute, HashKey, NonKey, RangeKey};
pub use attribute_edits::Editable;
pub use attribute_type::{AttributeType, FieldInfo, KeyType, MapKey, SetElement, Structure, TypeInfo, check_key_codec};
pub use codec::datetime;
pub use codec_error::{CodecError, CodecErrorKind};
pub use comparand::{Comparand, IntoComparand};
pub use composed_keys::Discriminator;
pub use document::Document;
#[doc(hidden)]
pub use document::EntryNames;
pub use edit_operand::{Absence, AddOperand, SetOperand};
pub use edits::{AttributeList, Edits, IntoEdits, InvalidEdit};
pub(crate) use edits::{check_changes, copying};
pub use expiry::{Expiring, Expiry, ExpiryTime};
pub(crate) use expiry::{seconds as expiry_seconds, unexpired};
pub use f::{Addend, CombinedExpression, F};
pub use filter::{Filter, InvalidLookup};
pub use flattened::Flattened;
pub(crate) use generated::WriteKind;
pub use generated::{GeneratedField, GeneratedTime, GeneratedValue, NextVersion, TimeCodec, Version};
pub use index::{HashKeyIs, Index, IntoKey, KeyOperand, KeyPartError, ModelIs};
pub(crate) use item_key::key_item;
pub use item_key::{IntoItemKey, ItemKey};
pub use joined_key::{JoinedKey, JoinedPart, KeyPrefix, Leading, LeadingParts};
pub use key_template::{KeyTemplate, PartForm, TemplatePart, TemplatePiece};
pub(crate) use key_template::{TemplateBound, TemplatePrefix};
pub use lookup::{Lookup, LookupOperator, SizeLookup};
pub use operand::{AttributeForm, ElementsForm, IntoOperand, OptionForm, ValueForm, ValueLike};
pub use order::{Order, OrderBy};
pub use projection::Projection;
pub use q::Q;
pub use registry::{managed, registered};
pub use schema::{AttributeMeta, IndexMeta, ModelSchema, Presence};
pub use size::{HasSize, Size, SizeOperand};
pub use text_lookup::{IntoLookupValues, TEXT_LOOKUP_FUNCTIONS, TEXT_LOOKUP_OPERATORS, TextLookupError};
pub use type_traits::{Comparable, Contains, ListType, MapType, Numeric, Ordered, SetType, StartsWith, TupleType};
pub use unique::UniqueConstraint;
pub(crate) use unique::{GUARD, guard_item, guard_owner, is_free_for};
pub(crate) use validation::message_dict;
pub use validation::{NON_FIELD_ERRORS, ValidationError, ValidationErrors, ValidatorError};
pub use value_ref::ValueRef;
pub use values::Values;
pub use variant::Variant;

use crate::value::{AttributeValue, Entries, Item};

/// A type whose values are stored as items of a table. Derive it with `#[derive(Model)]`.
///
/// ```
/// use djamodb::prelude::*;
/// # fn main() -> Result<(), djamodb::model::CodecError> {
///
/// #[derive(Model, Debug, PartialEq)]
/// #[model(table = "weather")]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(rename = "tempMax")]
///     temp_max: f64,
/// }
///
/// let weather = Weather { location: "Seattle".to_owned(), temp_max: 10.6 };
/// let item = weather.to_item()?;
/// assert_eq!(item.get("tempMax").and_then(|value| value.as_n()), Some("10.6".parse()?));
/// assert_eq!(Weather::from_item(&item)?, weather);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    note = "add #[derive(Model)] to `{Self}` and mark its hash key with #[model(hash_key)]"
)]
pub trait Model: Sized + Send + Sync + 'static {
    /// Type of the table itself, which querysets read unless they are given an index.
    type Primary: Index<Model = Self>;

    /// Type of an item's key: the type of the hash key, or a pair of the types of the hash key and the range key.
    type Key: KeyOperand;

    /// Returns the model's table, indexes and attributes.
    fn schema() -> &'static ModelSchema;

    /// Encodes this value as an item.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if its value cannot be encoded, such as a number of more than 38 digits.
    /// [`ModelSchema::check_item`] checks the limits of DynamoDB for whole items.
    fn to_item(&self) -> Result<Item, CodecError>;

    /// Decodes an item. Attributes that the model does not declare are ignored.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if a required attribute is missing, an attribute does not decode into its
    /// field's type, or the key is stored in another form than the one that its value is encoded as
    /// ([`CodecErrorKind::KeyNotCanonical`]).
    fn from_item(item: &Item) -> Result<Self, CodecError> {
        Self::from_entries(&mut Entries::Shared(item.as_map()))
    }

    /// Returns the key attributes of this value's item.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if DynamoDB cannot store its value.
    fn key(&self) -> Result<Item, CodecError>;

    /// Runs the validators of the fields and of the struct, and adds their errors. The default runs none.
    ///
    /// [`full_clean`](crate::database::ModelExt::full_clean) and all methods that write values call it.
    fn run_validators(&self, _errors: &mut ValidationErrors<Self>) {}

    // The functions below are hidden because generated code implements them for the fields of a model.

    /// Decodes the attributes of an item. The attributes of the key are not taken, so that they can stand in the message of an error.
    #[doc(hidden)]
    fn from_entries(entries: &mut Entries<'_>) -> Result<Self, CodecError>;

    /// Runs the validators of one field on the encoded value of its attribute, if that can be decoded.
    #[doc(hidden)]
    fn run_validators_of(_attribute: &str, _value: &AttributeValue, _errors: &mut ValidationErrors<Self>) {}

    /// Returns the encoded version of this value, if the model has a version.
    #[doc(hidden)]
    fn held_version(&self) -> Result<Option<AttributeValue>, CodecError> {
        Ok(None)
    }

    /// Sets the generated fields to those of an item that was written.
    #[doc(hidden)]
    fn set_generated(&mut self, _item: &Item) -> Result<(), CodecError> {
        Ok(())
    }
}
