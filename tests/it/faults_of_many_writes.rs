//! Under faults, operations with several writes lose none and report each one.

use std::collections::BTreeMap;
use std::sync::Arc;

use djamodb::layer::{FaultRates, Faults, Retry, RetryPolicy};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::{AttributeValue, Item, Number};
use djamodb::{Error, MemoryDriver, WritesIncomplete};
use djamodb_driver_memory::VirtualClock;

use crate::models::{Event, times};

const SEEDS: u64 = 150;
const EVENTS: i64 = 40;

/// Returns a database with injected faults, and the database below it without faults, whose table holds some events.
async fn databases(rates: FaultRates, seed: u64, present: &[i64]) -> (Database, Database) {
    let memory = MemoryDriver::with_clock(Arc::new(VirtualClock::new(seed)));
    let sound = Database::new(memory.clone());
    sound.create_table::<Event>().await.unwrap();
    for at in present {
        Event::new("a", *at).save(&sound).await.unwrap();
    }
    let faulty = Retry::new(
        Faults::new(memory, rates, seed).unwrap(),
        RetryPolicy { attempts_max: 3, ..RetryPolicy::default() },
    )
    .unwrap();
    (Database::new(faulty), sound)
}

/// Half of the seeds lose no response, so that clean failures are covered too.
fn rates(seed: u64, duplicate: f64) -> FaultRates {
    let lost = if seed.is_multiple_of(2) { 0.04 } else { 0.0 };
    FaultRates { throttled: 0.3, timeout: lost, reset: lost, unprocessed: 0.5, duplicate }
}

fn at(keys: &[Item]) -> Vec<i64> {
    let number = |key: &Item| key.get("at").and_then(AttributeValue::as_n).and_then(Number::to_i128);
    keys.iter().map(|key| i64::try_from(number(key).unwrap()).unwrap()).collect()
}

/// Returns the report of an incomplete operation, or `None` if it did not start.
fn incomplete(error: Error) -> Option<WritesIncomplete> {
    match error {
        Error::WritesIncomplete(incomplete) => Some(*incomplete),
        Error::Driver(_) => None,
        other => panic!("an error of another kind: {other}"),
    }
}

#[tokio::test]
async fn an_incomplete_update_reports_every_item_once() {
    let (mut whole, mut parts) = (0, 0);
    for seed in 0..SEEDS {
        // Without duplicates: an update that is delivered twice counts twice.
        let (faulty, sound) = databases(rates(seed, 0.0), seed, &(0..EVENTS).collect::<Vec<_>>()).await;
        let all = Event::objects().set_hash_key("a");
        let updated = all.update(Event::SIZE.add(1), &faulty).await;
        let sizes: BTreeMap<i64, Option<u32>> =
            all.all(&sound).await.unwrap().iter().map(|event| (event.at, event.size)).collect();
        assert!(sizes.values().all(|size| size.is_none_or(|size| size == 1)), "seed {seed}: one is counted twice");
        let changed = sizes.values().flatten().count() as u64;
        match updated {
            Ok(count) => {
                whole += 1;
                assert_eq!((count, changed), (40, 40), "seed {seed}");
            }
            Err(error) => {
                let Some(report) = incomplete(error) else {
                    assert_eq!(changed, 0, "seed {seed}");
                    continue;
                };
                parts += 1;
                let unknown = at(&report.unknown);
                let surely = changed - unknown.iter().filter(|at| sizes[at].is_some()).count() as u64;
                assert_eq!(report.done, surely, "seed {seed}");
                assert!(at(&report.unprocessed).iter().all(|at| sizes[at].is_none()), "seed {seed}");
                let accounted = report.done + (report.unprocessed.len() + unknown.len()) as u64;
                assert!(report.may_have_more || accounted == 40, "seed {seed}: {accounted} are reported");
            }
        }
    }
    assert!(whole > 0 && parts > 0, "{whole} whole, {parts} in part");
}

