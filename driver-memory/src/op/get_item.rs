//! `GetItem`: one item by its key.

use djamodb_core::plan::{GetItem, GetItemOutput};

use super::Answer;
use crate::capacity::{Spent, Units};
use crate::error::Error;
use crate::open::Open;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, get: &GetItem) -> Result<Answer<GetItemOutput>, Error> {
    validate::get_item::request(get)?;
    let table = service.table(&get.table)?;
    let table = Open::items(&table, service.clock())?;
    validate::get_item::against(get, table.schema())?;

    let row = table.row(&table.key(&get.key)?);
    let spent = Spent::on_table(Units::read(row.as_ref().map_or(0, |row| row.bytes), get.consistent));
    let item = row.map(|row| match &get.projection {
        Some(projection) => projection.apply(&row.item),
        None => row.item,
    });
    Ok(Answer::new(GetItemOutput { item }, table.told(&spent, get.return_consumed_capacity)))
}
