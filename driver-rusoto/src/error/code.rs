//! The service's names for its errors, as they stand in an answer.

/// The name of an error without what may stand around it: `com.amazonaws.dynamodb.v20120810#Name:http://…`.
pub(super) fn bare(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.rsplit_once('#').map_or(code, |(_, code)| code)
}
