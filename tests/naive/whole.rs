//! Checks of a queryset that returns whole items in order.

use std::cmp::Ordering;

use djamodb::prelude::*;
use proptest::prelude::*;

use super::reading::Reading;
use super::shape::{Shape, compare};
use super::signal::Signal;
use super::{assert_same_items, keys, pages, parts};

pub(super) async fn check<I: Index<Model = Signal>>(
    db: &Database,
    start: QuerySet<Signal, Signal, I>,
    shape: &Shape,
    signals: &[Signal],
) -> Result<(), TestCaseError> {
    let (queryset, expected) = (shape.queryset(start), shape.expected(signals));
    let all = queryset.all(db).await.unwrap();
    assert_same_items(&all, &expected)?;
    in_order(&queryset, shape, &all)?;
    prop_assert_eq!(queryset.count(db).await.unwrap(), all.len() as u64);
    prop_assert_eq!(queryset.exists(db).await.unwrap(), !all.is_empty());
    let (first, last) = (queryset.first(db).await.unwrap(), queryset.last(db).await.unwrap());
    prop_assert_eq!((first.as_ref(), last.as_ref()), (all.first(), all.last()));
    prop_assert_eq!(&queryset.stream(db).try_collect::<Vec<_>>().await.unwrap(), &all);

    let limit = shape.limit.unwrap_or(3);
    let limited = queryset.set_limit(limit);
    prop_assert_eq!(&limited.all(db).await.unwrap()[..], &all[..limit.min(all.len())]);
    prop_assert_eq!(limited.count(db).await.unwrap(), limit.min(all.len()) as u64);
    if limit > 0 {
        pages::assert_pages_join(db, &limited, &all).await?;
        pages::assert_cursor_returns(db, &limited, &all).await?;
    }
    extremes(db, &queryset, shape, &all).await?;
    parts::check(db, &queryset, &all, limit).await?;
    keys::check(db, &queryset, &all, signals).await
}

fn in_order<I: Index<Model = Signal>>(
    queryset: &QuerySet<Signal, Signal, I>,
    shape: &Shape,
    all: &[Signal],
) -> Result<(), TestCaseError> {
    let index = queryset.explain().unwrap().index;
    let wrong = if shape.forward { Ordering::Greater } else { Ordering::Less };
    let is_wrong = |pair: &[Signal]| compare(index.as_deref(), &pair[0], &pair[1]) == wrong;
    prop_assert!(!all.windows(2).any(is_wrong), "items are in the order of {index:?}: {all:?}");
    Ok(())
}

/// Checks `earliest` and `latest` by the range key of the source.
async fn extremes<I: Index<Model = Signal>>(
    db: &Database,
    queryset: &QuerySet<Signal, Signal, I>,
    shape: &Shape,
    all: &[Signal],
) -> Result<(), TestCaseError> {
    let level = |signal: Signal| signal.level;
    match shape.reading {
        Reading::Table(_) | Reading::Devices(_) | Reading::Level(_) => {
            let earliest = queryset.earliest(Signal::AT, db).await.ok().map(|signal| signal.at);
            let latest = queryset.latest(Signal::AT, db).await.ok().map(|signal| signal.at);
            prop_assert_eq!(earliest, all.iter().map(|signal| signal.at).min());
            prop_assert_eq!(latest, all.iter().map(|signal| signal.at).max());
        }
        Reading::Kind(_) => {
            let earliest = queryset.earliest(Signal::LEVEL, db).await.ok().map(level);
            let latest = queryset.latest(Signal::LEVEL, db).await.ok().map(level);
            prop_assert_eq!(earliest, all.iter().map(|signal| signal.level).reduce(f64::min));
            prop_assert_eq!(latest, all.iter().map(|signal| signal.level).reduce(f64::max));
        }
        _ => {}
    }
    Ok(())
}
