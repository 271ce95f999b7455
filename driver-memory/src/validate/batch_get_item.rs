//! Validation of `BatchGetItem`.

use djamodb_core::plan::{BatchGetItem, Operation, TableKeys};
use djamodb_core::schema::TableSchema;

use super::constraints::Constraints;
use super::rule::expression::Expression;
use super::rule::{batch, expressions, key, projection, value};
use crate::error::ValidationError;

pub(crate) fn request(plan: &BatchGetItem) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.request_items(plan.requests.iter().map(|request| &request.table));
    constraints.check()?;
    batch::tables(BatchGetItem::NAME, plan.requests.iter().map(|request| &request.table))?;
    for request in &plan.requests {
        if request.keys.is_empty() {
            return Err(ValidationError::NoKeys(request.table.clone()));
        }
        expressions::check([request.projection.as_ref().map(Expression::Projection)])?;
    }
    let keys: usize = plan.requests.iter().map(|request| request.keys.len()).sum();
    if keys > BatchGetItem::KEYS_MAX { Err(ValidationError::TooManyRequests(BatchGetItem::NAME)) } else { Ok(()) }
}

pub(crate) fn against(request: &TableKeys, schema: &TableSchema) -> Result<(), ValidationError> {
    request.keys.iter().try_for_each(|item| key::exact(&schema.key, item)).map_err(|found| {
        // The service looks for invalid values, equal and empty keys, one key after the other, before it compares keys with the schema.
        let keys = request.keys.as_slice();
        for (at, key) in keys.iter().enumerate() {
            if let Err(invalid) = value::item(key) {
                return invalid;
            }
            if keys.iter().take(at).any(|earlier| earlier == key) {
                return ValidationError::DuplicateKeys;
            }
            if key.is_empty() {
                return ValidationError::EmptyKeyOfBatch(request.table.clone());
            }
        }
        found
    })?;
    projection::against(schema, request.projection.as_ref())
}
