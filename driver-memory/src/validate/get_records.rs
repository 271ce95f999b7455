//! What `GetRecords` refuses.

use djamodb_core::plan::GetRecords;

use super::rule::stream;
use crate::error::Invalid;

pub(crate) fn request(get: &GetRecords) -> Result<(), Invalid> {
    stream::limit(get.limit, GetRecords::LIMIT_MAX)
}
