//! Operations on a `BTreeMap` alone: the cost of the data structure.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::ops::RangeFrom;
use std::rc::Rc;
use std::sync::Arc;

use djamodb_core::value::{AttributeValue, Item, Number};

use crate::operation::{Group, Operation, Subject};
use crate::reading::{self, MAX, Reading};
use crate::tables::Tables;

/// A bare table that several operations use.
pub(crate) type Table = Rc<RefCell<BareTable>>;

type Key = (String, u32);

/// Key of an entry of an index: the index's keys, then those of the table.
type IndexKey = (String, Number, Key);

/// A map of items, and one for each index.
pub(crate) struct BareTable {
    rows: BTreeMap<Key, Arc<Item>>,
    indexes: Vec<BareIndex>,
}

struct BareIndex {
    hash: &'static str,
    range: &'static str,
    rows: BTreeMap<IndexKey, Arc<Item>>,
}

impl BareTable {
    /// Creates a table with indexes of these keys.
    pub(crate) fn new(indexes: &[(&'static str, &'static str)]) -> Self {
        let index = |&(hash, range): &(_, _)| BareIndex { hash, range, rows: BTreeMap::new() };
        Self { rows: BTreeMap::new(), indexes: indexes.iter().map(index).collect() }
    }

    pub(crate) fn put(&mut self, number: usize, item: Item) {
        let (key, item) = (key(number), Arc::new(item));
        let old = self.rows.insert(key.clone(), item.clone());
        for index in &mut self.indexes {
            if let Some(old) = &old {
                index.rows.remove(&index.key(&key, old));
            }
            index.rows.insert(index.key(&key, &item), item.clone());
        }
    }

    fn delete(&mut self, number: usize) {
        let key = key(number);
        let Some(old) = self.rows.remove(&key) else { return };
        for index in &mut self.indexes {
            index.rows.remove(&index.key(&key, &old));
        }
    }

    fn get(&self, number: usize) -> Option<Arc<Item>> {
        self.rows.get(&key(number)).cloned()
    }

    fn query(&self, number: usize, limit: usize) -> Vec<Arc<Item>> {
        let station = reading::station(number);
        let from: RangeFrom<Key> = (station.clone(), 0)..;
        let partition = self.rows.range(from).take_while(|((hash, _), _)| *hash == station);
        partition.take(limit).map(|(_, item)| item.clone()).collect()
    }

    fn index_query(&self, number: usize, limit: usize) -> Vec<Arc<Item>> {
        let kind = reading::kind(number).to_owned();
        let from: RangeFrom<IndexKey> = (kind.clone(), Number::ZERO, (String::new(), 0))..;
        let partition = self.indexes[0].rows.range(from).take_while(|((hash, ..), _)| *hash == kind);
        partition.take(limit).map(|(_, item)| item.clone()).collect()
    }
}

impl BareIndex {
    fn key(&self, key: &Key, item: &Item) -> IndexKey {
        let hash = item.get(self.hash).and_then(AttributeValue::as_s).expect("each reading has the hash keys");
        let range = item.get(self.range).and_then(AttributeValue::as_n).expect("each reading has the range keys");
        (hash.to_owned(), range, key.clone())
    }
}

fn key(number: usize) -> Key {
    (reading::station(number), reading::day(number))
}

/// Returns the operations on the bare map.
pub(crate) fn operations(tables: &Tables) -> Vec<Operation> {
    let [plain, once, thrice] = &tables.bare;
    let beyond = tables.items;
    let bare = |group, run: Box<dyn FnMut(usize)>| Operation::new(group, Subject::BareMap, run);
    let by_hand = |group, run: Box<dyn FnMut(usize)>| Operation::new(group, Subject::RowsByHand, run);
    let row = |item: &Arc<Item>| reading::row(item).expect("each item is a reading");
    let rows = move |items: Vec<Arc<Item>>| items.iter().map(row).collect::<Vec<Reading>>();

    let get = |table: &Table| {
        let table = table.clone();
        move |number| table.borrow().get(number).expect("the item exists")
    };
    let query = |table: &Table, limit| {
        let table = table.clone();
        move |number| table.borrow().query(number, limit)
    };
    let index_query = |table: &Table| {
        let table = table.clone();
        move |number| table.borrow().index_query(number, 20)
    };
    let put = |group, table: &Table| {
        let table = table.clone();
        bare(group, Box::new(move |number| table.borrow_mut().put(number, reading::item(number, number))))
    };
    let delete = |group, table: &Table| {
        let (table, prepared) = (table.clone(), table.clone());
        let prepare = move |number| prepared.borrow_mut().put(beyond + number, reading::item(beyond + number, 0));
        bare(group, Box::new(move |number| table.borrow_mut().delete(beyond + number))).after(prepare)
    };
    let update = {
        let table = plain.clone();
        move |number: usize| {
            let mut table = table.borrow_mut();
            let mut item = Item::clone(&table.get(number).expect("the item exists"));
            item.insert(MAX, number.into());
            table.put(number, item);
        }
    };
    let put_many = |count: usize| {
        let table = plain.clone();
        move |number: usize| {
            let mut table = table.borrow_mut();
            (number..number + count).for_each(|number| table.put(number, reading::item(number, number)));
        }
    };

    let (get, by_hand_get) = (get(plain), get(plain));
    let mut operations = vec![
        bare(Group::Get, Box::new(move |number| drop(black_box(get(number))))),
        by_hand(Group::Get, Box::new(move |number| drop(black_box(row(&by_hand_get(number)))))),
        put(Group::Put, plain),
        put(Group::PutIndexedOnce, once),
        put(Group::PutIndexedThrice, thrice),
        bare(Group::Update, Box::new(update)),
        delete(Group::Delete, plain),
        delete(Group::DeleteIndexedThrice, thrice),
        bare(Group::Batch25, Box::new(put_many(25))),
        bare(Group::Transaction2, Box::new(put_many(2))),
    ];
    for (group, limit) in [(Group::Query20, 20), (Group::Query100, 100)] {
        let (bare_query, query) = (query(plain, limit), query(plain, limit));
        operations.push(bare(group, Box::new(move |number| drop(black_box(bare_query(number))))));
        operations.push(by_hand(group, Box::new(move |number| drop(black_box(rows(query(number)))))));
    }
    let (bare_query, query) = (index_query(once), index_query(once));
    operations.push(bare(Group::IndexQuery20, Box::new(move |number| drop(black_box(bare_query(number))))));
    operations.push(by_hand(Group::IndexQuery20, Box::new(move |number| drop(black_box(rows(query(number)))))));
    operations
}
