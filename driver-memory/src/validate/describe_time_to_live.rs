//! What `DescribeTimeToLive` refuses.

use djamodb_core::plan::DescribeTimeToLive;

use super::rule::name;
use crate::error::Invalid;

pub(crate) fn request(describe: &DescribeTimeToLive) -> Result<(), Invalid> {
    name::table(&describe.table)
}
