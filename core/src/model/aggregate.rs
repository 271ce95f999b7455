//! Aggregates over items: count, minimum, maximum, sum and average of an attribute.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU64;

use super::{Attribute, AttributeType, CodecError, Numeric, Ordered};
use crate::expression::{Path, order};
use crate::value::{AttributeValue, Item, Number, NumberError};

/// Computations that [`aggregate`](crate::queryset::QuerySet::aggregate) performs over items of the model `M`: one of
/// [`CountAll`], [`Count`], [`Min`], [`Max`], [`Sum`] and [`Avg`], or a tuple of one to eight of them.
#[diagnostic::on_unimplemented(
    message = "`aggregate` cannot compute `{Self}` over `{M}`",
    note = "pass `count()`, or `count()`, `min()`, `max()`, `sum()` or `avg()` of an attribute, or several in a tuple: \
            `aggregate(({M}::PRICE.max(), count()), &db)`"
)]
pub trait Aggregate<M>: Send {
    /// Type of the result.
    type Output;

    /// Returns the paths that the computation reads.
    fn paths(&self) -> Vec<Path>;

    /// Returns the computation as text for `explain`, such as `max(temp_max)`.
    fn describe(&self) -> String;

    /// Includes one item in the computation.
    ///
    /// # Errors
    ///
    /// - [`AggregateError::Codec`] if the item's value is not of the attribute's type.
    /// - [`AggregateError::Number`] if the sum so far needs more than 38 digits.
    fn accumulate(&mut self, item: &Item) -> Result<(), AggregateError>;

    /// Returns the result.
    ///
    /// # Errors
    ///
    /// - [`AggregateError::Codec`] if the result does not decode into the attribute's type.
    /// - [`AggregateError::SumOutOfRange`] if a sum does not fit its type.
    /// - [`AggregateError::Number`] if the average is not a number that DynamoDB can store.
    fn finish(self) -> Result<Self::Output, AggregateError>;
}

/// Error of computing an aggregate.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AggregateError {
    /// The value of an item is not of the attribute's type.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The sum does not fit its type.
    #[error("cannot compute sum({path}): {error}; sum_as::<Number>() fits every sum")]
    SumOutOfRange {
        /// Path of the attribute.
        path: Path,
        /// The sum and the type.
        error: CodecError,
    },
    /// The result is not a number that DynamoDB can store.
    #[error("cannot compute {function}({path}): {error}")]
    Number {
        /// Path of the attribute.
        path: Path,
        /// Name of the function: `sum` or `avg`.
        function: &'static str,
        /// Reason why the number is rejected.
        error: NumberError,
    },
}

/// Returns an aggregate that counts items.
pub const fn count() -> CountAll {
    CountAll { count: 0 }
}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// Returns an aggregate that counts the items that have this attribute. NULL counts as missing.
    pub fn count(self) -> Count<M> {
        Count { source: AttributePath::of(self), count: 0 }
    }

    /// Returns an aggregate that computes the least value in DynamoDB's order, or `None` if no item has a value.
    pub fn min(self) -> Min<M, T::Operand>
    where
        T::Operand: Ordered,
    {
        Min { source: AttributePath::of(self), best: None, marker: PhantomData }
    }

    /// Returns an aggregate that computes the greatest value in DynamoDB's order, or `None` if no item has a value.
    pub fn max(self) -> Max<M, T::Operand>
    where
        T::Operand: Ordered,
    {
        Max { source: AttributePath::of(self), best: None, marker: PhantomData }
    }

    /// Returns an aggregate that computes the sum, or `None` if no item has a value.
    ///
    /// The values are added exactly, in decimals of up to 38 digits. The sum then has the type [`Numeric::Sum`]: `i64` or `u64` for
    /// integers of up to 64 bits, `f64` for floats, else the type of the attribute. A float takes the nearest value. It fails with
    ///
    /// - [`AggregateError::Number`] if the sum, or a partial sum, needs more than 38 digits;
    /// - [`AggregateError::SumOutOfRange`] if the sum does not fit its type. [`sum_as`](Self::sum_as) chooses another type.
    pub fn sum(self) -> Sum<M, <T::Operand as Numeric>::Sum>
    where
        T::Operand: Numeric,
    {
        self.sum_as()
    }

    /// Returns an aggregate that computes the sum as [`sum`](Self::sum) does, in another type: `sum_as::<Number>()` is the exact sum
    /// of floats, and fits every sum.
    pub fn sum_as<S: AttributeType>(self) -> Sum<M, S>
    where
        T::Operand: Numeric,
    {
        let total = RunningSum { source: AttributePath::of(self), sum: Number::ZERO, count: 0 };
        Sum { total, marker: PhantomData }
    }

    /// Returns an aggregate that computes the average, or `None` if no item has a value: the exact sum divided by the number of
    /// values, rounded to 38 digits, half to even.
    ///
    /// It fails with [`AggregateError::Number`] if the sum, or a partial sum, needs more than 38 digits.
    pub fn avg(self) -> Avg<M>
    where
        T::Operand: Numeric,
    {
        Avg { total: RunningSum { source: AttributePath::of(self), sum: Number::ZERO, count: 0 } }
    }
}

