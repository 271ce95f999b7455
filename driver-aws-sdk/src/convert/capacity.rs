//! Consumed capacity.

use aws_sdk_dynamodb::types::ConsumedCapacity as SdkCapacity;
use djamodb_core::plan::{ConsumedCapacity, Metadata};

/// What is known of a request, with what each table was charged; nothing of those that the service says nothing of.
pub(crate) fn charged(metadata: Metadata, consumed: impl IntoIterator<Item = SdkCapacity>) -> Metadata {
    let consumed_capacity = consumed
        .into_iter()
        .filter_map(|consumed| Some(ConsumedCapacity::total(consumed.table_name?, consumed.capacity_units?)))
        .collect();
    Metadata { consumed_capacity, ..metadata }
}