#[tokio::test]
async fn an_incomplete_checked_delete_lists_the_remaining_items() {
    for seed in 0..SEEDS {
        let (faulty, sound) = databases(rates(seed, 0.2), seed, &(0..EVENTS).collect::<Vec<_>>()).await;
        let all = Event::objects().set_hash_key("a");
        let deleted = all.delete_checked(&faulty).await;
        let left = times(&all.all(&sound).await.unwrap());
        match deleted {
            Ok(count) => assert_eq!((count, left.len()), (40, 0), "seed {seed}"),
            Err(error) => {
                let Some(report) = incomplete(error) else {
                    assert_eq!(left.len(), 40, "seed {seed}");
                    continue;
                };
                let (unprocessed, unknown) = (at(&report.unprocessed), at(&report.unknown));
                assert!(unprocessed.iter().all(|at| left.contains(at)), "seed {seed}");
                let others = left.iter().filter(|at| !unprocessed.contains(at) && !unknown.contains(at));
                assert!(report.may_have_more || others.count() == 0, "seed {seed}: some remain unreported");
            }
        }
    }
}

#[tokio::test]
async fn an_incomplete_bulk_create_accounts_for_every_value() {
    for policy in [OnConflict::Fail, OnConflict::Ignore, OnConflict::Overwrite] {
        let (mut whole, mut parts) = (0, 0);
        for seed in 0..SEEDS {
            let there = [5, 17, 31];
            let (faulty, sound) = databases(rates(seed, 0.1), seed, &there).await;
            let mut values: Vec<Event> = (0..EVENTS).map(|at| Event { size: Some(1), ..Event::new("a", at) }).collect();
            let created = Event::objects().bulk_create(&mut values, policy, &faulty).await;
            let found = Event::objects().set_hash_key("a").all(&sound).await.unwrap();
            let ours: Vec<i64> = found.iter().filter(|event| event.size.is_some()).map(|event| event.at).collect();
            match created {
                Ok(report) => {
                    whole += 1;
                    assert_eq!(at(&report.written), ours, "{policy:?}, seed {seed}");
                    assert_eq!(report.written.len() + report.skipped.len(), 40, "{policy:?}, seed {seed}");
                    assert!(policy == OnConflict::Overwrite || at(&report.skipped) == there);
                }
                Err(error) => {
                    parts += 1;
                    let report = incomplete(error).unwrap();
                    let (unprocessed, unknown) = (at(&report.unprocessed), at(&report.unknown));
                    let surely: Vec<i64> = ours.iter().copied().filter(|at| !unknown.contains(at)).collect();
                    assert_eq!(at(&report.written), surely, "{policy:?}, seed {seed}");
                    assert_eq!(report.done, report.written.len() as u64, "{policy:?}, seed {seed}");
                    assert!(!unprocessed.iter().any(|at| ours.contains(at)), "{policy:?}, seed {seed}");
                    assert!(at(&report.existing).iter().all(|at| there.contains(at)), "{policy:?}, seed {seed}");
                    let kept = if policy == OnConflict::Ignore { 3 } else { 0 };
                    let accounted = report.done + (report.existing.len() + unprocessed.len() + unknown.len()) as u64;
                    assert!((40 - kept..=40).contains(&accounted), "{policy:?}, seed {seed}: {accounted} are reported");
                }
            }
        }
        assert!((whole > 0 || policy == OnConflict::Fail) && parts > 0, "{policy:?}: {whole} whole, {parts} in part");
    }
}

#[tokio::test]
async fn get_or_create_returns_the_item_in_the_table() {
    for seed in 0..SEEDS {
        let (faulty, sound) = databases(rates(seed, 0.2), seed, &[]).await;
        for at in 0..10 {
            let value = Event { size: Some(1), ..Event::new("a", at) };
            if let Ok((event, _)) = Event::get_or_create(value.clone(), &faulty).await {
                assert_eq!(Event::get_by_key(("a", at), &sound).await.unwrap(), event, "seed {seed}");
            }
            if let Ok((event, created)) = Event::update_or_create(value, Event::NOTE.set("n"), &faulty).await {
                assert_eq!(Event::get_by_key(("a", at), &sound).await.unwrap(), event, "seed {seed}");
                assert_eq!(event.note.is_none(), created, "seed {seed}");
            }
        }
    }
}
