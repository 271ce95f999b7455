//! Under faults, reads are complete and correct or an error, no write is lost, and no conditional write is made twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use djamodb::driver::{Applied, DriverExt};
use djamodb::expression::{Path, Update};
use djamodb::layer::{FaultRates, Faults, Retry, RetryPolicy};
use djamodb::plan::UpdateItem;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item};
use djamodb::{Error, MemoryDriver};
use djamodb_driver_memory::VirtualClock;

use crate::models::{Event, times};

const SEEDS: u64 = 150;

/// Returns a database with injected faults, and the database below it without faults.
async fn databases(rates: FaultRates, seed: u64) -> (Database, Database) {
    let memory = MemoryDriver::with_clock(Arc::new(VirtualClock::new(seed)));
    let sound = Database::new(memory.clone());
    sound.create_table::<Event>().await.unwrap();
    let faulty = Retry::new(
        Faults::new(memory, rates, seed).unwrap(),
        RetryPolicy { attempts_max: 5, ..RetryPolicy::default() },
    )
    .unwrap();
    (Database::new(faulty), sound)
}

/// The known state of an item after a write.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Known {
    Present,
    Absent,
    Unsure,
}

fn applied(error: &Error) -> Applied {
    match error {
        Error::Driver(error) => error.applied(),
        other => panic!("an error of another kind: {other}"),
    }
}

#[tokio::test]
async fn no_write_is_lost_or_hidden_by_an_error() {
    for seed in 0..SEEDS {
        let (faulty, sound) = databases(FaultRates::all(0.15), seed).await;
        let mut known = BTreeMap::new();
        for at in 0..30 {
            let mut event = Event::new("a", at);
            let saved = if at % 2 == 0 { event.save(&faulty).await } else { event.create(&faulty).await };
            let state = match saved {
                // An existing item means that an attempt whose response was lost created it, and that the condition kept
                // the retry from creating it again.
                Ok(()) | Err(Error::ObjectAlreadyExists { .. }) => Known::Present,
                Err(error) => match applied(&error) {
                    Applied::No => Known::Absent,
                    Applied::Unknown => Known::Unsure,
                },
            };
            known.insert(at, state);
        }
        let present = times(&Event::objects().set_hash_key("a").all(&sound).await.unwrap());
        for (at, state) in known {
            match state {
                Known::Present => assert!(present.contains(&at), "seed {seed}: {at} is lost"),
                Known::Absent => assert!(!present.contains(&at), "seed {seed}: {at} was reported as not written"),
                Known::Unsure => {}
            }
        }
    }
}

#[tokio::test]
async fn reads_are_complete_and_correct_or_an_error() {
    let mut failures = 0;
    for seed in 0..SEEDS {
        let (faulty, sound) = databases(FaultRates::all(0.1), seed).await;
        for at in 0..40 {
            let mut event = Event::new("a", at);
            event.urgent = at % 3 == 0;
            event.save(&sound).await.unwrap();
        }
        let all = Event::objects().set_hash_key("a");
        for queryset in [
            all.clone(),
            all.filter(Event::URGENT.eq(true)),
            all.filter(Event::AT.is_in(0..35)),
            all.filter(Event::AT.ne(7)).set_scan_index_forward(false),
            all.filter(Event::AT.gt(3) & Event::AT.lt(30)).set_limit(9),
        ] {
            let expected = queryset.all(&sound).await.unwrap();
            match queryset.all(&faulty).await {
                Ok(found) => assert_eq!(times(&found), times(&expected), "seed {seed}"),
                Err(error) => {
                    failures += 1;
                    assert!(matches!(error, Error::Driver(_)), "{error}");
                }
            }
            match queryset.count(&faulty).await {
                Ok(count) => assert_eq!(count, expected.len() as u64, "seed {seed}"),
                Err(_) => failures += 1,
            }
            let streamed: Result<Vec<Event>, Error> = queryset.stream(&faulty).try_collect().await;
            if let Ok(streamed) = streamed {
                assert_eq!(times(&streamed), times(&expected), "seed {seed}");
            }
        }
    }
    assert!(failures < SEEDS * 2, "retries should make most reads succeed: {failures} failed");
}

#[tokio::test]
async fn an_incomplete_delete_lists_the_remaining_items() {
    for seed in 0..SEEDS {
        let (faulty, sound) = databases(FaultRates { unprocessed: 0.6, ..FaultRates::all(0.1) }, seed).await;
        for at in 0..60 {
            Event::new("a", at).save(&sound).await.unwrap();
        }
        let all = Event::objects().set_hash_key("a");
        let deleted = all.delete(&faulty).await;
        let left = times(&all.all(&sound).await.unwrap());
        match deleted {
            Ok(count) => assert_eq!((count, left.len()), (60, 0), "seed {seed}"),
            Err(Error::WritesIncomplete(incomplete)) => {
                assert!(incomplete.done + left.len() as u64 <= 60, "seed {seed}: more remain than were reported");
                let reported: Vec<_> =
                    incomplete.unprocessed.iter().chain(&incomplete.unknown).filter_map(|key| key.get("at")).collect();
                for at in left {
                    assert!(
                        reported.contains(&&AttributeValue::n(at)) || incomplete.may_have_more,
                        "seed {seed}: {at}"
                    );
                }
            }
            Err(error) => assert_eq!(left.len(), 60, "seed {seed}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_counting_update_is_not_retried_after_a_lost_response() {
    for seed in 0..SEEDS {
        let rates = FaultRates { throttled: 0.2, timeout: 0.2, reset: 0.2, ..FaultRates::default() };
        let (faulty, sound) = databases(rates, seed).await;
        let key = Item::new().with("device", "a").with("at", 1);
        let (mut made, mut unsure) = (0, 0);
        for _ in 0..20 {
            let add = UpdateItem::new("events", key.clone(), Update::new().add(Path::new("hits"), 1));
            match faulty.driver().run(add).await {
                Ok(_) => made += 1,
                Err(error) if error.applied() == Applied::Unknown => unsure += 1,
                Err(_) => {}
            }
        }
        let found = sound.run(djamodb::plan::GetItem::new("events", key)).await.unwrap().item.unwrap_or_default();
        let hits = found.get("hits").and_then(AttributeValue::as_n).map_or(0, |hits| hits.to_i128().unwrap());
        assert!((made..=made + unsure).contains(&hits), "seed {seed}: {made} made, {unsure} unsure, {hits} counted");
    }
}

#[tokio::test]
async fn nothing_fails_without_faults() {
    let (faulty, _) = databases(FaultRates::default(), 1).await;
    Event::new("a", 1).create(&faulty).await.unwrap();
    assert_eq!(Event::objects().set_hash_key("a").delete(&faulty).await.unwrap(), 1);
}
