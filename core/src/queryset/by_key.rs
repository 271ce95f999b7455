//! Terminal methods that are given keys: `in_bulk` and `contains`.

use std::collections::HashMap;
use std::hash::Hash;

use super::read_spec::ReadSpec;
use super::reader::SingleReader;
use super::unexpired::ReadTime;
use super::{QuerySet, WholeItems};
use crate::database::Database;
use crate::error::Error;
use crate::model::{self, CodecError, Index, IntoKey, Model};
use crate::plan::BatchGetItem;
use crate::planner::{Explain, PlanError, ReadPlan, ResultKind};
use crate::value::{Item, Name};

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Returns the rows with these keys, in a map by key. A key is a hash key value, or a pair of hash and range key values.
    ///
    /// Keys without an item that the queryset matches are not in the map. Keys may repeat.
    ///
    /// Keys are read 100 per request
    /// ([BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html)), from the table, whichever
    /// index the queryset reads. Unprocessed keys are requested again. Lookups are checked on the client. The queryset needs no hash key.
    ///
    /// # Errors
    ///
    /// - [`PlanError::KeysWithLimit`] if the queryset has a limit or a page token.
    /// - [`PlanError::Combination`] if the queryset is a union or a segment of a scan.
    /// - [`PlanError::Key`] if DynamoDB cannot hold a key.
    /// - Those of [`all`](Self::all).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let found = Weather::objects().in_bulk([("Seattle", 2), ("Seattle", 3), ("Boston", 1)], &db).await?;
    /// assert_eq!(found.len(), 2);
    /// assert_eq!(found[&("Seattle", 2)].temp_max, 10.6);
    /// assert!(!found.contains_key(&("Boston", 1)));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn in_bulk<K>(&self, keys: impl IntoIterator<Item = K>, db: &Database) -> Result<HashMap<K, R>, Error>
    where
        K: IntoKey<M::Key> + Clone + Eq + Hash,
    {
        let call = async {
            let mut keys_by_item = keys_by_item::<M, K>(keys)?;
            let items = keys_by_item.keys().cloned().collect();
            let mut reader =
                self.begin_by_key(self.plan_in_bulk(items, ReadTime::now(db), &db.table_name::<M>())?, db)?;
            let mut found = HashMap::with_capacity(keys_by_item.len());
            while let Some(page) = reader.next().await? {
                for item in page.items {
                    let key = item.pick(M::schema().table.key.names());
                    let mut keys = keys_by_item.remove(&key).unwrap_or_default();
                    let Some(last) = keys.pop() else { continue };
                    for key in keys {
                        found.insert(key, self.row.row(item.clone(), db)?);
                    }
                    found.insert(last, self.row.row(item, db)?);
                }
            }
            Ok(found)
        };
        self.spec.call_span(db, "in_bulk").run(call).await
    }

    /// Returns the plan of [`in_bulk`](Self::in_bulk) with these keys and its cost.
    ///
    /// # Errors
    ///
    /// Returns the error with which `in_bulk` would be refused.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let explained = Weather::objects().explain_in_bulk((1..=150).map(|day| ("Seattle", day)))?;
    /// assert_eq!(
    ///     explained.to_string(),
    ///     "BatchGetItem weather; keys: 150, from (day = 1, location = \"Seattle\") to (day = 150, location = \"Seattle\")\n\
    ///      up to 2 requests, each about 50 read units, at most 5000; index: table (keys are read from the table)",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_in_bulk<K>(&self, keys: impl IntoIterator<Item = K>) -> Result<Explain, PlanError>
    where
        K: IntoKey<M::Key>,
    {
        let items = keys.into_iter().map(key_item::<M>).collect::<Result<_, _>>()?;
        Ok(Explain::new(&self.plan_in_bulk(items, ReadTime::Unknown, &M::schema().table.name)?))
    }

    fn plan_in_bulk(&self, keys: Vec<Item>, time: ReadTime, table: &Name) -> Result<ReadPlan, PlanError> {
        self.spec.at(time).plan_by_key(keys, ResultKind::Items, table, "in_bulk")
    }

    fn begin_by_key(&self, plan: ReadPlan, db: &Database) -> Result<SingleReader, PlanError> {
        SingleReader::begin(plan, self.spec.rate_limit.as_ref(), M::schema().model, db)
    }

    /// Returns `true` if the item with the key of `value` is one that the queryset matches.
    ///
    /// Attributes of `value` outside its key are not compared. One item is read.
    ///
    /// # Errors
    ///
    /// Those of [`in_bulk`](Self::in_bulk).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let weather = Weather::get_by_key(("Seattle", 2), &db).await?;
    /// assert!(Weather::objects().filter(Weather::KIND.eq("rain")).contains(&weather, &db).await?);
    /// assert!(!Weather::objects().filter(Weather::DAY.gt(2)).contains(&weather, &db).await?);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn contains(&self, value: &M, db: &Database) -> Result<bool, Error>
    where
        R: WholeItems<M>,
    {
        let call = async {
            let mut reader =
                self.begin_by_key(self.plan_contains(value, ReadTime::now(db), &db.table_name::<M>())?, db)?;
            Ok(reader.next().await?.is_some_and(|page| page.count > 0))
        };
        self.spec.call_span(db, "contains").run(call).await
    }

    /// Returns the plan of [`contains`](Self::contains) with this value and its cost.
    ///
    /// # Errors
    ///
    /// Returns the error with which `contains` would be refused.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let weather = Weather::seattle(1, "sun", 7.2);
    /// assert_eq!(
    ///     Weather::objects().filter(Weather::KIND.exists()).explain_contains(&weather)?.plan.to_string(),
    ///     "\
    /// Exists
    ///   Residual: attribute_exists(kind)
    ///     BatchGetItem weather; keys: 1, (day = 1, location = \"Seattle\"); projection: location, day, kind
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_contains(&self, value: &M) -> Result<Explain, PlanError>
    where
        R: WholeItems<M>,
    {
        Ok(Explain::new(&self.plan_contains(value, ReadTime::Unknown, &M::schema().table.name)?))
    }

    fn plan_contains(&self, value: &M, time: ReadTime, table: &Name) -> Result<ReadPlan, PlanError> {
        let key = value.key().map_err(key_error::<M>)?;
        self.spec.at(time).plan_by_key(vec![key], ResultKind::Exists, table, "contains")
    }
}

