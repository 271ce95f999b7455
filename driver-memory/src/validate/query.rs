//! Validation of `Query`.

use djamodb_core::plan::{Query, Select};
use djamodb_core::schema::KeySchema;
use djamodb_core::value::Name;

use super::constraints::Constraints;
use super::rule::expression::Expression;
use super::rule::{condition, expressions, key_condition, projection, read, start_key};
use crate::error::ValidationError;
use crate::key_range::PartitionSlice;
use crate::table_or_index::TableOrIndex;

pub(crate) fn request(query: &Query) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.table(&query.table, || "tableName".into());
    if let Some(index) = &query.index {
        constraints.name(index, || "indexName".into());
    }
    constraints.limit(query.limit);
    constraints.check()?;
    expressions::check([
        Some(Expression::KeyCondition(&query.key_condition)),
        query.filter.as_ref().map(Expression::Filter),
        query.select.as_ref().and_then(Select::projection).map(Expression::Projection),
    ])
}

/// Validates the query against what it reads, and returns the slice of the partition that it selects.
pub(crate) fn against<'a>(query: &'a Query, source: &TableOrIndex<'_>) -> Result<PartitionSlice<'a>, ValidationError> {
    let (schema, index) = (source.schema(), source.index());
    condition::against(schema, query.filter.as_ref())?;
    projection::against(schema, query.select.as_ref().and_then(Select::projection))?;
    read::consistency(index, query.consistent)?;
    let slice = key_condition::slice(source.key(), index, &query.key_condition)?;
    if let Some(start) = &query.exclusive_start_key {
        start_key::shape(schema, index, start)?;
        start_key::queried(source.key(), &slice, start)?;
        start_key::within_bounds(query, start)?;
    }
    filter_outside_key(source.key(), query)?;
    read::filter_against(schema, index, query.filter.as_ref())?;
    read::select(index, query.select.as_ref())?;
    read::projection_against(schema, index, query.select.as_ref())?;
    Ok(slice)
}

/// Checks that the filter uses no key attribute of the table or index, which only the key condition may.
fn filter_outside_key(key: &KeySchema, query: &Query) -> Result<(), ValidationError> {
    let Some(filter) = &query.filter else {
        return Ok(());
    };
    let paths = filter.paths();
    let used = |name: &&Name| paths.iter().any(|path| path.steps.is_empty() && path.name == **name);
    match key.names().find(used) {
        Some(name) => Err(ValidationError::FilterOnKey(name.clone())),
        None => Ok(()),
    }
}
