//! [`UpdateTimeToLive`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html): enables or disables
//! the expiry of items.

use djamodb_core::plan::{Outcome, QueryPlan, UpdateTimeToLive, UpdateTimeToLiveOutput};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Flag, Structure, Text, TypeName};
use crate::shape::{metadata, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    table_name: Option<Text>,
    time_to_live_specification: Option<Structure<Specification>>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Specification {
    enabled: Option<Flag>,
    attribute_name: Option<Text>,
}

impl TypeName for Specification {
    const NAME: &'static str = "TimeToLiveSpecification";
}

impl Request {
    pub(crate) fn new(update: &UpdateTimeToLive) -> Self {
        let attribute_name = Some(Text(update.attribute.as_str().to_owned()));
        Self {
            table_name: Some(table_name::write(&update.table)),
            time_to_live_specification: Some(Structure(Specification {
                enabled: Some(Flag(update.enabled)),
                attribute_name,
            })),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let table = violations.required("tableName", self.table_name);
        let path = "timeToLiveSpecification";
        if let Some(Structure(specification)) = &self.time_to_live_specification {
            if specification.attribute_name.is_none() {
                violations.null(&format!("{path}.attributeName"));
            }
            if specification.enabled.is_none() {
                violations.null(&format!("{path}.enabled"));
            }
        }
        let Structure(specification) = violations.required(path, self.time_to_live_specification);
        let attribute = specification.attribute_name.unwrap_or_default();
        violations.check()?;
        Ok(UpdateTimeToLive {
            table: table_name::read(table),
            attribute: attribute.0.into(),
            enabled: specification.enabled == Some(Flag(true)),
        }
        .into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    time_to_live_specification: Option<Structure<Specification>>,
}

impl Response {
    /// Returns the response, which repeats the request.
    pub(crate) fn new(update: &UpdateTimeToLive) -> Self {
        Self { time_to_live_specification: Request::new(update).time_to_live_specification }
    }
}

pub(crate) fn outcome() -> Outcome {
    Outcome { output: UpdateTimeToLiveOutput::default().into(), metadata: metadata::of_table(None) }
}
