//! `hydrate`: attributes that an index does not project are fetched from the table.

use djamodb::Error;
use djamodb::planner::{PlanError, RejectionReason};
use djamodb::prelude::*;

use crate::models::{Event, database, times};

/// Returns a database in which every second event has the owner `me`. The index by owner projects keys only, the index by level
/// the kind as well.
async fn events() -> Database {
    let db = database().await;
    for at in 0..30 {
        let mut event = Event::new("a", at);
        event.owner = Some(if at % 2 == 0 { "me" } else { "you" }.to_owned());
        event.level = f64::from(u32::try_from(at % 3).unwrap());
        event.urgent = at > 20;
        event.save(&db).await.unwrap();
    }
    db
}

#[tokio::test]
async fn an_index_that_lacks_attributes_is_chosen_only_to_hydrate() {
    let db = events().await;
    let mine = Event::objects().filter(Event::OWNER.eq("me"));
    let Error::Plan(PlanError::WouldScan { nearest: Some(nearest), .. }) = mine.all(&db).await.unwrap_err() else {
        panic!("refused for another reason");
    };
    assert_eq!(
        (nearest.index.as_str(), nearest.rejection),
        ("by_owner", Some(RejectionReason::NotProjected("kind".into())))
    );
    let mut found = times(&mine.hydrate().all(&db).await.unwrap());
    found.sort_unstable();
    assert_eq!(found, (0..30).step_by(2).collect::<Vec<_>>());

    // An index that projects every attribute is preferred.
    let kind = Event::objects().filter(Event::OWNER.eq("me") & Event::KIND.eq("door")).hydrate();
    assert_eq!(kind.explain().unwrap().index.as_deref(), Some("by_kind"));
    assert!(!kind.explain().unwrap().cost.hydrates);
}

#[tokio::test]
async fn hydrated_pages_repeat_and_skip_no_item_in_both_directions() {
    let db = events().await;
    let level = Event::objects().set_index(Event::BY_LEVEL).set_hash_key(2).hydrate();
    let all = level.all(&db).await.unwrap();
    assert_eq!(times(&all), (2..30).step_by(3).collect::<Vec<_>>());
    let urgent = level.filter(Event::URGENT.eq(true));
    for (queryset, expected) in [(level, vec![2, 5, 8, 11, 14, 17, 20, 23, 26, 29]), (urgent, vec![23, 26, 29])] {
        assert_eq!(queryset.first(&db).await.unwrap().map(|event| event.at), expected.first().copied());
        assert_eq!(queryset.last(&db).await.unwrap().map(|event| event.at), expected.last().copied());
        let cursor = queryset.set_limit(2).cursor();
        let (mut there, mut page) = (Vec::new(), cursor.page(&db).await.unwrap());
        loop {
            there.extend(times(&page.items));
            let Some(next) = page.next.clone() else { break };
            page = cursor.after(next).page(&db).await.unwrap();
        }
        assert_eq!(there, expected);
        let mut back = times(&page.items);
        while let Some(previous) = page.previous.clone() {
            page = cursor.before(previous).page(&db).await.unwrap();
            back.splice(..0, times(&page.items));
        }
        assert_eq!(back, expected);
    }
}

#[tokio::test]
async fn every_way_to_read_hydrates() {
    let db = events().await;
    let mine = Event::objects().set_index(Event::BY_OWNER).set_hash_key("me").hydrate();
    let latest = mine.set_limit(3).sort_in_memory(Event::AT.desc()).all(&db).await.unwrap();
    assert_eq!(times(&latest), [28, 26, 24]);
    assert_eq!(mine.stream(&db).try_collect::<Vec<_>>().await.unwrap().len(), 15);
    assert_eq!(mine.aggregate(Event::LEVEL.sum(), &db).await.unwrap(), Some(15.0));
    let owners = Event::objects().set_index(Event::BY_OWNER).hydrate();
    assert_eq!(owners.parallel_scan(3).all(&db).await.unwrap().len(), 30);
    let level = Event::objects().set_index(Event::BY_LEVEL).set_hash_key(1).hydrate();
    assert_eq!(level.latest(Event::AT, &db).await.unwrap().at, 28);
    assert_eq!(level.filter(Event::URGENT.eq(false)).latest(Event::AT, &db).await.unwrap().at, 19);
    let only = level.filter(Event::AT.eq(4) & Event::URGENT.eq(false)).get(&db).await.unwrap();
    assert_eq!(only.owner.as_deref(), Some("me"));
}
