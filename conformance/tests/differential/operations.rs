//! Random operations on one table.

use djamodb_core::expression::RangeCondition;
use djamodb_core::plan::{
    BatchGetItem, BatchWriteItem, ConditionCheck, DeleteItem, GetItem, OldItemOnFailure, PutItem, Query, QueryPlan,
    ReturnConsumedCapacity, ReturnOld, ReturnValues, Scan, Select, TableKeys, TableWrites, TransactDelete, TransactGet,
    TransactGetItems, TransactPut, TransactUpdate, TransactWriteItem, TransactWriteItems, UpdateItem, WriteRequest,
};
use djamodb_core::schema::{KeySchema, TableSchema};
use djamodb_core::value::{Item, Name};
use fastrand::Rng;

use crate::expressions::{condition, key_condition, projection, update};
use crate::schemas::other_schema;
use crate::values::{key, number, once_in, one_of, value, with_attributes};

/// Returns a random operation on the table of `schema`.
pub(crate) fn operation(random: &mut Rng, schema: &TableSchema) -> QueryPlan {
    let generator = &mut Generator { random, schema, other: other_schema(&schema.name) };
    match generator.random.u32(..20) {
        0..=4 => generator.put().into(),
        5..=8 => generator.update().into(),
        9 => generator.delete().into(),
        10 => generator.get().into(),
        11..=13 => generator.query().into(),
        14 | 15 => generator.scan().into(),
        16 => generator.batch_get().into(),
        17 => generator.batch_write().into(),
        18 => generator.transact_get().into(),
        _ => generator.transact_write().into(),
    }
}

struct Generator<'a> {
    random: &'a mut Rng,
    schema: &'a TableSchema,
    other: TableSchema,
}

