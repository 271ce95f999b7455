//! Sizes of values in lookups.

use std::fmt;
use std::marker::PhantomData;

use super::{Attribute, AttributeType, F, Lookup, LookupOperator, ModelIs, Numeric, Q, SizeLookup};
use crate::expression::{Comparator, Operand, Path};
use crate::value::{AttributeValue, ValueType};

/// Types whose stored values have a size in DynamoDB: text, binary data, lists, sets, maps and documents.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no size in DynamoDB",
    label = "`size` cannot be used on this type",
    note = "text, binary data, lists, sets, maps and documents have a size; compare a number or a boolean itself"
)]
pub trait HasSize {}

/// The size of the value of an attribute of the model `M`, as returned by [`Attribute::size`].
///
/// | type | size |
/// |---|---|
/// | text | number of characters, as UTF-16 units |
/// | binary data | number of bytes |
/// | list, set, map, document | number of elements or entries |
///
/// Sizes are compared with numbers, with the [`F`] of a numeric attribute, and with other sizes. As in DynamoDB, a missing attribute
/// has no size: each comparison with it is false but `ne`, which is true. A negated comparison is thus true for items that lack the
/// attribute. No index has sizes, so these lookups never become key conditions.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{City, city_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = city_database().await?;
/// for (name, note) in [("Oslo", Some("quiet")), ("Rome", Some("old")), ("Bern", None)] {
///     let mut city = City { note: note.map(str::to_owned), ..City::new(name, 4) };
///     city.save(&db).await?;
/// }
/// let cities = City::objects().scan();
/// assert_eq!(cities.filter(City::NOTE.size().gt(3)).count(&db).await?, 1);
/// assert_eq!(cities.exclude(City::NOTE.size().gt(3)).count(&db).await?, 2);
/// assert_eq!(cities.filter(City::NOTE.size().between(3, 5)).count(&db).await?, 2);
/// assert_eq!(cities.filter(City::NAME.size().eq(F(City::VISITS))).count(&db).await?, 3);
/// assert_eq!(cities.filter(City::NAME.size().gt(City::NOTE.size())).count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a size does nothing until it is compared"]
pub struct Size<M> {
    path: Path,
    marker: PhantomData<fn() -> M>,
}

/// Arguments that the size of an attribute of the model `M` can be compared with: a number, the [`F`] of a numeric attribute of `M`, or
/// another [`Size`].
#[diagnostic::on_unimplemented(
    message = "a size cannot be compared with `{Self}`",
    label = "expected a `usize`, `F(…)` of a numeric attribute of `{M}`, or another size",
    note = "for a number of another type, write `usize::try_from(…)`"
)]
pub trait SizeOperand<M> {
    /// Returns the right side of the comparison.
    fn into_size_operand(self) -> Operand;
}

impl<M> SizeOperand<M> for usize {
    fn into_size_operand(self) -> Operand {
        Operand::Value(number(self))
    }
}

impl<M, N: ModelIs<M>, T: AttributeType<Operand: Numeric>, K> SizeOperand<M> for F<N, T, K> {
    fn into_size_operand(self) -> Operand {
        Operand::Path(self.0.into_path())
    }
}

impl<M, N: ModelIs<M>> SizeOperand<M> for Size<N> {
    fn into_size_operand(self) -> Operand {
        Operand::Size(self.path)
    }
}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// Returns the size of the value, to be compared: `Weather::NOTE.size().gt(5)`.
    pub fn size(self) -> Size<M>
    where
        T::Operand: HasSize,
    {
        Size { path: self.into_path(), marker: PhantomData }
    }
}

impl<M, T, K> Attribute<M, T, K> {
    /// Matches items whose attribute is stored as this type of DynamoDB. Items that lack the attribute do not match.
    ///
    /// It finds items that another program, or an earlier version of the model, stored in another form.
    ///
    /// ```
    /// # use djamodb_example_models::{Weather, weather_database};
    /// use djamodb::value::ValueType;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(seattle.filter(Weather::KIND.attribute_type(ValueType::S)).count(&db).await?, 3);
    /// assert_eq!(seattle.exclude(Weather::KIND.attribute_type(ValueType::S)).count(&db).await?, 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn attribute_type(self, value_type: ValueType) -> Q<M> {
        self.lookup(LookupOperator::Type(value_type))
    }
}

impl<M> Size<M> {
    /// Matches items whose size equals the number.
    pub fn eq(self, other: impl SizeOperand<M>) -> Q<M> {
        self.compare(Comparator::Eq, other)
    }

    /// Matches items whose size differs from the number. As in DynamoDB, these include items that lack the attribute.
    pub fn ne(self, other: impl SizeOperand<M>) -> Q<M> {
        self.compare(Comparator::Ne, other)
    }

    /// Matches items whose size is less than the number.
    pub fn lt(self, other: impl SizeOperand<M>) -> Q<M> {
        self.compare(Comparator::Lt, other)
    }

    /// Matches items whose size is less than or equal to the number.
    pub fn lte(self, other: impl SizeOperand<M>) -> Q<M> {
        self.compare(Comparator::Le, other)
    }

    /// Matches items whose size is greater than the number.
    pub fn gt(self, other: impl SizeOperand<M>) -> Q<M> {
        self.compare(Comparator::Gt, other)
    }

    /// Matches items whose size is greater than or equal to the number.
    pub fn gte(self, other: impl SizeOperand<M>) -> Q<M> {
        self.compare(Comparator::Ge, other)
    }

    /// Matches items whose size lies between `low` and `high`, both included. If `low` is greater than `high`, it matches no item.
    pub fn between(self, low: impl SizeOperand<M>, high: impl SizeOperand<M>) -> Q<M> {
        match (low.into_size_operand(), high.into_size_operand()) {
            (Operand::Value(low), Operand::Value(high)) => self.lookup(SizeLookup::Between(low, high)),
            (low, high) => {
                self.clone().lookup(SizeLookup::Compare(Comparator::Ge, low))
                    & self.lookup(SizeLookup::Compare(Comparator::Le, high))
            }
        }
    }

    /// Matches items whose size is one of the numbers. Without numbers, it matches no item.
    pub fn is_in(self, sizes: impl IntoIterator<Item = usize>) -> Q<M> {
        self.lookup(SizeLookup::In(sizes.into_iter().map(number).collect()))
    }

    fn compare(self, comparator: Comparator, other: impl SizeOperand<M>) -> Q<M> {
        self.lookup(SizeLookup::Compare(comparator, other.into_size_operand()))
    }

    fn lookup(self, lookup: SizeLookup) -> Q<M> {
        Lookup { path: self.path, operator: LookupOperator::Size(lookup) }.into()
    }
}

fn number(size: usize) -> AttributeValue {
    AttributeValue::n(size)
}

impl<M> Clone for Size<M> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), marker: PhantomData }
    }
}

impl<M> fmt::Debug for Size<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Size").field(&self.path.to_string()).finish()
    }
}
