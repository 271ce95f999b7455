//! Checks of the methods that look up items by key: `in_bulk` and `contains`.

use std::collections::BTreeMap;

use djamodb::prelude::*;
use proptest::prelude::*;

use super::signal::{AT_MAX, Signal};

pub(super) async fn check<I: Index<Model = Signal>>(
    db: &Database,
    queryset: &QuerySet<Signal, Signal, I>,
    all: &[Signal],
    signals: &[Signal],
) -> Result<(), TestCaseError> {
    let keys = ["a", "b"].into_iter().flat_map(|device| (0..AT_MAX).map(move |at| (device.to_owned(), at)));
    let found: BTreeMap<_, _> = queryset.in_bulk(keys, db).await.unwrap().into_iter().collect();
    let expected: BTreeMap<_, _> =
        all.iter().map(|signal| ((signal.device.clone(), signal.at), signal.clone())).collect();
    prop_assert_eq!(&found, &expected);
    for signal in signals.iter().step_by(7) {
        prop_assert_eq!(queryset.contains(signal, db).await.unwrap(), all.contains(signal));
    }
    Ok(())
}
