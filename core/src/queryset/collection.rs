//! Item collections: items of several models with one hash key.

use std::fmt;
use std::marker::PhantomData;

use super::QuerySet;
use super::read_spec::ReadSpec;
use super::row_decoder::RowDecoder;
use crate::database::Database;
use crate::error::Error;
use crate::model::{CodecError, CodecErrorKind, Index, IntoKey, Model, ModelSchema};
use crate::planner::{Explain, PlanError, Request};
use crate::value::Item;

/// The items of several models that have one hash key, read together into a struct. Derive it with `#[derive(Collection)]`.
///
/// The struct has a field for each model: the model itself for exactly one item, an `Option` for at most one, or a `Vec`, in the order of the
/// range key. The first field is of the model whose hash key names the collection. Items of other models are left out.
///
/// See [item collections](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItemCollections.html).
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "shop", discriminator = "type")]
/// #[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "PROFILE"))]
/// struct Customer {
///     customer: u32,
///     name: String,
/// }
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "shop", discriminator = "type")]
/// #[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{number:08}"))]
/// struct Order {
///     customer: u32,
///     number: u32,
/// }
///
/// #[derive(Collection, Debug, PartialEq)]
/// struct Account {
///     customer: Customer,
///     orders: Vec<Order>,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// db.create_tables(&[Customer::schema(), Order::schema()]).await?;
/// Customer { customer: 7, name: "Ann".to_owned() }.create(&db).await?;
/// for number in [2, 1] {
///     Order { customer: 7, number }.create(&db).await?;
/// }
/// let account = Account::objects().set_hash_key(7).get(&db).await?; // one Query
/// assert_eq!(account.customer.name, "Ann");
/// assert_eq!(account.orders.len(), 2);
/// assert_eq!(account.orders[0].number, 1);
/// # Ok(())
/// # }
/// ```
pub trait Collection: Sized + Send + 'static {
    /// Model whose hash key names the collection.
    type Base: Model;

    /// Returns the schemas of the models.
    fn members() -> Vec<&'static ModelSchema>;

    /// Collects the items of one partition. `query` describes it in errors.
    #[doc(hidden)]
    fn from_items(items: &[Item], query: &str, db: &Database) -> Result<Self, Error>;

    /// Returns the query of a collection.
    fn objects() -> CollectionQuery<Self> {
        let rows = RowDecoder::whole(
            |item, _| Ok(item),
            |items, _, rows| {
                rows.extend(items);
                Ok(())
            },
        );
        CollectionQuery { queryset: queryset::<Self::Base, Item>(Self::members(), rows), marker: PhantomData }
    }
}

/// A row that is an item of one of several models. Derive it with `#[derive(Collection)]` for an enum with a variant for each model.
///
/// Its querysets have the lookups and the indexes of the first variant's model, and read the items of all of them:
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "shop", discriminator = "type")]
/// # #[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "PROFILE"))]
/// # struct Customer {
/// #     customer: u32,
/// # }
/// # #[derive(Model, Clone, Debug, PartialEq)]
/// # #[model(table = "shop", discriminator = "type")]
/// # #[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{number:08}"))]
/// # struct Order {
/// #     customer: u32,
/// #     number: u32,
/// # }
/// #[derive(Collection, Debug, PartialEq)]
/// enum Entry {
///     Customer(Customer),
///     Order(Order),
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_tables(&[Customer::schema(), Order::schema()]).await?;
/// # Customer { customer: 7 }.create(&db).await?;
/// # Order { customer: 7, number: 1 }.create(&db).await?;
/// let entries = Entry::objects().set_hash_key(7).all(&db).await?;
/// assert_eq!(entries, [Entry::Order(Order { customer: 7, number: 1 }), Entry::Customer(Customer { customer: 7 })]);
/// # Ok(())
/// # }
/// ```
pub trait CollectionItem: Sized + Send + 'static {
    /// Model whose hash key and lookups the querysets have.
    type Base: Model;

    /// Returns the schemas of the models.
    fn members() -> Vec<&'static ModelSchema>;

    /// Decodes an item, which is given up, or returns `None` if it is of none of the models.
    #[doc(hidden)]
    fn from_item(item: &mut Item, db: &Database) -> Option<Result<Self, Error>>;

    /// Returns the queryset of the items of all models.
    fn objects() -> QuerySet<Self::Base, Self> {
        let rows = RowDecoder::whole(row::<Self>, |items, db, rows| {
            for item in items {
                rows.push(row::<Self>(item, db)?);
            }
            Ok(())
        });
        queryset(Self::members(), rows)
    }
}

