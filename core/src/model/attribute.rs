//! A model's attributes as typed constants.

use std::fmt;
use std::marker::PhantomData;

use super::{
    AttributeType, CodecError, CodecErrorKind, Comparable, Comparand, Contains, IntoComparand, IntoOperand, ListType,
    Lookup, LookupOperator, MapType, Order, Ordered, Q, StartsWith, TupleType,
};
use crate::expression::{Comparator, Path, PathStep};
use crate::value::{AttributeValue, Item};

/// Marks an [`Attribute`] that is the table's hash key.
#[derive(Clone, Copy, Debug)]
pub struct HashKey;

/// Marks an [`Attribute`] that is the table's range key.
#[derive(Clone, Copy, Debug)]
pub struct RangeKey;

/// Marks an [`Attribute`] that is not part of the table's key.
#[derive(Clone, Copy, Debug)]
pub struct NonKey;

/// An attribute of the model `M` with the Rust type `T`, or a path inside one.
///
/// `#[derive(Model)]` declares one constant per field. Its methods are of three kinds:
///
/// - Lookups return a [`Q`]. The type decides which exist: `eq` requires any type but JSON, `gt` an ordered type, `startswith` text or
///   binary data. A comparison accepts a value, or another attribute of the same item as [`F`](super::F).
/// - Edits return [`Edits`](super::Edits): `set`, `add`, `remove` and more. An attribute of the table's key has none, which the
///   type parameter `K` decides.
/// - [`at`](Self::at), [`index`](Self::index), [`element`](Self::element) and [`key`](Self::key) return a path inside a document, a
///   list, a tuple or a map.
///
/// ```
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// let seattle = Weather::objects().set_hash_key("Seattle");
/// assert_eq!(seattle.filter(Weather::DAY.between(2, 3)).count(&db).await?, 2);
/// assert_eq!(seattle.filter(Weather::TEMP_MAX.gt(9)).count(&db).await?, 2);
/// assert_eq!(seattle.filter(Weather::KIND.startswith("ra")).count(&db).await?, 2);
/// assert_eq!(seattle.filter(Weather::KIND.is_in(["sun", "fog"])).count(&db).await?, 1);
/// assert_eq!(seattle.filter(Weather::KIND.not_exists()).count(&db).await?, 0);
/// # Ok(())
/// # }
/// ```
pub struct Attribute<M, T, K = NonKey> {
    path: Path,
    /// Value that the model uses if the item lacks the attribute.
    default: Option<fn() -> Result<T, CodecError>>,
    place: Place,
    marker: TypeParameters<M, T, K>,
}

/// Place of a value, which decides how it is encoded and decoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// A key attribute of the table, whose value must be stored in the form that it is encoded as.
    Key,
    /// An attribute or a field of a document, which is left out if its value is absent.
    Field,
    /// An element of a list or an entry of a map, where an absent value is NULL.
    Element,
}

// A function pointer, so that an attribute is `Send` and `Sync` whatever the types are.
type TypeParameters<M, T, K> = PhantomData<fn() -> (M, T, K)>;

