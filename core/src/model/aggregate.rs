//! What many items come to: their number, and the least, the greatest, the sum and the average of an attribute.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU64;

use super::{Attribute, AttributeType, CodecError, Numeric, Ordered};
use crate::expression::{Path, order};
use crate::value::{AttributeValue, Item, Number, NumberError};

/// What [`aggregate`](crate::queryset::QuerySet::aggregate) computes over items of the model `M`: one of
/// [`CountAll`], [`Count`], [`Min`], [`Max`], [`Sum`] and [`Avg`], or a tuple of one to eight of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that `aggregate` can compute over `{M}`",
    note = "give it `count()` or an attribute's `count()`, `min()`, `max()`, `sum()` or `avg()`, or several in a tuple: \
            `aggregate(({M}::PRICE.max(), count()), &db)`"
)]
pub trait Aggregate<M>: Send {
    /// What comes out.
    type Output;

    /// The places in the items that it looks at.
    fn paths(&self) -> Vec<Path>;

    /// What it computes, in words.
    fn describe(&self) -> String;

    /// Takes one item in.
    fn take(&mut self, item: &Item) -> Result<(), AggregateError>;

    /// What the items come to.
    fn finish(self) -> Result<Self::Output, AggregateError>;
}

/// Why items come to nothing.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum AggregateError {
    /// An item has something else there than the attribute's type.
    Codec(CodecError),
    /// The result is no number that can be held.
    Number {
        /// Where in the items.
        path: Path,
        /// `sum` or `avg`.
        function: &'static str,
        /// Why not.
        error: NumberError,
    },
}

impl From<CodecError> for AggregateError {
    fn from(error: CodecError) -> Self {
        Self::Codec(error)
    }
}

/// How many items there are, as an [`Aggregate`].
pub const fn count() -> CountAll {
    CountAll { count: 0 }
}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// How many items have this attribute.
    pub fn count(self) -> Count<M> {
        Count { place: Place::of(self), count: 0 }
    }

    /// The least value, in DynamoDB's order; nothing when no item has one.
    pub fn min(self) -> Min<M, T::Operand>
    where
        T::Operand: Ordered,
    {
        Min { place: Place::of(self), best: None, marker: PhantomData }
    }

    /// The greatest value, in DynamoDB's order; nothing when no item has one.
    pub fn max(self) -> Max<M, T::Operand>
    where
        T::Operand: Ordered,
    {
        Max { place: Place::of(self), best: None, marker: PhantomData }
    }

    /// The exact sum; nothing when no item has a value. A sum that needs more than 38 digits is an error, also on the way.
    pub fn sum(self) -> Sum<M>
    where
        T::Operand: Numeric,
    {
        Sum { total: Total { place: Place::of(self), sum: Number::ZERO, count: 0 } }
    }

    /// The average: the exact sum by the number of values, rounded to 38 digits, half to even; nothing when no item has a
    /// value. A sum that needs more than 38 digits is an error.
    pub fn avg(self) -> Avg<M>
    where
        T::Operand: Numeric,
    {
        Avg { total: Total { place: Place::of(self), sum: Number::ZERO, count: 0 } }
    }
}

/// The number of items: what [`count`] gives.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to `aggregate`"]
pub struct CountAll {
    count: u64,
}

/// The number of items that have an attribute: what [`Attribute::count`] gives.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to `aggregate`"]
pub struct Count<M> {
    place: Place<M>,
    count: u64,
}

/// The least value of an attribute: what [`Attribute::min`] gives.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to `aggregate`"]
pub struct Min<M, T> {
    place: Place<M>,
    best: Option<AttributeValue>,
    marker: PhantomData<fn() -> T>,
}

/// The greatest value of an attribute: what [`Attribute::max`] gives.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to `aggregate`"]
pub struct Max<M, T> {
    place: Place<M>,
    best: Option<AttributeValue>,
    marker: PhantomData<fn() -> T>,
}

/// The sum of an attribute: what [`Attribute::sum`] gives.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to `aggregate`"]
pub struct Sum<M> {
    total: Total<M>,
}

/// The average of an attribute: what [`Attribute::avg`] gives.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to `aggregate`"]
pub struct Avg<M> {
    total: Total<M>,
}

/// A place in items of the model `M`.
struct Place<M> {
    path: Path,
    marker: PhantomData<fn() -> M>,
}

#[derive(Clone, Debug)]
struct Total<M> {
    place: Place<M>,
    sum: Number,
    count: u64,
}

impl<M> Place<M> {
    fn of<T, K>(attribute: Attribute<M, T, K>) -> Self {
        Self { path: attribute.into_path(), marker: PhantomData }
    }

