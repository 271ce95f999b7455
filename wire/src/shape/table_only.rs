//! Requests that name a table and nothing else.

use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::table_name;
use crate::error::RequestError;
use crate::json::Text;
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct TableOnly {
    table_name: Option<Text>,
}

impl TableOnly {
    pub(crate) fn new(table: &Name) -> Self {
        Self { table_name: Some(table_name::write(table)) }
    }

    pub(crate) fn table(self) -> Result<Name, RequestError> {
        let mut violations = Violations::default();
        let table = violations.required("tableName", self.table_name);
        violations.check()?;
        Ok(table_name::read(table))
    }
}
