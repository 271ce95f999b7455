//! [DescribeContinuousBackups](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::value::Name;

/// Tells whether, and to which points in time, a table can be restored.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DescribeContinuousBackups {
    /// The table.
    pub table: Name,
}

/// What [`DescribeContinuousBackups`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct DescribeContinuousBackupsOutput {
    /// What it is now.
    pub continuous_backups: ContinuousBackups,
}

/// Whether, and to which points in time, a table can be restored.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ContinuousBackups {
    /// Whether the service keeps continuous backups at all; always, on AWS.
    pub enabled: bool,
    /// Whether the table can be restored to a point in time.
    pub point_in_time_recovery: bool,
    /// The earliest of these points.
    pub earliest_restorable: Option<DateTime<Utc>>,
    /// The latest of these points; about five minutes ago.
    pub latest_restorable: Option<DateTime<Utc>>,
}

impl DescribeContinuousBackups {
    /// Describes a table's backups.
    pub fn new(table: impl Into<Name>) -> Self {
        Self { table: table.into() }
    }
}
