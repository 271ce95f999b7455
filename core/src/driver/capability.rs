//! The features of a driver.

use super::{DriverError, DriverErrorKind};
use crate::plan::{GlobalIndexUpdate, OldItemOnFailure, QueryPlan, ShardPosition, UpdateTable};
use crate::schema::{Encryption, GlobalIndex, OnDemandMaximum, TableClass, TableSchema, WarmThroughput};

/// The optional features of a driver, one flag each.
///
/// Names follow one grammar:
///
/// | form | meaning | example |
/// |---|---|---|
/// | operation in snake case | the operation | `tag_resource` |
/// | operation, `_with_`, argument | the argument of the operation | `scan_with_segment` |
/// | `retries_` and an object | work that the driver does itself | `retries_requests` |
///
/// Plans that need a missing feature are refused with [`DriverErrorKind::Unsupported`] before they reach the driver. A driver
/// never ignores an argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each flag is independent of the others")]
pub struct Capability {
    /// Errors of failed conditions contain the stored item if the plan requests it.
    pub write_with_old_item_on_failure: bool,
    /// Global indexes can have keys of several hash or range attributes.
    pub create_table_with_multi_attribute_keys: bool,
    /// Tables can be created with tags.
    pub create_table_with_tags: bool,
    /// Tables can be created with a stream.
    pub create_table_with_stream: bool,
    /// Tables can have another class than `STANDARD`.
    pub create_table_with_table_class: bool,
    /// Tables can be encrypted by a key of the account.
    pub create_table_with_encryption: bool,
    /// Tables and global indexes that are billed per request can have maximums of units.
    pub create_table_with_on_demand_maximum: bool,
    /// The warm throughput of tables and global indexes can be set.
    pub create_table_with_warm_throughput: bool,
    /// Tables can be created with a resource-based policy.
    pub create_table_with_resource_policy: bool,
    /// Tables can be protected from deletion.
    pub create_table_with_deletion_protection: bool,
    /// Point-in-time recovery can be enabled and described.
    pub update_continuous_backups: bool,
    /// Tags can be changed and listed after a table was created.
    pub tag_resource: bool,
    /// Resource-based policies can be returned, attached and removed.
    pub put_resource_policy: bool,
    /// Streams can be listed, described and read.
    pub get_records: bool,
    /// `DescribeStream` can be limited to the children of one shard.
    pub describe_stream_with_shard_filter: bool,
    /// A shard iterator can start at a timestamp.
    pub get_shard_iterator_with_timestamp: bool,
    /// Scans can be divided into segments.
    pub scan_with_segment: bool,
    /// The driver repeats throttled requests and requests on broken connections itself.
    pub retries_requests: bool,
}

impl Capability {
    /// Checks that these features suffice for a plan. Called once before each plan is executed.
    ///
    /// # Errors
    ///
    /// [`DriverErrorKind::Unsupported`] with the missing feature in its message.
    pub fn check(&self, plan: &QueryPlan) -> Result<(), DriverError> {
        match self.missing_feature(plan) {
            None => Ok(()),
            Some(feature) => Err(DriverError::new(
                DriverErrorKind::Unsupported,
                plan.operation(),
                format!("the driver does not support {feature}"),
            )
            .on_table(plan.table())),
        }
    }

