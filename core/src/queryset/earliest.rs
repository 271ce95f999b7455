//! The first and the last item in the order of an attribute.

use std::cmp::Ordering;

use super::terminal::decode;
use super::{QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::expression::{Path, order};
use crate::model::{Attribute, Index, Model};
use crate::planner::{Access, Explain, Node, PartitionQuery, PlanError, ReadPlan};
use crate::value::{Item, Name};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// The item with the least value of an attribute, which must be the range key of what is read: DynamoDB has no other order.
    /// [`Error::ObjectDoesNotExist`] when there is none.
    ///
    /// One item is read of each partition, and the earliest of these is given. A limit does not change which it is.
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
    /// #     temp_max: f64,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (location, day, temp_max) in [("Seattle", 2, 7.2), ("Seattle", 3, 10.6), ("Boston", 1, 9.4)] {
    /// #     Weather { location: location.to_owned(), day, temp_max }.save(&db).await?;
    /// # }
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(seattle.earliest(Weather::DAY, &db).await?.day, 2);
    /// assert_eq!(seattle.latest(Weather::DAY, &db).await?.day, 3);
    ///
    /// let both = Weather::objects().filter(Weather::LOCATION.is_in(["Seattle", "Boston"]));
    /// assert_eq!(both.earliest(Weather::DAY, &db).await?.day, 1);
    /// assert!(seattle.earliest(Weather::TEMP_MAX, &db).await.is_err(), "not the range key");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn earliest<T, K>(&self, attribute: Attribute<M, T, K>, db: &Database) -> Result<M, Error> {
        let path = attribute.path().clone();
        self.order_by(attribute.asc()).first_of_all(&path, Ordering::Less, db).await
    }

    /// The item with the greatest value of an attribute; in everything else as [`earliest`](Self::earliest).
    pub async fn latest<T, K>(&self, attribute: Attribute<M, T, K>, db: &Database) -> Result<M, Error> {
        let path = attribute.path().clone();
        self.order_by(attribute.desc()).first_of_all(&path, Ordering::Greater, db).await
    }

    /// What [`earliest`](Self::earliest) would do, and what it would cost.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let both = Weather::objects().filter(Weather::LOCATION.is_in(["Seattle", "Boston"]));
    /// assert_eq!(
    ///     both.explain_earliest(Weather::DAY)?.plan.to_string(),
    ///     "\
    /// Earliest day
    ///   Limit 1, pushed down
    ///     Query weather; key condition: location = \"Seattle\"; ascending
    ///   Limit 1, pushed down
    ///     Query weather; key condition: location = \"Boston\"; ascending
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_earliest<T, K>(&self, attribute: Attribute<M, T, K>) -> Result<Explain, PlanError> {
        let path = attribute.path().clone();
        self.order_by(attribute.asc()).explain_first_of_all("Earliest", &path)
    }

    /// What [`latest`](Self::latest) would do, and what it would cost.
    pub fn explain_latest<T, K>(&self, attribute: Attribute<M, T, K>) -> Result<Explain, PlanError> {
        let path = attribute.path().clone();
        self.order_by(attribute.desc()).explain_first_of_all("Latest", &path)
    }

    fn explain_first_of_all(&self, operation: &'static str, path: &Path) -> Result<Explain, PlanError> {
        let plans = self.plans_by_partition(&M::schema().table.name)?;
        let each = plans.iter().map(Explain::new).collect();
        Ok(Explain::combined_alike(Node::new(operation, [("of", path.to_string())]), each, 0))
    }

    fn plans_by_partition(&self, table: &Name) -> Result<Vec<ReadPlan>, PlanError> {
        by_partition(self.plan(Terminal::All, table)?, M::schema().model)
    }

    async fn first_of_all(&self, path: &Path, better: Ordering, db: &Database) -> Result<M, Error> {
        let mut best: Option<Item> = None;
        for plan in self.plans_by_partition(&db.table_name::<M>())? {
            let mut read = self.begin(plan, db)?;
            while let Some(page) = read.next().await? {
                for item in page.items {
                    let order = best.as_ref().and_then(|best| order(path.get(&item)?, path.get(best)?));
                    if best.is_none() || order == Some(better) {
                        best = Some(item);
                    }
                }
            }
        }
        if let Some(item) = best {
            return decode(&item);
        }
        let query = self.explain_for(Terminal::First)?.plan.summary();
        Err(Error::ObjectDoesNotExist { model: M::schema().model, query })
    }
}

/// A plan for the first item of each partition. Single items by their keys have no order among each other, so that all of them
/// are read.
fn by_partition(plan: ReadPlan, model: &'static str) -> Result<Vec<ReadPlan>, PlanError> {
    let queries = match plan.access {
        Access::Queries(queries) => queries,
        Access::Scan(_) => return Err(PlanError::ScanHasNoOrder { model }),
        Access::Empty(_) | Access::Get(_) => return Ok(vec![plan]),
        Access::Keys(_) => return Ok(vec![ReadPlan { limit: None, ..plan }]),
    };
    let mut partitions: Vec<Vec<PartitionQuery>> = Vec::new();
    for query in queries {
        let is_same = |other: &PartitionQuery| other.query.key_condition.hash == query.query.key_condition.hash;
        match partitions.last_mut() {
            Some(partition) if partition.last().is_some_and(is_same) => partition.push(query),
            _ => partitions.push(vec![query]),
        }
    }
    let plan = ReadPlan { access: Access::Queries(Vec::new()), limit: Some(1), ..plan };
    Ok(partitions.into_iter().map(|queries| ReadPlan { access: Access::Queries(queries), ..plan.clone() }).collect())
}
