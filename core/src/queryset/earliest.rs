//! The first and the last row in the order of an attribute.

use std::cmp::Ordering;

use super::reader::SingleReader;
use super::unexpired::ReadTime;
use super::{QuerySet, Terminal};
use crate::database::Database;
use crate::error::Error;
use crate::expression::{Path, order};
use crate::model::{Attribute, Index, Model};
use crate::planner::{Access, Explain, Node, PartitionQuery, PlanError, ReadPlan};
use crate::value::{Item, Name};

impl<M: Model, R: 'static, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Returns the row with the least value of an attribute, which must be the range key of the table or index that is read.
    ///
    /// One item of each partition is read. A limit does not change which row is returned.
    ///
    /// # Errors
    ///
    /// - [`Error::ObjectDoesNotExist`] if no item matches.
    /// - [`PlanError::OrderBy`] if the attribute is not the range key.
    /// - [`PlanError::ScanHasNoOrder`] if no hash key is known.
    /// - [`PlanError::Combination`] if the queryset is a union.
    /// - Those of [`all`](Self::all).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// # Weather { location: "Boston".to_owned(), ..Weather::seattle(0, "snow", -2.5) }.save(&db).await?;
    /// let seattle = Weather::objects().set_hash_key("Seattle");
    /// assert_eq!(seattle.earliest(Weather::DAY, &db).await?.day, 1);
    /// assert_eq!(seattle.latest(Weather::DAY, &db).await?.day, 3);
    ///
    /// let both = Weather::objects().filter(Weather::LOCATION.is_in(["Seattle", "Boston"]));
    /// assert_eq!(both.earliest(Weather::DAY, &db).await?.location, "Boston");
    /// assert!(seattle.earliest(Weather::TEMP_MAX, &db).await.is_err(), "temp_max is not the range key");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn earliest<T, K>(&self, attribute: Attribute<M, T, K>, db: &Database) -> Result<R, Error> {
        let call = async {
            let path = attribute.path().clone();
            self.order_by(attribute.asc()).first_by_partition("earliest", &path, Ordering::Less, db).await
        };
        self.spec.call_span(db, "earliest").run(call).await
    }

    /// Returns the row with the greatest value of an attribute; in everything else as [`earliest`](Self::earliest).
    ///
    /// # Errors
    ///
    /// Those of [`earliest`](Self::earliest).
    pub async fn latest<T, K>(&self, attribute: Attribute<M, T, K>, db: &Database) -> Result<R, Error> {
        let call = async {
            let path = attribute.path().clone();
            self.order_by(attribute.desc()).first_by_partition("latest", &path, Ordering::Greater, db).await
        };
        self.spec.call_span(db, "latest").run(call).await
    }

    /// Returns the plan of [`earliest`](Self::earliest) and its cost.
    ///
    /// # Errors
    ///
    /// Returns the error with which `earliest` would be refused.
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
        self.order_by(attribute.asc()).explain_first_by_partition("earliest", "Earliest", &path)
    }

    /// Returns the plan of [`latest`](Self::latest) and its cost.
    ///
    /// # Errors
    ///
    /// Returns the error with which `latest` would be refused.
    pub fn explain_latest<T, K>(&self, attribute: Attribute<M, T, K>) -> Result<Explain, PlanError> {
        let path = attribute.path().clone();
        self.order_by(attribute.desc()).explain_first_by_partition("latest", "Latest", &path)
    }

    fn explain_first_by_partition(
        &self,
        method: &'static str,
        operation: &'static str,
        path: &Path,
    ) -> Result<Explain, PlanError> {
        let plans = self.plans_by_partition(method, ReadTime::Unknown, &M::schema().table.name)?;
        let each = plans.iter().map(Explain::new).collect();
        Ok(Explain::combined_alike(Node::new(operation, [("of", path.to_string())]), each, 0))
    }

    fn plans_by_partition(
        &self,
        method: &'static str,
        time: ReadTime,
        table: &Name,
    ) -> Result<Vec<ReadPlan>, PlanError> {
        let spec = self.spec.at(time);
        spec.check_extreme(method)?;
        spec.check_options()?;
        by_partition(spec.plan_single(Terminal::All, table)?, M::schema().model)
    }

    async fn first_by_partition(
        &self,
        method: &'static str,
        path: &Path,
        better: Ordering,
        db: &Database,
    ) -> Result<R, Error> {
        let mut best: Option<Item> = None;
        for plan in self.plans_by_partition(method, ReadTime::now(db), &db.table_name::<M>())? {
            let reader = SingleReader::begin(plan, self.spec.rate_limit.as_ref(), M::schema().model, db)?;
            let mut reader = reader.continuing();
            while let Some(page) = reader.next().await? {
                for item in page.items {
                    let order = best.as_ref().and_then(|best| order(path.get(&item)?, path.get(best)?));
                    if best.is_none() || order == Some(better) {
                        best = Some(item);
                    }
                }
            }
        }
        if let Some(item) = best {
            return self.row.row(item, db);
        }
        let query = self.explain_for(Terminal::First)?.plan.summary();
        Err(Error::ObjectDoesNotExist { model: M::schema().model, query })
    }
}

/// Returns a plan for the first item of each partition. Single items by their keys have no order among each other, so all of them are
/// read.
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
