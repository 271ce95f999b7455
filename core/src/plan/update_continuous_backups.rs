//! The [UpdateContinuousBackups](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html)
//! operation: turns point-in-time recovery on or off.

use super::ContinuousBackups;
use crate::value::Name;

/// A request that enables or disables point-in-time recovery of a table, over the last 35 days.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateContinuousBackups {
    /// The table.
    pub table: Name,
    /// `true` to enable point-in-time recovery, `false` to disable it.
    pub point_in_time_recovery: bool,
}

/// The output of [`UpdateContinuousBackups`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateContinuousBackupsOutput {
    /// Backup settings after the change.
    pub continuous_backups: ContinuousBackups,
}

impl UpdateContinuousBackups {
    /// Creates a request that enables point-in-time recovery of `table`.
    pub fn enable(table: impl Into<Name>) -> Self {
        Self { table: table.into(), point_in_time_recovery: true }
    }

    /// Creates a request that disables point-in-time recovery of `table`.
    pub fn disable(table: impl Into<Name>) -> Self {
        Self { table: table.into(), point_in_time_recovery: false }
    }
}
