//! The request ID of a response.

use http::HeaderMap;

/// Returns the ID that the service assigned to the request, or `None` if the response has none.
pub(crate) fn from_headers(headers: &HeaderMap<String>) -> Option<String> {
    headers.get("x-amzn-requestid").cloned()
}