impl ReadSpec {
    fn plan_by_key(
        &self,
        keys: Vec<Item>,
        kind: ResultKind,
        table: &Name,
        method: &'static str,
    ) -> Result<ReadPlan, PlanError> {
        self.check_keys(method)?;
        ReadPlan::of_keys(&self.request_for_plan(), table, kind, keys, method)
    }
}

/// Returns keys by the key attributes that they stand for. Keys that stand for the same are read once.
fn keys_by_item<M: Model, K>(keys: impl IntoIterator<Item = K>) -> Result<HashMap<Item, Vec<K>>, PlanError>
where
    K: IntoKey<M::Key> + Clone + Eq,
{
    let keys = keys.into_iter();
    // An iterator may promise more keys than it has.
    let capacity = keys.size_hint().0.min(BatchGetItem::KEYS_MAX);
    let mut keys_by_item: HashMap<Item, Vec<K>> = HashMap::with_capacity(capacity);
    for key in keys {
        let same = keys_by_item.entry(key_item::<M>(key.clone())?).or_insert_with(|| Vec::with_capacity(1));
        if !same.contains(&key) {
            same.push(key);
        }
    }
    Ok(keys_by_item)
}

fn key_item<M: Model>(key: impl IntoKey<M::Key>) -> Result<Item, PlanError> {
    model::key_item::<M>(key).map_err(key_error::<M>)
}

fn key_error<M: Model>(error: CodecError) -> PlanError {
    PlanError::Key { model: M::schema().model, error }
}
