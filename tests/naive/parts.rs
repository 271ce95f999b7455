//! Checks of `values`, `aggregate` and `sort_in_memory`.

use djamodb::prelude::*;
use djamodb::value::Number;
use proptest::prelude::*;

use super::signal::Signal;

/// Compares the results with `all`, the items of the queryset in order.
pub(super) async fn check<I: Index<Model = Signal>>(
    db: &Database,
    queryset: &QuerySet<Signal, Signal, I>,
    all: &[Signal],
    limit: usize,
) -> Result<(), TestCaseError> {
    values(db, queryset, all).await?;
    aggregates(db, queryset, all).await?;
    sorted(db, queryset, limit).await
}

async fn values<I: Index<Model = Signal>>(
    db: &Database,
    queryset: &QuerySet<Signal, Signal, I>,
    all: &[Signal],
) -> Result<(), TestCaseError> {
    let rows = queryset.values((Signal::LEVEL, Signal::NOTE, Signal::SIZE, Signal::TAGS));
    let row = |signal: &Signal| (signal.level, signal.note.clone(), signal.size, signal.tags.clone());
    let expected: Vec<_> = all.iter().map(row).collect();
    prop_assert_eq!(&rows.all(db).await.unwrap(), &expected);
    prop_assert_eq!(&rows.stream(db).try_collect::<Vec<_>>().await.unwrap(), &expected);
    prop_assert_eq!(rows.first(db).await.unwrap(), expected.first().cloned());
    prop_assert_eq!(rows.last(db).await.unwrap(), expected.last().cloned());
    let (mut paged, mut token) = (Vec::new(), None);
    loop {
        let page = queryset.set_limit(4).set_last_evaluated_key(token).values(Signal::TAGS).page(db).await.unwrap();
        paged.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() || paged.len() > all.len() {
            break;
        }
    }
    prop_assert_eq!(paged, all.iter().map(|signal| signal.tags.clone()).collect::<Vec<_>>());
    Ok(())
}

async fn aggregates<I: Index<Model = Signal>>(
    db: &Database,
    queryset: &QuerySet<Signal, Signal, I>,
    all: &[Signal],
) -> Result<(), TestCaseError> {
    let sizes: Vec<u32> = all.iter().filter_map(|signal| signal.size).collect();
    // Levels are multiples of 0.5, so that sums of tenths are exact.
    let tenths = |signal: &Signal| Number::from_f64(signal.level * 10.0).unwrap().to_i128().unwrap();
    let level: i128 = all.iter().map(tenths).sum();
    let (items, with_size, sum, avg, min, kind, at, levels) = queryset
        .aggregate(
            (
                count(),
                Signal::SIZE.count(),
                Signal::SIZE.sum(),
                Signal::SIZE.avg(),
                Signal::SIZE.min(),
                Signal::KIND.max(),
                Signal::AT.max(),
                Signal::LEVEL.sum_as::<Number>(),
            ),
            db,
        )
        .await
        .unwrap();
    let total: u32 = sizes.iter().sum();
    prop_assert_eq!((items, with_size), (all.len() as u64, sizes.len() as u64));
    prop_assert_eq!(sum, (!sizes.is_empty()).then_some(u64::from(total)));
    match avg {
        None => prop_assert!(sizes.is_empty()),
        Some(avg) => prop_assert!(
            (avg.to_f64() - f64::from(total) / f64::from(u32::try_from(sizes.len()).unwrap())).abs() < 1e-12
        ),
    }
    prop_assert_eq!(min, sizes.iter().min().copied());
    prop_assert_eq!(kind, all.iter().filter_map(|signal| signal.kind.clone()).max());
    prop_assert_eq!(at, all.iter().map(|signal| signal.at).max());
    prop_assert_eq!(levels, (!all.is_empty()).then(|| Number::from_parts(level, -1).unwrap()));
    Ok(())
}

/// Checks that sorting is stable: items with equal values stay in the forward order of the index.
async fn sorted<I: Index<Model = Signal>>(
    db: &Database,
    queryset: &QuerySet<Signal, Signal, I>,
    limit: usize,
) -> Result<(), TestCaseError> {
    let all = queryset.set_scan_index_forward(true).all(db).await.unwrap();
    let mut ascending = all.clone();
    ascending.sort_by_key(|signal| signal.size);
    let mut descending = all;
    descending.sort_by(|left, right| right.level.total_cmp(&left.level));
    for (order, expected) in [(Signal::SIZE.asc(), ascending), (Signal::LEVEL.desc(), descending)] {
        let sorted = queryset.sort_in_memory(order.clone());
        prop_assert_eq!(&sorted.all(db).await.unwrap(), &expected);
        prop_assert_eq!(sorted.first(db).await.unwrap(), expected.first().cloned());
        prop_assert_eq!(sorted.last(db).await.unwrap(), expected.last().cloned());
        let limited = queryset.set_limit(limit).sort_in_memory(order);
        prop_assert_eq!(&limited.all(db).await.unwrap()[..], &expected[..limit.min(expected.len())]);
    }
    Ok(())
}
