//! Signals of the values of models, as Django's.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::Database;
use crate::error::{Error, Signal, SignalFailed};
use crate::layer::{RequestReceiver, RequestSignals, SignalError};
use crate::model::Model;
use crate::value::{Entries, Item};

/// A receiver of the signals of a model, registered by [`Database::with_receiver`]. Each method has a default that does nothing.
///
/// | signal | sent by |
/// |---|---|
/// | [`pre_save`](Self::pre_save), [`post_save`](Self::post_save) | `save`, `create`, `save_changes`, and `get_or_create` and `update_or_create` if they create the item |
/// | [`pre_delete`](Self::pre_delete), [`post_delete`](Self::post_delete) | `delete` of a value, and `delete` and `delete_checked` of a queryset for each item |
/// | [`pre_init`](Self::pre_init), [`post_init`](Self::post_init) | every item that is decoded into a value of the model |
///
/// As in Django, `update`, `bulk_create`, `bulk_update` and the `update` of a queryset send none. [`Transaction`](super::Transaction) and
/// [`Batch`](super::Batch) send none.
///
/// If a model has receivers, the `delete` of a queryset reads whole items and deletes them one by one, a page at a time: `pre_delete` is sent for all
/// items of a page, then they are deleted, then `post_delete` is sent for those that were. An error of `pre_delete` leaves the page as it is; items of
/// earlier pages stay deleted, and are counted in [`Error::WritesIncomplete`].
///
/// A receiver has the database of the call, whose calls send signals, too. `db.without_receivers()` sends none.
///
/// See [Django's signals](https://docs.djangoproject.com/en/stable/ref/signals/#model-signals).
///
/// ```
/// use djamodb::database::{Receiver, SignalContext};
/// use djamodb::prelude::*;
/// # use djamodb_example_models::{City, city_database};
///
/// struct Trimmed;
///
/// #[djamodb::async_trait]
/// impl Receiver<City> for Trimmed {
///     async fn pre_save(&self, city: &mut City, _: &SignalContext<'_>) -> Result<(), djamodb::SignalError> {
///         city.name = city.name.trim().to_owned();
///         if city.name.is_empty() {
///             return Err("a city has a name".into());
///         }
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = city_database().await?;
/// let db = db.with_receiver::<City>(Trimmed);
/// let mut city = City::new(" Oslo ", 1);
/// city.save(&db).await?;
/// assert_eq!(city.name, "Oslo");
/// let error = City::new(" ", 1).save(&db).await.unwrap_err();
/// assert_eq!(error.to_string(), "pre_save of City failed, and nothing was sent: a city has a name");
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait Receiver<M: Model>: Send + Sync + 'static {
    /// Is called before a value is written, and before its validators run. It may change the value. If the write fails, the value keeps the
    /// changes.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::SignalFailed`]. Nothing is sent.
    async fn pre_save(&self, value: &mut M, context: &SignalContext<'_>) -> Result<(), SignalError> {
        let _ = (value, context);
        Ok(())
    }

    /// Is called after a value was written, with its generated fields.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::SignalFailed`]. The value was written.
    async fn post_save(&self, value: &mut M, context: &SignalContext<'_>) -> Result<(), SignalError> {
        let _ = (value, context);
        Ok(())
    }

    /// Is called before the item of a value is deleted.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::SignalFailed`]. Nothing is sent.
    async fn pre_delete(&self, value: &M, context: &SignalContext<'_>) -> Result<(), SignalError> {
        let _ = (value, context);
        Ok(())
    }

    /// Is called after the item of a value was deleted.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::SignalFailed`]. The item was deleted.
    async fn post_delete(&self, value: &M, context: &SignalContext<'_>) -> Result<(), SignalError> {
        let _ = (value, context);
        Ok(())
    }

    /// Is called before an item is decoded. It is not async, since decoding sends nothing.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::SignalFailed`].
    fn pre_init(&self, item: &Item) -> Result<(), SignalError> {
        let _ = item;
        Ok(())
    }

    /// Is called after an item was decoded. It may change the value.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::SignalFailed`].
    fn post_init(&self, value: &mut M) -> Result<(), SignalError> {
        let _ = value;
        Ok(())
    }
}

/// The call that sends a signal.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SignalContext<'a> {
    /// The database of the call.
    pub db: &'a Database,
    /// Name of the method, such as `save`.
    pub operation: &'static str,
    /// `true` if the item is created, `false` if it exists, and `None` if the write does not depend on it, as `save`.
    pub created: Option<bool>,
}

/// The receivers of a database, by the type of their model.
#[derive(Clone, Default)]
pub(super) struct Receivers(HashMap<TypeId, Vec<Arc<dyn Any + Send + Sync>>>);

impl Receivers {
    fn add<M: Model>(&mut self, receiver: Arc<dyn Receiver<M>>) {
        self.0.entry(TypeId::of::<M>()).or_default().push(Arc::new(receiver));
    }

