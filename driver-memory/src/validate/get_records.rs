//! What `GetRecords` refuses.

use djamodb_core::plan::GetRecords;

use super::rule::stream;
use crate::error::Invalid;

pub(crate) fn request(get: &GetRecords) -> Result<(), Invalid> {
    stream::limit(get.limit, "should be less than or equal to", GetRecords::LIMIT_MAX)
}
