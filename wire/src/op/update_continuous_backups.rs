//! [`UpdateContinuousBackups`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html): enables or
//! disables point-in-time recovery.

use djamodb_core::plan::{Metadata, Outcome, QueryPlan, UpdateContinuousBackups, UpdateContinuousBackupsOutput};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Flag, Int, Structure, Text, TypeName};
use crate::shape::continuous_backups::ContinuousBackupsResponse;
use crate::shape::{metadata, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    table_name: Option<Text>,
    point_in_time_recovery_specification: Option<Structure<Specification>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Specification {
    point_in_time_recovery_enabled: Option<Flag>,
    recovery_period_in_days: Option<Int>,
}

impl TypeName for Specification {
    const NAME: &'static str = "PointInTimeRecoverySpecification";
}

/// The recovery period of all tables, since the settings of a table have none.
const RECOVERY_DAYS: i32 = 35;

impl Request {
    pub(crate) fn new(update: &UpdateContinuousBackups) -> Self {
        Self {
            table_name: Some(table_name::write(&update.table)),
            point_in_time_recovery_specification: Some(Structure(Specification {
                point_in_time_recovery_enabled: Some(Flag(update.point_in_time_recovery)),
                recovery_period_in_days: None,
            })),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let table = violations.required("tableName", self.table_name);
        let path = "pointInTimeRecoverySpecification";
        if let Some(Structure(Specification { point_in_time_recovery_enabled: None, .. })) =
            &self.point_in_time_recovery_specification
        {
            violations.null(&format!("{path}.pointInTimeRecoveryEnabled"));
        }
        let Structure(specification) = violations.required(path, self.point_in_time_recovery_specification);
        violations.check()?;
        if specification.recovery_period_in_days.is_some_and(|Int(days)| days != RECOVERY_DAYS) {
            return Err(RequestError::validation(format!(
                "RecoveryPeriodInDays is not supported: the recovery period is {RECOVERY_DAYS} days"
            )));
        }
        Ok(UpdateContinuousBackups {
            table: table_name::read(table),
            point_in_time_recovery: specification.point_in_time_recovery_enabled == Some(Flag(true)),
        }
        .into())
    }
}

pub(crate) fn response(output: &UpdateContinuousBackupsOutput, _: &Metadata) -> ContinuousBackupsResponse {
    ContinuousBackupsResponse::new(&output.continuous_backups)
}

pub(crate) fn outcome(response: ContinuousBackupsResponse) -> Outcome {
    let output = UpdateContinuousBackupsOutput { continuous_backups: response.read() };
    Outcome { output: output.into(), metadata: metadata::of_table(None) }
}
