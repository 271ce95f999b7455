//! What is asked of a queryset by keys: `in_bulk` and `contains`.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::QuerySet;
use super::terminal::decode;
use crate::database::Database;
use crate::error::Error;
use crate::model::{CodecError, Index, IntoOperand, KeyOperand, Model};
use crate::planner::{Explain, PlanError, ReadPlan, ResultKind};
use crate::value::{Item, Name};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// The items of these keys, by the keys as they are given: hash key values, or pairs of the hash and the range key's. Keys
    /// without an item that the queryset matches are not in the map; a key may be given twice.
    ///
    /// Keys are read a hundred at a time
    /// ([BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html)), and what is left
    /// unprocessed is asked for again. They are read from the table, whatever index the queryset reads, and the lookups are
    /// checked on this side. The queryset needs no hash key. It can have no limit, as in Django.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// let found = Weather::objects().in_bulk([("Seattle", 2), ("Seattle", 3), ("Boston", 1)], &db).await?;
    /// assert_eq!(found.len(), 2);
    /// assert_eq!(found[&("Seattle", 2)].temp_max, 10.6);
    /// assert!(!found.contains_key(&("Boston", 1)));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn in_bulk<K>(&self, keys: impl IntoIterator<Item = K>, db: &Database) -> Result<HashMap<K, M>, Error>
    where
        K: IntoOperand<M::Key> + Clone + Eq + Hash,
    {
        let each: HashSet<K> = keys.into_iter().collect();
        let mut wanted: HashMap<Item, Vec<K>> = HashMap::with_capacity(each.len());
        for key in each {
            wanted.entry(key_item::<M>(key.clone())?).or_default().push(key);
        }
        let items = wanted.keys().cloned().collect();
        let mut read = self.begin(self.plan_in_bulk(items, &db.table_name::<M>())?, db)?;
        let mut found = HashMap::with_capacity(wanted.len());
        while let Some(page) = read.next().await? {
            for item in &page.items {
                let key = item.pick(M::schema().table.key.names());
                for key in wanted.remove(&key).unwrap_or_default() {
                    found.insert(key, decode(item)?);
                }
            }
        }
        Ok(found)
    }

    /// What [`in_bulk`](Self::in_bulk) would do with these keys, and what it would cost.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     #[model(range_key)]
    /// #     day: u32,
    /// # }
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
        K: IntoOperand<M::Key>,
    {
        let items = keys.into_iter().map(key_item::<M>).collect::<Result<_, _>>()?;
        Ok(Explain::new(&self.plan_in_bulk(items, &M::schema().table.name)?))
    }

    fn plan_in_bulk(&self, keys: Vec<Item>, table: &Name) -> Result<ReadPlan, PlanError> {
        ReadPlan::of_keys(self.request(), table, ResultKind::Items, keys, "in_bulk")
    }

    /// Whether the item of this value's key is one that the queryset matches. What else the value holds is not compared, and
    /// one item is read.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
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
    /// let weather = Weather::get_by_key(("Seattle", 2), &db).await?;
    /// assert!(Weather::objects().filter(Weather::KIND.eq("rain")).contains(&weather, &db).await?);
    /// assert!(!Weather::objects().filter(Weather::DAY.gt(2)).contains(&weather, &db).await?);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn contains(&self, value: &M, db: &Database) -> Result<bool, Error> {
        let mut read = self.begin(self.plan_contains(value, &db.table_name::<M>())?, db)?;
        Ok(read.next().await?.is_some_and(|page| page.count > 0))
    }

    /// What [`contains`](Self::contains) would do with this value, and what it would cost.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[derive(Model, Clone, Debug, PartialEq)]
    /// # #[model(table = "weather")]
    /// # struct Weather {
    /// #     #[model(hash_key)]
    /// #     location: String,
    /// #     kind: Option<String>,
    /// # }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let seattle = Weather { location: "Seattle".to_owned(), kind: None };
    /// assert_eq!(
    ///     Weather::objects().filter(Weather::KIND.exists()).explain_contains(&seattle)?.plan.to_string(),
    ///     "\
    /// Exists
    ///   Residual: attribute_exists(kind)
    ///     BatchGetItem weather; keys: 1, (location = \"Seattle\"); projection: location, kind
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_contains(&self, value: &M) -> Result<Explain, PlanError> {
        Ok(Explain::new(&self.plan_contains(value, &M::schema().table.name)?))
    }

    fn plan_contains(&self, value: &M, table: &Name) -> Result<ReadPlan, PlanError> {
        let key = value.key().map_err(refused::<M>)?;
        ReadPlan::of_keys(self.request(), table, ResultKind::Exists, vec![key], "contains")
    }
}

fn key_item<M: Model>(key: impl IntoOperand<M::Key>) -> Result<Item, PlanError> {
    let values = key.into_operand().into_values().map_err(refused::<M>)?;
    Ok(M::schema().table.key.names().cloned().zip(values).collect())
}

fn refused<M: Model>(error: CodecError) -> PlanError {
    PlanError::Key { model: M::schema().model, error }
}
