//! `GetItem`: one item by its key.

use djamodb_core::plan::{GetItem, GetItemOutput};
use djamodb_core::service::CapacityUnits;

use crate::capacity::ConsumedUnits;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, get: &GetItem) -> Result<Response<GetItemOutput>, Error> {
    validate::get_item::request(get)?;
    let table = emulator.table(&get.table)?;
    let table = OpenTable::open(&table, emulator.clock())?;
    validate::get_item::against(get, table.schema())?;

    let row = table.row(&table.key(&get.key)?);
    let bytes = row.as_ref().map_or(0, |row| row.bytes);
    let consumed = ConsumedUnits::on_table(CapacityUnits::read(bytes, get.consistent));
    let item = row.map(|row| row.select(get.projection.as_ref()));
    Ok(Response::new(GetItemOutput { item }, table.report(&consumed, get.return_consumed_capacity)))
}
