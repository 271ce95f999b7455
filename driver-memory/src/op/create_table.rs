//! `CreateTable`: a table with its indexes and its stream.

use std::sync::Arc;

use djamodb_core::plan::{CreateTable, CreateTableOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::lifecycle::Lifecycle;
use crate::response::Response;
use crate::table::Table;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, create: &CreateTable) -> Result<Response<CreateTableOutput>, Error> {
    validate::create_table::request(&create.schema)?;

    // The lookup also removes a table of this name whose deletion is over.
    if let Ok(table) = emulator.table(&create.schema.name)
        && let Lifecycle::Creating { .. } = table.layout.read().lifecycle
    {
        return Err(Error::in_use(format_args!("Table is being created: {}", table.name)));
    }
    let now = emulator.now();
    let lifecycle = Lifecycle::creating(now, emulator.options.create_table_delay);
    let table = Arc::new(Table::new(create.schema.clone(), now, lifecycle, &emulator.arns));
    // The layout stays locked until the stream is enabled, so that no write is missing from the stream.
    let mut layout = table.layout.write();
    emulator.tables.add(Arc::clone(&table))?;
    if let Some(view) = create.schema.stream {
        let shards = emulator.options.stream_shards;
        let stream = emulator.streams.create(&table.name, &table.arn, &create.schema.key, view, shards, now);
        layout.enable_stream(stream);
    }
    Ok(Response::without_capacity(CreateTableOutput { table: table.describe(&layout) }))
}
