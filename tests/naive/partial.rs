//! Checks of a global index that projects some attributes: these can be read, while whole items are rejected.

use std::cmp::Ordering;

use djamodb::Error;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use proptest::prelude::*;

use super::keys;
use super::shape::{Shape, compare};
use super::signal::Signal;

/// The table's key, which every index projects.
#[derive(Projection, Clone, Debug, PartialEq)]
#[projection(model = Signal)]
struct Key {
    device: String,
    at: i64,
}

pub(super) async fn check<I: Index<Model = Signal>>(
    db: &Database,
    start: QuerySet<Signal, Signal, I>,
    shape: &Shape,
    signals: &[Signal],
) -> Result<(), TestCaseError> {
    let shape = shape.without_unprojected_clauses::<I>();
    let (queryset, expected) = (shape.queryset(start), shape.expected(signals));
    let rejected = queryset.all(db).await;
    prop_assert!(matches!(rejected, Err(Error::Plan(PlanError::ProjectionLacks { .. }))), "{rejected:?}");
    prop_assert_eq!(queryset.count(db).await.unwrap(), expected.len() as u64);
    prop_assert_eq!(queryset.exists(db).await.unwrap(), !expected.is_empty());
    let limit = shape.limit.unwrap_or(3);
    prop_assert_eq!(queryset.set_limit(limit).count(db).await.unwrap(), limit.min(expected.len()) as u64);
    let latest = queryset.aggregate((count(), Signal::AT.max()), db).await.unwrap();
    prop_assert_eq!(latest, (expected.len() as u64, expected.iter().map(|signal| signal.at).max()));

    let keys_of_items = queryset.only::<Key>();
    let all = keys_of_items.all(db).await.unwrap();
    let signal_of = |key: &Key| {
        let has_key = |signal: &&Signal| (&signal.device, signal.at) == (&key.device, key.at);
        expected.iter().find(has_key).cloned()
    };
    let found: Option<Vec<Signal>> = all.iter().map(signal_of).collect();
    let Some(found) = found.filter(|found| found.len() == expected.len()) else {
        return Err(TestCaseError::fail(format!("expected the keys of {expected:?}; received {all:?}")));
    };
    let wrong = if shape.forward { Ordering::Greater } else { Ordering::Less };
    let index = I::meta().name.as_deref();
    prop_assert!(!found.windows(2).any(|pair| compare(index, &pair[0], &pair[1]) == wrong), "{all:?}");
    prop_assert_eq!(&keys_of_items.first(db).await.unwrap(), &all.first().cloned());
    prop_assert_eq!(&keys_of_items.last(db).await.unwrap(), &all.last().cloned());
    prop_assert_eq!(&keys_of_items.stream(db).try_collect::<Vec<_>>().await.unwrap(), &all);
    let (mut paged, mut token) = (Vec::new(), None);
    loop {
        let limited = queryset.set_limit(limit.max(1)).set_last_evaluated_key(token);
        let page = limited.only::<Key>().page(db).await.unwrap();
        paged.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() || paged.len() > all.len() {
            break;
        }
    }
    prop_assert_eq!(paged, all);
    keys::check(db, &queryset, &expected, signals).await
}
