//! Drivers that use the freedom the contract leaves them. They must pass all cases.

use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, Output, QueryPlan, TableKeys, TableWrites};
use djamodb_driver_memory::MemoryDriver;

/// The memory driver with some capability flags removed.
#[derive(Debug)]
pub(crate) struct ReducedCapability {
    pub(crate) inner: MemoryDriver,
    pub(crate) reduce: ReduceFn,
}

/// Removes flags from a capability.
pub(crate) type ReduceFn = fn(&mut Capability);

/// The removable flags, each with a name.
pub(crate) const REDUCED_CAPABILITIES: &[(&str, ReduceFn)] = &[
    ("optional_capabilities", |capability| *capability = Capability::default()),
    ("reading_streams", |capability| capability.get_records = false),
    ("streams_of_new_tables", |capability| capability.create_table_with_stream = false),
    ("shard_filters", |capability| capability.describe_stream_with_shard_filter = false),
    ("timestamp_positions", |capability| capability.get_shard_iterator_with_timestamp = false),
    ("tags_of_new_tables", |capability| capability.create_table_with_tags = false),
    ("tag_changes", |capability| capability.tag_resource = false),
    ("backups", |capability| capability.update_continuous_backups = false),
    ("table_classes", |capability| capability.create_table_with_table_class = false),
    ("encryption", |capability| capability.create_table_with_encryption = false),
    ("on_demand_maximums", |capability| capability.create_table_with_on_demand_maximum = false),
    ("warm_throughput", |capability| capability.create_table_with_warm_throughput = false),
    ("policies_of_new_tables", |capability| capability.create_table_with_resource_policy = false),
    ("policies", |capability| capability.put_resource_policy = false),
    ("deletion_protection", |capability| capability.create_table_with_deletion_protection = false),
    ("old_items_on_failure", |capability| capability.write_with_old_item_on_failure = false),
    ("multi_attribute_keys", |capability| capability.create_table_with_multi_attribute_keys = false),
    ("segments", |capability| capability.scan_with_segment = false),
];

#[async_trait]
impl Driver for ReducedCapability {
    fn name(&self) -> &'static str {
        "reduced-capability"
    }

    fn capability(&self) -> Capability {
        let mut capability = self.inner.capability();
        (self.reduce)(&mut capability);
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        self.inner.execute(plan).await
    }
}

/// The memory driver, which reports half of each batch as unprocessed, as the service may.
#[derive(Debug)]
pub(crate) struct PartialBatches(pub(crate) MemoryDriver);

#[async_trait]
impl Driver for PartialBatches {
    fn name(&self) -> &'static str {
        "partial-batches"
    }

    fn capability(&self) -> Capability {
        self.0.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.0.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        // The whole batch is executed first, so that an invalid entry in either half rejects it.
        let mut outcome = self.0.execute(plan.clone()).await?;
        match (plan, &mut outcome.output) {
            (QueryPlan::BatchGetItem(batch), Output::BatchGetItem(output)) => {
                for (keys, (_, items)) in batch.requests.into_iter().zip(&mut output.items) {
                    let half = keys.keys.len().div_ceil(2);
                    let (read, unprocessed) = keys.keys.split_at(half);
                    let was_read = |key: &djamodb_core::value::Item| read.contains(key);
                    if keys.projection.is_some() || unprocessed.is_empty() {
                        continue;
                    }
                    items.retain(|item| {
                        let names: Vec<_> = read[0].iter().map(|(name, _)| name.clone()).collect();
                        was_read(&item.pick(&names))
                    });
                    output.unprocessed.retain(|of_table| of_table.table != keys.table);
                    output.unprocessed.push(TableKeys { keys: unprocessed.to_vec(), ..keys.clone() });
                }
            }
            (QueryPlan::BatchWriteItem(batch), Output::BatchWriteItem(output)) => {
                // Repeating a write of a batch has no effect, so it does not matter that these writes have been made.
                for mut writes in batch.requests {
                    let unprocessed = writes.writes.split_off(writes.writes.len().div_ceil(2));
                    if !unprocessed.is_empty() {
                        output.unprocessed.push(TableWrites { writes: unprocessed, ..writes });
                    }
                }
            }
            _ => {}
        }
        Ok(outcome)
    }
}
