//! The [DescribeContinuousBackups](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html)
//! operation: returns the backup settings of a table.

use chrono::{DateTime, Utc};

use crate::value::Name;

/// A request for the times to which a table can be restored.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeContinuousBackups {
    /// The table.
    pub table: Name,
}

/// The output of [`DescribeContinuousBackups`].
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescribeContinuousBackupsOutput {
    /// Backup settings of the table.
    pub continuous_backups: ContinuousBackups,
}

/// The backup settings of a table and the times to which it can be restored.
#[derive(Clone, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ContinuousBackups {
    /// `true` if the service keeps continuous backups, as AWS always does.
    pub enabled: bool,
    /// `true` if the table can be restored to a point in time.
    pub point_in_time_recovery: bool,
    /// Earliest time to which the table can be restored.
    pub earliest_restorable: Option<DateTime<Utc>>,
    /// Latest time to which the table can be restored, about five minutes ago.
    pub latest_restorable: Option<DateTime<Utc>>,
}

impl DescribeContinuousBackups {
    /// Creates a request for the backup settings of `table`.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
