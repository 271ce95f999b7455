//! Transactions over models.

mod action;
mod reads;

pub use action::Action;
pub use reads::{Reads, TransactionReads};

use super::call_span::CallSpan;
use super::{Database, advise};
use crate::driver::DriverError;
use crate::error::{CanceledAction, Error, TransactionCanceled};
use crate::model::{CodecError, IntoEdits, IntoItemKey, ItemKey, Model, ModelSchema, Q};
use crate::plan::TransactWriteItems;
use crate::planner::{ActionKind, Explain, PlanError, TransactionAction, transact_get, transact_write, update_of};
use crate::value::{Item, Name};

/// Up to 100 writes of items of any models, of which all are made or none
/// ([TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html)).
///
/// A transaction is a value: its methods add actions and send nothing, [`run`](Self::run) sends them in one request. Each action names
/// another item. Tables, names of attributes and codecs are those of the models and of the database on which it runs.
///
/// The request has a client request token, so that it can be sent again if the response is lost: the service carries it out once. The token
/// is kept across the retries of one `run`. A token of one's own ([`with_token`](Self::with_token)) does the same across several runs, for
/// ten minutes.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{City, city_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = city_database().await?;
/// use djamodb::Transaction;
///
/// let (seattle, boston) = (City::new("Seattle", 3), City::new("Boston", 0));
/// let mut founding = Transaction::new();
/// founding.create(&seattle);
/// founding.create(&boston);
/// founding.run(&db).await?;
///
/// let mut moving = Transaction::new();
/// moving.update(&seattle, City::VISITS.set(F(City::VISITS) - 2)).condition(City::VISITS.gte(2));
/// moving.update(&boston, City::VISITS.add(2));
/// moving.run(&db).await?;
/// let (seattle, boston) = Transaction::get((City::item_key("Seattle"), City::item_key("Boston")), &db).await?;
/// assert_eq!((seattle.unwrap().visits, boston.unwrap().visits), (1, 2));
///
/// let error = moving.run(&db).await.unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the transaction was cancelled, nothing was written: update of City with the key name = \"Seattle\": there is no item with \
///      this key, or it does not satisfy the condition",
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a transaction does nothing until it is run"]
pub struct Transaction {
    token: Option<String>,
    actions: Vec<TransactionAction>,
    /// The error of the first action that cannot be sent.
    error: Option<PlanError>,
}