    /// Returns the first feature that a plan needs and the driver lacks.
    fn missing_feature(self, plan: &QueryPlan) -> Option<&'static str> {
        let unless = |present: bool, feature: &'static str| (!present).then_some(feature);
        match plan {
            QueryPlan::Unsupported(unsupported) => Some(unsupported.operation()),
            QueryPlan::PutItem(put) => self.missing_for_old_item(put.old_item_on_failure),
            QueryPlan::UpdateItem(update) => self.missing_for_old_item(update.old_item_on_failure),
            QueryPlan::DeleteItem(delete) => self.missing_for_old_item(delete.old_item_on_failure),
            QueryPlan::Scan(scan) if scan.segment.is_some() => unless(self.scan_with_segment, "scan segments"),
            QueryPlan::UpdateContinuousBackups(_) | QueryPlan::DescribeContinuousBackups(_) => {
                unless(self.update_continuous_backups, "continuous backups")
            }
            QueryPlan::TagResource(_) | QueryPlan::UntagResource(_) | QueryPlan::ListTagsOfResource(_) => {
                unless(self.tag_resource, "tags")
            }
            QueryPlan::GetResourcePolicy(_) | QueryPlan::PutResourcePolicy(_) | QueryPlan::DeleteResourcePolicy(_) => {
                unless(self.put_resource_policy, "resource policies")
            }
            QueryPlan::CreateTable(create) => self.missing_for_schema(&create.schema),
            QueryPlan::UpdateTable(update) => self.missing_for_update(update),
            QueryPlan::DescribeStream(describe) if self.get_records && describe.child_shards_of.is_some() => {
                unless(self.describe_stream_with_shard_filter, "shard filters")
            }
            QueryPlan::GetShardIterator(get)
                if self.get_records && matches!(get.position, ShardPosition::AtTimestamp(_)) =>
            {
                unless(self.get_shard_iterator_with_timestamp, "shard iterators that start at a timestamp")
            }
            QueryPlan::ListStreams(_)
            | QueryPlan::DescribeStream(_)
            | QueryPlan::GetShardIterator(_)
            | QueryPlan::GetRecords(_) => {
                unless(self.get_records, "reading streams; enable its Cargo feature `streams` if it has one")
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

    fn missing_for_old_item(self, old_item: OldItemOnFailure) -> Option<&'static str> {
        let missing = old_item == OldItemOnFailure::AllOld && !self.write_with_old_item_on_failure;
        missing.then_some("returning the stored item of a failed condition")
    }

    fn missing_for_schema(self, schema: &TableSchema) -> Option<&'static str> {
        if schema.global_indexes.iter().any(has_several_attributes) && !self.create_table_with_multi_attribute_keys {
            Some("index keys of several attributes")
        } else if !schema.tags.is_empty() && !self.create_table_with_tags {
            Some("tags")
        } else if schema.stream.is_some() && !self.create_table_with_stream {
            Some("streams")
        } else if schema.table_class != TableClass::Standard && !self.create_table_with_table_class {
            Some("table classes")
        } else if schema.encryption != Encryption::AwsOwned && !self.create_table_with_encryption {
            Some("encryption by keys of the account")
        } else if has_on_demand_maximum(schema) && !self.create_table_with_on_demand_maximum {
            Some("on-demand maximums")
        } else if has_warm_throughput(schema) && !self.create_table_with_warm_throughput {
            Some("warm throughput")
        } else if schema.resource_policy.is_some() && !self.create_table_with_resource_policy {
            Some("resource policies of new tables")
        } else if schema.deletion_protection && !self.create_table_with_deletion_protection {
            Some("deletion protection")
        } else {
            None
        }
    }

    fn missing_for_update(self, update: &UpdateTable) -> Option<&'static str> {
        let creates_several = |update: &GlobalIndexUpdate| matches!(update, GlobalIndexUpdate::Create(index) if has_several_attributes(index));
        if update.global_indexes.iter().any(creates_several) && !self.create_table_with_multi_attribute_keys {
            Some("index keys of several attributes")
        } else if update.stream.is_some() && !self.create_table_with_stream {
            Some("streams")
        } else if update.table_class.is_some() && !self.create_table_with_table_class {
            Some("table classes")
        } else if update.encryption.is_some() && !self.create_table_with_encryption {
            Some("encryption by keys of the account")
        } else if updates_on_demand_maximum(update) && !self.create_table_with_on_demand_maximum {
            Some("on-demand maximums")
        } else if updates_warm_throughput(update) && !self.create_table_with_warm_throughput {
            Some("warm throughput")
        } else if update.deletion_protection.is_some() && !self.create_table_with_deletion_protection {
            Some("deletion protection")
        } else {
            None
        }
    }
}

fn has_several_attributes(index: &GlobalIndex) -> bool {
    index.key.hash.len() > 1 || index.key.range.len() > 1
}

fn has_on_demand_maximum(schema: &TableSchema) -> bool {
    let of_index = |index: &GlobalIndex| index.on_demand_maximum != OnDemandMaximum::NONE;
    schema.on_demand_maximum != OnDemandMaximum::NONE || schema.global_indexes.iter().any(of_index)
}

fn has_warm_throughput(schema: &TableSchema) -> bool {
    let of_index = |index: &GlobalIndex| index.warm_throughput != WarmThroughput::UNSPECIFIED;
    schema.warm_throughput != WarmThroughput::UNSPECIFIED || schema.global_indexes.iter().any(of_index)
}

fn updates_on_demand_maximum(update: &UpdateTable) -> bool {
    let of_index = |index: &GlobalIndexUpdate| match index {
        GlobalIndexUpdate::Create(index) => index.on_demand_maximum != OnDemandMaximum::NONE,
        GlobalIndexUpdate::Update(index) => !index.on_demand_maximum.is_unchanged(),
        GlobalIndexUpdate::Delete(_) => false,
    };
    !update.on_demand_maximum.is_unchanged() || update.global_indexes.iter().any(of_index)
}

fn updates_warm_throughput(update: &UpdateTable) -> bool {
    let of_index = |index: &GlobalIndexUpdate| {
        let warm_throughput = match index {
            GlobalIndexUpdate::Create(index) => index.warm_throughput,
            GlobalIndexUpdate::Update(index) => index.warm_throughput,
            GlobalIndexUpdate::Delete(_) => return false,
        };
        warm_throughput != WarmThroughput::UNSPECIFIED
    };
    update.warm_throughput != WarmThroughput::UNSPECIFIED || update.global_indexes.iter().any(of_index)
}
