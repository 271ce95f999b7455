//! A model's attributes as constants with lookups.

use std::fmt;
use std::marker::PhantomData;

use super::{
    AttributeType, CodecError, CodecErrorKind, Comparand, Compared, Contains, Indexed, IntoOperand, Keyed, Lookup,
    LookupOperator, Order, Ordered, Q, StartsWith,
};
use crate::expression::{Comparator, Path};
use crate::value::{AttributeValue, Item};

/// Marks an [`Attribute`] that is the table's hash key.
#[derive(Clone, Copy, Debug)]
pub struct HashKey;

/// Marks an [`Attribute`] that is the table's range key.
#[derive(Clone, Copy, Debug)]
pub struct RangeKey;

/// Marks an [`Attribute`] that is no part of the table's key.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

/// An attribute of the model `M`, of the Rust type `T`, or a place inside one.
///
/// The derive declares one constant for each field; its methods are the lookups, which give a [`Q`]. Which of them exist
/// depends on the type: `gt` needs an order, `startswith` text or binary data. What compares takes a value, or another attribute
/// of the same item: [`F`](super::F).
///
/// Other methods say what is changed, and give [`Edits`](super::Edits): `set`, `add`, `remove` and more. An attribute of the
/// table's key has none of them.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "weather")]
/// # #[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// #     #[model(range_key)]
/// #     day: u32,
/// #     kind: Option<String>,
/// #     temp_max: f64,
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Weather>().await?;
/// # for (day, kind, temp_max) in [(1, "sun", 7.2), (2, "rain", 10.6), (3, "rain", 9.4)] {
/// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
/// #     Weather { location, day, kind, temp_max }.save(&db).await?;
/// # }
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// assert_eq!(seattle.filter(Weather::DAY.between(2, 3)).count(&db).await?, 2);
/// assert_eq!(seattle.filter(Weather::TEMP_MAX.gt(9)).count(&db).await?, 2);
/// assert_eq!(seattle.filter(Weather::KIND.startswith("ra")).count(&db).await?, 2);
/// assert_eq!(seattle.filter(Weather::KIND.is_in(["sun", "fog"])).count(&db).await?, 1);
/// assert_eq!(seattle.filter(Weather::KIND.not_exists()).count(&db).await?, 0);
/// # Ok(())
/// # }
/// ```
pub struct Attribute<M, T, K = Plain> {
    path: Path,
    /// What the model has where the item lacks the attribute.
    default: Option<fn() -> T>,
    marker: Marker<M, T, K>,
}

/// The types are only names: an attribute holds none of their values.
type Marker<M, T, K> = PhantomData<fn() -> (M, T, K)>;

impl<M, T, K> Attribute<M, T, K> {
    /// The attribute `name`.
    pub const fn new(name: &'static str) -> Self {
        Self { path: Path::from_static(name), default: None, marker: PhantomData }
    }

    /// The attribute `name`, which has a default where an item lacks it.
    pub const fn with_default(name: &'static str, default: fn() -> T) -> Self {
        Self { path: Path::from_static(name), default: Some(default), marker: PhantomData }
    }

