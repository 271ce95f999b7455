//! [`DescribeLimits`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html):
//! returns the account's capacity quotas.

use djamodb_core::plan::{DescribeLimits, DescribeLimitsOutput, Outcome};

use crate::convert::{InvalidResponse, number};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, _describe: DescribeLimits) -> Result<Outcome, Failure> {
    let request = call.client.describe_limits();

    let (response, metadata) = call.send(|| request.send()).await?;
    let units = |limit: Option<i64>| limit.map(number::to_u64).ok_or(InvalidResponse::Missing("limits of the account"));
    let output = DescribeLimitsOutput {
        account_max_read_capacity_units: units(response.account_max_read_capacity_units)?,
        account_max_write_capacity_units: units(response.account_max_write_capacity_units)?,
        table_max_read_capacity_units: units(response.table_max_read_capacity_units)?,
        table_max_write_capacity_units: units(response.table_max_write_capacity_units)?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
