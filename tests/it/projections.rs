//! Indexes that project some of the attributes.

use djamodb::prelude::*;
use djamodb::{Error, planner::PlanError};

use crate::models::{Event, database, times};

async fn events() -> Database {
    let db = database().await;
    for at in 0..6 {
        let mut event = Event::new("a", at);
        event.kind = Some("door".into());
        event.owner = (at % 2 == 0).then(|| "me".into());
        event.note = (at > 2).then(|| format!("note {}", 9 - at));
        event.size = Some(u32::try_from(100 - at).unwrap());
        event.urgent = at == 4;
        event.save(&db).await.unwrap();
    }
    db
}

fn lacking(result: Result<Vec<Event>, Error>) -> Vec<String> {
    match result {
        Err(Error::Plan(PlanError::ProjectionLacks { attributes, .. })) => {
            attributes.iter().map(ToString::to_string).collect()
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn reading_attributes_that_a_global_index_lacks_is_refused_before_any_request() {
    let db = events().await;
    let mine = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me");
    assert_eq!(lacking(mine.all(&db).await), ["kind", "level", "size", "note", "urgent", "tags"]);
    let level = Event::objects().set_index(Event::BY_LEVEL).set_hash_key(0);
    assert_eq!(lacking(level.all(&db).await), ["owner", "size", "note", "urgent", "tags"]);
}

#[tokio::test]
async fn a_global_index_of_keys_suffices_to_count_and_to_delete() {
    let db = events().await;
    let mine = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me");
    assert_eq!(mine.count(&db).await.unwrap(), 3, "items without an owner are not in the index");
    assert!(mine.exists(&db).await.unwrap());
    let late = mine.filter(Event::AT.gte(2));
    assert_eq!(late.count(&db).await.unwrap(), 2);
    let level = Event::objects().set_index(Event::BY_LEVEL).set_hash_key(0);
    assert_eq!(level.filter(Event::KIND.eq("door")).count(&db).await.unwrap(), 6);
    let error = level.filter(Event::URGENT.eq(true)).count(&db).await.unwrap_err();
    assert!(error.to_string().contains("does not hold `urgent`"), "{error}");
    assert_eq!(late.delete(&db).await.unwrap(), 2);
    assert_eq!(times(&Event::objects().set_hash_key("a").all(&db).await.unwrap()), [0, 1, 3, 5]);
}

#[tokio::test]
async fn a_local_index_fetches_the_attributes_that_it_lacks() {
    let db = events().await;
    let by_note = Event::objects().set_hash_key("a").set_index(Event::BY_NOTE);
    let noted = by_note.all(&db).await.unwrap();
    assert_eq!(times(&noted), [5, 4, 3], "in the order of the note, without events that have none");
    assert_eq!(noted[0].size, Some(95));
    assert_eq!(times(&by_note.filter(Event::URGENT.eq(true)).all(&db).await.unwrap()), [4]);
    assert_eq!(by_note.filter(Event::URGENT.eq(false)).set_limit(1).count(&db).await.unwrap(), 1);
    let by_size = Event::objects().set_hash_key("a").set_index(Event::BY_SIZE);
    assert_eq!(times(&by_size.filter(Event::SIZE.lt(98)).all(&db).await.unwrap()), [5, 4, 3]);
    assert_eq!(by_size.last(&db).await.unwrap().unwrap().at, 0);
}
