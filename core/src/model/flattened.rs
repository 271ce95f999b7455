//! Documents whose entries are stored beside those of the struct that they are part of.

use std::fmt;
use std::marker::PhantomData;

use super::Attribute;
use crate::expression::Path;

/// A field of the type `D` with the option `flatten`, in a model or a document `M`. The derive declares one constant for each such field.
///
/// The field has no path of its own. [`at`](Self::at) returns the path of one of its entries:
///
/// ```
/// # use djamodb::prelude::*;
/// #[derive(Document, Clone, Debug, PartialEq)]
/// struct Audit {
///     created_by: String,
///     #[document(default)]
///     approved: bool,
/// }
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "orders")]
/// struct Order {
///     #[model(hash_key)]
///     id: u32,
///     #[model(flatten)]
///     audit: Audit,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Order>().await?;
/// let mut order = Order { id: 1, audit: Audit { created_by: "ann".to_owned(), approved: false } };
/// order.save(&db).await?; // the item has the attributes `id`, `created_by` and `approved`
/// let by_ann = Order::objects().scan().filter(Order::AUDIT.at(Audit::CREATED_BY).eq("ann"));
/// assert_eq!(by_ann.count(&db).await?, 1);
/// order.update(Order::AUDIT.at(Audit::APPROVED).set(true), &db).await?;
/// assert!(order.audit.approved);
/// # Ok(())
/// # }
/// ```
pub struct Flattened<M, D> {
    /// Entry of the map that has the entries of the document, or `None` if they are attributes of the item or the map itself.
    inside: Option<&'static str>,
    marker: PhantomData<fn() -> (M, D)>,
}

impl<M, D> Flattened<M, D> {
    // The two functions below are hidden because the model and the type are not checked: generated code declares the constants.

    #[doc(hidden)]
    pub const fn new() -> Self {
        Self { inside: None, marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn inside(entry: &'static str) -> Self {
        Self { inside: Some(entry), marker: PhantomData }
    }

    /// Returns the path of an entry of the document.
    pub fn at<U>(self, field: Attribute<D, U>) -> Attribute<M, U> {
        match self.inside {
            None => field.of_owner(),
            Some(entry) => field.below(Path::from_static(entry)),
        }
    }

    /// Returns a flattened field of the document as one of `M`.
    pub fn flattened<E>(self, inner: Flattened<D, E>) -> Flattened<M, E> {
        // A document that is stored at an entry of its own has no flattened field inside another entry: only variants of enums do, and an
        // enum is no document.
        Flattened { inside: self.inside.or(inner.inside), marker: PhantomData }
    }
}

impl<M, D> Clone for Flattened<M, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, D> Copy for Flattened<M, D> {}

impl<M, D> fmt::Debug for Flattened<M, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Flattened").field(&self.inside).finish()
    }
}
