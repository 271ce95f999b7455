//! Planning takes time in proportion to what is asked, and refuses what is too much.

use std::hint::black_box;
use std::time::{Duration, Instant};

use djamodb::model::{Filter, InvalidLookup};
use djamodb::planner::PlanError;

use crate::models::Event;

/// Ten times the work takes at most this many times as long. Work that grows with the square takes a hundred times as long.
const GROWTH_MAX: u32 = 45;

/// Returns the shortest of several runs, which other load on the machine disturbs least.
fn shortest(run: impl Fn()) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

#[track_caller]
fn grows_in_proportion(small: usize, run: impl Fn(usize)) {
    let (less, more) = (shortest(|| run(small)), shortest(|| run(10 * small)));
    assert!(more < less * GROWTH_MAX, "{small}: {less:?}, {}: {more:?}", 10 * small);
}

fn number(number: usize) -> i32 {
    i32::try_from(number).unwrap()
}

fn texts(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("device {number}")).collect()
}

#[test]
fn lookups_in_one_call_of_filter() {
    grows_in_proportion(1000, |count| {
        let all = (1..count).fold(Event::LEVEL.ne(0), |q, level| q & Event::LEVEL.ne(number(level)));
        black_box(Event::objects().set_hash_key("a").filter(all).explain().unwrap());
    });
    grows_in_proportion(1000, |count| {
        let any = (1..count).fold(Event::LEVEL.eq(0), |q, level| q | Event::LEVEL.eq(number(level)));
        black_box(Event::objects().scan().filter(any).explain().unwrap());
    });
    grows_in_proportion(1000, |count| {
        let all = (1..count).fold(Event::AT.ne(0), |q, at| q & Event::AT.ne(i64::from(number(at))));
        black_box(Event::objects().set_hash_key("a").filter(all).explain().unwrap());
    });
}

#[test]
fn calls_of_filter() {
    grows_in_proportion(1000, |count| {
        let seattle = Event::objects().set_hash_key("a");
        let all = (0..count).fold(seattle, |queryset, level| queryset.filter(Event::LEVEL.ne(number(level))));
        black_box(all.explain().unwrap());
    });
}

#[test]
fn values_of_key_attributes() {
    grows_in_proportion(100, |count| {
        black_box(Event::objects().filter(Event::DEVICE.is_in(texts(count))).explain().unwrap());
    });
    grows_in_proportion(1000, |count| {
        let keys = Event::DEVICE.is_in(texts(count)) & Event::AT.eq(1);
        black_box(Event::objects().filter(keys.clone() & keys).explain().unwrap());
    });
    grows_in_proportion(1000, |count| {
        let times: Vec<i64> = (0..count).map(|at| i64::from(number(at))).collect();
        let at = Event::AT.is_in(times.clone()) & Event::AT.is_in(times);
        black_box(Event::objects().set_hash_key("a").filter(at).explain().unwrap());
    });
}

#[test]
fn values_of_other_attributes() {
    grows_in_proportion(10_000, |count| {
        let sizes: Vec<u32> = (0..count).map(|size| u32::try_from(size).unwrap()).collect();
        black_box(Event::objects().set_hash_key("a").filter(Event::SIZE.is_in(sizes)).explain().unwrap());
    });
}

#[test]
fn segments_are_planned_once() {
    grows_in_proportion(100_000, |count| {
        let segments = u32::try_from(count).unwrap();
        black_box(Event::objects().parallel_scan(segments).explain().unwrap());
    });
    for segments in [0, 1_000_001, u32::MAX] {
        let refused = Event::objects().parallel_scan(segments).explain();
        assert!(matches!(refused, Err(PlanError::TotalSegments { total_segments, .. }) if total_segments == segments));
    }
}

#[test]
fn more_than_a_queryset_accepts_is_refused() {
    let seattle = Event::objects().set_hash_key("a");
    let lookups = |count: usize| (0..count).fold(seattle.clone(), |all, _| all.filter(Event::LEVEL.gt(1)));
    assert!(lookups(Filter::LOOKUPS_MAX).explain().is_ok());
    let refused = lookups(Filter::LOOKUPS_MAX + 1).explain();
    assert!(matches!(refused, Err(PlanError::Lookup { error: InvalidLookup::TooManyLookups, .. })), "{refused:?}");

    let count = Filter::IN_VALUES_MAX + 1;
    let refused = seattle.filter(Event::SIZE.is_in(vec![1; count])).explain();
    assert!(
        matches!(&refused, Err(PlanError::Lookup { error: InvalidLookup::TooManyValues { count: found }, .. }) if *found == count),
        "{refused:?}"
    );

    let devices = Event::objects().filter(Event::DEVICE.is_in(texts(900)));
    let refused = (0..2000).fold(devices, |all, _| all.filter(Event::LEVEL.gt(1))).explain();
    assert!(
        matches!(refused, Err(PlanError::TooManyCombinations { keys: 900, lookups: 2001, .. })),
        "each of 900 queries would have 2000 lookups: {refused:?}"
    );
}
