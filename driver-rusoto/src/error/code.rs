//! Error codes in the bodies of responses.

/// Returns the name of an error from a code such as `com.amazonaws.dynamodb.v20120810#Name:http://…`.
pub(super) fn name(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.rsplit_once('#').map_or(code, |(_, name)| name)
}
