//! Comparisons of two attributes of one item.

use djamodb::planner::PlanError;
use djamodb::prelude::*;

use crate::models::{Event, database, times};

async fn noted() -> Database {
    let db = database().await;
    for (at, kind, note) in [
        (1, Some("door"), Some("door")),
        (2, Some("door"), Some("a")),
        (3, None, Some("door")),
        (4, Some("door"), None),
        (5, Some("a"), Some("door")),
        (6, Some("a"), Some("b")),
    ] {
        let mut event = Event::new("a", at);
        (event.kind, event.note) = (kind.map(str::to_owned), note.map(str::to_owned));
        event.save(&db).await.unwrap();
    }
    db
}

#[tokio::test]
async fn a_missing_attribute_matches_no_comparison() {
    let db = noted().await;
    let events = Event::objects().set_hash_key("a");
    for (lookup, expected) in [
        (Event::KIND.eq(F(Event::NOTE)), vec![1]),
        (Event::KIND.ne(F(Event::NOTE)), vec![2, 3, 4, 5, 6]),
        (Event::KIND.gt(F(Event::NOTE)), vec![2]),
        (Event::KIND.gte(F(Event::NOTE)), vec![1, 2]),
        (Event::KIND.lt(F(Event::NOTE)), vec![5, 6]),
        (Event::KIND.lte(F(Event::NOTE)), vec![1, 5, 6]),
        (!Event::KIND.lte(F(Event::NOTE)), vec![2, 3, 4]),
        (Event::NOTE.between(F(Event::KIND), "b"), vec![6]),
        (Event::NOTE.between("a", F(Event::KIND)), vec![1, 2]),
        (Event::KIND.eq(F(Event::DEVICE)), vec![5, 6]),
        (Event::DEVICE.lt(F(Event::KIND)), vec![1, 2, 4]),
    ] {
        let text = format!("{lookup:?}");
        assert_eq!(times(&events.filter(lookup).all(&db).await.unwrap()), expected, "{text}");
    }
    let by_note = events.set_index(Event::BY_NOTE).filter(Event::NOTE.eq(F(Event::KIND)));
    assert_eq!(times(&by_note.all(&db).await.unwrap()), [1], "of a local index, the key is compared by the residual");
    let scan = Event::objects().scan().filter(Event::KIND.eq(F(Event::DEVICE)));
    assert_eq!(times(&scan.all(&db).await.unwrap()), [5, 6]);
}

#[test]
fn a_field_comparison_is_a_filter_or_a_residual_if_it_names_the_key() {
    let events = Event::objects().set_hash_key("a");
    let filter = events.filter(Event::KIND.eq(F(Event::NOTE))).explain().unwrap().to_string();
    assert!(filter.contains("filter: kind = note"), "{filter}");
    let known = events.filter(Event::KIND.eq(F(Event::DEVICE))).explain().unwrap().to_string();
    assert!(known.contains(r#"filter: kind = "a""#), "the hash key is known: {known}");
    let by_note =
        events.set_index(Event::BY_SIZE).filter(Event::NOTE.eq(F(Event::KIND))).explain().unwrap().to_string();
    assert!(by_note.contains("filter: note = kind"), "{by_note}");
    let kinds = Event::kinds().set_hash_key("door").filter(Event::LEVEL.gt(F(Event::LEVEL)));
    assert!(kinds.explain().unwrap().to_string().contains("no item can satisfy"), "nothing is greater than itself");
}

#[test]
fn a_field_comparison_requires_both_attributes_in_the_index() {
    let owners = Event::objects().set_index(Event::BY_OWNER).set_hash_key("o");
    let error =
        owners.filter(Event::OWNER.eq(F(Event::NOTE)) | Event::AT.eq(1)).explain_for(Terminal::Count).unwrap_err();
    assert!(matches!(&error, PlanError::ProjectionLacks { attributes, .. } if attributes[0] == "note"), "{error}");
}
