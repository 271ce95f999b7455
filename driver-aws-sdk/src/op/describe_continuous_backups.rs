//! `DescribeContinuousBackups`: whether, and to which points in time, a table can be restored.

use djamodb_core::plan::{DescribeContinuousBackups, DescribeContinuousBackupsOutput, Outcome};

use crate::convert::backups;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, describe: DescribeContinuousBackups) -> Result<Outcome, Failure> {
    let request = call.client.describe_continuous_backups().table_name(describe.table.as_str());

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let output = DescribeContinuousBackupsOutput {
        continuous_backups: backups::from_sdk(answer.continuous_backups_description)?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
