//! [`DescribeTimeToLive`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html): returns the
//! attribute by which items expire.

use djamodb_core::plan::{
    DescribeTimeToLive, DescribeTimeToLiveOutput, Metadata, Outcome, QueryPlan, TimeToLiveStatus,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::response_error::ResponseError;
use crate::shape::metadata;
use crate::shape::table_only::TableOnly;

pub(crate) fn request(describe: &DescribeTimeToLive) -> TableOnly {
    TableOnly::new(&describe.table)
}

pub(crate) fn plan(request: TableOnly) -> Result<QueryPlan, RequestError> {
    Ok(DescribeTimeToLive { table: request.table()? }.into())
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    time_to_live_description: Description,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description {
    time_to_live_status: Option<String>,
    attribute_name: Option<String>,
}

const STATUSES: [(&str, TimeToLiveStatus); 4] = [
    ("ENABLING", TimeToLiveStatus::Enabling),
    ("ENABLED", TimeToLiveStatus::Enabled),
    ("DISABLING", TimeToLiveStatus::Disabling),
    ("DISABLED", TimeToLiveStatus::Disabled),
];

impl Response {
    pub(crate) fn new(output: &DescribeTimeToLiveOutput, _: &Metadata) -> Self {
        let name = STATUSES.iter().find(|(_, status)| *status == output.status).map(|(name, _)| (*name).to_owned());
        let attribute_name = output.attribute.as_ref().map(|attribute| attribute.as_str().to_owned());
        Self { time_to_live_description: Description { time_to_live_status: name, attribute_name } }
    }

    pub(crate) fn outcome(self) -> Result<Outcome, ResponseError> {
        let Description { time_to_live_status, attribute_name } = self.time_to_live_description;
        let name = time_to_live_status.ok_or(ResponseError::Missing("status of the time to live"))?;
        let status = STATUSES.iter().find(|(known, _)| *known == name).map(|(_, status)| *status);
        let status = status.ok_or_else(|| ResponseError::Invalid(format!("unknown status `{name}`")))?;
        let output = DescribeTimeToLiveOutput { status, attribute: attribute_name.map(Into::into) };
        Ok(Outcome { output: output.into(), metadata: metadata::of_table(None) })
    }
}
