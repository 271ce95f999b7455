//! The items that each lookup matches, as key condition, filter or residual.

use djamodb::prelude::*;
use djamodb::value::ValueType;

use crate::models::{Event, database, times};

async fn events() -> Database {
    let db = database().await;
    for (at, kind, note, tags) in [
        (1, Some("rain"), Some("a long night"), vec!["wet", "cold"]),
        (2, Some("rainbow"), None, vec!["wet"]),
        (3, None, Some("nothing"), vec![]),
        (4, Some("sun"), Some("a"), vec!["hot"]),
    ] {
        let mut event = Event::new("a", at);
        event.kind = kind.map(str::to_owned);
        event.note = note.map(str::to_owned);
        event.tags = tags.into_iter().map(str::to_owned).collect();
        event.urgent = at == 2;
        event.level = f64::from(i32::try_from(at).unwrap()) / 2.0;
        event.save(&db).await.unwrap();
    }
    db
}

#[tokio::test]
async fn every_lookup_matches_its_items() {
    let db = events().await;
    let all = Event::objects().set_hash_key("a");
    for (lookups, expected) in [
        (Event::KIND.eq("rain"), vec![1]),
        (Event::KIND.ne("rain"), vec![2, 3, 4]),
        (Event::KIND.is_in(["sun", "rain", "snow"]), vec![1, 4]),
        (Event::KIND.is_in(Vec::<String>::new()), vec![]),
        (Event::KIND.exists(), vec![1, 2, 4]),
        (Event::KIND.not_exists(), vec![3]),
        (Event::KIND.startswith("rain"), vec![1, 2]),
        (Event::KIND.contains("u"), vec![4]),
        (Event::TAGS.contains("wet"), vec![1, 2]),
        (Event::TAGS.exists(), vec![1, 2, 4]),
        (Event::LEVEL.lt(1), vec![1]),
        (Event::LEVEL.lte(1), vec![1, 2]),
        (Event::LEVEL.gte(1.5), vec![3, 4]),
        (Event::URGENT.eq(true), vec![2]),
        (Event::KIND.startswith("rain") & Event::URGENT.eq(false), vec![1]),
        (Event::KIND.eq("sun") | Event::URGENT.eq(true), vec![2, 4]),
        (!(Event::KIND.eq("sun") | Event::URGENT.eq(true)), vec![1, 3]),
        (!Event::KIND.exists(), vec![3]),
        (Event::AT.is_in([4, 2, 9]), vec![2, 4]),
        (Event::AT.ne(2), vec![1, 3, 4]),
        (Event::AT.gte(2) & Event::AT.ne(3), vec![2, 4]),
        (Event::AT.gt(1) & Event::AT.lt(4), vec![2, 3]),
        (Event::AT.eq(1) | Event::KIND.eq("sun"), vec![1, 4]),
        (!Event::AT.between(2, 3), vec![1, 4]),
        (Event::AT.exists(), vec![1, 2, 3, 4]),
        (Event::AT.not_exists(), vec![]),
        (Event::DEVICE.eq("b"), vec![]),
        (Event::DEVICE.startswith("a") & Event::AT.eq(3), vec![3]),
        (Event::DEVICE.eq("a") & Event::AT.eq(3) | Event::DEVICE.eq("b"), vec![3]),
        (Event::KIND.between("z", "a") | Event::AT.eq(2), vec![2]),
        (!Event::KIND.between("z", "a"), vec![1, 2, 3, 4]),
    ] {
        let found = all.filter(lookups.clone()).all(&db).await.unwrap();
        assert_eq!(times(&found), expected, "{lookups:?}");
        assert_eq!(all.filter(lookups.clone()).count(&db).await.unwrap(), expected.len() as u64, "{lookups:?}");
        assert_eq!(all.filter(lookups).exists(&db).await.unwrap(), !expected.is_empty());
    }
}

#[tokio::test]
async fn sizes_and_types_match_their_items() {
    let db = events().await;
    let all = Event::objects().set_hash_key("a");
    let note = || Event::NOTE.size();
    for (lookups, expected) in [
        (note().eq(7), vec![3]),
        (note().ne(7), vec![1, 2, 4]),
        (note().lt(7), vec![4]),
        (note().lte(7), vec![3, 4]),
        (note().gt(7), vec![1]),
        (note().gte(7), vec![1, 3]),
        (note().between(1, 7), vec![3, 4]),
        (note().between(7, 1), vec![]),
        (note().is_in([1, 12, 99]), vec![1, 4]),
        (note().is_in([]), vec![]),
        (!note().gt(7), vec![2, 3, 4]),
        (!note().is_in([]), vec![1, 2, 3, 4]),
        (note().gt(0) ^ Event::KIND.exists(), vec![2, 3]),
        (Event::TAGS.size().eq(2), vec![1]),
        (Event::TAGS.size().gte(1), vec![1, 2, 4]),
        (Event::TAGS.size().lt(F(Event::AT)), vec![2, 4]),
        (Event::TAGS.size().between(1, F(Event::AT)), vec![2, 4]),
        (note().gt(Event::KIND.size()), vec![1]),
        (note().ne(Event::KIND.size()), vec![1, 2, 3, 4]),
        (note().eq(note()), vec![1, 3, 4]),
        (note().ne(note()), vec![2]),
        (note().gt(note()), vec![]),
        (Event::DEVICE.size().eq(F(Event::AT)), vec![1]),
        (Event::DEVICE.size().lt(Event::TAGS.size()), vec![1]),
        (Event::NOTE.attribute_type(ValueType::S), vec![1, 3, 4]),
        (Event::NOTE.attribute_type(ValueType::N), vec![]),
        (!Event::NOTE.attribute_type(ValueType::S), vec![2]),
        (Event::TAGS.attribute_type(ValueType::Ss), vec![1, 2, 4]),
        (Event::AT.attribute_type(ValueType::N) & Event::AT.gte(3), vec![3, 4]),
        (Event::AT.attribute_type(ValueType::S), vec![]),
        (Event::DEVICE.attribute_type(ValueType::S) & Event::AT.eq(3), vec![3]),
        (Event::AT.eq(3) & note().eq(7) & Event::NOTE.attribute_type(ValueType::S), vec![3]),
    ] {
        let found = all.filter(lookups.clone()).all(&db).await.unwrap();
        assert_eq!(times(&found), expected, "{lookups:?}");
        let excluded = all.exclude(lookups.clone()).count(&db).await.unwrap();
        assert_eq!(excluded, 4 - expected.len() as u64, "{lookups:?}");
    }
}

