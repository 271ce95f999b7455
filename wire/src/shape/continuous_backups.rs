//! The state of backups of a table.

use djamodb_core::plan::ContinuousBackups;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::time;
use crate::json::Real;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ContinuousBackupsResponse {
    continuous_backups_description: Description,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description {
    continuous_backups_status: Option<String>,
    point_in_time_recovery_description: Option<Recovery>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Recovery {
    point_in_time_recovery_status: Option<String>,
    earliest_restorable_date_time: Option<Real>,
    latest_restorable_date_time: Option<Real>,
    recovery_period_in_days: Option<u32>,
}

fn status(enabled: bool) -> String {
    if enabled { "ENABLED" } else { "DISABLED" }.to_owned()
}

impl ContinuousBackupsResponse {
    pub(crate) fn new(backups: &ContinuousBackups) -> Self {
        let recovery = Recovery {
            point_in_time_recovery_status: Some(status(backups.point_in_time_recovery)),
            earliest_restorable_date_time: backups.earliest_restorable.map(time::write),
            latest_restorable_date_time: backups.latest_restorable.map(time::write),
            recovery_period_in_days: backups.point_in_time_recovery.then_some(35),
        };
        Self {
            continuous_backups_description: Description {
                continuous_backups_status: Some(status(backups.enabled)),
                point_in_time_recovery_description: Some(recovery),
            },
        }
    }

    pub(crate) fn read(self) -> ContinuousBackups {
        let description = self.continuous_backups_description;
        let is_enabled = |status: Option<String>| status.as_deref() == Some("ENABLED");
        let recovery = description.point_in_time_recovery_description;
        let (status, earliest, latest) = recovery.map_or((None, None, None), |recovery| {
            let Recovery {
                point_in_time_recovery_status,
                earliest_restorable_date_time,
                latest_restorable_date_time,
                ..
            } = recovery;
            (point_in_time_recovery_status, earliest_restorable_date_time, latest_restorable_date_time)
        });
        ContinuousBackups {
            enabled: is_enabled(description.continuous_backups_status),
            point_in_time_recovery: is_enabled(status),
            earliest_restorable: earliest.and_then(time::read),
            latest_restorable: latest.and_then(time::read),
        }
    }
}
