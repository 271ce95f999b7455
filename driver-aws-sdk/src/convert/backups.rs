//! Continuous backups and point-in-time recovery of a table.

use aws_sdk_dynamodb::types::{ContinuousBackupsDescription, ContinuousBackupsStatus, PointInTimeRecoveryStatus};
use djamodb_core::plan::ContinuousBackups;

use super::{InvalidResponse, time};

pub(crate) fn from_sdk(backups: Option<ContinuousBackupsDescription>) -> Result<ContinuousBackups, InvalidResponse> {
    let backups = backups.ok_or(InvalidResponse::Missing("description of the backups"))?;
    let enabled = match backups.continuous_backups_status {
        ContinuousBackupsStatus::Enabled => true,
        ContinuousBackupsStatus::Disabled => false,
        other => return Err(InvalidResponse::unknown("status of continuous backups", other.as_str())),
    };
    let Some(recovery) = backups.point_in_time_recovery_description else {
        return Ok(ContinuousBackups { enabled, ..ContinuousBackups::default() });
    };
    let point_in_time_recovery = match recovery.point_in_time_recovery_status {
        Some(PointInTimeRecoveryStatus::Enabled) => true,
        Some(PointInTimeRecoveryStatus::Disabled) | None => false,
        Some(other) => return Err(InvalidResponse::unknown("status of point-in-time recovery", other.as_str())),
    };
    Ok(ContinuousBackups {
        enabled,
        point_in_time_recovery,
        earliest_restorable: recovery.earliest_restorable_date_time.and_then(time::from_sdk),
        latest_restorable: recovery.latest_restorable_date_time.and_then(time::from_sdk),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::primitives::DateTime;
    use aws_sdk_dynamodb::types::PointInTimeRecoveryDescription;

    use super::*;

    fn described(
        status: ContinuousBackupsStatus,
        recovery: Option<PointInTimeRecoveryDescription>,
    ) -> Option<ContinuousBackupsDescription> {
        ContinuousBackupsDescription::builder()
            .continuous_backups_status(status)
            .set_point_in_time_recovery_description(recovery)
            .build()
            .ok()
    }

    #[test]
    fn reads_the_range_of_restorable_times() {
        let recovery = PointInTimeRecoveryDescription::builder()
            .point_in_time_recovery_status(PointInTimeRecoveryStatus::Enabled)
            .earliest_restorable_date_time(DateTime::from_secs(1_420_070_400))
            .latest_restorable_date_time(DateTime::from_secs(1_420_070_700))
            .build();
        let backups = from_sdk(described(ContinuousBackupsStatus::Enabled, Some(recovery))).unwrap();
        assert!(backups.enabled && backups.point_in_time_recovery);
        assert_eq!(backups.earliest_restorable.unwrap().to_rfc3339(), "2015-01-01T00:00:00+00:00");
        assert_eq!(backups.latest_restorable.unwrap().to_rfc3339(), "2015-01-01T00:05:00+00:00");
    }

    #[test]
    fn recovery_that_is_disabled_or_missing_is_off() {
        let disabled = PointInTimeRecoveryDescription::builder()
            .point_in_time_recovery_status(PointInTimeRecoveryStatus::Disabled)
            .build();
        let enabled = ContinuousBackups { enabled: true, ..ContinuousBackups::default() };
        for recovery in [None, Some(disabled)] {
            assert_eq!(from_sdk(described(ContinuousBackupsStatus::Enabled, recovery)).unwrap(), enabled);
        }
        assert!(from_sdk(None).is_err());
    }
}