impl<M, T, K> Attribute<M, T, K> {
    // Hidden because the model and the type are not checked: generated code declares the constants.
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Self {
        Self { path: Path::from_static(name), default: None, place: Place::Field, marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn of_key(name: &'static str) -> Self {
        Self { path: Path::from_static(name), default: None, place: Place::Key, marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn inside(
        name: &'static str,
        steps: &'static [PathStep],
        default: Option<fn() -> Result<T, CodecError>>,
    ) -> Self {
        Self { path: Path::inside_static(name, steps), default, place: Place::Field, marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn element_of(name: &'static str, steps: &'static [PathStep]) -> Self {
        Self { path: Path::inside_static(name, steps), default: None, place: Place::Element, marker: PhantomData }
    }

    #[doc(hidden)]
    pub const fn with_default(name: &'static str, default: fn() -> Result<T, CodecError>) -> Self {
        Self { path: Path::from_static(name), default: Some(default), place: Place::Field, marker: PhantomData }
    }

    /// Returns the document path in an item.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the same path in another type, of which the document is a part.
    pub(super) fn of_owner<N>(self) -> Attribute<N, T> {
        Attribute { path: self.path, default: self.default, place: self.place, marker: PhantomData }
    }

    /// Returns the path in a type that has the document at `outer`.
    pub(super) fn below<N>(self, outer: Path) -> Attribute<N, T> {
        let mut path = outer.key(self.path.name);
        path.steps.to_mut().extend(self.path.steps.into_owned());
        Attribute { path, default: self.default, place: self.place, marker: PhantomData }
    }

    pub(super) fn into_path(self) -> Path {
        self.path
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Matches items that have the attribute, including one whose value is NULL.
    pub fn exists(self) -> Q<M> {
        self.lookup(LookupOperator::Exists)
    }

    /// Matches items that lack the attribute.
    pub fn not_exists(self) -> Q<M> {
        self.lookup(LookupOperator::NotExists)
    }

    /// Returns the ascending order by this attribute, for [`order_by`](crate::queryset::QuerySet::order_by).
    pub fn asc(self) -> Order<M> {
        Order::new(self.path, false)
    }

    /// Returns the descending order by this attribute, for [`order_by`](crate::queryset::QuerySet::order_by).
    pub fn desc(self) -> Order<M> {
        Order::new(self.path, true)
    }

    /// Returns the same path with the type `Option<T>`, so that [`values`](crate::queryset::QuerySet::values) returns `None` for
    /// items without a value at the path. Such are paths inside an optional document or beyond the end of a list.
    pub fn optional(self) -> Attribute<M, Option<T>> {
        Attribute { path: self.path, default: None, place: self.place, marker: PhantomData }
    }

    pub(super) fn lookup(self, operator: LookupOperator) -> Q<M> {
        Lookup { path: self.path, operator }.into()
    }

    fn compare(self, comparator: Comparator, right: Result<Comparand, CodecError>) -> Q<M> {
        self.try_lookup(right.map(|right| LookupOperator::compare(comparator, right)))
    }

    fn try_lookup(self, operator: Result<LookupOperator, CodecError>) -> Q<M> {
        match operator {
            Ok(operator) => self.lookup(operator),
            Err(error) => Q::invalid(error.at(&self.path.to_string())),
        }
    }
}

impl<M, T: AttributeType, K> Attribute<M, T, K> {
    /// Decodes the value at this path as the model does.
    pub(crate) fn decode(&self, item: &Item) -> Result<T, CodecError> {
        let decode = if self.place == Place::Key { T::decode_exact } else { T::decode };
        let kind = match (self.path.get(item), self.default) {
            (Some(value), _) => return decode(value).map_err(|error| error.at(&self.path.to_string())),
            (None, Some(default)) => return default().map_err(|error| error.at(&self.path.to_string())),
            (None, None) if self.path.as_attribute().is_some() => CodecErrorKind::Missing,
            (None, None) => CodecErrorKind::NoValueAtPath,
        };
        T::absent().ok_or_else(|| CodecError::new(kind).at(&self.path.to_string()))
    }

    /// Matches items whose attribute equals the value.
    pub fn eq<Form>(self, value: impl IntoComparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Comparable,
    {
        self.compare(Comparator::Eq, value.into_comparand())
    }

    /// Matches items whose attribute differs from the value. As in DynamoDB, these include items that lack the attribute.
    pub fn ne<Form>(self, value: impl IntoComparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Comparable,
    {
        self.compare(Comparator::Ne, value.into_comparand())
    }

    /// Matches items whose attribute equals one of the values. Without values, it matches no item.
    pub fn is_in<V: IntoOperand<T::Operand>>(self, values: impl IntoIterator<Item = V>) -> Q<M>
    where
        T::Operand: Comparable,
    {
        let values: Result<Vec<_>, _> = values.into_iter().map(encode).collect();
        self.try_lookup(values.map(LookupOperator::In))
    }

    /// Matches items whose attribute is less than the value.
    pub fn lt<Form>(self, value: impl IntoComparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Lt, value.into_comparand())
    }

    /// Matches items whose attribute is less than or equal to the value.
    pub fn lte<Form>(self, value: impl IntoComparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Le, value.into_comparand())
    }

    /// Matches items whose attribute is greater than the value.
    pub fn gt<Form>(self, value: impl IntoComparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Gt, value.into_comparand())
    }

    /// Matches items whose attribute is greater than or equal to the value.
    pub fn gte<Form>(self, value: impl IntoComparand<M, T::Operand, Form>) -> Q<M>
    where
        T::Operand: Ordered,
    {
        self.compare(Comparator::Ge, value.into_comparand())
    }

    /// Matches items whose attribute lies between `low` and `high`, both included. If `low` is greater than `high`, it matches
    /// no item.
    pub fn between<Low, High>(
        self,
        low: impl IntoComparand<M, T::Operand, Low>,
        high: impl IntoComparand<M, T::Operand, High>,
    ) -> Q<M>
    where
        T::Operand: Ordered,
    {
        match (low.into_comparand(), high.into_comparand()) {
            (Ok(Comparand::Value(low)), Ok(Comparand::Value(high))) => self.lookup(LookupOperator::Between(low, high)),
            (low, high) => self.clone().compare(Comparator::Ge, low) & self.compare(Comparator::Le, high),
        }
    }

    /// Matches items whose attribute begins with the prefix.
    pub fn startswith<P: AttributeType>(self, prefix: impl IntoOperand<P>) -> Q<M>
    where
        T::Operand: StartsWith<Prefix = P>,
    {
        self.try_lookup(encode(prefix).map(LookupOperator::StartsWith))
    }

    /// Matches items whose attribute contains the value: a part of text or binary data, or an element of a list or a set.
    pub fn contains<E: AttributeType>(self, part: impl IntoOperand<E>) -> Q<M>
    where
        T::Operand: Contains<Element = E>,
    {
        self.try_lookup(encode(part).map(LookupOperator::Contains))
    }

    /// Returns the path of a field of a nested document: `Weather::STATION.at(Station::CITY)`.
    pub fn at<U>(self, field: Attribute<T::Operand, U>) -> Attribute<M, U> {
        field.below(self.path)
    }

    /// Returns the path of an element of a list, counted from 0.
    pub fn index<E>(self, index: usize) -> Attribute<M, E>
    where
        T::Operand: ListType<Element = E>,
    {
        let path = self.path.index(index);
        Attribute { path, default: None, place: Place::Element, marker: PhantomData }
    }

    /// Returns the path of an element of a tuple, counted from 0, with the type of that element.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// #[derive(Model, Clone, Debug, PartialEq)]
    /// #[model(table = "weather")]
    /// struct Weather {
    ///     #[model(hash_key)]
    ///     location: String,
    ///     strongest_gust: (f64, String), // stored as a list of a number and a text
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// let mut seattle = Weather { location: "Seattle".to_owned(), strongest_gust: (17.5, "NW".to_owned()) };
    /// seattle.save(&db).await?;
    /// let north_west = Weather::STRONGEST_GUST.element::<1>().eq("NW");
    /// assert_eq!(Weather::objects().scan().filter(north_west).count(&db).await?, 1);
    /// seattle.update(Weather::STRONGEST_GUST.element::<0>().set(19.0), &db).await?;
    /// assert_eq!(seattle.strongest_gust, (19.0, "NW".to_owned()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn element<const INDEX: usize>(self) -> Attribute<M, <T::Operand as TupleType<INDEX>>::Element>
    where
        T::Operand: TupleType<INDEX>,
    {
        let path = self.path.index(INDEX);
        Attribute { path, default: None, place: Place::Element, marker: PhantomData }
    }

    /// Returns the path of the entry `name` of a map.
    pub fn key<V>(self, name: &str) -> Attribute<M, V>
    where
        T::Operand: MapType<Value = V>,
    {
        let path = self.path.key(name);
        Attribute { path, default: None, place: Place::Element, marker: PhantomData }
    }
}

fn encode<T: AttributeType>(value: impl IntoOperand<T>) -> Result<AttributeValue, CodecError> {
    value.into_operand().encode_exact_owned()
}

impl<M, T, K> Clone for Attribute<M, T, K> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), default: self.default, place: self.place, marker: PhantomData }
    }
}

impl<M, T, K> fmt::Debug for Attribute<M, T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Attribute").field(&self.path.to_string()).finish()
    }
}
