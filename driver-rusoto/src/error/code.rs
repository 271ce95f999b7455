//! The service's names for its errors.

use djamodb_core::driver::DriverErrorKind;

/// The kind of an error by its name, where that is known.
///
/// See [error handling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html) and
/// [common errors](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html). Of the names with
/// and without `Exception` at the end, some services of AWS use one and some the other.
pub(super) fn kind(code: &str) -> Option<DriverErrorKind> {
    Some(match code.strip_suffix("Exception").unwrap_or(code) {
        "ConditionalCheckFailed" => DriverErrorKind::ConditionalCheckFailed { item: None },
        "ResourceNotFound" | "TableNotFound" | "IndexNotFound" => DriverErrorKind::ResourceNotFound,
        "ResourceInUse" | "TableInUse" | "TableAlreadyExists" => DriverErrorKind::ResourceInUse,
        "ItemCollectionSizeLimitExceeded" => DriverErrorKind::ItemCollectionSizeLimitExceeded,
        "LimitExceeded" => DriverErrorKind::LimitExceeded,
        // A conflict with another write of the same item is over as soon as that one is: like throttling, nothing was
        // done, nothing is wrong with the request, and it may succeed in a moment.
        "ProvisionedThroughputExceeded"
        | "Throttling"
        | "Throttled"
        | "ThrottledRequest"
        | "RequestThrottled"
        | "RequestLimitExceeded"
        | "TooManyRequests"
        | "SlowDown"
        | "TransactionConflict"
        | "ReplicatedWriteConflict" => DriverErrorKind::Throttled,
        "Validation"
        | "ValidationError"
        | "Serialization"
        | "MissingParameter"
        | "InvalidParameterValue"
        | "InvalidParameterCombination"
        | "MissingAction"
        | "InvalidAction"
        | "MalformedQueryString"
        | "MalformedHttpRequest"
        | "RequestEntityTooLarge" => DriverErrorKind::Validation,
        "AccessDenied"
        | "UnrecognizedClient"
        | "ExpiredToken"
        | "InvalidToken"
        | "InvalidSignature"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "InvalidClientTokenId"
        | "MissingAuthenticationToken"
        | "NotAuthorized"
        | "UnauthorizedOperation"
        | "OptInRequired"
        | "RequestExpired"
        | "AuthFailure" => DriverErrorKind::Unauthorized,
        "UnknownOperation" | "NotImplemented" => DriverErrorKind::Unsupported,
        "RequestTimeout" => DriverErrorKind::Timeout,
        "InternalServerError" | "InternalServer" | "InternalFailure" | "InternalError" | "ServiceUnavailable" => {
            DriverErrorKind::Internal
        }
        _ => return None,
    })
}

/// The kind of an error that has no name, or one that is not known, by the status of the answer.
pub(super) fn kind_of_status(status: u16) -> DriverErrorKind {
    match status {
        401 | 403 => DriverErrorKind::Unauthorized,
        429 => DriverErrorKind::Throttled,
        400..=499 => DriverErrorKind::Validation,
        _ => DriverErrorKind::Internal,
    }
}

/// The name of an error without what may stand around it: `com.amazonaws.dynamodb.v20120810#Name:http://…`.
pub(super) fn bare(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.rsplit_once('#').map_or(code, |(_, code)| code)
}
