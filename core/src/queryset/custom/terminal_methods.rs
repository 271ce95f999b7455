//! Terminal methods of custom querysets.

use std::collections::HashMap;
use std::hash::Hash;

use super::CustomQuerySet;
use crate::database::Database;
use crate::error::{Error, NotUnique};
use crate::model::{Aggregate, Attribute, IntoEdits, IntoKey, Model};
use crate::planner::{Explain, LastEvaluatedKey, PlanError};
use crate::queryset::{ItemStream, Page, Terminal, WholeItems};

/// The terminal and explain methods of every [`CustomQuerySet`]. Each does what the method of [`QuerySet`](crate::queryset::QuerySet) does.
///
/// The trait is in the prelude. The futures are `Send`, also where the type of the queryset is not known.
///
/// ```
/// use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
///
/// /// Returns the rows of any queryset, or an error that names the plan of the read.
/// async fn rows<Q: CustomQuerySet<Row: Send + 'static>>(queryset: &Q, db: &Database) -> Result<Vec<Q::Row>, String> {
///     let plan = queryset.explain().map_err(|error| error.to_string())?.plan;
///     queryset.all(db).await.map_err(|error| format!("{error} in {plan}"))
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// assert_eq!(rows(&Weather::objects().set_hash_key("Seattle").values(Weather::DAY), &db).await?, [1, 2, 3]);
/// # Ok(())
/// # }
/// ```
pub trait TerminalMethods: CustomQuerySet<Row: Send + 'static> {
    /// Returns all rows, as [`QuerySet::all`](crate::queryset::QuerySet::all).
    fn all(&self, db: &Database) -> impl Future<Output = Result<Vec<Self::Row>, Error>> + Send {
        self.inner().all(db)
    }

    /// Returns the first row, as [`QuerySet::first`](crate::queryset::QuerySet::first).
    fn first(&self, db: &Database) -> impl Future<Output = Result<Option<Self::Row>, Error>> + Send {
        self.inner().first(db)
    }

    /// Returns the last row, as [`QuerySet::last`](crate::queryset::QuerySet::last).
    fn last(&self, db: &Database) -> impl Future<Output = Result<Option<Self::Row>, Error>> + Send {
        self.inner().last(db)
    }

    /// Returns the only row, as [`QuerySet::get`](crate::queryset::QuerySet::get).
    fn get(&self, db: &Database) -> impl Future<Output = Result<Self::Row, Error>> + Send {
        self.inner().get(db)
    }

    /// Returns the number of items, as [`QuerySet::count`](crate::queryset::QuerySet::count).
    fn count(&self, db: &Database) -> impl Future<Output = Result<u64, Error>> + Send {
        self.inner().count(db)
    }

    /// Returns `true` if there is an item, as [`QuerySet::exists`](crate::queryset::QuerySet::exists).
    fn exists(&self, db: &Database) -> impl Future<Output = Result<bool, Error>> + Send {
        self.inner().exists(db)
    }

    /// Returns one page, as [`QuerySet::page`](crate::queryset::QuerySet::page).
    fn page(&self, db: &Database) -> impl Future<Output = Result<Page<Self::Row>, Error>> + Send {
        self.inner().page(db)
    }

    /// Returns the token at the end of a page, as [`QuerySet::last_evaluated_key`](crate::queryset::QuerySet::last_evaluated_key).
    fn last_evaluated_key(
        &self,
        db: &Database,
    ) -> impl Future<Output = Result<Option<LastEvaluatedKey>, Error>> + Send {
        self.inner().last_evaluated_key(db)
    }

    /// Returns a stream of all rows, as [`QuerySet::stream`](crate::queryset::QuerySet::stream).
    fn stream(&self, db: &Database) -> ItemStream<Self::Row> {
        self.inner().stream(db)
    }

    /// Returns aggregates of the items, as [`QuerySet::aggregate`](crate::queryset::QuerySet::aggregate).
    fn aggregate<A: Aggregate<Self::Model>>(
        &self,
        aggregate: A,
        db: &Database,
    ) -> impl Future<Output = Result<A::Output, Error>> + Send {
        self.inner().aggregate(aggregate, db)
    }

    /// Returns the rows of these keys, as [`QuerySet::in_bulk`](crate::queryset::QuerySet::in_bulk).
    fn in_bulk<K>(
        &self,
        keys: impl IntoIterator<Item = K> + Send,
        db: &Database,
    ) -> impl Future<Output = Result<HashMap<K, Self::Row>, Error>> + Send
    where
        K: IntoKey<<Self::Model as Model>::Key> + Clone + Eq + Hash + Send,
    {
        self.inner().in_bulk(keys, db)
    }

    /// Returns `true` if the item of this value matches, as [`QuerySet::contains`](crate::queryset::QuerySet::contains).
    fn contains(&self, value: &Self::Model, db: &Database) -> impl Future<Output = Result<bool, Error>> + Send
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.inner().contains(value, db)
    }

    /// Returns the row with the smallest range key, as [`QuerySet::earliest`](crate::queryset::QuerySet::earliest).
    fn earliest<T, K>(
        &self,
        attribute: Attribute<Self::Model, T, K>,
        db: &Database,
    ) -> impl Future<Output = Result<Self::Row, Error>> + Send {
        self.inner().earliest(attribute, db)
    }

    /// Returns the row with the greatest range key, as [`QuerySet::latest`](crate::queryset::QuerySet::latest).
    fn latest<T, K>(
        &self,
        attribute: Attribute<Self::Model, T, K>,
        db: &Database,
    ) -> impl Future<Output = Result<Self::Row, Error>> + Send {
        self.inner().latest(attribute, db)
    }

    /// Changes the matching items, as [`QuerySet::update`](crate::queryset::QuerySet::update).
    fn update(
        &self,
        edits: impl IntoEdits<Self::Model>,
        db: &Database,
    ) -> impl Future<Output = Result<u64, Error>> + Send
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.inner().update(edits, db)
    }

    /// Deletes the matching items in batches, as [`QuerySet::delete`](crate::queryset::QuerySet::delete).
    fn delete(&self, db: &Database) -> impl Future<Output = Result<u64, Error>> + Send
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.inner().delete(db)
    }

    /// Deletes the items that still match, as [`QuerySet::delete_checked`](crate::queryset::QuerySet::delete_checked).
    fn delete_checked(&self, db: &Database) -> impl Future<Output = Result<u64, Error>> + Send
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.inner().delete_checked(db)
    }

    /// Adds the guard items of unique values, as [`QuerySet::add_guards`](crate::queryset::QuerySet::add_guards).
    fn add_guards(&self, db: &Database) -> impl Future<Output = Result<Vec<NotUnique>, Error>> + Send
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.inner().add_guards(db)
    }

    /// Returns the plan of [`all`](Self::all), as [`QuerySet::explain`](crate::queryset::QuerySet::explain).
    ///
    /// # Errors
    ///
    /// Returns the error with which `all` would be refused.
    fn explain(&self) -> Result<Explain, PlanError> {
        self.inner().explain()
    }

    /// Returns the plan of a terminal method, as [`QuerySet::explain_for`](crate::queryset::QuerySet::explain_for).
    ///
    /// # Errors
    ///
    /// Returns the error with which the terminal method would be refused.
    fn explain_for(&self, terminal: Terminal) -> Result<Explain, PlanError> {
        self.inner().explain_for(terminal)
    }

    /// Returns the plan of [`aggregate`](Self::aggregate), as [`QuerySet::explain_aggregate`](crate::queryset::QuerySet::explain_aggregate).
    ///
    /// # Errors
    ///
    /// Returns the error with which `aggregate` would be refused.
    fn explain_aggregate(&self, aggregate: impl Aggregate<Self::Model>) -> Result<Explain, PlanError> {
        self.inner().explain_aggregate(aggregate)
    }

    /// Returns the plan of [`in_bulk`](Self::in_bulk), as [`QuerySet::explain_in_bulk`](crate::queryset::QuerySet::explain_in_bulk).
    ///
    /// # Errors
    ///
    /// Returns the error with which `in_bulk` would be refused.
    fn explain_in_bulk<K>(&self, keys: impl IntoIterator<Item = K>) -> Result<Explain, PlanError>
    where
        K: IntoKey<<Self::Model as Model>::Key>,
    {
        self.inner().explain_in_bulk(keys)
    }

    /// Returns the plan of [`contains`](Self::contains), as [`QuerySet::explain_contains`](crate::queryset::QuerySet::explain_contains).
    ///
    /// # Errors
    ///
    /// Returns the error with which `contains` would be refused.
    fn explain_contains(&self, value: &Self::Model) -> Result<Explain, PlanError>
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.inner().explain_contains(value)
    }

    /// Returns the plan of [`earliest`](Self::earliest), as [`QuerySet::explain_earliest`](crate::queryset::QuerySet::explain_earliest).
    ///
    /// # Errors
    ///
    /// Returns the error with which `earliest` would be refused.
    fn explain_earliest<T, K>(&self, attribute: Attribute<Self::Model, T, K>) -> Result<Explain, PlanError> {
        self.inner().explain_earliest(attribute)
    }

    /// Returns the plan of [`latest`](Self::latest), as [`QuerySet::explain_latest`](crate::queryset::QuerySet::explain_latest).
    ///
    /// # Errors
    ///
    /// Returns the error with which `latest` would be refused.
    fn explain_latest<T, K>(&self, attribute: Attribute<Self::Model, T, K>) -> Result<Explain, PlanError> {
        self.inner().explain_latest(attribute)
    }

    /// Returns the plan of [`update`](Self::update), as [`QuerySet::explain_update`](crate::queryset::QuerySet::explain_update).
    ///
    /// # Errors
    ///
    /// Returns the error with which `update` would be refused.
    fn explain_update(&self, edits: impl IntoEdits<Self::Model>) -> Result<Explain, PlanError>
    where
        Self::Row: WholeItems<Self::Model>,
    {
        self.inner().explain_update(edits)
    }
}

impl<Q: CustomQuerySet<Row: Send + 'static>> TerminalMethods for Q {}