impl Transaction {
    /// Creates a transaction without actions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a transaction without actions that has a client request token of 1 to 36 characters. Runs with the same token and the same
    /// actions within ten minutes are carried out once.
    pub fn with_token(token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..Self::default() }
    }

    /// Returns the number of actions.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Returns `true` if there are no actions.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Adds the write of a whole item, which replaces an item with the same key if there is one.
    pub fn save<M: Model>(&mut self, value: &M) -> Action<'_, M> {
        self.put(value, ActionKind::Save)
    }

    /// Adds the write of a new item. The transaction is cancelled if there is an item with the same key.
    pub fn create<M: Model>(&mut self, value: &M) -> Action<'_, M> {
        self.put(value, ActionKind::Create)
    }

    /// Adds edits of an item, given as a value or by its key. The transaction is cancelled if there is no such item. A value is not changed
    /// by the edits.
    pub fn update<K: IntoItemKey>(&mut self, item: K, edits: impl IntoEdits<K::Model>) -> Action<'_, K::Model> {
        match update_of(edits) {
            Ok(update) => self.add_keyed(item.into_item_key(), ActionKind::Update(update)),
            Err(error) => self.refuse(error),
        }
    }

    /// Adds the deletion of an item, given as a value or by its key. There need not be such an item.
    pub fn delete<K: IntoItemKey>(&mut self, item: K) -> Action<'_, K::Model> {
        self.add_keyed(item.into_item_key(), ActionKind::Delete)
    }

    /// Adds a condition on an item that the transaction does not write, given as a value or by its key. The transaction is cancelled if the
    /// stored item does not satisfy the condition, or if there is none and the condition needs one.
    pub fn check<K: IntoItemKey>(&mut self, item: K, condition: Q<K::Model>) -> Action<'_, K::Model> {
        self.add_keyed(item.into_item_key(), ActionKind::Check).condition(condition)
    }

    /// Runs the transaction. One without actions sends no request.
    ///
    /// # Errors
    ///
    /// - [`Error::Plan`], if the transaction cannot be sent: a value or condition that DynamoDB cannot hold, more than 100 actions, more than
    ///   4 MB, two actions on one item. Nothing was sent.
    /// - [`Error::TransactionCanceled`], if the service cancelled it. Nothing was written. The error has the reason of each action.
    /// - [`Error::Driver`], if the request fails.
    pub async fn run(&self, db: &Database) -> Result<(), Error> {
        let call = async {
            let write = self.plan(|table| db.defaults().table_name(table))?;
            if self.is_empty() {
                return Ok(());
            }
            match db.run(write).await {
                Ok(_) => Ok(()),
                Err(error) => {
                    let error =
                        canceled(error, || self.actions.iter().map(|action| canceled_action(action, db)).collect());
                    Err(advised(error, self.actions.first().map(|action| action.schema), db).await)
                }
            }
        };
        CallSpan::of_tables("transaction").run(call).await
    }

    /// Returns the plan of [`run`](Self::run) and its cost. Names of tables are without a prefix.
    ///
    /// # Errors
    ///
    /// Returns the error with which `run` would be refused.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::City;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut moving = djamodb::Transaction::new();
    /// moving.update(City::item_key("Seattle"), City::VISITS.set(F(City::VISITS) - 2)).condition(City::VISITS.gte(2));
    /// moving.delete(City::item_key("Boston"));
    /// assert_eq!(
    ///     moving.explain()?.plan.to_string(),
    ///     "\
    /// TransactWriteItems
    ///   Update cities; key: name = \"Seattle\"; update: SET visits = visits - 2; condition: attribute_exists(name) AND visits >= 2
    ///   Delete cities; key: name = \"Boston\"
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain(&self) -> Result<Explain, PlanError> {
        Ok(Explain::of_transact_write(&self.actions, &self.plan(Name::clone)?))
    }

    /// Reads up to 100 items in one transaction, as of one point in time
    /// ([TransactGetItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html)).
    ///
    /// `keys` are keys or values of any models: one, several in a tuple, or several of one model in an array or a vector. The result has
    /// the same shape, with the item of each key or `None`. It consumes twice the read units of strongly consistent reads.
    ///
    /// # Errors
    ///
    /// - [`Error::Plan`], if DynamoDB cannot hold a key, there are more than 100, or two are equal. Nothing was sent.
    /// - [`Error::TransactionCanceled`], if the service cancelled it, because of a write in progress for example.
    /// - [`Error::Decode`], if an item cannot be decoded.
    /// - [`Error::Driver`], if the request fails.
    pub async fn get<K: TransactionReads>(keys: K, db: &Database) -> Result<K::Output, Error>
    where
        K::Output: 'static,
    {
        let call = async {
            let reads = keys.into_reads();
            let keys = reads.keys()?;
            let get = transact_get(keys, |table| db.defaults().table_name(table))?;
            if keys.is_empty() {
                return reads.decode(Vec::new(), db);
            }
            match db.run(get).await {
                Ok(output) => reads.decode(output.responses, db),
                Err(error) => {
                    let error = canceled(error, || keys.iter().map(|key| reads::canceled(key, db)).collect());
                    Err(advised(error, keys.first().map(|(schema, _)| *schema), db).await)
                }
            }
        };
        CallSpan::of_tables("transaction_get").run(call).await
    }

    /// Returns the plan of [`get`](Self::get) and its cost. Names of tables are without a prefix.
    ///
    /// # Errors
    ///
    /// Returns the error with which `get` would be refused.
    pub fn explain_get<K: TransactionReads>(keys: K) -> Result<Explain, PlanError>
    where
        K::Output: 'static,
    {
        Ok(Explain::of_transact_get(&transact_get(keys.into_reads().keys()?, Name::clone)?))
    }

    fn plan(&self, table_name: impl Fn(&Name) -> Name) -> Result<TransactWriteItems, PlanError> {
        match &self.error {
            Some(error) => Err(error.clone()),
            None => transact_write(&self.actions, self.token.as_deref(), table_name),
        }
    }

    fn put<M: Model>(&mut self, value: &M, kind: fn(Item) -> ActionKind) -> Action<'_, M> {
        match value.to_item().and_then(|item| M::schema().check_item(&item).map(|()| item)) {
            Ok(item) => self.add(item.pick(M::schema().table.key.names()), kind(item)),
            Err(error) => self.refuse(value_error::<M>(Some(self.len()), value.key().ok(), error)),
        }
    }

    fn add_keyed<M: Model>(&mut self, key: ItemKey<M>, kind: ActionKind) -> Action<'_, M> {
        let key = match key.into_item() {
            Ok(key) => key,
            Err(error) => return self.refuse(value_error::<M>(Some(self.len()), None, error)),
        };
        match M::schema().check_key(&key) {
            Ok(()) => self.add(key, kind),
            Err(error) => self.refuse(value_error::<M>(Some(self.len()), Some(key), error)),
        }
    }

    fn add<M: Model>(&mut self, key: Item, kind: ActionKind) -> Action<'_, M> {
        let action = TransactionAction { schema: M::schema(), key, kind, condition: None, returns_old_item: false };
        self.actions.push(action);
        Action::new(self.actions.last_mut())
    }

    /// Keeps the first error for `run`.
    fn refuse<M: Model>(&mut self, error: PlanError) -> Action<'_, M> {
        self.error.get_or_insert(error);
        Action::new(None)
    }
}

fn value_error<M: Model>(position: Option<usize>, key: Option<Item>, error: CodecError) -> PlanError {
    PlanError::TransactionValue { model: M::schema().model, position, key, error }
}

/// Returns the error of a transaction's request. `actions` returns its actions without reasons.
fn canceled(error: DriverError, actions: impl FnOnce() -> Vec<CanceledAction>) -> Error {
    if error.cancellation_reasons().is_empty() {
        return error.into();
    }
    let mut actions = actions();
    for (action, reason) in actions.iter_mut().zip(error.cancellation_reasons()) {
        action.reason.clone_from(reason);
    }
    Error::TransactionCanceled(Box::new(TransactionCanceled { actions, error }))
}

/// Adds advice to the error of a transaction. The error names a table only if all actions do, so the model of the first one is enough.
async fn advised(error: Error, schema: Option<&'static ModelSchema>, db: &Database) -> Error {
    match schema {
        Some(schema) => advise(error, schema, db).await,
        None => error,
    }
}

fn canceled_action(action: &TransactionAction, db: &Database) -> CanceledAction {
    CanceledAction {
        model: action.schema.model,
        method: action.kind.method(),
        table: db.defaults().table_name(&action.schema.table.name),
        key: action.key.clone(),
        has_condition: action.condition.is_some(),
        returns_old_item: action.returns_old_item,
        reason: None,
    }
}
