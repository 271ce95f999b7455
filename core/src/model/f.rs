//! Attributes on the right side of comparisons and edits.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Add, Sub};

use super::{Attribute, AttributeType, CodecError, ModelIs, NonKey, Numeric};
use crate::expression::{SetValue, UpdateOperand};

/// The value of another attribute of the same item, like Django's
/// [`F` expressions](https://docs.djangoproject.com/en/stable/ref/models/expressions/#f-expressions):
/// `Weather::TEMP_MAX.gt(F(Weather::TEMP_MIN))`.
///
/// Comparisons accept it in place of a value. So does [`set`](Attribute::set), where a number can be added to it or subtracted
/// from it; an expression has at most one `+` or `-`. Both attributes belong to the same model and have the same operand type:
/// an `Option<T>` counts as `T`.
///
/// DynamoDB defines two special cases for items that lack the attribute. A comparison with it is false, except `ne`, which is
/// true. Setting another attribute from it is an error; use [`add`](Attribute::add) to count from 0.
///
/// ```
/// # use djamodb::prelude::*;
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "weather")]
/// struct Weather {
///     #[model(hash_key)]
///     location: String,
///     #[model(range_key)]
///     day: u32,
///     temp_min: f64,
///     temp_max: f64,
/// }
///
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
pub struct F<M, T, K = NonKey>(
    /// The attribute on the right side.
    pub Attribute<M, T, K>,
);

/// The sum or the difference of an attribute and a number or another attribute: `F(Weather::VISITS) + 1`.
#[must_use = "an expression does nothing until it is passed to `set`"]
pub struct CombinedExpression<M, T> {
    pub(super) value: Result<SetValue, CodecError>,
    marker: PhantomData<fn() -> (M, T)>,
}

/// Values that can be added to or subtracted from an attribute of the model `M` with the operand type `T`: a `T`, or the [`F`] of
/// another attribute of `M`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to or subtracted from an attribute of `{M}` of type `{T}`",
    note = "pass a value of type `{T}`, or `F(…)` of another attribute of `{M}` of this type"
)]
pub trait Addend<M, T> {
    /// Converts this value into an operand of an update.
    ///
    /// # Errors
    ///
    /// Returns the error of [`AttributeType::encode`] if the value cannot be encoded.
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
    type Output = CombinedExpression<M, T::Operand>;

    fn add(self, other: R) -> Self::Output {
        CombinedExpression::new(self, SetValue::Plus, other)
    }
}

impl<M, T: AttributeType<Operand: Numeric>, K, R: Addend<M, T::Operand>> Sub<R> for F<M, T, K> {
    type Output = CombinedExpression<M, T::Operand>;

    fn sub(self, other: R) -> Self::Output {
        CombinedExpression::new(self, SetValue::Minus, other)
    }
}

impl<M, T> CombinedExpression<M, T> {
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

impl<M, T> fmt::Debug for CombinedExpression<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CombinedExpression").field(&self.value).finish()
    }
}
