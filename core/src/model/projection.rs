//! Structs that hold some of a model's attributes.

use super::{CodecError, Model};
use crate::expression::Path;
use crate::value::Item;

/// A struct that holds some of the attributes of the model `M`, as returned by [`only`](crate::queryset::QuerySet::only). Derive
/// it with `#[derive(Projection)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a projection of `{M}`",
    note = "add #[derive(Projection)] and #[projection(model = {M})] to `{Self}`"
)]
pub trait Projection<M: Model>: Sized + Send + 'static {
    /// Returns the paths of the attributes that the struct holds.
    fn paths() -> Vec<Path>;

    /// Decodes the struct from an item. Other attributes are ignored.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if a required attribute is missing or an attribute does not decode
    /// into its field's type.
    fn from_item(item: &Item) -> Result<Self, CodecError>;
}
