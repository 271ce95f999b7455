//! What `DescribeContinuousBackups` refuses.

use djamodb_core::plan::DescribeContinuousBackups;

use super::rule::name;
use crate::error::Invalid;

pub(crate) fn request(describe: &DescribeContinuousBackups) -> Result<(), Invalid> {
    name::table(&describe.table)
}
