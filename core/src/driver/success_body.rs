//! The bodies of successful responses.

use memchr::memmem;

use super::json_members::json_members;

/// A body that no successful response of DynamoDB has.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidBody {
    /// The body is empty: it was lost, or an intermediary responded.
    #[error("the response has the status of a success but no body")]
    Empty,
    /// The body is not a JSON object.
    #[error("the response has the status of a success but its body is not a JSON object")]
    NotAnObject,
    /// The body holds an error.
    #[error("the response has the status of a success but holds the error {code}: {message}")]
    ServiceError {
        /// Code of the error, with its prefix.
        code: String,
        /// Message of the error; empty if there is none.
        message: String,
    },
}

crate::debug_by_message!(enum InvalidBody { Empty, NotAnObject, ServiceError { code, message } });

/// Requires that the body of a response with the status 200 is a JSON object and not an error.
///
/// DynamoDB responds to every operation with a
/// [JSON object](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html), except `TagResource`
/// and `UntagResource`. JSON parsers of its clients read an empty body as an empty object, which is also the response to a write that
/// was made. Drivers call this before they parse a body. It does not parse the body unless that may be an error.
///
/// # Errors
///
/// Returns the reason why the body is not one of a successful response. A write may have been carried out.
///
/// ```
/// use djamodb_core::driver::{InvalidBody, check_success_body};
///
/// assert_eq!(check_success_body(b"{}"), Ok(()));
/// assert_eq!(check_success_body(b""), Err(InvalidBody::Empty));
/// ```
pub fn check_success_body(body: &[u8]) -> Result<(), InvalidBody> {
    const CODE: &[u8] = br#""__type""#;
    let body = body.trim_ascii();
    match (body.first(), body.last()) {
        (None, _) => return Err(InvalidBody::Empty),
        (Some(b'{'), Some(b'}')) => {}
        _ => return Err(InvalidBody::NotAnObject),
    }
    if memmem::find(body, CODE).is_none() {
        return Ok(());
    }
    // An attribute may have this name, so only the outermost object counts.
    match json_members(body, ["__type", "message", "Message"]) {
        Ok([None, ..]) => Ok(()),
        Ok([Some(code), message, capital_message]) => {
            let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
            let message = message.or(capital_message).and_then(|message| message.as_str().map(str::to_owned));
            Err(InvalidBody::ServiceError { code, message: message.unwrap_or_default() })
        }
        Err(_) => Err(InvalidBody::NotAnObject),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_accepted_also_with_an_attribute_that_is_called_as_the_error_code() {
        for body in ["{}", " {} \n", r#"{"Count":0}"#, r#"{"Item":{"__type":{"S":"rain"}}}"#] {
            assert_eq!(check_success_body(body.as_bytes()), Ok(()), "{body}");
        }
    }

    #[test]
    fn bodies_that_are_no_objects_are_refused() {
        for body in ["", " ", "\r\n"] {
            assert_eq!(check_success_body(body.as_bytes()), Err(InvalidBody::Empty), "{body:?}");
        }
        for body in ["<html>", "[]", "null", "{", r#"{"Item":{"#, r#"{"__type" }"#] {
            assert_eq!(check_success_body(body.as_bytes()), Err(InvalidBody::NotAnObject), "{body:?}");
        }
    }

    #[test]
    fn errors_are_refused_with_their_code_and_message() {
        let error = |code: &str, message: &str| {
            Err(InvalidBody::ServiceError { code: code.to_owned(), message: message.to_owned() })
        };
        for (body, expected) in [
            (r#"{"__type":"a#Throttling","message":"slow"}"#, error("a#Throttling", "slow")),
            (r#"{"Message":"no","__type":"a#AccessDenied"}"#, error("a#AccessDenied", "no")),
            (r#"{"__type":7}"#, error("7", "")),
        ] {
            assert_eq!(check_success_body(body.as_bytes()), expected, "{body}");
        }
    }
}
