//! Validation of `CreateTable`.

use djamodb_core::schema::{Billing, TableSchema};

use super::rule::{name, schema};
use crate::error::ValidationError;

pub(crate) fn request(table: &TableSchema) -> Result<(), ValidationError> {
    name::table(&table.name)?;
    schema::table_key(&table.key)?;
    schema::local_indexes(table)?;
    schema::global_indexes(table)?;
    schema::index_names(table)?;
    schema::attributes(table)?;
    schema::projections(table)?;
    if let Billing::Provisioned(throughput) = &table.billing {
        schema::throughput(throughput)?;
    }
    table.global_indexes.iter().filter_map(|index| index.throughput.as_ref()).try_for_each(schema::throughput)
}
