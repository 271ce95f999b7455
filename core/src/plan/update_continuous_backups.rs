//! [UpdateContinuousBackups](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html).

use serde::{Deserialize, Serialize};

use super::ContinuousBackups;
use crate::value::Name;

/// Makes a table restorable to any point of the last 35 days, or no longer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UpdateContinuousBackups {
    /// The table.
    pub table: Name,
    /// Whether it is restorable.
    pub point_in_time_recovery: bool,
}

/// What [`UpdateContinuousBackups`] gives.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct UpdateContinuousBackupsOutput {
    /// What it is from now on.
    pub continuous_backups: ContinuousBackups,
}

impl UpdateContinuousBackups {
    /// Makes a table restorable.
    pub fn enable(table: impl Into<Name>) -> Self {
        Self { table: table.into(), point_in_time_recovery: true }
    }

    /// Makes a table restorable no longer.
    pub fn disable(table: impl Into<Name>) -> Self {
        Self { table: table.into(), point_in_time_recovery: false }
    }
}
