//! Changing what a queryset matches, and deleting it under a condition.

use std::collections::HashSet;

use super::QuerySet;
use super::each::{Tally, count, each};
use crate::database::Database;
use crate::driver::DriverError;
use crate::error::Error;
use crate::expression::{Condition, Update};
use crate::model::{Index, IntoEdits, Model};
use crate::plan::{DeleteItem, Operation, UpdateItem};
use crate::planner::{
    Explain, Expressions, Node, PlanError, ReadPlan, ResultKind, recheck, recheck_of_each, update_of,
};
use crate::value::{Item, Name};

impl<M: Model, I: Index<Model = M>> QuerySet<M, I> {
    /// Changes the matching items and gives their number.
    ///
    /// Keys are read a page at a time; then each item is changed by an
    /// [UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html) of its own, several at a
    /// time, on the condition that it is still there and still matches. An item that stopped matching meanwhile is left as it is
    /// and not counted; one that began to match is not met for certain. Unlike Django's, the whole is no transaction, and each
    /// item costs a write.
    ///
    /// If not all can be changed, [`Error::WritesIncomplete`] says how many were, which were not, and which may have been.
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
    /// #     windy: bool,
    /// #     visits: u32,
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (day, kind) in [(1, "sun"), (2, "rain"), (3, "rain")] {
    /// #     let (location, kind) = ("Seattle".to_owned(), Some(kind.to_owned()));
    /// #     Weather { location, day, kind, windy: false, visits: day }.save(&db).await?;
    /// # }
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("rain"));
    /// let changed = rain.update((Weather::WINDY.set(true), Weather::VISITS.set(F(Weather::VISITS) + 1)), &db).await?;
    /// assert_eq!(changed, 2);
    /// assert_eq!(rain.first(&db).await?.map(|weather| (weather.windy, weather.visits)), Some((true, 3)));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(&self, edits: impl IntoEdits<M>, db: &Database) -> Result<u64, Error> {
        let update = update_of(edits)?;
        let table = db.table_name::<M>();
        let write = |key, condition| {
            let condition = Some(condition);
            UpdateItem { condition, ..UpdateItem::new(table.clone(), key, update.clone()) }
        };
        self.write_each("update", write, db).await
    }

    /// What [`update`](Self::update) would do with these edits, and what it would cost. The condition is shown as far as it is
    /// the same for each item; what an item's own key decides is left out when it is written.
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
    /// #     windy: bool,
    /// # }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::DAY.gt(9) & Weather::KIND.eq("rain"));
    /// assert_eq!(
    ///     rain.explain_update(Weather::WINDY.set(true))?.plan.to_string(),
    ///     "\
    /// UpdateItem weather; key: of each item; update: SET windy = true; condition: attribute_exists(location) AND kind = \"rain\"
    ///   Keys
    ///     Query weather; key condition: location = \"Seattle\" AND day > 9; filter: kind = \"rain\"; projection: location, day; ascending
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_update(&self, edits: impl IntoEdits<M>) -> Result<Explain, PlanError> {
        let update = update_of(edits)?;
        let keys = Explain::new(&self.plan_keys(&M::schema().table.name)?);
        Ok(self.explain_each(keys, "UpdateItem", Some(&update)))
    }

    /// Deletes the matching items and gives their number, each by a
    /// [DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html) of its own that checks
    /// again: an item that stopped matching meanwhile stays, and is not counted.
    ///
    /// [`delete`](Self::delete) takes one request for 25 items and cannot check; both cost a write for each item. If not all can
    /// be deleted, [`Error::WritesIncomplete`] says how many were, which were not, and which may have been.
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
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// # db.create_table::<Weather>().await?;
    /// # for (day, kind) in [(1, "sun"), (2, "rain"), (3, "rain")] {
    /// #     Weather { location: "Seattle".to_owned(), day, kind: Some(kind.to_owned()) }.save(&db).await?;
    /// # }
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("rain"));
    /// assert_eq!(rain.delete_checked(&db).await?, 2);
    /// assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await?, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete_checked(&self, db: &Database) -> Result<u64, Error> {
        let table = db.table_name::<M>();
        let write = |key, condition| DeleteItem { condition: Some(condition), ..DeleteItem::new(table.clone(), key) };
        self.write_each("delete_checked", write, db).await
    }

    /// What [`delete_checked`](Self::delete_checked) does with the keys that are read.
    pub(super) fn explain_delete_checked(&self, keys: Explain) -> Explain {
        self.explain_each(keys, "DeleteItem", None)
    }

    fn explain_each(&self, keys: Explain, operation: &'static str, update: Option<&Update>) -> Explain {
        let to = [("table", M::schema().table.name.to_string()), ("key", "of each item".to_owned())];
        let condition = recheck_of_each(self.request());
        let expressions = Expressions::of_write(update, &condition);
        let update = update.map(|update| ("update", update.to_string()));
        let details = to.into_iter().chain(update).chain([("condition", condition.to_string())]);
        keys.then_writes(Node::new(operation, details).with_expressions(expressions))
    }

    fn plan_keys(&self, table: &Name) -> Result<ReadPlan, PlanError> {
        ReadPlan::new(self.request(), table, ResultKind::Keys)
    }

    /// Makes one write for each matching item, on the condition that it still matches.
    async fn write_each<O: Operation>(
        &self,
        operation: &'static str,
        write: impl Fn(Item, Condition) -> O + Send,
        db: &Database,
    ) -> Result<u64, Error> {
        let plan = self.plan_keys(&db.table_name::<M>())?;
        // While an index is read, a write can move an item to a place that is yet to be read.
        let items_move = plan.token_key.len() > plan.table_key.len();
        let mut read = self.begin(plan, db)?;
        let mut met = HashSet::new();
        let mut done = 0;
        loop {
            let page = match read.next().await {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(done),
                Err(error) if done == 0 => return Err(error.into()),
                Err(error) => {
                    let tally = Tally { error: Some(error), ..Tally::default() };
                    return Err(tally.incomplete::<M>(operation, done, true));
                }
            };
            if !items_move {
                met.clear();
            }
            let keys = page.items.iter().map(|item| item.pick(M::schema().table.key.names()));
            let keys = keys.filter(|key| met.insert(key.clone()));
            let write = |key: Item| Ok((key.clone(), write(key.clone(), recheck(self.request(), &key)?)));
            let writes: Vec<(Item, O)> = match keys.map(write).collect::<Result<_, PlanError>>() {
                Ok(writes) => writes,
                Err(error) if done == 0 => return Err(error.into()),
                Err(error) => {
                    let error = Some(DriverError::validation(O::NAME, error.to_string()));
                    return Err(Tally { error, ..Tally::default() }.incomplete::<M>(operation, done, true));
                }
            };
            let tally = each(read.db(), writes).await;
            if !tally.is_complete() {
                return Err(tally.incomplete::<M>(operation, done, page.last_evaluated_key.is_some()));
            }
            done += count(&tally.made);
        }
    }
}