    /// The place in an item.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn into_path(self) -> Path {
        self.path
    }

    /// Is there, with whatever value. A null is there.
    pub fn exists(self) -> Q<M> {
        self.lookup(LookupOperator::Exists)
    }

    /// Is not there.
    pub fn not_exists(self) -> Q<M> {
        self.lookup(LookupOperator::NotExists)
    }

    /// The least first: an order for [`order_by`](crate::queryset::QuerySet::order_by).
    pub fn asc(self) -> Order<M> {
        Order::new(self.path, false)
    }

    /// The greatest first.
    pub fn desc(self) -> Order<M> {
        Order::new(self.path, true)
    }

    /// The same place as one that may be missing, as a place inside an optional document or beyond a list's end may:
    /// [`values`](crate::queryset::QuerySet::values) gives an `Option` of it.
    pub fn optional(self) -> Attribute<M, Option<T>> {
        Attribute { path: self.path, default: None, marker: PhantomData }
    }

    fn lookup(self, operator: LookupOperator) -> Q<M> {
        Lookup { path: self.path, operator }.into()
    }

    fn compare(self, comparator: Comparator, right: Result<Compared, CodecError>) -> Q<M> {
        self.with(right.map(|right| LookupOperator::compare(comparator, right)))
    }

    fn with(self, operator: Result<LookupOperator, CodecError>) -> Q<M> {
        match operator {
            Ok(operator) => self.lookup(operator),
            Err(error) => Q::invalid(error.at(&self.path.to_string())),
        }
    }
}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// What an item has at this place, as the model would decode it.
    pub(crate) fn decode(&self, item: &Item) -> Result<T, CodecError> {
        let kind = match (self.path.get(item), self.default) {
            (Some(value), _) => return T::decode(value).map_err(|error| error.at(&self.path.to_string())),
            (None, Some(default)) => return Ok(default()),
            (None, None) if self.path.as_attribute().is_some() => CodecErrorKind::Missing,
            (None, None) => CodecErrorKind::NothingThere,
        };
        T::absent().ok_or_else(|| CodecError::new(kind).at(&self.path.to_string()))
    }

    /// Is this value.
    pub fn eq<Form>(self, value: impl Comparand<M, T::Operand, Form>) -> Q<M> {
        self.compare(Comparator::Eq, value.into_compared())
    }

    /// Is not this value. As in DynamoDB, also true of an item that lacks the attribute.
    pub fn ne<Form>(self, value: impl Comparand<M, T::Operand, Form>) -> Q<M> {
        self.compare(Comparator::Ne, value.into_compared())
    }

    /// Is one of these values.
    pub fn is_in<V: IntoOperand<T::Operand>>(self, values: impl IntoIterator<Item = V>) -> Q<M> {
        let values: Result<Vec<_>, _> = values.into_iter().map(encode).collect();
        self.with(values.map(LookupOperator::In))
    }

    /// Is less than this.
    pub fn lt<Form>(self, value: impl Comparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Lt, value.into_compared())
    }

    /// Is this or less.
    pub fn lte<Form>(self, value: impl Comparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Le, value.into_compared())
    }

    /// Is greater than this.
    pub fn gt<Form>(self, value: impl Comparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Gt, value.into_compared())
    }

    /// Is this or greater.
    pub fn gte<Form>(self, value: impl Comparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Ge, value.into_compared())
    }

    /// Lies between these two, both included. Nothing does when they are the wrong way round.
    pub fn between<Low, High>(
        self,
        low: impl Comparand<M, T::Operand, Low>,
        high: impl Comparand<M, T::Operand, High>,
    ) -> Q<M>
    where
        T::Operand: Ordered,
    {
        match (low.into_compared(), high.into_compared()) {
            (Ok(Compared::Value(low)), Ok(Compared::Value(high))) => self.lookup(LookupOperator::Between(low, high)),
            (low, high) => self.clone().compare(Comparator::Ge, low) & self.compare(Comparator::Le, high),
        }
    }

    /// Begins with this.
    pub fn startswith<P: AttributeType>(self, prefix: impl IntoOperand<P>) -> Q<M>
    where
        T::Operand: StartsWith<Prefix = P>,
    {
        self.with(encode(prefix).map(LookupOperator::StartsWith))
    }

    /// Contains this: a text in a text, an element of a list or a set.
    pub fn contains<E: AttributeType>(self, part: impl IntoOperand<E>) -> Q<M>
    where
        T::Operand: Contains<Element = E>,
    {
        self.with(encode(part).map(LookupOperator::Contains))
    }

    /// A field of a nested document: `Weather::STATION.at(Station::CITY)`.
    pub fn at<U>(self, field: Attribute<T::Operand, U>) -> Attribute<M, U> {
        let mut path = self.path.key(field.path.name);
        path.steps.extend(field.path.steps);
        Attribute { path, default: field.default, marker: PhantomData }
    }

    /// The element `index`, from 0, of a list.
    pub fn index<E>(self, index: usize) -> Attribute<M, E>
    where
        T::Operand: Indexed<Element = E>,
    {
        let path = self.path.index(index);
        Attribute { path, default: None, marker: PhantomData }
    }

    /// The entry `name` of a map.
    pub fn key<V>(self, name: &str) -> Attribute<M, V>
    where
        T::Operand: Keyed<Value = V>,
    {
        let path = self.path.key(name);
        Attribute { path, default: None, marker: PhantomData }
    }
}

fn encode<T: AttributeType>(value: impl IntoOperand<T>) -> Result<AttributeValue, CodecError> {
    value.into_operand().encode()
}

impl<M, T, K> Clone for Attribute<M, T, K> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), default: self.default, marker: PhantomData }
    }
}

impl<M, T, K> fmt::Debug for Attribute<M, T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Attribute").field(&self.path.to_string()).finish()
    }
}
