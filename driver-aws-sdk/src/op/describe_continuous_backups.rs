//! [`DescribeContinuousBackups`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html):
//! returns the backup settings and the restorable times of a table.

use djamodb_core::plan::{DescribeContinuousBackups, DescribeContinuousBackupsOutput, Outcome};

use crate::convert::backups;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, describe: DescribeContinuousBackups) -> Result<Outcome, Failure> {
    let request = call.client.describe_continuous_backups().table_name(describe.table.as_str());

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = DescribeContinuousBackupsOutput {
        continuous_backups: backups::from_sdk(response.continuous_backups_description)?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
