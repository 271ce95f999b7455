//! What `DescribeTable` refuses.

use djamodb_core::plan::DescribeTable;

use super::rule::name;
use crate::error::Invalid;

pub(crate) fn request(describe: &DescribeTable) -> Result<(), Invalid> {
    name::table(&describe.table)
}
