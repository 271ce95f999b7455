//! The wait that a response requires before the next attempt.

use std::time::{Duration, SystemTime};

use djamodb_core::driver::retry_after;
use http::HeaderMap;

pub(crate) fn from_headers(headers: &HeaderMap<String>) -> Option<Duration> {
    retry_after(headers.get(http::header::RETRY_AFTER)?, SystemTime::now().into()).filter(|wait| !wait.is_zero())
}
