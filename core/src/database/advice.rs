//! Advice on requests that failed: the difference between the table that the model declares and the one that exists.

use super::Database;
use super::model_tables::differences;
use crate::driver::{DriverError, DriverErrorKind};
use crate::error::{Error, TableDifference};
use crate::model::ModelSchema;
use crate::plan::{DescribeTable, TableDescription};

/// Adds advice to the error of a call on a model, if the model or its table explains the error.
///
/// A request that the service rejects as invalid is compared with the table, which takes one `DescribeTable`. If that fails, the
/// error is returned as it is.
pub(crate) async fn advise(error: Error, schema: &ModelSchema, db: &Database) -> Error {
    match error {
        Error::Driver(error) => Error::Driver(advise_on_request(error, schema, db).await),
        Error::WritesIncomplete(mut report) => {
            if let Some(error) = report.error.take() {
                report.error = Some(advise_on_request(error, schema, db).await);
            }
            Error::WritesIncomplete(report)
        }
        Error::BatchIncomplete(mut report) => {
            if let Some(error) = report.error.take() {
                report.error = Some(advise_on_request(error, schema, db).await);
            }
            Error::BatchIncomplete(report)
        }
        other => other,
    }
}

async fn advise_on_request(error: DriverError, schema: &ModelSchema, db: &Database) -> DriverError {
    let table = db.defaults().table_name(&schema.table.name);
    if let (DriverErrorKind::ResourceNotFound, None, Some(guards)) = (error.kind(), error.table(), schema.guard_table())
    {
        let guards = db.defaults().table_name(&guards.name);
        return error.with_advice(format!(
            "{model} has unique attributes, so that its writes are transactions over the tables {table} and {guards}; create the missing \
             one with create_missing_tables(), or both with create_table::<{model}>()",
            model = schema.model
        ));
    }
    if error.table() != Some(&table) || error.advice().is_some() {
        return error;
    }
    let advice = match error.kind() {
        DriverErrorKind::ResourceNotFound if !names_an_index(error.message(), schema) => {
            Some(missing_table(error.operation(), schema, db))
        }
        // Some servers report a missing index as a missing resource.
        DriverErrorKind::ResourceNotFound | DriverErrorKind::Validation => {
            match db.run(DescribeTable::new(table)).await {
                Ok(found) => mismatch(schema, &found.table, error.message()),
                Err(_) => None,
            }
        }
        _ => None,
    };
    match advice {
        Some(advice) => error.with_advice(advice),
        None => error,
    }
}

fn names_an_index(message: &str, schema: &ModelSchema) -> bool {
    schema.indexes.iter().filter_map(|index| index.name.as_ref()).any(|name| message.contains(name.as_str()))
}

fn missing_table(operation: &str, schema: &ModelSchema, db: &Database) -> String {
    let prefix = match &db.defaults().prefix {
        Some(prefix) => format!("the table prefix `{prefix}`"),
        None => "the table prefix (none is set)".to_owned(),
    };
    let check = format!("check {prefix} and the region");
    if operation == "DeleteTable" {
        check
    } else {
        format!("create it with create_table::<{}>(), or {check}", schema.model)
    }
}

/// Returns the difference between a model and its table that explains an error with this message, or `None` if there is none.
fn mismatch(schema: &ModelSchema, found: &TableDescription, message: &str) -> Option<String> {
    let (model, table) = (schema.model, &found.schema.name);
    differences(&schema.table, found).into_iter().find_map(|difference| match difference {
        TableDifference::Key { declared, found } => Some(format!(
            "the key of {model} is {declared}, but the key of table {table} is {found}; declare the key of the table, or name \
             another table"
        )),
        TableDifference::MissingIndex { index, local } if message.contains(index.as_str()) => {
            let way = if local { "a local index is created together with its table" } else { "create it with UpdateTable" };
            Some(format!("{model} declares the index `{index}`, but table {table} lacks it; {way}"))
        }
        TableDifference::IndexKey { index, declared, found } => Some(format!(
            "the key of the index `{index}` is {declared} in {model}, but {found} in table {table}; declare the key of the index, or \
             create it anew with UpdateTable"
        )),
        TableDifference::MissingIndex { .. } | TableDifference::IndexProjection { .. } => None,
    })
}
