//! `GetItem`: one item by its key.

use djamodb_core::plan::{GetItem, GetItemOutput};

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, get: &GetItem) -> Result<GetItemOutput, Error> {
    validate::get_item::request(get)?;
    let table = catalogue.table(&get.table)?;
    validate::get_item::against(get, table.schema())?;

    let row = table.row(&table.key(&get.key)?);
    Ok(GetItemOutput {
        item: row.map(|row| match &get.projection {
            Some(projection) => projection.apply(&row.item),
            None => row.item,
        }),
    })
}
