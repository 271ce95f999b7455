//! Batches of writes of models.

use super::call_span::CallSpan;
use super::{BatchOutcomes, Database, advise};
use crate::error::{BatchIncomplete, BatchedWrite, Error};
use crate::model::{CodecError, IntoItemKey, Model};
use crate::plan::WriteRequest;
use crate::planner::{BatchAction, Explain, KeyedWrite, PlanError, batch_write, split_into_requests};
use crate::value::{Item, Name};

/// Writes of items of any models and of any number, in requests of 25 writes
/// ([BatchWriteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html)).
///
/// A batch is a value: its methods add writes and send nothing, [`run`](Self::run) sends them. Each write names another item. Tables, names
/// of attributes and codecs are those of the models and of the database on which it runs.
///
/// A batch is no transaction: each write is made or not on its own, in no order, and takes no condition. It costs half as much as a
/// [`Transaction`](super::Transaction). Writes that the service leaves unprocessed are sent again. As many requests are sent concurrently as
/// [`Database::with_write_concurrency`] allows.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{City, Weather, city_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = city_database().await?;
/// # db.create_table::<Weather>().await?;
/// use djamodb::Batch;
///
/// let mut import = Batch::new();
/// import.save(&City::new("Seattle", 1));
/// for day in 1..31 {
///     import.save(&Weather::seattle(day, "fog", 5.0));
/// }
/// import.delete(City::item_key("Boston"));
/// assert_eq!(import.len(), 32);
/// import.run(&db).await?;
/// assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await?, 30);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a batch does nothing until it is run"]
pub struct Batch {
    actions: Vec<BatchAction>,
    /// The error of the first write that cannot be sent.
    error: Option<PlanError>,
}

impl Batch {
    /// Creates a batch without writes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of writes.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Returns `true` if there are no writes.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Adds the write of a whole item, which replaces an item with the same key if there is one.
    pub fn save<M: Model>(&mut self, value: &M) {
        match value.to_item().and_then(|item| M::schema().check_item(&item).map(|()| item)) {
            Ok(item) => self.add::<M>(item.pick(M::schema().table.key.names()), WriteRequest::Put(item)),
            Err(error) => self.refuse::<M>(value.key().ok(), error),
        }
    }

    /// Adds the deletion of an item, given as a value or by its key. There need not be such an item.
    pub fn delete<K: IntoItemKey>(&mut self, item: K) {
        let key = match item.into_item_key().into_item() {
            Ok(key) => key,
            Err(error) => return self.refuse::<K::Model>(None, error),
        };
        match K::Model::schema().check_key(&key) {
            Ok(()) => self.add::<K::Model>(key.clone(), WriteRequest::Delete(key)),
            Err(error) => self.refuse::<K::Model>(Some(key), error),
        }
    }

    /// Runs the batch. One without writes sends no request.
    ///
    /// After a failure no further request is begun, and those under way are awaited. The batch can be run again: a write that was made is
    /// then made once more, with the same result.
    ///
    /// # Errors
    ///
    /// - [`Error::Plan`], if the batch cannot be sent: a value that DynamoDB cannot hold ([`PlanError::BatchValue`], with its position, key
    ///   and path), or two writes of one item ([`PlanError::BatchItemTwice`]). Nothing was sent.
    /// - [`Error::BatchIncomplete`], if not all writes were made. It holds each write with its state: written, unprocessed or unknown.
    pub async fn run(&self, db: &Database) -> Result<(), Error> {
        let call = async {
            let writes = self.plan(|table| db.defaults().table_name(table))?;
            let outcomes = db.write_batches(writes).await;
            if outcomes.is_complete() { Ok(()) } else { Err(self.incomplete(outcomes, db).await) }
        };
        CallSpan::of_tables("batch").run(call).await
    }

    /// Returns the plan of [`run`](Self::run) and its cost. Names of tables are without a prefix.
    ///
    /// # Errors
    ///
    /// Returns the error with which `run` would be refused.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, Weather};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut import = djamodb::Batch::new();
    /// import.save(&Weather::seattle(1, "fog", 5.0));
    /// import.delete(City::item_key("Boston"));
    /// assert_eq!(
    ///     import.explain()?.to_string(),
    ///     "\
    /// BatchWriteItem
    ///   Put weather; key: day = 1, location = \"Seattle\"
    ///   Delete cities; key: name = \"Boston\"
    /// one request: about 2 write units, at most 800
    /// warning: each index that a write changes consumes 1 write unit per KB more\
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain(&self) -> Result<Explain, PlanError> {
        Ok(Explain::of_batch_write(&split_into_requests(self.plan(Name::clone)?)))
    }

    fn plan(&self, table_name: impl Fn(&Name) -> Name) -> Result<Vec<KeyedWrite>, PlanError> {
        match &self.error {
            Some(error) => Err(error.clone()),
            None => batch_write(&self.actions, table_name),
        }
    }

    fn add<M: Model>(&mut self, key: Item, write: WriteRequest) {
        self.actions.push(BatchAction { schema: M::schema(), key, write });
    }

    /// Keeps the first error for `run`.
    fn refuse<M: Model>(&mut self, key: Option<Item>, error: CodecError) {
        let position = self.len();
        let model = M::schema().model;
        self.error.get_or_insert(PlanError::BatchValue { model, position, key, error });
    }

    /// Returns the error of a batch of which not all writes were made.
    async fn incomplete(&self, outcomes: BatchOutcomes, db: &Database) -> Error {
        // The error names a table only if all writes of its request do.
        let failed_table = outcomes.error.as_ref().and_then(|error| error.table());
        let of_failed_table =
            |action: &&BatchAction| failed_table == Some(&db.defaults().table_name(&action.schema.table.name));
        let failed = self.actions.iter().find(of_failed_table).map(|action| action.schema);
        let writes = self.actions.iter().zip(outcomes.writes).map(|(action, (write, state))| BatchedWrite {
            model: action.schema.model,
            method: action.method(),
            table: write.table,
            key: write.key,
            state,
        });
        let error =
            Error::BatchIncomplete(Box::new(BatchIncomplete { writes: writes.collect(), error: outcomes.error }));
        match failed {
            Some(schema) => advise(error, schema, db).await,
            None => error,
        }
    }
}
