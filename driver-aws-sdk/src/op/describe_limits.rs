//! `DescribeLimits`: how much capacity an account may set aside.

use djamodb_core::plan::{DescribeLimits, DescribeLimitsOutput, Outcome};

use crate::convert::{Unreadable, number};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, _describe: DescribeLimits) -> Result<Outcome, Failure> {
    let request = call.client.describe_limits();

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let units = |limit: Option<i64>| limit.map(number::to_u64).ok_or(Unreadable::Missing("limits of the account"));
    let output = DescribeLimitsOutput {
        account_max_read_capacity_units: units(answer.account_max_read_capacity_units)?,
        account_max_write_capacity_units: units(answer.account_max_write_capacity_units)?,
        table_max_read_capacity_units: units(answer.table_max_read_capacity_units)?,
        table_max_write_capacity_units: units(answer.table_max_write_capacity_units)?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
