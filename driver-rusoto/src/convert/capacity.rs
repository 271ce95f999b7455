//! Consumed capacity.

use djamodb_core::plan::{ConsumedCapacity, Metadata};
use rusoto_dynamodb::ConsumedCapacity as RusotoCapacity;

/// How the capacity that a request consumes is asked for: as one number for each table.
pub(crate) fn total() -> String {
    "TOTAL".to_owned()
}

/// What is known of a request, with what each table was charged; nothing of those that the service says nothing of.
pub(crate) fn charged(metadata: Metadata, consumed: impl IntoIterator<Item = RusotoCapacity>) -> Metadata {
    let consumed_capacity = consumed
        .into_iter()
        .filter_map(|consumed| Some(ConsumedCapacity::total(consumed.table_name?, consumed.capacity_units?)))
        .collect();
    Metadata { consumed_capacity, ..metadata }
}
