//! What holds of a global index that does not hold whole items: its parts can be read, the items are refused.

use std::cmp::Ordering;

use djamodb::Error;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use proptest::prelude::*;

use super::keys;
use super::shape::{Shape, compare};
use super::signal::Signal;

/// The key, which every index holds.
#[derive(Projection, Clone, Debug, PartialEq)]
#[projection(model = Signal)]
struct Place {
    device: String,
    at: i64,
}

pub(super) async fn check<I: Index<Model = Signal>>(
    db: &Database,
    start: QuerySet<Signal, Signal, I>,
    shape: &Shape,
    signals: &[Signal],
) -> Result<(), TestCaseError> {
    let shape = shape.on_what_is_held::<I>();
    let (queryset, expected) = (shape.queryset(start), shape.expected(signals));
    let refused = queryset.all(db).await;
    prop_assert!(matches!(refused, Err(Error::Plan(PlanError::ProjectionLacks { .. }))), "{refused:?}");
    prop_assert_eq!(queryset.count(db).await.unwrap(), expected.len() as u64);
    prop_assert_eq!(queryset.exists(db).await.unwrap(), !expected.is_empty());
    let limit = shape.limit.unwrap_or(3);
    prop_assert_eq!(queryset.set_limit(limit).count(db).await.unwrap(), limit.min(expected.len()) as u64);
    let latest = queryset.aggregate((count(), Signal::AT.max()), db).await.unwrap();
    prop_assert_eq!(latest, (expected.len() as u64, expected.iter().map(|signal| signal.at).max()));

    let places = queryset.only::<Place>();
    let all = places.all(db).await.unwrap();
    let signal_of = |place: &Place| {
        let is_there = |signal: &&Signal| (&signal.device, signal.at) == (&place.device, place.at);
        expected.iter().find(is_there).cloned()
    };
    let found: Option<Vec<Signal>> = all.iter().map(signal_of).collect();
    let Some(found) = found.filter(|found| found.len() == expected.len()) else {
        return Err(TestCaseError::fail(format!("{all:?} instead of {expected:?}")));
    };
    let wrong = if shape.forward { Ordering::Greater } else { Ordering::Less };
    let index = I::meta().name.as_deref();
    prop_assert!(!found.windows(2).any(|pair| compare(index, &pair[0], &pair[1]) == wrong), "{all:?}");
    prop_assert_eq!(&places.first(db).await.unwrap(), &all.first().cloned());
    prop_assert_eq!(&places.last(db).await.unwrap(), &all.last().cloned());
    prop_assert_eq!(&places.stream(db).try_collect::<Vec<_>>().await.unwrap(), &all);
    let (mut paged, mut token) = (Vec::new(), None);
    loop {
        let limited = queryset.set_limit(limit.max(1)).set_last_evaluated_key(token);
        let page = limited.only::<Place>().page(db).await.unwrap();
        paged.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() || paged.len() > all.len() {
            break;
        }
    }
    prop_assert_eq!(paged, all);
    keys::check(db, &queryset, &expected, signals).await
}
