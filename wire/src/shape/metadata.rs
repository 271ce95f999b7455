//! Metadata of outcomes.

use djamodb_core::plan::Metadata;

use super::capacity::Capacity;

/// Returns the metadata of a response to one attempt.
pub(crate) fn of_tables(capacities: impl IntoIterator<Item = Capacity>) -> Metadata {
    let consumed_capacity = capacities.into_iter().map(Into::into).collect();
    Metadata { attempts: 1, consumed_capacity, ..Metadata::default() }
}

/// Returns the metadata of a response about one table.
pub(crate) fn of_table(capacity: Option<Capacity>) -> Metadata {
    of_tables(capacity)
}
