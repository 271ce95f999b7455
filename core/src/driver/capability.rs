//! What a driver can do.

use super::{DriverError, DriverErrorKind};
use crate::plan::{GlobalIndexUpdate, OldItemOnFailure, QueryPlan, ShardPosition, UpdateTable};
use crate::schema::{GlobalIndex, TableSchema};

/// What a driver can do, flag by flag.
///
/// Names follow one grammar: an operation in snake case (`scan`), or an operation, `_with_`, and the argument
/// (`put_item_with_old_item_on_failure`), or the driver itself, `retries_`, and what it does on its own. A flag that is
/// off means that the driver refuses, never that it ignores.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each flag is independent of the others")]
pub struct Capability {
    /// Failed conditions can tell the item that made them fail.
    pub write_with_old_item_on_failure: bool,
    /// Tables can have global indexes with keys of more than one hash or range attribute.
    pub create_table_with_multi_attribute_keys: bool,
    /// Tables can be created with tags.
    pub create_table_with_tags: bool,
    /// Tables can be created with a stream.
    pub create_table_with_stream: bool,
    /// Tables can be protected from being deleted.
    pub create_table_with_deletion_protection: bool,
    /// Tables can be made restorable.
    pub update_continuous_backups: bool,
    /// Tables can be labelled after they were created.
    pub tag_resource: bool,
    /// Streams can be listed, described and read.
    pub get_records: bool,
    /// The shards of a stream can be asked for by the shard that they follow.
    pub describe_stream_with_shard_filter: bool,
    /// A place in a shard can be asked for by a moment.
    pub get_shard_iterator_with_timestamp: bool,
    /// Scans can be divided into segments.
    pub scan_with_segment: bool,
    /// Throttled requests and broken connections are tried again by the driver itself.
    pub retries_requests: bool,
}

impl Capability {
    /// Refuses a plan that asks for what the driver lacks: called in one place, before each plan is executed.
    pub fn check(&self, plan: &QueryPlan) -> Result<(), DriverError> {
        match self.lacking(plan) {
            None => Ok(()),
            Some(what) => Err(DriverError::new(
                DriverErrorKind::Unsupported,
                plan.operation(),
                format!("this driver does not support {what}"),
            )
            .on_table(plan.table())),
        }
    }

    /// What the driver lacks for a plan, if anything.
    fn lacking(self, plan: &QueryPlan) -> Option<&'static str> {
        let unless = |present: bool, what: &'static str| (!present).then_some(what);
        match plan {
            QueryPlan::Unsupported(unsupported) => Some(unsupported.operation()),
            QueryPlan::PutItem(put) => self.lacking_for_failures(put.old_item_on_failure),
            QueryPlan::UpdateItem(update) => self.lacking_for_failures(update.old_item_on_failure),
            QueryPlan::DeleteItem(delete) => self.lacking_for_failures(delete.old_item_on_failure),
            QueryPlan::Scan(scan) if scan.segment.is_some() => unless(self.scan_with_segment, "segments"),
            QueryPlan::UpdateContinuousBackups(_) | QueryPlan::DescribeContinuousBackups(_) => {
                unless(self.update_continuous_backups, "continuous backups")
            }
            QueryPlan::TagResource(_) | QueryPlan::UntagResource(_) | QueryPlan::ListTagsOfResource(_) => {
                unless(self.tag_resource, "tags")
            }
            QueryPlan::CreateTable(create) => self.lacking_for_schema(&create.schema),
            QueryPlan::UpdateTable(update) => self.lacking_for_update(update),
            QueryPlan::DescribeStream(describe) if self.get_records && describe.child_shards_of.is_some() => {
                unless(self.describe_stream_with_shard_filter, "shard filters")
            }
            QueryPlan::GetShardIterator(get)
                if self.get_records && matches!(get.position, ShardPosition::AtTimestamp(_)) =>
            {
                unless(self.get_shard_iterator_with_timestamp, "places in shards by a moment")
            }
            QueryPlan::ListStreams(_)
            | QueryPlan::DescribeStream(_)
            | QueryPlan::GetShardIterator(_)
            | QueryPlan::GetRecords(_) => {
                unless(self.get_records, "reading streams; is its Cargo feature `streams` on?")
            }
            QueryPlan::Empty
            | QueryPlan::GetItem(_)
            | QueryPlan::BatchGetItem(_)
            | QueryPlan::Query(_)
            | QueryPlan::Scan(_)
            | QueryPlan::BatchWriteItem(_)
            | QueryPlan::TransactGetItems(_)
            | QueryPlan::TransactWriteItems(_)
            | QueryPlan::DescribeTable(_)
            | QueryPlan::DeleteTable(_)
            | QueryPlan::ListTables(_)
            | QueryPlan::UpdateTimeToLive(_)
            | QueryPlan::DescribeTimeToLive(_)
            | QueryPlan::DescribeLimits(_)
            | QueryPlan::DescribeEndpoints(_) => None,
        }
    }

    fn lacking_for_failures(self, old_item: OldItemOnFailure) -> Option<&'static str> {
        let lacks = old_item == OldItemOnFailure::AllOld && !self.write_with_old_item_on_failure;
        lacks.then_some("the old item of a failed condition")
    }

    fn lacking_for_schema(self, schema: &TableSchema) -> Option<&'static str> {
        if schema.global_indexes.iter().any(has_several_attributes) && !self.create_table_with_multi_attribute_keys {
            Some("index keys of several attributes")
        } else if !schema.tags.is_empty() && !self.create_table_with_tags {
            Some("tags")
        } else if schema.stream.is_some() && !self.create_table_with_stream {
            Some("streams")
        } else if schema.deletion_protection && !self.create_table_with_deletion_protection {
            Some("protection from deletion")
        } else {
            None
        }
    }

    fn lacking_for_update(self, update: &UpdateTable) -> Option<&'static str> {
        let creates_several = |update: &GlobalIndexUpdate| matches!(update, GlobalIndexUpdate::Create(index) if has_several_attributes(index));
        if update.global_indexes.iter().any(creates_several) && !self.create_table_with_multi_attribute_keys {
            Some("index keys of several attributes")
        } else if update.stream.is_some() && !self.create_table_with_stream {
            Some("streams")
        } else if update.deletion_protection.is_some() && !self.create_table_with_deletion_protection {
            Some("protection from deletion")
        } else {
            None
        }
    }
}

fn has_several_attributes(index: &GlobalIndex) -> bool {
    index.key.hash.len() > 1 || index.key.range.len() > 1
}
