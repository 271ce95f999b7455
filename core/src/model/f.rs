//! Attributes on the right side: in comparisons, and in what is computed from them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Add, Sub};

use super::{Attribute, AttributeType, CodecError, ModelIs, Numeric, Plain};
use crate::expression::{SetValue, UpdateOperand};

/// The value of another attribute of the same item, as Django's `F` expressions are: `Weather::TEMP_MAX.gt(F(Weather::TEMP_MIN))`.
///
/// It can stand where a lookup compares, and on the right side of [`set`](Attribute::set), where a number may be added to it or
/// taken from it. The two attributes are of one model, and of types that compare with the same values: an `Option` counts as
/// what is inside.
///
/// DynamoDB has two surprises. A comparison with an attribute that the item lacks is false, and only `ne` is true. And setting an
/// attribute from one that the item lacks is an error: to count from nothing, use [`add`](Attribute::add). An expression has at
/// most one `+` or `-`.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     temp_min: f64,
/// #     temp_max: f64,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, temp_min, temp_max) in [(1, 2.0, 7.2), (2, 5.0, 10.6), (3, 4.4, 4.4)] {
/// #     Weather { location: "Seattle".to_owned(), day, temp_min, temp_max }.save(&db).await?;
/// # }
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// assert_eq!(seattle.filter(Weather::TEMP_MAX.gt(F(Weather::TEMP_MIN))).count(&db).await?, 2);
///
/// let even = seattle.filter(Weather::TEMP_MAX.eq(F(Weather::TEMP_MIN)));
/// even.update(Weather::TEMP_MAX.set(F(Weather::TEMP_MIN) + 1), &db).await?;
/// assert_eq!(Weather::get_by_key(("Seattle", 3), &db).await?.temp_max, 5.4);
/// # Ok(())
/// # }
/// ```
pub struct F<M, T, K = Plain>(
    /// The attribute.
    pub Attribute<M, T, K>,
);

/// A sum or a difference, of an attribute and a number or another attribute: `F(Weather::VISITS) + 1`.
#[must_use = "it does nothing until it is given to `set`"]
pub struct Computed<M, T> {
    pub(super) value: Result<SetValue, CodecError>,
    marker: PhantomData<fn() -> (M, T)>,
}

/// What can be added to an attribute of the model `M` and the type `T`: a value, or another attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to, or taken from, an attribute of `{M}` of type `{T}`",
    note = "give a value of type `{T}`, or `F(…)` of another attribute of `{M}` of this type"
)]
pub trait Addend<M, T> {
    /// As an operand of an update.
    fn into_addend(self) -> Result<UpdateOperand, CodecError>;
}

impl<M, T: AttributeType> Addend<M, T> for T {
    fn into_addend(self) -> Result<UpdateOperand, CodecError> {
        self.encode().map(UpdateOperand::Value)
    }
}

impl<M> Addend<M, f64> for i32 {
    fn into_addend(self) -> Result<UpdateOperand, CodecError> {
        self.encode().map(UpdateOperand::Value)
    }
}

impl<M, N: ModelIs<M>, T, U: AttributeType<Operand = T>, K> Addend<M, T> for F<N, U, K> {
    fn into_addend(self) -> Result<UpdateOperand, CodecError> {
        Ok(UpdateOperand::Path(self.0.into_path()))
    }
}

impl<M, T: AttributeType<Operand: Numeric>, K, R: Addend<M, T::Operand>> Add<R> for F<M, T, K> {
    type Output = Computed<M, T::Operand>;

    fn add(self, other: R) -> Self::Output {
        Computed::new(self, SetValue::Plus, other)
    }
}

impl<M, T: AttributeType<Operand: Numeric>, K, R: Addend<M, T::Operand>> Sub<R> for F<M, T, K> {
    type Output = Computed<M, T::Operand>;

    fn sub(self, other: R) -> Self::Output {
        Computed::new(self, SetValue::Minus, other)
    }
}

impl<M, T> Computed<M, T> {
    fn new<U, K, R: Addend<M, T>>(
        left: F<M, U, K>,
        operation: fn(UpdateOperand, UpdateOperand) -> SetValue,
        right: R,
    ) -> Self {
        let value = right.into_addend().map(|right| operation(left.0.into_path().into(), right));
        Self { value, marker: PhantomData }
    }
}

impl<M, T, K> Clone for F<M, T, K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<M, T, K> fmt::Debug for F<M, T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("F").field(&self.0.path().to_string()).finish()
    }
}

impl<M, T> fmt::Debug for Computed<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Computed").field(&self.value).finish()
    }
}
