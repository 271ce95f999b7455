//! Variants of enums, for lookups.

use std::fmt;
use std::marker::PhantomData;

use super::{Attribute, AttributeType, LookupOperator, Q};
use crate::value::AttributeValue;

/// A variant of the enum `E` as it is stored, for [`Attribute::is_variant`].
///
/// The derive `AttributeType` declares one constant for each variant of an enum with data.
pub struct Variant<E> {
    form: Form,
    marker: PhantomData<fn() -> E>,
}

/// Form that a variant is stored in.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// Text, the name.
    Text(&'static str),
    /// A map with this entry alone.
    Entry(&'static str),
    /// A map with the name at an entry.
    Tagged { tag: &'static str, name: &'static str },
}

impl<E> Variant<E> {
    // The functions below are hidden because generated code declares the constants.

    #[doc(hidden)]
    pub const fn text(name: &'static str) -> Self {
        Self { form: Form::Text(name), marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn entry(name: &'static str) -> Self {
        Self { form: Form::Entry(name), marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn tagged(tag: &'static str, name: &'static str) -> Self {
        Self { form: Form::Tagged { tag, name }, marker: PhantomData }
    }

    /// Returns the name that the variant is stored as.
    pub const fn name(&self) -> &'static str {
        match self.form {
            Form::Text(name) | Form::Entry(name) | Form::Tagged { name, .. } => name,
        }
    }
}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// Matches items whose attribute is this variant of an enum, whatever the content of the variant.
    ///
    /// The filter reads the name of the variant where the enum stores it: `payment = "cash"`, `attribute_exists(payment.card)`, or
    /// `payment.kind = "card"` for an enum with the option `tag`.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// #[derive(AttributeType)]
    /// enum Payment {
    ///     Cash,
    ///     Card { number: String },
    /// }
    ///
    /// #[derive(Model)]
    /// #[model(table = "orders")]
    /// struct Order {
    ///     #[model(hash_key)]
    ///     id: u32,
    ///     payment: Payment,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Order>().await?;
    /// Order { id: 1, payment: Payment::Cash }.save(&db).await?;
    /// Order { id: 2, payment: Payment::Card { number: "4111".to_owned() } }.save(&db).await?;
    /// let orders = Order::objects().scan();
    /// assert_eq!(orders.filter(Order::PAYMENT.is_variant(Payment::CARD)).count(&db).await?, 1);
    /// let number = Order::PAYMENT.at(Payment::CARD_NUMBER);
    /// assert_eq!(orders.filter(number.startswith("41")).count(&db).await?, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn is_variant(self, variant: Variant<T::Operand>) -> Q<M> {
        let name = |name: &str| LookupOperator::Eq(AttributeValue::s(name));
        let below = |entry: &'static str| Attribute::<T::Operand, AttributeValue>::new(entry);
        match variant.form {
            Form::Text(text) => self.lookup(name(text)),
            Form::Entry(entry) => self.at(below(entry)).exists(),
            Form::Tagged { tag, name: text } => self.at(below(tag)).lookup(name(text)),
        }
    }
}

impl<E> Clone for Variant<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Variant<E> {}

impl<E> fmt::Debug for Variant<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Variant").field(&self.name()).finish()
    }
}
