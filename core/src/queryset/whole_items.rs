//! Methods that need whole items.

/// The model `M` itself, or a [proxy](super::Proxy) of it, as the type of rows, which methods need that write items or choose other rows.
#[diagnostic::on_unimplemented(
    message = "the rows of this queryset are `{Self}`, and this method needs whole items of `{M}`",
    note = "call it on the queryset before `values` or `only`"
)]
pub trait WholeItems<M> {}

impl<M> WholeItems<M> for M {}
