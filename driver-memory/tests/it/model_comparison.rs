//! Random operations on the driver compared with the same operations on a list.

use std::cmp::Ordering;

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{Condition, KeyCondition, RangeCondition, Update, UpdateOperand, order};
use djamodb_core::plan::{BatchWriteItem, DeleteItem, PutItem, Query, TableWrites, UpdateItem, WriteRequest};
use djamodb_core::value::{AttributeValue, Item, Name};
use djamodb_driver_memory::MemoryDriver;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{all_pages, key, path, scan, weather};

/// The model of a table: a list that is searched from end to end.
#[derive(Default)]
struct List(Vec<Item>);

impl List {
    fn find(&self, key: &Item) -> Option<usize> {
        self.0.iter().position(|item| item.get("id") == key.get("id") && item.get("at") == key.get("at"))
    }

    fn put(&mut self, item: Item) {
        self.delete(&item);
        self.0.push(item);
    }

    fn delete(&mut self, key: &Item) {
        if let Some(at) = self.find(key) {
            self.0.remove(at);
        }
    }

    fn update(&mut self, key: &Item, update: &Update) {
        let old = self.find(key).map_or(key, |at| &self.0[at]);
        let new = update.apply(old).unwrap();
        self.put(new);
    }

    /// Returns the result of a query of the table, or of an index that projects all. The order of equal range keys is undefined.
    fn query(&self, query: &Query) -> Vec<Item> {
        let sparse = |item: &&Item| query.index.is_none() || (item.contains_key("kind") && item.contains_key("heat"));
        let range = if query.index.is_none() { "at" } else { "heat" };
        let mut found: Vec<Item> =
            self.0.iter().filter(sparse).filter(|item| query.key_condition.holds_for(item)).cloned().collect();
        found.sort_by(|left, right| {
            let ordering = by(range, left, right);
            if query.forward { ordering } else { ordering.reverse() }
        });
        found.retain(|item| query.filter.as_ref().is_none_or(|filter| filter.holds_for(item)));
        found
    }
}

fn by(name: &str, left: &Item, right: &Item) -> Ordering {
    order(left.get(name).unwrap(), right.get(name).unwrap()).unwrap()
}

#[derive(Clone, Debug)]
enum Step {
    Put(Item),
    PutIfAbsent(Item),
    Update(Item, Update),
    Delete(Item),
    Batch(Vec<Item>, Item),
    Query(Box<Query>),
}

fn a_key() -> impl Strategy<Value = Item> {
    ("[ab]", 0..4).prop_map(|(id, at)| key(&id, at))
}

fn an_item() -> impl Strategy<Value = Item> {
    (a_key(), prop::option::of("[kl]"), prop::option::of(0..3_i32), 0..1000_i32).prop_map(
        |(mut item, kind, heat, note)| {
            if let Some(kind) = kind {
                item.insert("kind", kind.into());
            }
            if let Some(heat) = heat {
                item.insert("heat", heat.into());
            }
            item.with("note", note)
        },
    )
}

fn an_update() -> impl Strategy<Value = Update> {
    prop_oneof![
        "[kl]".prop_map(|kind| Update::new().set(path("kind"), UpdateOperand::value(kind))),
        Just(Update::new().remove(path("kind"))),
        Just(Update::new().add(path("heat"), 1)),
        Just(Update::new().remove(path("heat")).add(path("note"), 1)),
        Just(Update::new()),
    ]
}

fn a_range() -> impl Strategy<Value = Option<RangeCondition>> {
    let bound = || (0..4_i32).prop_map(AttributeValue::from);
    prop_oneof![
        Just(None),
        bound().prop_map(|bound| Some(RangeCondition::Eq(bound))),
        bound().prop_map(|bound| Some(RangeCondition::Lt(bound))),
        bound().prop_map(|bound| Some(RangeCondition::Le(bound))),
        bound().prop_map(|bound| Some(RangeCondition::Gt(bound))),
        bound().prop_map(|bound| Some(RangeCondition::Ge(bound))),
        (0..2_i32, 2..4_i32).prop_map(|(low, high)| Some(RangeCondition::Between(low.into(), high.into()))),
    ]
}

fn a_query() -> impl Strategy<Value = Query> {
    (any::<[bool; 3]>(), "[ab]", "[kl]", a_range(), prop::option::of(1..4_u32)).prop_map(
        |([indexed, forward, filtered], id, kind, range, limit)| {
            let (hash, value, range_name) = if indexed { ("kind", kind, "heat") } else { ("id", id, "at") };
            let mut condition = KeyCondition::hash(hash, value);
            condition.range = range.into_iter().map(|range| (Name::from_static(range_name), range)).collect();
            let index = indexed.then(|| Name::from_static("global_all"));
            let filter = filtered.then(|| Condition::Between(path("note").into(), 100.into(), 600.into()));
            Query { index, forward, filter, limit, ..Query::new("weather", condition) }
        },
    )
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => an_item().prop_map(Step::Put),
        1 => an_item().prop_map(Step::PutIfAbsent),
        2 => (a_key(), an_update()).prop_map(|(key, update)| Step::Update(key, update)),
        1 => a_key().prop_map(Step::Delete),
        1 => (vec(an_item(), 1..3), a_key()).prop_map(|(puts, delete)| Step::Batch(puts, delete)),
        4 => a_query().prop_map(Box::new).prop_map(Step::Query),
    ]
}

async fn take(driver: &MemoryDriver, list: &mut List, step: Step) {
    match step {
        Step::Put(item) => {
            driver.run(PutItem::new("weather", item.clone())).await.unwrap();
            list.put(item);
        }
        Step::PutIfAbsent(item) => {
            let condition = Some(Condition::AttributeNotExists(path("id")));
            let put = driver.run(PutItem { condition, ..PutItem::new("weather", item.clone()) }).await;
            assert_eq!(put.is_ok(), list.find(&item).is_none());
            if put.is_ok() {
                list.put(item);
            }
        }
        Step::Update(key, update) => {
            driver.run(UpdateItem::new("weather", key.clone(), update.clone())).await.unwrap();
            list.update(&key, &update);
        }
        Step::Delete(key) => {
            driver.run(DeleteItem::new("weather", key.clone())).await.unwrap();
            list.delete(&key);
        }
        Step::Batch(puts, delete) => {
            let writes = puts.iter().cloned().map(WriteRequest::Put).chain([WriteRequest::Delete(delete.clone())]);
            let writes = TableWrites { table: "weather".into(), writes: writes.collect() };
            if driver.run(BatchWriteItem::new([writes])).await.is_ok() {
                for item in puts {
                    list.put(item);
                }
                list.delete(&delete);
            }
        }
        Step::Query(query) => {
            let (found, _) = all_pages(driver, (*query).clone()).await;
            let expected = list.query(&query);
            let range = if query.index.is_none() { "at" } else { "heat" };
            let order_of = |items: &[Item]| items.iter().map(|item| item.get(range).cloned()).collect::<Vec<_>>();
            assert_eq!(order_of(&found), order_of(&expected));
            assert_eq!(sorted(found), sorted(expected));
        }
    }
}

fn sorted(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by(|left, right| by("id", left, right).then_with(|| by("at", left, right)));
    items
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_operations_agree_with_a_list(steps in vec(a_step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (driver, mut list) = (weather().await, List::default());
            for step in steps {
                take(&driver, &mut list, step).await;
            }
            driver.check().unwrap();
            assert_eq!(sorted(scan(&driver, None).await), sorted(list.0));
        });
    }
}
