//! Models: Rust types that are kept in tables.
//!
//! `#[derive(Model)]` writes an implementation of [`Model`], one [`Attribute`] constant for each field, and one [`Index`]
//! type for each index. [`AttributeType`] is how a field's type becomes an [`AttributeValue`](crate::value::AttributeValue)
//! and back; implement it for types of your own, or derive it for newtypes and for enums of unit variants.

mod aggregate;
mod attribute;
mod attribute_type;
mod codec;
mod codec_error;
#[doc(hidden)]
pub mod codegen;
mod comparand;
mod edit;
mod edit_operand;
mod edits;
mod f;
mod index;
mod lookup;
mod lookup_traits;
mod operand;
mod order;
mod q;
mod registry;
mod schema;
mod text_lookup;
mod values;

pub use aggregate::{Aggregate, AggregateError, Avg, Count, CountAll, Max, Min, Sum, count};
pub use attribute::{Attribute, HashKey, Plain, RangeKey};
pub use attribute_type::{AttributeType, FieldInfo, Inside, KeyType, SetElement, TypeInfo};
pub use codec::datetime;
pub use codec_error::{CodecError, CodecErrorKind};
pub use comparand::{ByElements, ByField, ByValue, Comparand, Compared};
pub use edit::Editable;
pub use edit_operand::{Grows, SetOperand};
pub use edits::{AttributeList, Edits, IntoEdits, InvalidEdit};
pub use f::{Addend, Computed, F};
pub use index::{HashKeyIs, Index, KeyOperand, ModelIs};
pub use lookup::{Filter, InvalidLookup, Lookup, LookupOperator};
pub use lookup_traits::{Contains, Indexed, Keyed, Members, Numeric, Ordered, StartsWith};
pub use operand::IntoOperand;
pub use order::{Order, OrderBy};
pub use q::Q;
pub use registry::{Registration, managed, registered};
pub use schema::{AttributeMeta, IndexMeta, ModelSchema, Presence};
pub use text_lookup::{LookupText, OPERATORS, TextLookupError};
pub use values::{FieldIs, Projection, Values};

use crate::value::Item;

/// A type whose values are kept as items of a table. Derive it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no model",
    note = "add #[derive(Model)] to `{Self}` and mark its hash key with #[model(hash_key)]"
)]
pub trait Model: Sized + Send + Sync + 'static {
    /// The table itself, as what a queryset reads.
    type Primary: Index<Model = Self>;

    /// What identifies an item: the hash key's type, or a pair of the hash and the range key's types.
    type Key: KeyOperand;

    /// The table, its indexes and its attributes.
    fn schema() -> &'static ModelSchema;

    /// This value as an item.
    fn to_item(&self) -> Result<Item, CodecError>;

    /// The value that an item holds. Attributes that the model does not have are ignored.
    fn from_item(item: &Item) -> Result<Self, CodecError>;

    /// The key of this value.
    fn key(&self) -> Result<Item, CodecError>;
}