/// Aggregate of the number of items, returned by [`count`].
#[derive(Clone, Debug)]
#[must_use = "an aggregate does nothing until it is passed to `aggregate`"]
pub struct CountAll {
    count: u64,
}

/// Aggregate of the number of items that have an attribute, returned by [`Attribute::count`].
#[derive(Clone, Debug)]
#[must_use = "an aggregate does nothing until it is passed to `aggregate`"]
pub struct Count<M> {
    source: AttributePath<M>,
    count: u64,
}

/// Aggregate of the least value of an attribute, returned by [`Attribute::min`].
#[derive(Clone, Debug)]
#[must_use = "an aggregate does nothing until it is passed to `aggregate`"]
pub struct Min<M, T> {
    source: AttributePath<M>,
    best: Option<AttributeValue>,
    marker: PhantomData<fn() -> T>,
}

/// Aggregate of the greatest value of an attribute, returned by [`Attribute::max`].
#[derive(Clone, Debug)]
#[must_use = "an aggregate does nothing until it is passed to `aggregate`"]
pub struct Max<M, T> {
    source: AttributePath<M>,
    best: Option<AttributeValue>,
    marker: PhantomData<fn() -> T>,
}

/// Aggregate of the sum of an attribute, returned by [`Attribute::sum`].
#[derive(Clone, Debug)]
#[must_use = "an aggregate does nothing until it is passed to `aggregate`"]
pub struct Sum<M, T> {
    total: RunningSum<M>,
    marker: PhantomData<fn() -> T>,
}

/// Aggregate of the average of an attribute, returned by [`Attribute::avg`].
#[derive(Clone, Debug)]
#[must_use = "an aggregate does nothing until it is passed to `aggregate`"]
pub struct Avg<M> {
    total: RunningSum<M>,
}

/// Path of an attribute of the model `M`.
struct AttributePath<M> {
    path: Path,
    marker: PhantomData<fn() -> M>,
}

#[derive(Clone, Debug)]
struct RunningSum<M> {
    source: AttributePath<M>,
    sum: Number,
    count: u64,
}

impl<M> AttributePath<M> {
    fn of<T, K>(attribute: Attribute<M, T, K>) -> Self {
        Self { path: attribute.into_path(), marker: PhantomData }
    }

    /// Returns the item's value at the path. NULL counts as missing, as it does for an `Option`.
    fn get<'a>(&self, item: &'a Item) -> Option<&'a AttributeValue> {
        self.path.get(item).filter(|value| **value != AttributeValue::Null)
    }

    fn decode<T: AttributeType>(&self, value: &AttributeValue) -> Result<T, CodecError> {
        T::decode(value).map_err(|error| error.at(&self.path.to_string()))
    }

    /// Replaces `best` with the item's value if that compares to it as `better`.
    fn replace_best<T: AttributeType>(
        &self,
        best: &mut Option<AttributeValue>,
        better: Ordering,
        item: &Item,
    ) -> Result<(), CodecError> {
        let Some(value) = self.get(item) else { return Ok(()) };
        if best.as_ref().is_some_and(|best| order(value, best).is_some_and(|order| order != better)) {
            return Ok(());
        }
        // Values of other types do not compare with the best one, so they arrive here and fail to decode.
        self.decode::<T>(value)?;
        *best = Some(value.clone());
        Ok(())
    }
}

impl<M> RunningSum<M> {
    fn accumulate(&mut self, item: &Item, function: &'static str) -> Result<(), AggregateError> {
        if let Some(value) = self.source.get(item) {
            let number = self.source.decode::<Number>(value)?;
            self.sum = self.sum.checked_add(number).map_err(|error| self.error(function, error))?;
            self.count += 1;
        }
        Ok(())
    }

    fn error(&self, function: &'static str, error: NumberError) -> AggregateError {
        AggregateError::Number { path: self.source.path.clone(), function, error }
    }
}

