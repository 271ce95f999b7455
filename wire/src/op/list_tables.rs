//! [`ListTables`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html): returns the names of tables.

use djamodb_core::plan::{ListTables, ListTablesOutput, Metadata, Outcome, QueryPlan};
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Int, Text};
use crate::shape::metadata;
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    exclusive_start_table_name: Option<Text>,
    limit: Option<Int>,
}

impl Request {
    pub(crate) fn new(list: &ListTables) -> Self {
        Self {
            exclusive_start_table_name: list
                .exclusive_start_table_name
                .as_ref()
                .map(|name| Text(name.as_str().to_owned())),
            limit: list.limit.map(|limit| Int(i32::try_from(limit).unwrap_or(i32::MAX))),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let limit = violations.at_least("limit", self.limit, 1);
        violations.check()?;
        let exclusive_start_table_name = self.exclusive_start_table_name.map(|Text(name)| name.into());
        Ok(ListTables { exclusive_start_table_name, limit }.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    #[serde(default)]
    table_names: Vec<String>,
    last_evaluated_table_name: Option<String>,
}

impl Response {
    pub(crate) fn new(output: &ListTablesOutput, _: &Metadata) -> Self {
        let name = |name: &Name| name.as_str().to_owned();
        Self {
            table_names: output.table_names.iter().map(name).collect(),
            last_evaluated_table_name: output.last_evaluated_table_name.as_ref().map(name),
        }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let output = ListTablesOutput {
            table_names: self.table_names.into_iter().map(Name::from).collect(),
            last_evaluated_table_name: self.last_evaluated_table_name.map(Name::from),
        };
        Outcome { output: output.into(), metadata: metadata::of_table(None) }
    }
}
