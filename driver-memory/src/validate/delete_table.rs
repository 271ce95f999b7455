//! What `DeleteTable` refuses.

use djamodb_core::plan::DeleteTable;

use super::rule::name;
use crate::error::Invalid;

pub(crate) fn request(delete: &DeleteTable) -> Result<(), Invalid> {
    name::table(&delete.table)
}
