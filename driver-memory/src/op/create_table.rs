//! `CreateTable`: a table with its indexes and its stream.

use std::sync::Arc;

use djamodb_core::plan::{CreateTable, CreateTableOutput};

use super::Answer;
use crate::error::Error;
use crate::life::Life;
use crate::service::Service;
use crate::table::Table;
use crate::validate;

pub(super) fn execute(service: &Service, create: &CreateTable) -> Result<Answer<CreateTableOutput>, Error> {
    validate::create_table::request(&create.schema)?;

    // One of this name may be gone by now.
    if let Ok(table) = service.table(&create.schema.name)
        && let Life::Creating { .. } = table.layout.read().life
    {
        return Err(Error::in_use(format_args!("Table is being created: {}", table.name)));
    }
    let now = service.now();
    let life = Life::creating(now, service.options.create_table_delay);
    let table = Arc::new(Table::new(create.schema.clone(), now, life));
    // Nobody uses it before its stream records.
    let mut layout = table.layout.write();
    service.tables.add(Arc::clone(&table))?;
    if let Some(view) = create.schema.stream {
        layout.begin_stream(service.streams.begin((&table.name, &table.arn()), &create.schema.key, view, now));
    }
    Ok(Answer::new(CreateTableOutput { table: table.describe(&layout) }, Vec::new()))
}
