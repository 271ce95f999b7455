//! Checks of a scan, whose results have no order.

use djamodb::prelude::*;
use proptest::prelude::*;

use super::shape::Shape;
use super::signal::Signal;
use super::{assert_same_items, keys, pages};

pub(super) async fn check<I: Index<Model = Signal>>(
    db: &Database,
    start: QuerySet<Signal, Signal, I>,
    shape: &Shape,
    signals: &[Signal],
) -> Result<(), TestCaseError> {
    let (queryset, expected) = (shape.queryset(start), shape.expected(signals));
    assert_same_items(&queryset.all(db).await.unwrap(), &expected)?;
    prop_assert_eq!(queryset.count(db).await.unwrap(), expected.len() as u64);
    prop_assert_eq!(queryset.exists(db).await.unwrap(), !expected.is_empty());
    prop_assert_eq!(queryset.first(db).await.unwrap().is_some(), !expected.is_empty());
    prop_assert_eq!(queryset.aggregate(Signal::AT.max(), db).await.unwrap(), expected.iter().map(|it| it.at).max());
    let mut times = queryset.values(Signal::AT).all(db).await.unwrap();
    times.sort_unstable();
    let mut expected_times: Vec<i64> = expected.iter().map(|signal| signal.at).collect();
    expected_times.sort_unstable();
    prop_assert_eq!(times, expected_times);

    let limit = shape.limit.unwrap_or(3);
    let limited = queryset.set_limit(limit);
    prop_assert_eq!(limited.all(db).await.unwrap().len(), limit.min(expected.len()));
    if limit > 0 {
        assert_same_items(&pages::read_by_tokens(db, &limited).await?, &expected)?;
        let pages = pages::forward(db, &limited).await?;
        let items: Vec<Signal> = pages.into_iter().flat_map(|page| page.items).collect();
        assert_same_items(&items, &expected)?;
    }
    let parallel = queryset.parallel_scan(3);
    assert_same_items(&parallel.all(db).await.unwrap(), &expected)?;
    assert_same_items(&parallel.stream(db).try_collect::<Vec<_>>().await.unwrap(), &expected)?;
    prop_assert_eq!(parallel.count(db).await.unwrap(), expected.len() as u64);
    keys::check(db, &queryset, &expected, signals).await
}