impl<M> Aggregate<M> for CountAll {
    type Output = u64;

    fn paths(&self) -> Vec<Path> {
        Vec::new()
    }

    fn describe(&self) -> String {
        "count".to_owned()
    }

    fn accumulate(&mut self, _: &Item) -> Result<(), AggregateError> {
        self.count += 1;
        Ok(())
    }

    fn finish(self) -> Result<u64, AggregateError> {
        Ok(self.count)
    }
}

impl<M> Aggregate<M> for Count<M> {
    type Output = u64;

    fn paths(&self) -> Vec<Path> {
        vec![self.source.path.clone()]
    }

    fn describe(&self) -> String {
        format!("count({})", self.source.path)
    }

    fn accumulate(&mut self, item: &Item) -> Result<(), AggregateError> {
        self.count += u64::from(self.source.get(item).is_some());
        Ok(())
    }

    fn finish(self) -> Result<u64, AggregateError> {
        Ok(self.count)
    }
}

macro_rules! extremes {
    ($($extreme:ident: $better:expr, $name:literal),+ $(,)?) => {$(
        impl<M, T: AttributeType> Aggregate<M> for $extreme<M, T> {
            type Output = Option<T>;

            fn paths(&self) -> Vec<Path> {
                vec![self.source.path.clone()]
            }

            fn describe(&self) -> String {
                format!("{}({})", $name, self.source.path)
            }

            fn accumulate(&mut self, item: &Item) -> Result<(), AggregateError> {
                Ok(self.source.replace_best::<T>(&mut self.best, $better, item)?)
            }

            fn finish(self) -> Result<Option<T>, AggregateError> {
                Ok(self.best.as_ref().map(|best| self.source.decode(best)).transpose()?)
            }
        }
    )+};
}

extremes! {
    Min: Ordering::Less, "min",
    Max: Ordering::Greater, "max",
}

impl<M, T: AttributeType> Aggregate<M> for Sum<M, T> {
    type Output = Option<T>;

    fn paths(&self) -> Vec<Path> {
        vec![self.total.source.path.clone()]
    }

    fn describe(&self) -> String {
        format!("sum({})", self.total.source.path)
    }

    fn accumulate(&mut self, item: &Item) -> Result<(), AggregateError> {
        self.total.accumulate(item, "sum")
    }

    fn finish(self) -> Result<Option<T>, AggregateError> {
        let RunningSum { source, sum, count } = self.total;
        if count == 0 {
            return Ok(None);
        }
        match T::decode(&AttributeValue::N(sum)) {
            Ok(sum) => Ok(Some(sum)),
            Err(error) => Err(AggregateError::SumOutOfRange { path: source.path, error }),
        }
    }
}

impl<M> Aggregate<M> for Avg<M> {
    type Output = Option<Number>;

    fn paths(&self) -> Vec<Path> {
        vec![self.total.source.path.clone()]
    }

    fn describe(&self) -> String {
        format!("avg({})", self.total.source.path)
    }

    fn accumulate(&mut self, item: &Item) -> Result<(), AggregateError> {
        self.total.accumulate(item, "avg")
    }

    fn finish(self) -> Result<Option<Number>, AggregateError> {
        let average = NonZeroU64::new(self.total.count).map(|count| self.total.sum.checked_div(count));
        average.transpose().map_err(|error| self.total.error("avg", error))
    }
}

macro_rules! tuples {
    ($(($($part:ident / $at:tt),+)),+ $(,)?) => {$(
        impl<M, $($part: Aggregate<M>),+> Aggregate<M> for ($($part,)+) {
            type Output = ($($part::Output,)+);

            fn paths(&self) -> Vec<Path> {
                [$(self.$at.paths()),+].concat()
            }

            fn describe(&self) -> String {
                [$(self.$at.describe()),+].join(", ")
            }

            fn accumulate(&mut self, item: &Item) -> Result<(), AggregateError> {
                $(self.$at.accumulate(item)?;)+
                Ok(())
            }

            fn finish(self) -> Result<Self::Output, AggregateError> {
                Ok(($(self.$at.finish()?,)+))
            }
        }
    )+};
}

tuples! {
    (A / 0),
    (A / 0, B / 1),
    (A / 0, B / 1, C / 2),
    (A / 0, B / 1, C / 2, D / 3),
    (A / 0, B / 1, C / 2, D / 3, E / 4),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6),
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7),
}

impl<M> Clone for AttributePath<M> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), marker: PhantomData }
    }
}

impl<M> fmt::Debug for AttributePath<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AttributePath").field(&self.path.to_string()).finish()
    }
}