    /// What an item has there. A null is as good as nothing, as it is for an `Option`.
    fn get<'a>(&self, item: &'a Item) -> Option<&'a AttributeValue> {
        self.path.get(item).filter(|value| **value != AttributeValue::Null)
    }

    fn decode<T: AttributeType>(&self, value: &AttributeValue) -> Result<T, CodecError> {
        T::decode(value).map_err(|error| error.at(&self.path.to_string()))
    }

    /// Keeps the better of the best so far and what the item has.
    fn keep<T: AttributeType>(
        &self,
        best: &mut Option<AttributeValue>,
        better: Ordering,
        item: &Item,
    ) -> Result<(), CodecError> {
        let Some(value) = self.get(item) else { return Ok(()) };
        if best.as_ref().is_some_and(|best| order(value, best).is_some_and(|order| order != better)) {
            return Ok(());
        }
        // What is kept is of the attribute's type, so that what cannot be compared with it is not.
        self.decode::<T>(value)?;
        *best = Some(value.clone());
        Ok(())
    }
}

impl<M> Total<M> {
    fn take(&mut self, item: &Item, function: &'static str) -> Result<(), AggregateError> {
        if let Some(value) = self.place.get(item) {
            let number = self.place.decode::<Number>(value)?;
            self.sum = self.sum.checked_add(number).map_err(|error| self.error(function, error))?;
            self.count += 1;
        }
        Ok(())
    }

    fn error(&self, function: &'static str, error: NumberError) -> AggregateError {
        AggregateError::Number { path: self.place.path.clone(), function, error }
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

    fn take(&mut self, _: &Item) -> Result<(), AggregateError> {
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
        vec![self.place.path.clone()]
    }

    fn describe(&self) -> String {
        format!("count({})", self.place.path)
    }

    fn take(&mut self, item: &Item) -> Result<(), AggregateError> {
        self.count += u64::from(self.place.get(item).is_some());
        Ok(())
    }

    fn finish(self) -> Result<u64, AggregateError> {
        Ok(self.count)
    }
}

/// The two ends differ in nothing but the direction.
macro_rules! ends {
    ($($end:ident: $better:expr, $name:literal),+ $(,)?) => {$(
        impl<M, T: AttributeType> Aggregate<M> for $end<M, T> {
            type Output = Option<T>;

            fn paths(&self) -> Vec<Path> {
                vec![self.place.path.clone()]
            }

            fn describe(&self) -> String {
                format!("{}({})", $name, self.place.path)
            }

            fn take(&mut self, item: &Item) -> Result<(), AggregateError> {
                Ok(self.place.keep::<T>(&mut self.best, $better, item)?)
            }

            fn finish(self) -> Result<Option<T>, AggregateError> {
                Ok(self.best.as_ref().map(|best| self.place.decode(best)).transpose()?)
            }
        }
    )+};
}

ends! {
    Min: Ordering::Less, "min",
    Max: Ordering::Greater, "max",
}

impl<M> Aggregate<M> for Sum<M> {
    type Output = Option<Number>;

    fn paths(&self) -> Vec<Path> {
        vec![self.total.place.path.clone()]
    }

    fn describe(&self) -> String {
        format!("sum({})", self.total.place.path)
    }

    fn take(&mut self, item: &Item) -> Result<(), AggregateError> {
        self.total.take(item, "sum")
    }

    fn finish(self) -> Result<Option<Number>, AggregateError> {
        Ok((self.total.count > 0).then_some(self.total.sum))
    }
}

impl<M> Aggregate<M> for Avg<M> {
    type Output = Option<Number>;

    fn paths(&self) -> Vec<Path> {
        vec![self.total.place.path.clone()]
    }

    fn describe(&self) -> String {
        format!("avg({})", self.total.place.path)
    }

    fn take(&mut self, item: &Item) -> Result<(), AggregateError> {
        self.total.take(item, "avg")
    }

    fn finish(self) -> Result<Option<Number>, AggregateError> {
        let average = NonZeroU64::new(self.total.count).map(|count| self.total.sum.checked_div(count));
        average.transpose().map_err(|error| self.total.error("avg", error))
    }
}

/// Tuples of one to eight.
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

            fn take(&mut self, item: &Item) -> Result<(), AggregateError> {
                $(self.$at.take(item)?;)+
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

impl<M> Clone for Place<M> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), marker: PhantomData }
    }
}

impl<M> fmt::Debug for Place<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Place").field(&self.path.to_string()).finish()
    }
}
