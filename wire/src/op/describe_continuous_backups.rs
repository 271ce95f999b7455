//! [`DescribeContinuousBackups`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html): returns
//! the state of point-in-time recovery.

use djamodb_core::plan::{DescribeContinuousBackups, DescribeContinuousBackupsOutput, Metadata, Outcome, QueryPlan};

use crate::error::RequestError;
use crate::shape::continuous_backups::ContinuousBackupsResponse;
use crate::shape::metadata;
use crate::shape::table_only::TableOnly;

pub(crate) fn request(describe: &DescribeContinuousBackups) -> TableOnly {
    TableOnly::new(&describe.table)
}

pub(crate) fn plan(request: TableOnly) -> Result<QueryPlan, RequestError> {
    Ok(DescribeContinuousBackups { table: request.table()? }.into())
}

pub(crate) fn response(output: &DescribeContinuousBackupsOutput, _: &Metadata) -> ContinuousBackupsResponse {
    ContinuousBackupsResponse::new(&output.continuous_backups)
}

pub(crate) fn outcome(response: ContinuousBackupsResponse) -> Outcome {
    let output = DescribeContinuousBackupsOutput { continuous_backups: response.read() };
    Outcome { output: output.into(), metadata: metadata::of_table(None) }
}
