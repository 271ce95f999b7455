//! Optional capabilities of drivers that cases depend on.

use djamodb_core::driver::Capability;

/// An optional capability that a case depends on: a flag of [`Capability`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Requirement {
    /// [`Capability::write_with_old_item_on_failure`].
    OldItemOnFailure,
    /// [`Capability::create_table_with_multi_attribute_keys`].
    MultiAttributeKeys,
    /// [`Capability::create_table_with_tags`].
    Tags,
    /// [`Capability::create_table_with_stream`].
    Stream,
    /// [`Capability::create_table_with_table_class`].
    TableClass,
    /// [`Capability::create_table_with_encryption`].
    Encryption,
    /// [`Capability::create_table_with_on_demand_maximum`].
    OnDemandMaximum,
    /// [`Capability::create_table_with_warm_throughput`].
    WarmThroughput,
    /// [`Capability::create_table_with_resource_policy`].
    TablePolicy,
    /// [`Capability::create_table_with_deletion_protection`].
    DeletionProtection,
    /// [`Capability::update_continuous_backups`].
    ContinuousBackups,
    /// [`Capability::tag_resource`].
    TagResource,
    /// [`Capability::put_resource_policy`].
    ResourcePolicy,
    /// [`Capability::get_records`].
    GetRecords,
    /// [`Capability::describe_stream_with_shard_filter`].
    ShardFilter,
    /// [`Capability::get_shard_iterator_with_timestamp`].
    Timestamp,
    /// [`Capability::scan_with_segment`].
    Segment,
}

impl Requirement {
    /// Returns `true` if `capability` has the flag.
    pub const fn is_met_by(self, capability: Capability) -> bool {
        match self {
            Self::OldItemOnFailure => capability.write_with_old_item_on_failure,
            Self::MultiAttributeKeys => capability.create_table_with_multi_attribute_keys,
            Self::Tags => capability.create_table_with_tags,
            Self::Stream => capability.create_table_with_stream,
            Self::TableClass => capability.create_table_with_table_class,
            Self::Encryption => capability.create_table_with_encryption,
            Self::OnDemandMaximum => capability.create_table_with_on_demand_maximum,
            Self::WarmThroughput => capability.create_table_with_warm_throughput,
            Self::TablePolicy => capability.create_table_with_resource_policy,
            Self::DeletionProtection => capability.create_table_with_deletion_protection,
            Self::ContinuousBackups => capability.update_continuous_backups,
            Self::TagResource => capability.tag_resource,
            Self::ResourcePolicy => capability.put_resource_policy,
            Self::GetRecords => capability.get_records,
            Self::ShardFilter => capability.describe_stream_with_shard_filter,
            Self::Timestamp => capability.get_shard_iterator_with_timestamp,
            Self::Segment => capability.scan_with_segment,
        }
    }
}
