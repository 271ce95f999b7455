//! Validation of `TransactGetItems`.

use djamodb_core::plan::{TransactGet, TransactGetItems};
use djamodb_core::schema::TableSchema;

use super::constraints::Constraints;
use super::rule::expression::Expression;
use super::rule::{expressions, key, projection};
use crate::error::ValidationError;

pub(crate) fn request(plan: &TransactGetItems) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.transact_items(plan.transact_items.len());
    for (at, get) in plan.transact_items.iter().enumerate() {
        constraints.table(&get.table, || format!("transactItems.{}.member.get.tableName", at + 1));
    }
    constraints.check()?;
    plan.transact_items
        .iter()
        .try_for_each(|get| expressions::check([get.projection.as_ref().map(Expression::Projection)]))
}

pub(crate) fn against(get: &TransactGet, schema: &TableSchema) -> Result<(), ValidationError> {
    projection::against(schema, get.projection.as_ref())?;
    key::exact(&schema.key, &get.key)
}
