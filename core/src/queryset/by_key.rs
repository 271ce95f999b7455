//! What is asked of a queryset by keys: `in_bulk` and `contains`.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::QuerySet;
use super::reading::Reading;
use super::terminal::decode;
use crate::database::Database;
use crate::error::Error;
use crate::model::{CodecError, Index, IntoOperand, KeyOperand, Model};
use crate::planner::{Purpose, ReadPlan};
use crate::value::Item;

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
        let mut read = self.read_keys(Purpose::Items, items, "in_bulk", db)?;
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
    /// let weather = Weather::get_by_key(&db, ("Seattle", 2)).await?;
    /// assert!(Weather::objects().filter(Weather::KIND.eq("rain")).contains(&weather, &db).await?);
    /// assert!(!Weather::objects().filter(Weather::DAY.gt(2)).contains(&weather, &db).await?);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn contains(&self, value: &M, db: &Database) -> Result<bool, Error> {
        let key = value.key().map_err(codec::<M>)?;
        let mut read = self.read_keys(Purpose::Exists, vec![key], "contains", db)?;
        Ok(read.next().await?.is_some_and(|page| page.count > 0))
    }

    fn read_keys(
        &self,
        purpose: Purpose,
        keys: Vec<Item>,
        method: &'static str,
        db: &Database,
    ) -> Result<Reading, Error> {
        let plan = ReadPlan::of_keys(self.request(), &db.table_name::<M>(), purpose, keys, method)?;
        self.begin(plan, db)
    }
}

fn key_item<M: Model>(key: impl IntoOperand<M::Key>) -> Result<Item, Error> {
    let values = key.into_operand().into_values().map_err(codec::<M>)?;
    Ok(M::schema().table.key.names().cloned().zip(values).collect())
}

fn codec<M: Model>(error: CodecError) -> Error {
    Error::Codec { model: M::schema().model, error }
}
