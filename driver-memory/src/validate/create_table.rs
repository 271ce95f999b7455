//! Validation of `CreateTable`.

use djamodb_core::schema::{Billing, TableSchema};
use djamodb_core::service::limits::TABLE_KEY_ATTRIBUTES_MAX;

use super::constraints::Constraints;
use super::rule::{policy, schema, throughput};
use super::table_constraints::GLOBAL_INDEX_KEY_ATTRIBUTES_MAX;
use crate::error::ValidationError;

pub(crate) fn request(table: &TableSchema) -> Result<(), ValidationError> {
    constraints(table)?;
    schema::attributes(table)?;
    schema::table_key(&table.key)?;
    schema::local_indexes(table)?;
    schema::global_indexes(table)?;
    throughput::of_indexes_of_new_table(table)?;
    schema::index_names(table)?;
    schema::projections(table)?;
    throughput::of_new_table(table)?;
    table.resource_policy.as_deref().map_or(Ok(()), policy::text)
}

fn constraints(table: &TableSchema) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.table(&table.name, || "tableName".into());
    constraints.key_schema(&table.key, TABLE_KEY_ATTRIBUTES_MAX, || "keySchema".into());
    for (at, index) in table.local_indexes.iter().enumerate() {
        constraints.index((&index.name, &index.key, &index.projection), TABLE_KEY_ATTRIBUTES_MAX, || {
            format!("localSecondaryIndexes.{}.member", at + 1)
        });
    }
    for (at, index) in table.global_indexes.iter().enumerate() {
        let member = || format!("globalSecondaryIndexes.{}.member", at + 1);
        constraints.index((&index.name, &index.key, &index.projection), GLOBAL_INDEX_KEY_ATTRIBUTES_MAX, member);
        // The throughput of the table is the default, which drivers send for each index.
        let default = match table.billing {
            Billing::Provisioned(throughput) => Some(throughput),
            Billing::PayPerRequest => None,
        };
        if let Some(throughput) = index.throughput.or(default) {
            constraints.throughput(throughput, || format!("{}.provisionedThroughput", member()));
        }
    }
    if let Billing::Provisioned(throughput) = table.billing {
        constraints.throughput(throughput, || "provisionedThroughput".into());
    }
    constraints.encryption(&table.encryption);
    constraints.check()
}
