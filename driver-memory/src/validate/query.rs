//! What `Query` refuses.

use djamodb_core::plan::Query;
use djamodb_core::schema::KeySchema;
use djamodb_core::value::Name;

use super::rule::{condition, key_condition, name, projection, source, start_key};
use crate::error::{Invalid, Kind};
use crate::key_range::Part;
use crate::source::Source;

pub(crate) fn request(query: &Query) -> Result<(), Invalid> {
    name::table(&query.table)?;
    source::limit(query.limit)?;
    source::select(query.index.as_ref(), query.select.as_ref())?;
    condition::request(Kind::Filter, query.filter.as_ref())?;
    projection::request(source::projection(query.select.as_ref()))?;
    key_condition::request(&query.key_condition)
}

/// Gives the part of the partition that is to be read.
pub(crate) fn against<'a>(query: &'a Query, read: &Source<'_>) -> Result<Part<'a>, Invalid> {
    let (schema, index) = (read.schema(), read.index());
    source::consistent(index, query.consistent)?;
    if let Some(start) = &query.exclusive_start_key {
        start_key::shape(schema, index, start)?;
    }
    let part = key_condition::part(read.key(), index, &query.key_condition)?;
    if let Some(start) = &query.exclusive_start_key {
        start_key::queried(&query.key_condition, start)?;
    }
    projection::against(schema, source::projection(query.select.as_ref()))?;
    filter_outside_key(read.key(), query)?;
    source::filtered(schema, index, query.filter.as_ref())?;
    source::selected(schema, index, query.select.as_ref())?;
    condition::against(schema, query.filter.as_ref())?;
    Ok(part)
}

/// A filter may not look at the key of what is queried: that is what the key condition is for.
fn filter_outside_key(key: &KeySchema, query: &Query) -> Result<(), Invalid> {
    let Some(filter) = &query.filter else {
        return Ok(());
    };
    let paths = filter.paths();
    let used = |name: &&Name| paths.iter().any(|path| path.steps.is_empty() && path.name == **name);
    match key.names().find(used) {
        Some(name) => Err(Invalid::FilterOnKey(name.clone())),
        None => Ok(()),
    }
}
