//! Drivers that are unusual and sound: these have to pass.

use std::sync::Arc;

use async_trait::async_trait;
use djamodb_core::driver::{Capability, Clock, Driver, DriverError};
use djamodb_core::plan::{Outcome, Output, QueryPlan, TableKeys, TableWrites};
use djamodb_driver_memory::MemoryDriver;

/// The memory driver without some of what not every driver has.
#[derive(Debug)]
pub(crate) struct Lacking {
    pub(crate) inner: MemoryDriver,
    /// Takes something away.
    pub(crate) without: TakeAway,
}

/// Takes flags out of a capability.
pub(crate) type TakeAway = fn(&mut Capability);

/// What a driver may lack, by a name for it.
pub(crate) const WITHOUT: &[(&str, TakeAway)] = &[
    ("everything", |capability| *capability = Capability::default()),
    ("reading_streams", |capability| capability.get_records = false),
    ("creating_streams", |capability| capability.create_table_with_stream = false),
    ("shard_filters", |capability| capability.describe_stream_with_shard_filter = false),
    ("moments", |capability| capability.get_shard_iterator_with_timestamp = false),
    ("creating_tags", |capability| capability.create_table_with_tags = false),
    ("changing_tags", |capability| capability.tag_resource = false),
    ("backups", |capability| capability.update_continuous_backups = false),
    ("protection", |capability| capability.create_table_with_deletion_protection = false),
    ("old_items", |capability| capability.write_with_old_item_on_failure = false),
    ("multi_attribute_keys", |capability| capability.create_table_with_multi_attribute_keys = false),
    ("segments", |capability| capability.scan_with_segment = false),
];

#[async_trait]
impl Driver for Lacking {
    fn name(&self) -> &'static str {
        "lacking"
    }

    fn capability(&self) -> Capability {
        let mut capability = self.inner.capability();
        (self.without)(&mut capability);
        capability
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        self.inner.execute(plan).await
    }
}

/// The memory driver, which leaves half of each batch unprocessed, as the service may.
#[derive(Debug)]
pub(crate) struct Stingy(pub(crate) MemoryDriver);

#[async_trait]
impl Driver for Stingy {
    fn name(&self) -> &'static str {
        "stingy"
    }

    fn capability(&self) -> Capability {
        self.0.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.0.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        // What is wrong is refused as a whole, so that it is tried as a whole.
        let mut outcome = self.0.execute(plan.clone()).await?;
        match (plan, &mut outcome.output) {
            (QueryPlan::BatchGetItem(batch), Output::BatchGetItem(output)) => {
                for (keys, (_, items)) in batch.requests.into_iter().zip(&mut output.items) {
                    let half = keys.keys.len().div_ceil(2);
                    let (read, left) = keys.keys.split_at(half);
                    let was_read = |key: &djamodb_core::value::Item| read.iter().any(|asked| asked == key);
                    if keys.projection.is_some() || left.is_empty() {
                        continue;
                    }
                    items.retain(|item| {
                        let names: Vec<_> = read[0].iter().map(|(name, _)| name.clone()).collect();
                        was_read(&item.pick(&names))
                    });
                    output.unprocessed.retain(|unprocessed| unprocessed.table != keys.table);
                    output.unprocessed.push(TableKeys { keys: left.to_vec(), ..keys.clone() });
                }
            }
            (QueryPlan::BatchWriteItem(batch), Output::BatchWriteItem(output)) => {
                // Writes of a batch can be made twice, so that it does no harm that these are made already.
                for mut writes in batch.requests {
                    let left = writes.writes.split_off(writes.writes.len().div_ceil(2));
                    if !left.is_empty() {
                        output.unprocessed.push(TableWrites { writes: left, ..writes });
                    }
                }
            }
            _ => {}
        }
        Ok(outcome)
    }
}
