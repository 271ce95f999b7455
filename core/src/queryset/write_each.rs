//! Writing the items of a queryset one by one.

use std::collections::HashSet;

use super::QuerySet;
use super::concurrent_writes::write_concurrently;
use super::plan_tree::PlanTree;
use super::read_spec::ReadSpec;
use super::reader::PageReader;
use super::unexpired::ReadTime;
use super::write_outcomes::WriteOutcomes;
use crate::database::{Database, SignalContext, WriteFailure, post_delete, pre_delete};
use crate::driver::DriverError;
use crate::error::{Error, SignalFailed};
use crate::expression::{Condition, Path};
use crate::model::{Index, Model, ModelSchema, UniqueConstraint};
use crate::planner::{NamedKeys, PlanError, recheck};
use crate::value::Item;

/// A method that writes each matching item on its own.
#[derive(Clone, Copy)]
pub(super) struct EachWrite {
    /// Name of the method.
    pub(super) method: &'static str,
    /// `true` if an item is written only if it still matches.
    pub(super) rechecks: bool,
    /// Effect of the write.
    pub(super) effect: Effect,
}

impl EachWrite {
    /// Returns `true` if the write needs no more of an item than its key.
    fn needs_keys_only(self, schema: &ModelSchema) -> bool {
        match self.effect {
            Effect::Update => true,
            Effect::Delete => self.rechecks && schema.unique.is_empty(),
            Effect::Guard => false,
        }
    }
}

/// The effect of a write of each item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// The item is changed, but no unique value.
    Update,
    /// The item is deleted, between the signals of this.
    Delete,
    /// The guard items of unique values are added.
    Guard,
}

/// An item that is to be written.
pub(super) struct ItemToWrite {
    pub(super) key: Item,
    /// The attributes that were read.
    pub(super) read: Item,
    /// The condition that the item still matches, if the method requires it.
    pub(super) condition: Option<Condition>,
}

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Makes one write for each matching item, and returns the number of writes. `map_error` replaces the error of a write.
    pub(super) async fn write_each<F: Future<Output = Result<(), WriteFailure>> + Send>(
        &self,
        each: EachWrite,
        write: impl Fn(ItemToWrite) -> F + Send + Sync,
        map_error: impl FnOnce(DriverError) -> DriverError + Send,
        db: &Database,
    ) -> Result<u64, Error> {
        let method = each.method;
        let spec = self.spec.at(ReadTime::now(db));
        let sends_signals = each.effect == Effect::Delete && db.has_receivers::<M>();
        let tree = spec.plan_writes::<M>(each, sends_signals, db)?;
        if !sends_signals
            && each.needs_keys_only(M::schema())
            && let Some(named) = tree.named_keys(&spec.request)
        {
            return write_named::<M, _>(method, named, write, map_error, db).await;
        }
        // While an index is read, a write can move an item to a position that is yet to be read.
        let can_repeat_items = tree.can_repeat_items();
        let mut reader = PageReader::begin(tree, M::schema().model, db)?;
        let mut seen = HashSet::new();
        let mut done = 0;
        let incomplete =
            |outcomes: WriteOutcomes, done, may_have_more| Err(outcomes.incomplete::<M>(method, done, may_have_more));
        loop {
            let page = match reader.next().await {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(done),
                Err(error) if done == 0 => return Err(error.into()),
                Err(error) => return incomplete(WriteOutcomes::of_error(error), done, true),
            };
            if !can_repeat_items {
                seen.clear();
            }
            let to_write = |item: &Item| -> Option<Result<(Item, ItemToWrite), PlanError>> {
                let key = item.pick(M::schema().table.key.names());
                seen.insert(key.clone()).then(|| {
                    let condition = if each.rechecks { Some(recheck(&spec.request, &key)?) } else { None };
                    Ok((key.clone(), ItemToWrite { key, read: item.clone(), condition }))
                })
            };
            let items: Vec<_> = match page.items.iter().filter_map(to_write).collect::<Result<_, PlanError>>() {
                Ok(items) => items,
                Err(error) if done == 0 => return Err(error.into()),
                Err(error) => {
                    let error = DriverError::validation(method, error.to_string());
                    return incomplete(WriteOutcomes::of_error(error), done, true);
                }
            };
            let mut values = Vec::new();
            if sends_signals {
                match before_deletes::<M>(method, &items, db).await {
                    Ok(decoded) => values = decoded,
                    Err(Error::SignalFailed(signal)) if done > 0 => {
                        return incomplete(WriteOutcomes::of_signal(*signal), done, true);
                    }
                    Err(error) => return Err(error),
                }
            }
            let mut outcomes = write_concurrently(db, items, &write).await;
            if let Err(signal) = after_deletes(method, &values, &outcomes.written, db).await {
                outcomes.signal = Some(signal);
            }
            if !outcomes.is_complete() {
                let may_have_more = reader.may_have_more(&page);
                return incomplete(outcomes.map_error(map_error), done, may_have_more);
            }
            done += outcomes.written_count();
        }
    }
}