    fn of<M: Model>(&self) -> impl Iterator<Item = &Arc<dyn Receiver<M>>> {
        self.0.get(&TypeId::of::<M>()).into_iter().flatten().filter_map(|receiver| receiver.downcast_ref())
    }
}

impl Database {
    /// Returns this database with a receiver of the signals of a model. Receivers are called in the order in which they were added. See
    /// [`Receiver`].
    #[must_use]
    pub fn with_receiver<M: Model>(&self, receiver: impl Receiver<M>) -> Self {
        let mut receivers = self.inner.receivers.as_deref().cloned().unwrap_or_default();
        receivers.add::<M>(Arc::new(receiver));
        self.with_receivers(Some(Arc::new(receivers)))
    }

    /// Returns this database without the receivers of models.
    #[must_use]
    pub fn without_receivers(&self) -> Self {
        self.with_receivers(None)
    }

    /// Returns this database with a receiver of the signals of requests. The receiver that was added last is called first before a request,
    /// and last after it.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// use djamodb::database::RequestReceiver;
    /// use djamodb::plan::QueryPlan;
    ///
    /// struct ReadOnly;
    ///
    /// #[djamodb::async_trait]
    /// impl RequestReceiver for ReadOnly {
    ///     async fn before_request(&self, plan: &QueryPlan) -> Result<(), djamodb::SignalError> {
    ///         match plan {
    ///             QueryPlan::GetItem(_) | QueryPlan::Query(_) => Ok(()),
    ///             plan => Err(format!("{} is not allowed", plan.operation()).into()),
    ///         }
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let db = db.with_request_receiver(ReadOnly);
    /// let mut weather = Weather::get_by_key(("Seattle", 1), &db).await?;
    /// assert!(weather.save(&db).await.unwrap_err().to_string().contains("PutItem is not allowed"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_request_receiver(&self, receiver: impl RequestReceiver) -> Self {
        let driver = Arc::new(RequestSignals::new(self.inner.driver.clone(), Arc::new(receiver)));
        Self { inner: Arc::new(super::Inner { driver, ..(*self.inner).clone() }) }
    }

    fn with_receivers(&self, receivers: Option<Arc<Receivers>>) -> Self {
        Self { inner: Arc::new(super::Inner { receivers, ..(*self.inner).clone() }) }
    }

    /// Returns the receivers of a model.
    fn receivers<M: Model>(&self) -> impl Iterator<Item = &Arc<dyn Receiver<M>>> {
        self.inner.receivers.iter().flat_map(|receivers| receivers.of::<M>())
    }

    /// Returns `true` if a receiver of the model is registered.
    pub(crate) fn has_receivers<M: Model>(&self) -> bool {
        self.receivers::<M>().next().is_some()
    }

    /// Decodes an item into a value of the model, between the signals of this.
    pub(super) fn init<M: Model>(&self, mut item: Item) -> Result<M, Error> {
        for receiver in self.receivers::<M>() {
            receiver.pre_init(&item).map_err(|error| failed::<M>(Signal::PreInit, error))?;
        }
        let decoded = M::from_entries(&mut Entries::of_item(&mut item));
        let mut value = decoded.map_err(|error| self.decode_error::<M>(&item, error))?;
        for receiver in self.receivers::<M>() {
            receiver.post_init(&mut value).map_err(|error| failed::<M>(Signal::PostInit, error))?;
        }
        Ok(value)
    }
}

fn failed<M: Model>(signal: Signal, error: SignalError) -> Error {
    Error::SignalFailed(Box::new(SignalFailed { signal, model: M::schema().model, error: error.into() }))
}

/// Sends `pre_save`.
pub(super) async fn pre_save<M: Model>(value: &mut M, context: SignalContext<'_>) -> Result<(), Error> {
    for receiver in context.db.receivers::<M>() {
        receiver.pre_save(value, &context).await.map_err(|error| failed::<M>(Signal::PreSave, error))?;
    }
    Ok(())
}

/// Sends `post_save`.
pub(super) async fn post_save<M: Model>(value: &mut M, context: SignalContext<'_>) -> Result<(), Error> {
    for receiver in context.db.receivers::<M>() {
        receiver.post_save(value, &context).await.map_err(|error| failed::<M>(Signal::PostSave, error))?;
    }
    Ok(())
}

/// Sends `pre_delete`.
pub(crate) async fn pre_delete<M: Model>(value: &M, context: SignalContext<'_>) -> Result<(), Error> {
    for receiver in context.db.receivers::<M>() {
        receiver.pre_delete(value, &context).await.map_err(|error| failed::<M>(Signal::PreDelete, error))?;
    }
    Ok(())
}

/// Sends `post_delete`.
pub(crate) async fn post_delete<M: Model>(value: &M, context: SignalContext<'_>) -> Result<(), Error> {
    for receiver in context.db.receivers::<M>() {
        receiver.post_delete(value, &context).await.map_err(|error| failed::<M>(Signal::PostDelete, error))?;
    }
    Ok(())
}