fn row<C: CollectionItem>(mut item: Item, db: &Database) -> Result<C, Error> {
    C::from_item(&mut item, db).unwrap_or_else(|| {
        let models: Vec<_> = C::members().iter().map(|schema| schema.model).collect();
        let error = CodecError::new(CodecErrorKind::NoMember { models: models.join(", ") });
        Err(db.decode_error::<C::Base>(&item, error))
    })
}

fn queryset<M: Model, R>(members: Vec<&'static ModelSchema>, rows: RowDecoder<R>) -> QuerySet<M, R> {
    let mut request = Request::new(M::schema(), <M::Primary as Index>::meta());
    request.members = Some(members.into());
    QuerySet::of(ReadSpec::new(request), rows)
}

/// A query of one collection `C`.
#[must_use = "a query sends nothing until `get` is called"]
pub struct CollectionQuery<C: Collection> {
    queryset: QuerySet<C::Base, Item>,
    marker: PhantomData<fn() -> C>,
}

impl<C: Collection> CollectionQuery<C> {
    /// Reads the items with this hash key: a value, or a tuple of values where the key has several parts.
    pub fn set_hash_key(&self, key: impl IntoKey<<<C::Base as Model>::Primary as Index>::HashOperand>) -> Self {
        Self { queryset: self.queryset.set_hash_key(key), marker: PhantomData }
    }

    /// Makes the read strongly consistent, for twice the read units.
    pub fn consistent(&self) -> Self {
        Self { queryset: self.queryset.consistent(), marker: PhantomData }
    }

    /// Returns the collection. All of its items are read, page by page.
    ///
    /// # Errors
    ///
    /// - [`Error::ObjectDoesNotExist`] if there is no item of a model of which there must be one.
    /// - [`Error::MultipleObjectsReturned`] if there are several of a model of which there can be one.
    /// - [`PlanError::CollectionMembers`] if the models do not share a table and the composition of its hash key.
    /// - [`PlanError::AlikeMembers`] if neither a discriminator nor the composition of the key distinguishes two models.
    /// - Those of [`all`](QuerySet::all).
    pub async fn get(&self, db: &Database) -> Result<C, Error> {
        let items = self.queryset.all(db).await?;
        C::from_items(&items, &self.queryset.explain()?.plan.summary(), db)
    }

    /// Returns the plan of [`get`](Self::get) and its cost.
    ///
    /// # Errors
    ///
    /// Returns the error with which `get` would be refused.
    pub fn explain(&self) -> Result<Explain, PlanError> {
        self.queryset.explain()
    }
}

impl<C: Collection> Clone for CollectionQuery<C> {
    fn clone(&self) -> Self {
        Self { queryset: self.queryset.clone(), marker: PhantomData }
    }
}

impl<C: Collection> fmt::Debug for CollectionQuery<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CollectionQuery").field(&self.queryset).finish()
    }
}

/// Types of the fields of a [`Collection`]: a model, or an `Option` or a `Vec` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a collection",
    note = "a field is a model, an `Option` of one, or a `Vec` of one"
)]
pub trait CollectionMember: Sized {
    /// The model.
    type Model: Model;

    /// Decodes an item, which is given up, or returns `None` if it is of another model.
    #[doc(hidden)]
    fn decode(item: &mut Item, db: &Database) -> Option<Result<Self::Model, Error>> {
        Self::Model::schema().is_of_model(item).then(|| db.decode_owned(std::mem::take(item)))
    }

    /// Collects the items of the model.
    #[doc(hidden)]
    fn collect(items: &[Item], query: &str, db: &Database) -> Result<Self, Error>;
}

impl<M: Model> CollectionMember for M {
    type Model = M;

    fn collect(items: &[Item], query: &str, db: &Database) -> Result<Self, Error> {
        let model = M::schema().model;
        Option::<M>::collect(items, query, db)?
            .ok_or_else(|| Error::ObjectDoesNotExist { model, query: query.to_owned() })
    }
}

impl<M: Model> CollectionMember for Option<M> {
    type Model = M;

    fn collect(items: &[Item], query: &str, db: &Database) -> Result<Self, Error> {
        let mut values = Vec::<M>::collect(items, query, db)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(Error::MultipleObjectsReturned { model: M::schema().model, query: query.to_owned() }),
        }
    }
}

impl<M: Model> CollectionMember for Vec<M> {
    type Model = M;

    fn collect(items: &[Item], _: &str, db: &Database) -> Result<Self, Error> {
        items.iter().filter_map(|item| Self::decode(&mut item.clone(), db)).collect()
    }
}
