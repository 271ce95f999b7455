//! Methods on models: save, create, update, delete, refresh, and reading by key.

use super::call_span::CallSpan;
use super::item::{encode, key, key_text, set_generated, with_generated, written_key};
use super::signals::{SignalContext, post_delete, post_save, pre_delete, pre_save};
use super::single_write::{Held, WriteFailure, all_of, condition, delete_item, put_item, update_item};
use super::validation::validate_edits;
use super::{Call, CallOptions, ChangeFeed, Database, Tracked, or_create};
use crate::error::Error;
use crate::model::{IntoEdits, IntoKey, ItemKey, Model, ValidationErrors, WriteKind, key_item};
use crate::plan::{GetItem, OldItemOnFailure, ReturnValues};
use crate::planner::{StoredValues, update_of};
use crate::value::describe_key;

/// Methods on single values of a model, implemented for all models.
///
/// A method that returns a [`Call`] is carried out when the call is awaited. Before that, the call accepts a
/// [condition](Call::condition): `rain.save(&db).condition(…)`.
///
/// # Errors
///
/// Each call may end with
///
/// - [`Error::ValidationFailed`], if a validator refuses the value that is to be written, with the paths and messages of all errors;
/// - [`Error::InvalidValue`], if DynamoDB cannot store the value, with the path of the attribute and the reason;
/// - [`Error::Encode`], if the key of a read cannot be encoded, and [`Error::Decode`], if the item cannot be decoded;
/// - [`Error::Plan`], if the condition or the edits cannot be expressed in a request;
/// - [`Error::ConditionFailed`], if a condition is set and the item does not satisfy it;
/// - [`Error::Stale`], if the model has a version, and another writer changed the item since the value was read;
/// - [`Error::Driver`], if the request fails.
///
/// Further errors are listed with the methods.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// let mut weather = Weather::get_by_key(("Seattle", 1), &db).await?;
/// weather.temp_max = 8.0;
/// weather.save(&db).condition(Weather::KIND.eq("sun")).await?;
/// assert!(weather.create(&db).await.is_err(), "an item with this key already exists");
/// weather.refresh(&db).await?;
/// weather.delete(&db).await?;
/// assert!(Weather::get_by_key(("Seattle", 1), &db).await.unwrap_err().is_object_does_not_exist());
/// # Ok(())
/// # }
/// ```
pub trait ModelExt: Model {
    /// Writes this value as an item, and replaces an item with the same key if there is one
    /// ([PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html)).
    ///
    /// The whole item is replaced. Attributes that the model does not declare are lost when an item is read and saved again, and so are
    /// entries of a document that its struct does not declare. A field with the option `rest` keeps them. Otherwise, on a table that other
    /// programs extend, use [`update`](Self::update), which writes only the attributes that it names, or [`tracked`](Self::tracked) and
    /// [`save_changes`](Tracked::save_changes), which writes only those that were changed.
    ///
    /// Afterwards the fields that the write filled in have their new values: the version, the times and the identifier that the options
    /// `version`, `created_at`, `updated_at` and `generate` of `#[derive(Model)]` declare. If the call fails, the value is unchanged.
    ///
    /// A model with a version is saved only if the stored item has the version of the value. Otherwise the call ends with
    /// [`Error::Stale`]:
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// #[derive(Model, Debug)]
    /// #[model(table = "accounts")]
    /// struct Account {
    ///     #[model(hash_key)]
    ///     owner: String,
    ///     balance: u32,
    ///     #[model(version)]
    ///     version: u64,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Account>().await?;
    /// let mut first = Account { owner: "ann".to_owned(), balance: 5, version: 0 };
    /// first.create(&db).await?;
    /// let mut second = Account::get_by_key("ann", &db).await?;
    /// first.balance += 1;
    /// first.save(&db).await?;
    /// assert_eq!(first.version, 2);
    ///
    /// second.balance += 2;
    /// assert!(second.save(&db).await.unwrap_err().is_stale());
    /// second.refresh(&db).await?;
    /// second.balance += 2;
    /// second.save(&db).await?;
    /// assert_eq!((second.balance, second.version), (8, 3));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Without a version, a condition states what must not have changed. It is made before the call, which borrows the value mutably:
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// # City::new("Seattle", 1).create(&db).await?;
    /// let mut seattle = City::get_by_key("Seattle", &db).await?;
    /// let unchanged = City::VISITS.eq(seattle.visits);
    /// seattle.visits += 1;
    /// seattle.save(&db).condition(unchanged).await?;
    /// # Ok(())
    /// # }
    /// ```
    fn save<'a>(&'a mut self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(db, "save", move |options| async move {
            let signal = SignalContext { db, operation: "save", created: None };
            pre_save(self, signal).await?;
            let held = Held::of("save", self, &options, db)?;
            let encoded = encode("save", self, WriteKind::Save, db)?;
            let condition = all_of([encoded.version, condition::<Self>(options.condition)?]);
            let stored = StoredValues::Assumed(Self::schema().unique_values(&encoded.item));
            let generated = with_generated::<Self>(&encoded.item);
            match put_item::<Self>("save", encoded.item, condition, held.old_item_on_failure(), stored, db).await {
                Ok(()) => generated.map_or(Ok(()), |item| set_generated(self, &item, db))?,
                Err(failure) => return Err(failure.into_error("save", self, &held, db)),
            }
            post_save(self, signal).await
        })
    }

    /// Runs the validators of this value, as Django's `full_clean`. The methods that write values do the same before the first request, so that
    /// there is no need to call it before them.
    ///
    /// Validators are functions that the option `validate` of `#[derive(Model)]` and `#[derive(Document)]` names, for the struct and for each
    /// field. All of them run, and all errors are returned. Generated fields have the values that they have before the write.
    ///
    /// # Errors
    ///
    /// Returns the errors of the validators, each with the path of its attribute and its message.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// #[derive(Document)]
    /// struct Line {
    ///     #[document(validate = not_blank())]
    ///     article: String,
    ///     #[document(validate = range(1..=100))]
    ///     count: u32,
    /// }
    ///
    /// #[derive(Model)]
    /// #[model(table = "orders", validate = has_lines)]
    /// struct Order {
    ///     #[model(hash_key)]
    ///     id: u32,
    ///     lines: Vec<Line>,
    /// }
    ///
    /// fn has_lines(order: &Order) -> Result<(), &'static str> {
    ///     if order.lines.is_empty() { Err("an order has at least one line") } else { Ok(()) }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Order>().await?;
    /// let mut order = Order { id: 7, lines: Vec::new() };
    /// assert_eq!(order.full_clean().unwrap_err().message_dict()["__all__"], ["an order has at least one line"]);
    ///
    /// order.lines.push(Line { article: " ".into(), count: 101 });
    /// assert_eq!(
    ///     order.save(&db).await.unwrap_err().to_string(),
    ///     "save failed: Order with the key id = 7 is invalid: `lines[0].article`: must not be blank; \
    ///      `lines[0].count`: must be from 1 to 100; nothing was sent",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    fn full_clean(&self) -> Result<(), ValidationErrors<Self>> {
        let mut errors = ValidationErrors::new();
        self.run_validators(&mut errors);
        errors.into_result()
    }

    /// Writes this value as a new item. The generated fields have their new values afterwards, as after [`save`](Self::save).
    ///
    /// # Errors
    ///
    /// - [`Error::ObjectAlreadyExists`], if an item with the same key exists.
    /// - [`Error::ConditionFailed`], if there is no item, and a condition that was set does not hold without one.
    fn create<'a>(&'a mut self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(db, "create", move |options| async move {
            let signal = SignalContext { db, operation: "create", created: Some(true) };
            pre_save(self, signal).await?;
            let item = encode("create", self, WriteKind::Create, db)?.item;
            let is_new = Self::schema().no_item_exists();
            // The stored item distinguishes an existing one from a condition that does not hold without one.
            let (condition, old_item) = match condition::<Self>(options.condition)? {
                None => (is_new, OldItemOnFailure::None),
                Some(condition) => (is_new.and(condition), OldItemOnFailure::AllOld),
            };
            let stored = StoredValues::Irrelevant;
            let generated = with_generated::<Self>(&item);
            match put_item::<Self>("create", item, Some(condition), old_item, stored, db).await {
                Ok(()) => generated.map_or(Ok(()), |item| set_generated(self, &item, db))?,
                Err(WriteFailure::Condition(stored)) if stored.is_some() || old_item == OldItemOnFailure::None => {
                    let schema = Self::schema();
                    let key = match generated {
                        Some(item) => describe_key(&item.pick(schema.table.key.names())),
                        None => key_text(self),
                    };
                    return Err(Error::ObjectAlreadyExists { model: schema.model, key });
                }
                Err(failure) => {
                    let held = Held::nothing(options.returns_old_item);
                    return Err(failure.into_error("create", self, &held, db));
                }
            }
            post_save(self, signal).await
        })
    }

    /// Deletes the item with the key of this value. Succeeds if there is no such item
    /// ([DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html)).
    fn delete<'a>(&'a self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(db, "delete", move |options| async move {
            let signal = SignalContext { db, operation: "delete", created: None };
            pre_delete(self, signal).await?;
            let held = Held::of("delete", self, &options, db)?;
            let condition = all_of([held.condition::<Self>(), condition::<Self>(options.condition)?]);
            let (key, old_item) = (written_key("delete", self)?, held.old_item_on_failure());
            let before = || self.to_item().unwrap_or_default();
            match delete_item::<Self>("delete", key, condition, old_item, before, db).await {
                Ok(()) => post_delete(self, signal).await,
                Err(failure) => Err(failure.into_error("delete", self, &held, db)),
            }
        })
    }

    /// Applies edits to the item with the key of this value, and replaces this value by the item as it is afterwards
    /// ([UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html)).
    ///
    /// Only the edits are written. Other fields of this value are not, and take the values that the item has in the table. Since the
    /// value is replaced, it is borrowed mutably until the call is awaited; make a condition from its fields before the call:
    /// `let unchanged = City::VISITS.eq(seattle.visits);`.
    ///
    /// The validators of a field run on the value that an edit sets the whole attribute to, which Django's `update` does not do. Other edits,
    /// `set(F(City::VISITS) + 1)` for example, have no value before the request, and validators of structs need a whole value, so they do not
    /// run.
    ///
    /// # Errors
    ///
    /// - [`Error::ObjectDoesNotExist`], if there is no item and no condition is set. No item is created.
    /// - [`Error::ConditionFailed`], if a condition is set and there is no item or it does not satisfy the condition.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// let mut seattle = City::new("Seattle", 1);
    /// seattle.create(&db).await?;
    /// seattle.update(City::VISITS.add(1), &db).await?;
    /// assert_eq!(seattle.visits, 2);
    /// let edits = [City::NOTE.set("often seen"), City::VISITS.set(0)];
    /// seattle.update(edits, &db).condition(City::VISITS.gte(2)).await?;
    /// assert_eq!(seattle.visits, 0);
    /// # Ok(())
    /// # }
    /// ```
    fn update<'a>(&'a mut self, edits: impl IntoEdits<Self> + 'a, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(db, "update", move |options| async move {
            let edits = update_of(edits)?;
            validate_edits::<Self>("update", &edits, || self.key().ok())?;
            let before = || self.to_item().unwrap_or_default();
            let updated = update_item("update", self, edits, ReturnValues::AllNew, before, options, db).await?;
            *self = db.decode_owned(updated)?;
            Ok(())
        })
    }

    /// Returns this value, as it was read, with a record of its item, so that [`save_changes`](Tracked::save_changes) writes only what changes
    /// from now on.
    fn tracked(self) -> Tracked<Self> {
        Tracked::new(self)
    }

    /// Returns the item with the key of `value` and `false`, or creates `value` and returns it and `true`.
    ///
    /// Concurrent calls for the same key agree: one of them creates the item, and the others return it. The read is strongly
    /// consistent, the write requires that there is no item, and a call that loses reads again. If the response to the write was
    /// lost, an item equal to `value` counts as created.
    ///
    /// # Errors
    ///
    /// [`Error::ConditionFailed`], if the item was created and deleted by others between the requests of each of 8 attempts.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// let seattle = |visits| City::new("Seattle", visits);
    /// assert_eq!(City::get_or_create(seattle(1), &db).await?, (seattle(1), true));
    /// assert_eq!(City::get_or_create(seattle(5), &db).await?, (seattle(1), false));
    /// # Ok(())
    /// # }
    /// ```
    fn get_or_create(value: Self, db: &Database) -> impl Future<Output = Result<(Self, bool), Error>> + Send {
        async move { CallSpan::of_model::<Self>(db, "get_or_create").run(or_create::get_or_create(value, db)).await }
    }

    /// Applies edits to the item with the key of `value` and returns it and `false`, or creates `value` without the edits and
    /// returns it and `true`.
    ///
    /// Concurrent calls for the same key agree: one of them creates the item, and the others update it.
    ///
    /// # Errors
    ///
    /// [`Error::ConditionFailed`], if the item was created and deleted by others between the requests of each of 8 attempts.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// for visits in 1..4 {
    ///     let (seattle, created) = City::update_or_create(City::new("Seattle", 1), City::VISITS.add(1), &db).await?;
    ///     assert_eq!((seattle.visits, created), (visits, visits == 1));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn update_or_create(
        value: Self,
        edits: impl IntoEdits<Self>,
        db: &Database,
    ) -> impl Future<Output = Result<(Self, bool), Error>> + Send {
        let update = update_of(edits);
        async move {
            let call = async move { or_create::update_or_create(value, update?, db).await };
            CallSpan::of_model::<Self>(db, "update_or_create").run(call).await
        }
    }

    /// Returns the key of an item for calls that name an item without having its value, such as those of
    /// [`Transaction`](super::Transaction): the value of the hash key, or a pair of the values of hash key and range key.
    fn item_key(key: impl IntoKey<Self::Key>) -> ItemKey<Self> {
        ItemKey::new(key)
    }

    /// Returns a feed of the changes of this model's items. See [`ChangeFeed`].
    fn changes(db: &Database) -> ChangeFeed<Self> {
        ChangeFeed::new(db.clone())
    }

    /// Replaces this value by the item with its key. The read is strongly consistent. A condition is evaluated on the client,
    /// on the item that was read.
    ///
    /// # Errors
    ///
    /// [`Error::ObjectDoesNotExist`], if there is no such item.
    fn refresh<'a>(&'a mut self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(db, "refresh", move |options| async move {
            let mut get = GetItem::new(db.table_name::<Self>(), key(self)?);
            get.consistent = true;
            *self = read::<Self>(db, get, options, "refresh").await?;
            Ok(())
        })
    }

    /// Returns the item with this key: the value of the hash key, or a pair of the values of hash key and range key. The read
    /// is eventually consistent. A condition is evaluated on the client, on the item that was read.
    ///
    /// # Errors
    ///
    /// [`Error::ObjectDoesNotExist`], if there is no such item.
    fn get_by_key<'a>(key: impl IntoKey<Self::Key> + Send + 'a, db: &'a Database) -> Call<'a, Self, Self> {
        Call::new(db, "get_by_key", move |options| async move {
            let key = key_item::<Self>(key).map_err(Error::encode::<Self>)?;
            read::<Self>(db, GetItem::new(db.table_name::<Self>(), key), options, "get_by_key").await
        })
    }
}

impl<M: Model> ModelExt for M {}

async fn read<M: Model>(
    db: &Database,
    get: GetItem,
    options: CallOptions,
    operation: &'static str,
) -> Result<M, Error> {
    let condition = condition::<M>(options.condition)?;
    let key = get.key.clone();
    let model = M::schema().model;
    let Some(item) = db.run(get).await?.item else {
        return Err(Error::ObjectDoesNotExist { model, query: format!("key {}", describe_key(&key)) });
    };
    if condition.is_some_and(|condition| !condition.holds_for(&item)) {
        let (table, item) = (db.table_name::<M>(), options.returns_old_item.then_some(item));
        return Err(Error::ConditionFailed { model, table, key: describe_key(&key), operation, item });
    }
    db.decode_owned(item)
}
