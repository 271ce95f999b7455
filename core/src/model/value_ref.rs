//! References to values that are written.

use super::Model;

/// A reference to a value of a model whose item is written with others, in a [`Transaction`](crate::database::Transaction) for example.
///
/// The generated fields of a value that is borrowed mutably have their new values after the write. A value that is borrowed shared keeps
/// its own: if it has a version, it is not the latest one afterwards.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a reference to a value of a model",
    label = "expected `&value` or `&mut value`",
    note = "pass `&mut value`, so that the version, times and the identifier that the write generates are set in the value"
)]
pub trait ValueRef<'a> {
    /// The model of the value.
    type Model: Model;

    /// Returns the value.
    fn value(&self) -> &Self::Model;

    /// Returns the value if it is borrowed mutably.
    fn into_mut(self) -> Option<&'a mut Self::Model>;
}

impl<'a, M: Model> ValueRef<'a> for &'a mut M {
    type Model = M;

    fn value(&self) -> &M {
        self
    }

    fn into_mut(self) -> Option<&'a mut M> {
        Some(self)
    }
}

impl<'a, M: Model> ValueRef<'a> for &M {
    type Model = M;

    fn value(&self) -> &M {
        self
    }

    fn into_mut(self) -> Option<&'a mut M> {
        None
    }
}
