//! What can be done with one value of a model: save, create, delete, refresh; and get one by its key.

use super::item::{encode, key, key_text};
use super::{Call, ChangeFeed, Database, or_create};
use crate::driver::{Applied, DriverError};
use crate::error::Error;
use crate::expression::{Condition, Path};
use crate::model::{Filter, IntoEdits, IntoOperand, KeyOperand, Model};
use crate::plan::{DeleteItem, GetItem, PutItem, ReturnValues, UpdateItem};
use crate::planner::{PlanError, update_of, write_condition};
use crate::value::{Item, describe_key};

/// What can be done with one value of a model.
///
/// Each call is made when it is awaited, and takes a [`condition`](Call::condition) before that: `rain.save(&db).condition(…)`.
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
/// let mut weather = Weather::get_by_key(("Seattle", 1), &db).await?;
/// weather.temp_max = 8.0;
/// weather.save(&db).condition(Weather::KIND.eq("sun")).await?;
/// assert!(weather.create(&db).await.is_err(), "there is one of this key");
/// weather.refresh(&db).await?;
/// weather.delete(&db).await?;
/// assert!(Weather::get_by_key(("Seattle", 1), &db).await.unwrap_err().is_object_does_not_exist());
/// # Ok(())
/// # }
/// ```
pub trait ModelExt: Model {
    /// Writes this value, whether or not there is an item of its key
    /// ([PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html)).
    fn save<'a>(&'a mut self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(move |filter| async move {
            let item = encode(self)?;
            put::<Self>(db, item, condition::<Self>(filter)?, "save").await.map_err(|failure| failure.on(self))
        })
    }

    /// Writes this value, and refuses to replace an item of its key.
    fn create<'a>(&'a mut self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(move |filter| async move {
            let item = encode(self)?;
            let is_new = Condition::AttributeNotExists(Path::new(&Self::schema().table.key.hash[0].name));
            let condition = match condition::<Self>(filter)? {
                None => is_new,
                Some(condition) => is_new.and(condition),
            };
            match put::<Self>(db, item, Some(condition), "create").await {
                Err(Failure::Condition(_)) => {
                    Err(Error::ObjectAlreadyExists { model: Self::schema().model, key: key_text(self) })
                }
                result => result.map_err(|failure| failure.on(self)),
            }
        })
    }

    /// Deletes the item of this value's key; there need not be one
    /// ([DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html)).
    fn delete<'a>(&'a self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(move |filter| async move {
            let mut delete = DeleteItem::new(db.table_name::<Self>(), key(self)?);
            delete.condition = condition::<Self>(filter)?;
            match db.run(delete).await {
                Ok(_) => Ok(()),
                Err(error) => Err(Failure::new(error, "delete").on(self)),
            }
        })
    }

    /// Changes the item of this value's key in the table, and this value to what the item is then
    /// ([UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html)). Where there is no
    /// item, none is made: [`Error::ObjectDoesNotExist`], or under a condition [`Error::ConditionFailed`].
    ///
    /// What this value holds otherwise is not written, and is replaced by what the table has.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     visits: u32,
    /// #     note: Option<String>,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// let mut weather = Weather { location: "Seattle".to_owned(), visits: 1, note: None };
    /// weather.create(&db).await?;
    /// weather.update(Weather::VISITS.add(1), &db).await?;
    /// assert_eq!(weather.visits, 2);
    /// let edits = [Weather::NOTE.set("often seen"), Weather::VISITS.set(0)];
    /// weather.update(edits, &db).condition(Weather::VISITS.gte(2)).await?;
    /// assert_eq!(weather.visits, 0);
    /// # Ok(())
    /// # }
    /// ```
    fn update<'a>(&'a mut self, edits: impl IntoEdits<Self> + 'a, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(move |filter| async move {
            let given = filter.is_some();
            let exists = Condition::AttributeExists(Path::new(&Self::schema().table.key.hash[0].name));
            let condition = match condition::<Self>(filter)? {
                None => exists,
                Some(condition) => exists.and(condition),
            };
            let change = UpdateItem {
                condition: Some(condition),
                return_values: ReturnValues::AllNew,
                ..UpdateItem::new(db.table_name::<Self>(), key(self)?, update_of(edits)?)
            };
            let shown = change.key.clone();
            let changed = match db.run(change).await {
                // After a lost answer, the condition may have failed on what the update itself had made of the item.
                Err(error) if error.applied() == Applied::Unknown => Err(Failure::Other(error)),
                result => result.map_err(|error| Failure::new(error, "update")),
            };
            match changed {
                Ok(output) => {
                    *self = Self::from_item(&output.attributes.unwrap_or(shown)).map_err(Error::codec::<Self>)?;
                    Ok(())
                }
                Err(Failure::Condition(_)) if !given => {
                    let query = format!("key {}", describe_key(&shown));
                    Err(Error::ObjectDoesNotExist { model: Self::schema().model, query })
                }
                Err(failure) => Err(failure.on(self)),
            }
        })
    }

    /// The item of this value's key, or this value where there is none, which is then created; and whether it was.
    ///
    /// Whoever else does the same: the item is created by one of them, and the others get it. The read is strongly consistent,
    /// the put is on the condition that there is no item, and who loses reads again. After an answer that was lost, an item that
    /// is exactly the value counts as created.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     visits: u32,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// let seattle = |visits| Weather { location: "Seattle".to_owned(), visits };
    /// assert_eq!(Weather::get_or_create(seattle(1), &db).await?, (seattle(1), true));
    /// assert_eq!(Weather::get_or_create(seattle(5), &db).await?, (seattle(1), false));
    /// # Ok(())
    /// # }
    /// ```
    fn get_or_create(value: Self, db: &Database) -> impl Future<Output = Result<(Self, bool), Error>> + Send {
        or_create::get_or_create(value, db)
    }

    /// Changes the item of this value's key, or creates it as this value where there is none, without the edits; gives it as it
    /// is then, and whether it was created.
    ///
    /// Whoever else does the same: the item is created by one of them, and the others change it.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     visits: u32,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// for visits in 1..4 {
    ///     let first = Weather { location: "Seattle".to_owned(), visits: 1 };
    ///     let (weather, created) = Weather::update_or_create(first, Weather::VISITS.add(1), &db).await?;
    ///     assert_eq!((weather.visits, created), (visits, visits == 1));
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
        async move { or_create::update_or_create(value, update?, db).await }
    }

    /// What happens to the items of this model: inserted, modified, removed. See [`ChangeFeed`].
    fn changes(db: &Database) -> ChangeFeed<Self> {
        ChangeFeed::new(db.clone())
    }

    /// Reads this value anew; under a condition, only if the item satisfies it. The read is strongly consistent.
    fn refresh<'a>(&'a mut self, db: &'a Database) -> Call<'a, Self, ()> {
        Call::new(move |filter| async move {
            let mut get = GetItem::new(db.table_name::<Self>(), key(self)?);
            get.consistent = true;
            *self = read::<Self>(db, get, filter, "refresh").await?;
            Ok(())
        })
    }

    /// Reads the value of a key: the hash key's value, or a pair of the hash and the range key's. Under a condition, only if
    /// the item satisfies it.
    fn get_by_key<'a>(key: impl IntoOperand<Self::Key> + Send + 'a, db: &'a Database) -> Call<'a, Self, Self> {
        Call::new(move |filter| async move {
            let values = key.into_operand().into_values().map_err(Error::codec::<Self>)?;
            let key = Self::schema().table.key.names().cloned().zip(values).collect();
            read::<Self>(db, GetItem::new(db.table_name::<Self>(), key), filter, "get_by_key").await
        })
    }
}

