//! Writing each item of a queryset under the condition that it still matches.

use super::plan_tree::PlanTree;
use super::read_spec::ReadSpec;
use super::unexpired::ReadTime;
use super::write_each::{EachWrite, Effect, ItemToWrite};
use super::{QuerySet, WholeItems};
use crate::database::{Database, generated_update, validate_edits, with_edit_advice};
use crate::error::Error;
use crate::expression::Update;
use crate::model::{Index, IntoEdits, Model};
use crate::plan::UpdateItem;
use crate::planner::{Explain, Expressions, Node, PlanError, recheck_of_each, update_of};

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Changes the matching items and returns their number.
    ///
    /// Keys are read a page at a time. Then each item is changed by an
    /// [UpdateItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html) of its own, several
    /// concurrently, under the condition that it exists and still matches. If the lookups name the whole keys of items, as
    /// `set_hash_key("Seattle").filter(Weather::DAY.is_in([1, 2]))` does, nothing is read, and there is one request for each key; an item that
    /// is missing, or does not match, then consumes the write units of a failed condition. An item that stopped matching in between is left as it is and
    /// not counted. An item that began to match in between may be missed. The version of each item, if the model has one, is counted up
    /// but not compared, and its `updated_at` is set, which Django's `update` leaves as it is. Unlike Django's `update`, this is no transaction, and each item
    /// costs a write.
    ///
    /// The validators of a field run on the value that an edit sets the whole attribute to, as for
    /// [`update`](crate::database::ModelExt::update) of a value; Django's `update` runs none.
    ///
    /// # Errors
    ///
    /// - [`Error::ValidationFailed`] if a validator refuses the value of an edit; nothing was sent.
    ///
    /// - [`Error::Plan`] if the queryset or the edits cannot be planned, for example a union; nothing was sent.
    /// - [`Error::WritesIncomplete`] if not all items were changed, also if the only write failed. It holds the number of writes that were made, and the keys that were
    ///   not changed or may have been changed.
    /// - [`Error::Driver`] if the first read failed.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("rain"));
    /// assert_eq!(rain.update(Weather::TEMP_MAX.set(F(Weather::TEMP_MAX) + 1), &db).await?, 2);
    /// assert_eq!(rain.values(Weather::TEMP_MAX).all(&db).await?, [11.6, 10.4]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(&self, edits: impl IntoEdits<M>, db: &Database) -> Result<u64, Error>
    where
        R: WholeItems<M>,
    {
        let call = async {
            let update = update_of(edits)?;
            validate_edits::<M>("update", &update, || None)?;
            let update = generated_update::<M>(update, db)?;
            if M::schema().changes_unique(&update) {
                return Err(PlanError::unique_in_many(M::schema(), "update", "update each value").into());
            }
            let (table, limited) = (&db.table_name::<M>(), &self.spec.rate_limited(db));
            let write = |ItemToWrite { key, condition, .. }| {
                let request = UpdateItem::new(table.clone(), key, update.clone());
                async move { Ok(limited.run(UpdateItem { condition, ..request }).await.map(drop)?) }
            };
            let each = EachWrite { method: "update", rechecks: true, effect: Effect::Update };
            self.write_each(each, write, |error| with_edit_advice::<M>(error, &update), db).await
        };
        self.spec.call_span(db, "update").run(call).await
    }

    /// Returns the plan of [`update`](Self::update) with these edits and its cost.
    ///
    /// The time of the write is left out, which is that of the call. The condition is shown as far as it is the same for all items. Lookups that the key of an item decides are left out when it is
    /// written.
    ///
    /// # Errors
    ///
    /// Returns the error with which `update` would be refused.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::DAY.gt(9) & Weather::KIND.eq("rain"));
    /// assert_eq!(
    ///     rain.explain_update(Weather::TEMP_MAX.set(10))?.plan.to_string(),
    ///     "\
    /// UpdateItem weather; key: of each item; update: SET temp_max = 10; condition: attribute_exists(location) AND kind = \"rain\"
    ///   Keys
    ///     Query weather; key condition: location = \"Seattle\" AND day > 9; filter: kind = \"rain\"; projection: location, day; ascending
    /// ",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain_update(&self, edits: impl IntoEdits<M>) -> Result<Explain, PlanError>
    where
        R: WholeItems<M>,
    {
        let mut update = update_of(edits)?;
        M::schema().count_update(&mut update);
        let spec = self.spec.at(ReadTime::Unknown);
        let tree = spec.plan_keys("update", &M::schema().table.name)?;
        Ok(spec.explain_each(&tree, "UpdateItem", Some(&update)))
    }

    /// Deletes the matching items that still match when they are deleted, and returns their number.
    ///
    /// Each item is deleted by a
    /// [DeleteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html) of its own, under the condition
    /// that it still matches. An item that stopped matching in between stays and is not counted.
    ///
    /// [`delete`](Self::delete) sends one request per 25 items and checks no condition. Both cost a write for each item.
    ///
    /// # Errors
    ///
    /// Those of [`update`](Self::update).
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{Weather, weather_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = weather_database().await?;
    /// let rain = Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("rain"));
    /// assert_eq!(rain.delete_checked(&db).await?, 2);
    /// assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await?, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete_checked(&self, db: &Database) -> Result<u64, Error>
    where
        R: WholeItems<M>,
    {
        let call = async {
            let each = EachWrite { method: "delete_checked", rechecks: true, effect: Effect::Delete };
            self.delete_each(each, db).await
        };
        self.spec.call_span(db, "delete_checked").run(call).await
    }
}

impl ReadSpec {
    /// Returns the plan of deleting the items whose keys `tree` reads, each under the condition that it still matches.
    pub(super) fn explain_delete_checked(&self, tree: &PlanTree) -> Explain {
        self.explain_each(tree, "DeleteItem", None)
    }

    fn explain_each(&self, tree: &PlanTree, operation: &'static str, update: Option<&Update>) -> Explain {
        let schema = self.request.schema;
        let needs_keys_only = update.is_some() || schema.unique.is_empty();
        if let Some(named) = tree.named_keys(&self.request).filter(|named| needs_keys_only && !named.is_empty()) {
            return Explain::of_named_writes(&self.request, &named, operation, update);
        }
        let keys = tree.explain();
        let target = [("table", self.request.schema.table.name.to_string()), ("key", "of each item".to_owned())];
        let condition = recheck_of_each(&self.request);
        let expressions = Expressions::of_write(update, Some(&condition));
        let update = update.map(|update| ("update", update.to_string()));
        let details = target.into_iter().chain(update).chain([("condition", condition.to_string())]);
        keys.then_writes(Node::new(operation, details).with_expressions(expressions))
    }
}