impl Generator<'_> {
    fn table(&self) -> Name {
        self.schema.name.clone()
    }

    fn key(&mut self) -> Item {
        let mut item = Item::new();
        for attribute in self.schema.key.attributes() {
            if !once_in(self.random, 150) {
                item = item.with(attribute.name.clone(), key(self.random, attribute.scalar));
            }
        }
        if once_in(self.random, 150) { item.with("c", value(self.random)) } else { item }
    }

    /// Returns an item in which the key attributes of indexes mostly have the right type.
    fn item(&mut self) -> Item {
        let mut item = self.key();
        item = with_attributes(self.random, item);
        let local = self.schema.local_indexes.iter().map(|index| &index.key);
        let keys: Vec<KeySchema> =
            local.chain(self.schema.global_indexes.iter().map(|index| &index.key)).cloned().collect();
        for attribute in keys.iter().flat_map(KeySchema::attributes) {
            let is_table_key = self.schema.key.contains(&attribute.name);
            if !is_table_key && item.contains_key(&attribute.name) && !once_in(self.random, 40) {
                item = item.with(attribute.name.clone(), key(self.random, attribute.scalar));
            }
        }
        item
    }

    /// Returns a key of the second table.
    fn other_item(&mut self) -> Item {
        Item::new().with("h", one_of(self.random, &["a", "ab", "b", "ü"]))
    }

    /// Returns different keys of the second table. The tables of a batch have no order, so that only one of them may have a fault.
    fn other_keys(&mut self) -> Vec<Item> {
        let mut keys: Vec<Item> = Vec::new();
        for _ in 0..self.random.usize(1..4) {
            let key = self.other_item();
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    fn maybe<T>(&mut self, in_times: u32, make: impl FnOnce(&mut Rng) -> T) -> Option<T> {
        once_in(self.random, in_times).then(|| make(self.random))
    }

    fn capacity(&mut self) -> ReturnConsumedCapacity {
        one_of(
            self.random,
            &[ReturnConsumedCapacity::None, ReturnConsumedCapacity::Total, ReturnConsumedCapacity::Indexes],
        )
    }

    fn old_on_failure(&mut self) -> OldItemOnFailure {
        if self.random.bool() { OldItemOnFailure::AllOld } else { OldItemOnFailure::None }
    }

    fn return_old(&mut self) -> ReturnOld {
        if self.random.bool() { ReturnOld::AllOld } else { ReturnOld::None }
    }

    fn put(&mut self) -> PutItem {
        let mut put = PutItem::new(self.table(), self.item());
        put.condition = self.maybe(3, condition);
        put.return_values = self.return_old();
        put.old_item_on_failure = self.old_on_failure();
        put.return_consumed_capacity = self.capacity();
        put
    }

    fn delete(&mut self) -> DeleteItem {
        let mut delete = DeleteItem::new(self.table(), self.key());
        delete.condition = self.maybe(2, condition);
        delete.return_values = self.return_old();
        delete.old_item_on_failure = self.old_on_failure();
        delete.return_consumed_capacity = self.capacity();
        delete
    }

    fn update(&mut self) -> UpdateItem {
        let mut made = UpdateItem::new(self.table(), self.key(), update(self.random));
        made.condition = self.maybe(3, condition);
        made.return_values = one_of(
            self.random,
            &[
                ReturnValues::None,
                ReturnValues::AllOld,
                ReturnValues::UpdatedOld,
                ReturnValues::AllNew,
                ReturnValues::UpdatedNew,
            ],
        );
        made.old_item_on_failure = self.old_on_failure();
        made.return_consumed_capacity = self.capacity();
        made
    }

    fn get(&mut self) -> GetItem {
        let mut get = GetItem::new(self.table(), self.key());
        get.consistent = self.random.bool();
        get.projection = self.maybe(2, projection);
        get.return_consumed_capacity = self.capacity();
        get
    }

    /// Returns the name and the key of the table or an index that is read.
    fn source(&mut self) -> (Option<Name>, KeySchema) {
        let mut sources = vec![(None, self.schema.key.clone())];
        sources.extend(self.schema.local_indexes.iter().map(|index| (Some(index.name.clone()), index.key.clone())));
        sources.extend(self.schema.global_indexes.iter().map(|index| (Some(index.name.clone()), index.key.clone())));
        sources.swap_remove(self.random.usize(..sources.len()))
    }

    fn select(&mut self) -> Option<Select> {
        Some(match self.random.u32(..8) {
            0 => Select::Count,
            1 => Select::AllAttributes,
            2 => Select::AllProjectedAttributes,
            3 => Select::SpecificAttributes(projection(self.random)),
            _ => return None,
        })
    }

    fn query(&mut self) -> Query {
        let (index, key) = self.source();
        let mut query = Query::new(self.table(), key_condition(self.random, &key));
        query.index = index;
        query.filter = self.maybe(3, condition);
        query.select = self.select();
        query.limit = self.maybe(3, |random| random.u32(1..4));
        query.forward = self.random.bool();
        query.consistent = self.random.bool();
        query.return_consumed_capacity = self.capacity();
        if query.index.is_some() && key.range == self.schema.key.range {
            self.end_at_a_bound(&mut query, &key);
        }
        query
    }

    /// Makes a query of an index with the range attribute of the table end at an inclusive bound, half of the time.
    fn end_at_a_bound(&mut self, query: &mut Query, index_key: &KeySchema) {
        if let Some(range) = index_key.range.first().filter(|_| self.random.bool()) {
            let bound = RangeCondition::Le(key(self.random, range.scalar));
            query.key_condition.range = vec![(range.name.clone(), bound)];
            query.limit = Some(1);
        }
    }

    fn scan(&mut self) -> Scan {
        let (index, _) = self.source();
        let mut scan = Scan::new(self.table());
        scan.index = index;
        scan.filter = self.maybe(2, condition);
        scan.select = self.select();
        scan.limit = self.maybe(3, |random| random.u32(1..6));
        scan.consistent = self.random.bool();
        scan.return_consumed_capacity = self.capacity();
        scan
    }

    fn batch_get(&mut self) -> BatchGetItem {
        let count = self.random.usize(1..6);
        let mut table = TableKeys::new(self.table(), (0..count).map(|_| self.key()).collect::<Vec<_>>());
        table.consistent = self.random.bool();
        table.projection = self.maybe(3, projection);
        let mut tables = vec![table];
        if once_in(self.random, 3) {
            let keys = self.other_keys();
            tables.push(TableKeys::new(&self.other.name, keys));
        }
        let mut batch = BatchGetItem::new(tables);
        batch.return_consumed_capacity = self.capacity();
        batch
    }

    fn batch_write(&mut self) -> BatchWriteItem {
        let count = self.random.usize(1..6);
        let writes: Vec<_> = (0..count)
            .map(|_| match self.random.u32(..4) {
                0 => WriteRequest::Delete(self.key()),
                // An empty value cannot be in the key of an index.
                _ if once_in(self.random, 30) => WriteRequest::Put(self.item().with("b", "")),
                _ => WriteRequest::Put(self.item()),
            })
            .collect();
        let mut tables = vec![TableWrites::new(self.table(), writes)];
        if once_in(self.random, 3) {
            let writes = self.other_keys().into_iter().map(|item| {
                if once_in(self.random, 4) {
                    WriteRequest::Delete(item)
                } else {
                    WriteRequest::Put(item.with("a", number(self.random)))
                }
            });
            let writes = writes.collect::<Vec<_>>();
            tables.push(TableWrites::new(&self.other.name, writes));
        }
        let mut batch = BatchWriteItem::new(tables);
        batch.return_consumed_capacity = self.capacity();
        batch
    }

    fn transact_get(&mut self) -> TransactGetItems {
        let count = self.random.usize(1..4);
        let gets: Vec<_> = (0..count)
            .map(|_| {
                let mut get = TransactGet::new(self.table(), self.key());
                get.projection = self.maybe(3, projection);
                get
            })
            .collect();
        let mut gets = gets;
        if once_in(self.random, 3) {
            let key = self.other_item();
            gets.push(TransactGet::new(&self.other.name, key));
        }
        let mut transaction = TransactGetItems::new(gets);
        transaction.return_consumed_capacity = self.capacity();
        transaction
    }

    fn transact_write(&mut self) -> TransactWriteItems {
        let count = self.random.usize(1..4);
        let mut actions: Vec<TransactWriteItem> = (0..count).map(|_| self.action()).collect();
        // Two actions on one item are refused, by the server only if no condition fails.
        let mut keys: Vec<Item> = Vec::new();
        actions.retain(|action| {
            let key = self.key_of(action);
            let is_new = !keys.contains(&key);
            keys.push(key);
            is_new
        });
        if once_in(self.random, 3) {
            let item = self.other_item().with("a", number(self.random));
            actions.push(TransactPut::new(&self.other.name, item).into());
        }
        let mut transaction = TransactWriteItems::new(actions);
        transaction.return_consumed_capacity = self.capacity();
        transaction
    }

    fn key_of(&self, action: &TransactWriteItem) -> Item {
        let item = match action {
            TransactWriteItem::ConditionCheck(check) => &check.key,
            TransactWriteItem::Put(put) => &put.item,
            TransactWriteItem::Delete(delete) => &delete.key,
            TransactWriteItem::Update(update) => &update.key,
        };
        item.pick(self.schema.key.names())
    }

    fn action(&mut self) -> TransactWriteItem {
        let table = self.table();
        match self.random.u32(..4) {
            0 => {
                let mut check = ConditionCheck::new(table, self.key(), condition(self.random));
                check.old_item_on_failure = self.old_on_failure();
                check.into()
            }
            1 => {
                let mut put = TransactPut::new(table, self.item());
                put.condition = self.maybe(3, condition);
                put.old_item_on_failure = self.old_on_failure();
                put.into()
            }
            2 => {
                let mut delete = TransactDelete::new(table, self.key());
                delete.condition = self.maybe(3, condition);
                delete.into()
            }
            _ => {
                let mut made = TransactUpdate::new(table, self.key(), update(self.random));
                made.condition = self.maybe(3, condition);
                made.old_item_on_failure = self.old_on_failure();
                made.into()
            }
        }
    }
}