impl<M: Model> ModelExt for M {}

/// A write that was refused, before it is known which value it was for.
enum Failure {
    Condition(&'static str),
    Other(DriverError),
}

impl Failure {
    fn new(error: DriverError, operation: &'static str) -> Self {
        if error.is_conditional_check_failed() { Self::Condition(operation) } else { Self::Other(error) }
    }

    fn on<M: Model>(self, value: &M) -> Error {
        match self {
            Self::Other(error) => error.into(),
            Self::Condition(operation) => {
                Error::ConditionFailed { model: M::schema().model, key: key_text(value), operation }
            }
        }
    }
}

async fn put<M: Model>(
    db: &Database,
    item: Item,
    condition: Option<Condition>,
    operation: &'static str,
) -> Result<(), Failure> {
    let put = PutItem { condition, ..PutItem::new(db.table_name::<M>(), item) };
    db.run(put).await.map(|_| ()).map_err(|error| Failure::new(error, operation))
}

async fn read<M: Model>(
    db: &Database,
    get: GetItem,
    filter: Option<Filter>,
    operation: &'static str,
) -> Result<M, Error> {
    let condition = condition::<M>(filter)?;
    let shown = get.key.clone();
    let model = M::schema().model;
    let Some(item) = db.run(get).await?.item else {
        return Err(Error::ObjectDoesNotExist { model, query: format!("key {}", describe_key(&shown)) });
    };
    if condition.is_some_and(|condition| !condition.holds_for(&item)) {
        return Err(Error::ConditionFailed { model, key: describe_key(&shown), operation });
    }
    M::from_item(&item).map_err(Error::codec::<M>)
}

fn condition<M: Model>(filter: Option<Filter>) -> Result<Option<Condition>, PlanError> {
    filter.map_or(Ok(None), |filter| write_condition(M::schema(), &filter))
}
