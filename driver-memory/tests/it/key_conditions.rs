//! Key conditions and the order of results.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{KeyCondition, RangeCondition};
use djamodb_core::plan::{PutItem, Query, Select};
use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, ScalarType, TableSchema};
use djamodb_core::value::{AttributeValue, Item};
use djamodb_driver_memory::MemoryDriver;

use crate::support::with;

/// Returns a driver with one partition whose range keys are `values`.
async fn partition(scalar: ScalarType, values: &[AttributeValue]) -> MemoryDriver {
    let key = KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::new("r", scalar));
    let driver = with(TableSchema::new("ranges", key)).await;
    // Items are written in reverse, so that write order is not mistaken for key order.
    for value in values.iter().rev() {
        driver.run(PutItem::new("ranges", Item::new().with("id", "a").with("r", value.clone()))).await.unwrap();
    }
    driver
}

async fn read(driver: &MemoryDriver, range: Option<RangeCondition>, forward: bool) -> Vec<AttributeValue> {
    let mut condition = KeyCondition::hash("id", "a");
    condition.range = range.into_iter().map(|range| ("r".into(), range)).collect();
    let page = driver.run(Query { forward, ..Query::new("ranges", condition) }).await.unwrap();
    page.items.iter().map(|item| item.get("r").unwrap().clone()).collect()
}

#[tokio::test]
async fn values_are_in_the_order_of_the_service() {
    let numbers = ["-1e20", "-10", "-9.5", "-1", "0", "1e-100", "0.5", "2", "10", "1e20"];
    let numbers: Vec<_> = numbers.iter().map(|text| AttributeValue::N(text.parse().unwrap())).collect();
    // U+FFFF sorts before U+1F600 by UTF-8 bytes, and after it by UTF-16 units.
    let texts: Vec<_> = ["\0", "\0a", "A", "a", "a\0", "aa", "b", "é", "\u{FFFF}", "😀"].map(AttributeValue::s).into();
    let binary: [&'static [u8]; 6] = [&[0], &[0, 0], &[0, 1], &[1], &[127], &[255]];
    let binary: Vec<_> = binary.map(AttributeValue::b).into();
    for (scalar, values) in [(ScalarType::N, numbers), (ScalarType::S, texts), (ScalarType::B, binary)] {
        let driver = partition(scalar, &values).await;
        assert_eq!(read(&driver, None, true).await, values);
        let backwards: Vec<_> = values.iter().rev().cloned().collect();
        assert_eq!(read(&driver, None, false).await, backwards);
    }
}

#[tokio::test]
async fn bounds_are_inclusive_or_exclusive_as_their_operator() {
    let values = ["a", "b", "ba", "bb", "c"].map(AttributeValue::s);
    let driver = partition(ScalarType::S, &values).await;
    for (condition, expected) in [
        (RangeCondition::Eq("b".into()), &["b"][..]),
        (RangeCondition::Lt("b".into()), &["a"]),
        (RangeCondition::Le("b".into()), &["a", "b"]),
        (RangeCondition::Gt("b".into()), &["ba", "bb", "c"]),
        (RangeCondition::Ge("b".into()), &["b", "ba", "bb", "c"]),
        (RangeCondition::Between("b".into(), "bb".into()), &["b", "ba", "bb"]),
        (RangeCondition::Between("b".into(), "b".into()), &["b"]),
        (RangeCondition::BeginsWith("b".into()), &["b", "ba", "bb"]),
        (RangeCondition::BeginsWith("z".into()), &[]),
        (RangeCondition::Gt("c".into()), &[]),
    ] {
        let expected: Vec<_> = expected.iter().map(|text| AttributeValue::s(*text)).collect();
        assert_eq!(read(&driver, Some(condition.clone()), true).await, expected, "{condition:?}");
    }
}

#[tokio::test]
async fn a_query_reads_one_partition() {
    let driver = partition(ScalarType::N, &[1.into()]).await;
    driver.run(PutItem::new("ranges", Item::new().with("id", "b").with("r", 1))).await.unwrap();
    driver.run(PutItem::new("ranges", Item::new().with("id", "a\0").with("r", 1))).await.unwrap();
    assert_eq!(read(&driver, None, true).await.len(), 1);
}

#[tokio::test]
async fn keys_of_several_attributes_stay_distinct() {
    let mut schema = TableSchema::new("many", KeySchema::hash(KeyAttribute::n("id")));
    let key = KeySchema {
        hash: vec![KeyAttribute::s("country"), KeyAttribute::s("city")],
        range: vec![KeyAttribute::n("year"), KeyAttribute::s("day")],
    };
    schema.global_indexes.push(GlobalIndex::new("days", key, IndexProjection::All));
    let driver = with(schema).await;
    let mut id = 0;
    // "ab" + "c" and "a" + "bc" are two partitions.
    for (country, city) in [("ab", "c"), ("a", "bc")] {
        for year in [9, 10] {
            for day in ["1", "2", "3"] {
                id += 1;
                let item = Item::new().with("id", id).with("country", country).with("city", city);
                driver.run(PutItem::new("many", item.with("year", year).with("day", day))).await.unwrap();
            }
        }
    }
    // An item that lacks one of the attributes is not in the index.
    driver.run(PutItem::new("many", Item::new().with("id", 99).with("country", "a").with("city", "bc"))).await.unwrap();
    let hash =
        || KeyCondition { hash: vec![("city".into(), "bc".into()), ("country".into(), "a".into())], range: vec![] };
    let ids = async |condition: KeyCondition, forward| {
        let query = Query { index: Some("days".into()), forward, ..Query::new("many", condition) };
        crate::support::numbers(&driver.run(query).await.unwrap().items, "id")
    };
    assert_eq!(ids(hash(), true).await, [7, 8, 9, 10, 11, 12]);
    assert_eq!(ids(hash(), false).await, [12, 11, 10, 9, 8, 7]);
    assert_eq!(ids(hash().range("year", RangeCondition::Lt(10.into())), true).await, [7, 8, 9]);
    let second = hash().range("year", RangeCondition::Eq(10.into()));
    assert_eq!(ids(second.clone(), true).await, [10, 11, 12]);
    assert_eq!(ids(second.range("day", RangeCondition::Ge("2".into())), true).await, [11, 12]);
    let count = Query { index: Some("days".into()), select: Some(Select::Count), ..Query::new("many", hash()) };
    assert_eq!(driver.run(count).await.unwrap().count, 6);
    driver.check().unwrap();
}