#[tokio::test]
async fn a_size_becomes_a_filter_expression_or_a_residual() {
    let by_note = Event::objects().set_index(Event::BY_NOTE).set_hash_key("a").filter(Event::NOTE.size().gt(3));
    let explained = by_note.explain().unwrap().to_string();
    assert!(explained.contains("size(note) > 3"), "{explained}");
    let all = Event::objects().set_hash_key("a").filter(Event::NOTE.size().gt(3) & Event::NOTE.size().is_in(0..150));
    let explained = all.explain().unwrap().to_string();
    assert!(explained.contains("size(note) > 3 AND (size(note) IN (0, 1"), "{explained}");
}

#[tokio::test]
async fn a_size_is_checked_again_by_writes_and_refreshes() {
    let db = events().await;
    let all = Event::objects().set_hash_key("a");
    let long = all.filter(Event::NOTE.size().gte(7));
    assert_eq!(long.update(Event::NOTE.set("short"), &db).await.unwrap(), 2);
    assert_eq!(long.count(&db).await.unwrap(), 0);
    let mut event = all.filter(Event::AT.eq(1)).get(&db).await.unwrap();
    let refused = event.update(Event::LEVEL.set(9), &db).condition(Event::NOTE.size().gt(5)).await.unwrap_err();
    assert!(matches!(refused, djamodb::Error::ConditionFailed { .. }), "{refused}");
    event.update(Event::LEVEL.set(9), &db).condition(Event::NOTE.size().eq(5)).await.unwrap();
    assert!(event.refresh(&db).condition(Event::NOTE.attribute_type(ValueType::N)).await.is_err());
    event.refresh(&db).condition(Event::NOTE.size().eq(5)).await.unwrap();
}

#[tokio::test]
async fn filter_returns_a_new_queryset_and_leaves_the_old_one_unchanged() {
    let db = events().await;
    let all = Event::objects().set_hash_key("a");
    let rainy = all.filter(Event::KIND.startswith("rain"));
    let urgent = rainy.filter(Event::URGENT.eq(true));
    assert_eq!(times(&urgent.all(&db).await.unwrap()), [2]);
    assert_eq!(times(&rainy.all(&db).await.unwrap()), [1, 2]);
    assert_eq!(times(&all.all(&db).await.unwrap()), [1, 2, 3, 4]);
}

#[tokio::test]
async fn eq_on_the_hash_key_sets_the_hash_key() {
    let db = events().await;
    Event::new("b", 7).save(&db).await.unwrap();
    let found = Event::objects().filter(Event::DEVICE.eq("b")).all(&db).await.unwrap();
    assert_eq!(times(&found), [7]);
    let several = Event::objects().filter(Event::DEVICE.is_in(["b", "a"]) & Event::AT.gte(4));
    assert_eq!(times(&several.all(&db).await.unwrap()), [7, 4]);
    assert_eq!(times(&several.set_limit(1).all(&db).await.unwrap()), [7]);
    assert_eq!(several.last(&db).await.unwrap().unwrap().at, 4);
}

#[tokio::test]
async fn lookups_beyond_the_expression_limits_become_a_residual() {
    let db = events().await;
    let all = Event::objects().set_hash_key("a");
    let names = (0..150).map(|number| format!("kind {number}")).chain(["sun".to_owned()]);
    assert_eq!(times(&all.filter(Event::KIND.is_in(names)).all(&db).await.unwrap()), [4]);
    let many = (0..400).map(|number| Event::LEVEL.ne(f64::from(number) + 1.0)).reduce(|all, one| all & one).unwrap();
    let found = all.filter(many.clone());
    assert_eq!(times(&found.all(&db).await.unwrap()), [1, 3]);
    let residual = found.explain().unwrap();
    assert_eq!(residual.plan.operation, "Residual");
    let keys = (0..250).map(|number| 1000 - number * 2);
    assert_eq!(all.filter(Event::AT.is_in(keys.chain([3, 1]))).count(&db).await.unwrap(), 2);
}

#[tokio::test]
async fn a_lookup_with_nan_is_refused_before_any_request() {
    let db = events().await;
    let all = Event::objects().set_hash_key("a");
    for value in [f64::NAN, f64::INFINITY, 1e300] {
        let error = all.filter(Event::LEVEL.eq(value)).all(&db).await.unwrap_err();
        assert!(error.to_string().contains("`level`"), "{error}");
    }
    let mut event = Event::new("a", 9);
    event.level = f64::NAN;
    let error = event.save(&db).await.unwrap_err();
    assert!(error.to_string().contains("`level`"), "{error}");
}
