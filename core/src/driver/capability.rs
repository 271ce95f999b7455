//! What a driver can do.

use super::{DriverError, DriverErrorKind};
use crate::plan::QueryPlan;

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
    /// Tables can be made restorable.
    pub update_continuous_backups: bool,
    /// Tables can be labelled after they were created.
    pub tag_resource: bool,
    /// Scans can be divided into segments.
    pub scan_with_segment: bool,
    /// Throttled requests and broken connections are tried again by the driver itself.
    pub retries_requests: bool,
}

impl Capability {
    /// Refuses a plan that asks for what the driver lacks: called in one place, before each plan is executed.
    pub fn check(&self, plan: &QueryPlan) -> Result<(), DriverError> {
        use crate::plan::OldItemOnFailure::AllOld;

        let lacking = match plan {
            QueryPlan::PutItem(put) if put.old_item_on_failure == AllOld => {
                (!self.write_with_old_item_on_failure).then_some("the old item of a failed condition")
            }
            QueryPlan::UpdateItem(update) if update.old_item_on_failure == AllOld => {
                (!self.write_with_old_item_on_failure).then_some("the old item of a failed condition")
            }
            QueryPlan::DeleteItem(delete) if delete.old_item_on_failure == AllOld => {
                (!self.write_with_old_item_on_failure).then_some("the old item of a failed condition")
            }
            QueryPlan::Scan(scan) if scan.segment.is_some() => (!self.scan_with_segment).then_some("segments"),
            QueryPlan::UpdateContinuousBackups(_) => (!self.update_continuous_backups).then_some("continuous backups"),
            QueryPlan::TagResource(_) => (!self.tag_resource).then_some("tags"),
            QueryPlan::CreateTable(create) => self.lacking_for(&create.schema),
            _ => None,
        };
        match lacking {
            None => Ok(()),
            Some(what) => Err(DriverError::new(
                DriverErrorKind::Unsupported,
                plan.operation(),
                format!("this driver does not support {what}"),
            )
            .on_table(plan.table())),
        }
    }

    fn lacking_for(self, schema: &crate::schema::TableSchema) -> Option<&'static str> {
        let multi = schema.global_indexes.iter().any(|index| index.key.hash.len() > 1 || index.key.range.len() > 1);
        if multi && !self.create_table_with_multi_attribute_keys {
            Some("index keys of several attributes")
        } else if !schema.tags.is_empty() && !self.create_table_with_tags {
            Some("tags")
        } else if schema.stream.is_some() && !self.create_table_with_stream {
            Some("streams")
        } else {
            None
        }
    }
}