/// Makes one write for each key that the lookups name, without a read, and returns the number of items that exist and match.
pub(super) async fn write_named<M: Model, F: Future<Output = Result<(), WriteFailure>> + Send>(
    method: &'static str,
    named: NamedKeys,
    write: impl Fn(ItemToWrite) -> F + Send + Sync,
    map_error: impl FnOnce(DriverError) -> DriverError + Send,
    db: &Database,
) -> Result<u64, Error> {
    let to_write = |(key, condition): (Item, Condition)| {
        (key.clone(), ItemToWrite { key, read: Item::new(), condition: Some(condition) })
    };
    let outcomes = write_concurrently(db, named.into_iter().map(to_write).collect(), &write).await;
    if outcomes.is_complete() {
        return Ok(outcomes.written_count());
    }
    Err(outcomes.map_error(map_error).incomplete::<M>(method, 0, false))
}

/// Decodes the items of a page and sends `pre_delete` of each. Returns the values with their keys.
async fn before_deletes<M: Model>(
    method: &'static str,
    items: &[(Item, ItemToWrite)],
    db: &Database,
) -> Result<Vec<(Item, M)>, Error> {
    let mut values = Vec::with_capacity(items.len());
    for (key, item) in items {
        let value: M = db.decode(&item.read)?;
        pre_delete(&value, SignalContext { db, operation: method, created: None }).await?;
        values.push((key.clone(), value));
    }
    Ok(values)
}

/// Sends `post_delete` of those values whose items were deleted.
async fn after_deletes<M: Model>(
    method: &'static str,
    values: &[(Item, M)],
    deleted: &[Item],
    db: &Database,
) -> Result<(), SignalFailed> {
    let deleted: HashSet<&Item> = if values.is_empty() { HashSet::new() } else { deleted.iter().collect() };
    for (_, value) in values.iter().filter(|(key, _)| deleted.contains(key)) {
        let sent = post_delete(value, SignalContext { db, operation: method, created: None }).await;
        if let Err(Error::SignalFailed(failed)) = sent {
            return Err(*failed);
        }
    }
    Ok(())
}

impl ReadSpec {
    /// Plans to read the items that a method writes: whole items for signals, unique values for guard items, and otherwise keys.
    fn plan_writes<M: Model>(
        &self,
        each: EachWrite,
        sends_signals: bool,
        db: &Database,
    ) -> Result<PlanTree, PlanError> {
        let (table, schema) = (db.table_name::<M>(), M::schema());
        if sends_signals {
            return self.plan_items(each.method, &table);
        }
        if each.effect != Effect::Update && !schema.unique.is_empty() {
            let names = schema.unique.iter().flat_map(UniqueConstraint::attributes);
            match self.clone().with_parts(names.map(Path::new).collect()).plan_items(each.method, &table) {
                // The unique values are then those that the first attempt of each write finds.
                Err(PlanError::ProjectionLacks { .. }) => {}
                planned => return planned,
            }
        }
        self.plan_keys(each.method, &table)
    }
}
