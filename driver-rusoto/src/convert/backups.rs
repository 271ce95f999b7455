//! Continuous backups and point-in-time recovery of a table.

use djamodb_core::plan::ContinuousBackups;
use rusoto_dynamodb::ContinuousBackupsDescription;

use super::{InvalidResponse, time};

pub(crate) fn from_rusoto(backups: Option<ContinuousBackupsDescription>) -> Result<ContinuousBackups, InvalidResponse> {
    let backups = backups.ok_or(InvalidResponse::Missing("description of the backups"))?;
    let recovery = backups.point_in_time_recovery_description.unwrap_or_default();
    Ok(ContinuousBackups {
        enabled: is_enabled(&backups.continuous_backups_status)?,
        point_in_time_recovery: match recovery.point_in_time_recovery_status.as_deref() {
            Some(status) => is_enabled(status)?,
            None => false,
        },
        earliest_restorable: recovery.earliest_restorable_date_time.and_then(time::from_rusoto),
        latest_restorable: recovery.latest_restorable_date_time.and_then(time::from_rusoto),
    })
}

fn is_enabled(status: &str) -> Result<bool, InvalidResponse> {
    match status {
        "ENABLED" => Ok(true),
        "DISABLED" => Ok(false),
        other => Err(InvalidResponse::unknown("status of backups", other)),
    }
}

#[cfg(test)]
mod tests {
    use rusoto_dynamodb::PointInTimeRecoveryDescription;

    use super::*;

    fn backups(status: &str, recovery: Option<&str>) -> ContinuousBackupsDescription {
        let times = (recovery == Some("ENABLED")).then_some(1_420_070_400.0);
        ContinuousBackupsDescription {
            continuous_backups_status: status.to_owned(),
            point_in_time_recovery_description: recovery.map(|status| PointInTimeRecoveryDescription {
                earliest_restorable_date_time: times,
                latest_restorable_date_time: times,
                point_in_time_recovery_status: Some(status.to_owned()),
            }),
        }
    }

    #[test]
    fn recovery_has_a_separate_status() {
        let restorable = from_rusoto(Some(backups("ENABLED", Some("ENABLED")))).unwrap();
        assert!(restorable.enabled && restorable.point_in_time_recovery);
        assert_eq!(restorable.earliest_restorable.unwrap().to_rfc3339(), "2015-01-01T00:00:00+00:00");
        assert_eq!(restorable.latest_restorable, restorable.earliest_restorable);

        let without_recovery = ContinuousBackups { enabled: true, ..ContinuousBackups::default() };
        for recovery in [Some("DISABLED"), None] {
            assert_eq!(from_rusoto(Some(backups("ENABLED", recovery))), Ok(without_recovery.clone()));
        }
        assert_eq!(from_rusoto(Some(backups("DISABLED", None))), Ok(ContinuousBackups::default()));
    }

    #[test]
    fn rejects_unknown_statuses() {
        for unknown in [backups("PENDING", None), backups("ENABLED", Some("PENDING"))] {
            assert!(from_rusoto(Some(unknown)).unwrap_err().to_string().contains("`PENDING`"));
        }
        assert!(from_rusoto(None).is_err());
    }
}
