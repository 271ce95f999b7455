//! Values, aggregates, sorting and keys of random querysets, against a plain vector.

use std::collections::BTreeMap;

use djamodb::model::Filter;
use djamodb::prelude::*;
use djamodb::value::Number;
use proptest::prelude::*;
use proptest::sample::select;

use crate::models::{Event, database};
use crate::naive::{Lookup, event, holds, lookup};

const DEVICE: &str = "a";

/// The events of the device that the lookups match, in the order of their time.
fn matching(events: &[Event], lookups: &[Lookup]) -> Vec<Event> {
    let filters: Vec<Filter> = lookups.iter().map(|lookup| lookup.q().into_filter()).collect();
    let is_match = |event: &&Event| {
        let item = event.to_item().unwrap();
        filters.iter().all(|filter| holds(filter, &item))
    };
    events.iter().filter(is_match).cloned().collect()
}

async fn values(db: &Database, queryset: &QuerySet<Event>, whole: &[Event]) -> Result<(), TestCaseError> {
    let rows = queryset.values((Event::LEVEL, Event::NOTE, Event::SIZE, Event::TAGS));
    let row = |event: &Event| (event.level, event.note.clone(), event.size, event.tags.clone());
    let expected: Vec<_> = whole.iter().map(row).collect();
    prop_assert_eq!(&rows.all(db).await.unwrap(), &expected);
    prop_assert_eq!(&rows.stream(db).try_collect::<Vec<_>>().await.unwrap(), &expected);
    prop_assert_eq!(rows.first(db).await.unwrap(), expected.first().cloned());
    prop_assert_eq!(rows.last(db).await.unwrap(), expected.last().cloned());
    let (mut paged, mut token) = (Vec::new(), None);
    for _ in 0..100 {
        let page = queryset.set_limit(2).set_last_evaluated_key(token).values(Event::AT).page(db).await.unwrap();
        paged.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            break;
        }
    }
    prop_assert_eq!(paged, whole.iter().map(|event| event.at).collect::<Vec<_>>());
    Ok(())
}

async fn aggregates(db: &Database, queryset: &QuerySet<Event>, whole: &[Event]) -> Result<(), TestCaseError> {
    let sizes: Vec<u32> = whole.iter().filter_map(|event| event.size).collect();
    // Levels are halves, so that tenths add up exactly.
    let tenths = |event: &Event| Number::from_f64(event.level * 10.0).unwrap().to_i128().unwrap();
    let level: i128 = whole.iter().map(tenths).sum();
    let found = queryset
        .aggregate(
            (
                count(),
                Event::SIZE.count(),
                Event::SIZE.sum(),
                Event::SIZE.avg(),
                Event::SIZE.min(),
                Event::KIND.max(),
                Event::AT.max(),
                Event::LEVEL.sum(),
            ),
            db,
        )
        .await
        .unwrap();
    let total: u32 = sizes.iter().sum();
    prop_assert_eq!((found.0, found.1), (whole.len() as u64, sizes.len() as u64));
    prop_assert_eq!(found.2, (!sizes.is_empty()).then(|| Number::from(total)));
    match found.3 {
        None => prop_assert!(sizes.is_empty()),
        Some(avg) => prop_assert!(
            (avg.to_f64() - f64::from(total) / f64::from(u32::try_from(sizes.len()).unwrap())).abs() < 1e-12
        ),
    }
    prop_assert_eq!(found.4, sizes.iter().min().copied());
    prop_assert_eq!(found.5, whole.iter().filter_map(|event| event.kind.clone()).max());
    prop_assert_eq!(found.6, whole.iter().map(|event| event.at).max());
    let level = (!whole.is_empty()).then(|| Number::from_parts(level, -1).unwrap());
    prop_assert_eq!(found.7, level);
    Ok(())
}

async fn sorted(db: &Database, queryset: &QuerySet<Event>, whole: &[Event], limit: usize) -> Result<(), TestCaseError> {
    let mut ascending = whole.to_vec();
    ascending.sort_by_key(|event| event.size);
    let mut descending = whole.to_vec();
    descending.sort_by(|left, right| right.level.total_cmp(&left.level));
    for (order, expected) in [(Event::SIZE.asc(), ascending), (Event::LEVEL.desc(), descending)] {
        prop_assert_eq!(&queryset.sort_in_memory(order.clone()).all(db).await.unwrap(), &expected);
        let limited = queryset.set_limit(limit).sort_in_memory(order.clone());
        prop_assert_eq!(&limited.all(db).await.unwrap()[..], &expected[..limit.min(expected.len())]);
        let sorted = queryset.sort_in_memory(order);
        prop_assert_eq!(sorted.first(db).await.unwrap(), expected.first().cloned());
        prop_assert_eq!(sorted.last(db).await.unwrap(), expected.last().cloned());
    }
    Ok(())
}

async fn by_key(db: &Database, lookups: &[Lookup], events: &[Event]) -> Result<(), TestCaseError> {
    let filter =
        |queryset: QuerySet<Event>| lookups.iter().fold(queryset, |queryset, lookup| queryset.filter(lookup.q()));
    let matching: BTreeMap<(&str, i64), Event> = matching(events, lookups)
        .into_iter()
        .map(|event| ((if event.device == "a" { "a" } else { "b" }, event.at), event))
        .collect();
    let keys = ["a", "b"].into_iter().flat_map(|device| (0..12_i64).map(move |at| (device, at)));
    let everything = filter(Event::objects().queryset());
    let found: BTreeMap<_, _> = everything.in_bulk(keys.clone(), db).await.unwrap().into_iter().collect();
    prop_assert_eq!(&found, &matching);
    for key in keys.step_by(5) {
        prop_assert_eq!(everything.contains(&Event::new(key.0, key.1), db).await.unwrap(), matching.contains_key(&key));
    }
    let with_kind = matching.values().filter(|event| event.kind.is_some()).count();
    let keys: Vec<_> = matching.keys().copied().collect();
    let kinds = lookups.iter().fold(Event::kinds().queryset(), |queryset, lookup| queryset.filter(lookup.q()));
    prop_assert_eq!(kinds.in_bulk(keys, db).await.unwrap().len(), with_kind);
    let both = everything.filter(Event::DEVICE.is_in(["a", "b"]));
    let at = |event: Result<Event, _>| event.ok().map(|event| event.at);
    prop_assert_eq!(at(both.earliest(Event::AT, db).await), matching.values().map(|event| event.at).min());
    prop_assert_eq!(at(both.latest(Event::AT, db).await), matching.values().map(|event| event.at).max());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_reading_gives_what_a_plain_vector_gives(
        events in prop::collection::vec(event(), 0..25),
        filters in prop::collection::vec(prop::collection::vec(lookup(), 0..3), 1..4),
        limit in select(vec![0_usize, 1, 2, 5, 30]),
    ) {
        let by_time: BTreeMap<_, _> = events.into_iter().map(|event| ((event.device.clone(), event.at), event)).collect();
        let events: Vec<Event> = by_time.into_values().collect();
        let of_device: Vec<Event> = events.iter().filter(|event| event.device == DEVICE).cloned().collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = database().await;
            for event in &events {
                event.clone().save(&db).await.unwrap();
            }
            for lookups in &filters {
                let whole = matching(&of_device, lookups);
                let start = Event::objects().set_hash_key(DEVICE);
                let queryset = lookups.iter().fold(start, |queryset, lookup| queryset.filter(lookup.q()));
                values(&db, &queryset, &whole).await?;
                aggregates(&db, &queryset, &whole).await?;
                sorted(&db, &queryset, &whole, limit).await?;
                by_key(&db, lookups, &events).await?;
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}
