//! Queries and scans.

use djamodb_core::driver::DriverExt;
use djamodb_core::expression::{Comparator, Condition, KeyCondition, Path, ProjectionExpression, RangeCondition};
use djamodb_core::plan::{Query, Scan, Segment, Select};
use djamodb_core::value::{AttributeValue, Item, Name};

use crate::local::{Local, day};

async fn five_days(local: &Local) -> Name {
    local.weather([day(1, "rain"), day(2, "sun"), day(3, "rain"), day(4, "snow"), day(5, "rain")]).await
}

fn seattle(table: &Name) -> Query {
    Query::new(table, KeyCondition::hash("location", "Seattle"))
}

/// Returns the days of `items`.
fn dates(items: &[Item]) -> Vec<&str> {
    items.iter().filter_map(|item| item.get("date").and_then(AttributeValue::as_s)).map(|date| &date[8..]).collect()
}

pub(crate) async fn queries_ranges_in_both_directions(local: Local) {
    let table = five_days(&local).await;
    let range = |condition| KeyCondition::hash("location", "Seattle").range("date", condition);
    let two_to_four = RangeCondition::Between("2015-01-02".into(), "2015-01-04".into());
    let query = Query::new(&table, range(two_to_four));
    let page = local.driver.run(query.clone()).await.unwrap();
    assert_eq!(page.items, [day(2, "sun"), day(3, "rain"), day(4, "snow")]);
    assert_eq!((page.count, page.scanned_count, page.last_evaluated_key), (3, 3, None));
    let page = local.driver.run(Query { forward: false, ..query }).await.unwrap();
    assert_eq!(dates(&page.items), ["04", "03", "02"]);

    for (condition, expected) in [
        (RangeCondition::Eq("2015-01-02".into()), vec!["02"]),
        (RangeCondition::Lt("2015-01-02".into()), vec!["01"]),
        (RangeCondition::Le("2015-01-02".into()), vec!["01", "02"]),
        (RangeCondition::Gt("2015-01-04".into()), vec!["05"]),
        (RangeCondition::Ge("2015-01-04".into()), vec!["04", "05"]),
        (RangeCondition::BeginsWith("2016".into()), vec![]),
    ] {
        let page = local.driver.run(Query::new(&table, range(condition))).await.unwrap();
        assert_eq!(dates(&page.items), expected);
    }
}

pub(crate) async fn continues_after_the_last_evaluated_key(local: Local) {
    let table = five_days(&local).await;
    for (forward, expected) in [(true, ["01", "02", "03", "04", "05"]), (false, ["05", "04", "03", "02", "01"])] {
        let mut query = Query { limit: Some(2), forward, consistent: true, ..seattle(&table) };
        let mut read = Vec::new();
        loop {
            let page = local.driver.run(query.clone()).await.unwrap();
            assert!(page.items.len() <= 2);
            read.extend(page.items);
            query.exclusive_start_key = page.last_evaluated_key;
            if query.exclusive_start_key.is_none() {
                break;
            }
        }
        assert_eq!(dates(&read), expected);
    }
    // A limit above the range of the SDK's integer type has no effect.
    let page = local.driver.run(Query { limit: Some(u32::MAX), ..seattle(&table) }).await.unwrap();
    assert_eq!(page.count, 5);
}

pub(crate) async fn queries_global_and_local_indexes(local: Local) {
    let table = five_days(&local).await;
    let warm = KeyCondition::hash("kind", "rain").range("temperature", RangeCondition::Ge(6.into()));
    let query = Query { index: Some("by_kind".into()), limit: Some(1), ..Query::new(&table, warm) };
    let page = local.driver.run(query.clone()).await.unwrap();
    assert_eq!(page.items, [day(3, "rain")]);
    let start = page.last_evaluated_key;
    assert_eq!(start, Some(day(3, "rain")));
    let page = local.driver.run(Query { limit: None, exclusive_start_key: start, ..query }).await.unwrap();
    assert_eq!(page.items, [day(1, "rain")]);

    let query = Query { index: Some("by_temperature".into()), consistent: true, ..seattle(&table) };
    let page = local.driver.run(query).await.unwrap();
    assert_eq!(dates(&page.items), ["05", "04", "03", "02", "01"]);
    assert!(page.items.iter().all(|item| !item.contains_key("kind")));
}

pub(crate) async fn returns_only_selected_attributes(local: Local) {
    let table = five_days(&local).await;
    let rain = Condition::compare(Path::new("kind"), Comparator::Eq, "rain");
    let query = Query { filter: Some(rain), ..seattle(&table) };
    let count = local.driver.run(Query { select: Some(Select::Count), ..query.clone() }).await.unwrap();
    assert_eq!((count.items.len(), count.count, count.scanned_count), (0, 3, 5));

    let date = Select::SpecificAttributes(ProjectionExpression::new([Path::new("date")]));
    let page = local.driver.run(Query { select: Some(date), limit: Some(1), ..query }).await.unwrap();
    assert_eq!(page.items, [Item::new().with("date", "2015-01-01")]);

    let index = Query { index: Some("by_temperature".into()), limit: Some(1), ..seattle(&table) };
    let all = Query { select: Some(Select::AllAttributes), ..index.clone() };
    assert_eq!(local.driver.run(all).await.unwrap().items, [day(5, "rain")]);
    let projected = Query { select: Some(Select::AllProjectedAttributes), ..index };
    assert!(!local.driver.run(projected).await.unwrap().items[0].contains_key("kind"));
}

pub(crate) async fn scans_with_filters_and_segments(local: Local) {
    let table = five_days(&local).await;
    let cold = Condition::compare(Path::new("temperature"), Comparator::Lt, 8);
    let page = local.driver.run(Scan { filter: Some(cold), ..Scan::new(&table) }).await.unwrap();
    assert_eq!((page.count, page.scanned_count), (3, 5));

    let mut read = 0;
    for segment in 0..3 {
        let segment = Segment { segment, total_segments: 3 };
        let page = local.driver.run(Scan { segment: Some(segment), ..Scan::new(&table) }).await.unwrap();
        read += page.items.len();
    }
    assert_eq!(read, 5);

    let first = local.driver.run(Scan { limit: Some(3), consistent: true, ..Scan::new(&table) }).await.unwrap();
    assert_eq!(first.items.len(), 3);
    let rest = Scan { exclusive_start_key: first.last_evaluated_key, ..Scan::new(&table) };
    assert_eq!(local.driver.run(rest).await.unwrap().items.len(), 2);

    let kinds = Select::SpecificAttributes(ProjectionExpression::new([Path::new("kind")]));
    let index = Scan { index: Some("by_kind".into()), select: Some(kinds), ..Scan::new(&table) };
    let page = local.driver.run(index).await.unwrap();
    assert!(page.items.len() == 5 && page.items.iter().all(|item| item.len() == 1));
}
