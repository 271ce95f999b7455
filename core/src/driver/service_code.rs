//! What the service's own names for its errors are here. It stands in core, so that every driver says the same.

use super::DriverErrorKind;

impl DriverErrorKind {
    /// The kind of an error by the service's name for it, where that is known.
    ///
    /// See [error handling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html) and
    /// [common errors](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html). Of the names with
    /// and without `Exception` at the end, some services of AWS use one and some the other.
    ///
    /// ```
    /// use djamodb_core::driver::DriverErrorKind;
    ///
    /// let kind = DriverErrorKind::of_service_code("ProvisionedThroughputExceededException");
    /// assert_eq!(kind, Some(DriverErrorKind::Throttled));
    /// ```
    pub fn of_service_code(code: &str) -> Option<Self> {
        Some(match code.strip_suffix("Exception").unwrap_or(code) {
            "ConditionalCheckFailed" => Self::ConditionalCheckFailed { item: None },
            "ResourceNotFound" | "TableNotFound" | "IndexNotFound" => Self::ResourceNotFound,
            "ResourceInUse" | "TableInUse" | "TableAlreadyExists" | "ContinuousBackupsUnavailable" => {
                Self::ResourceInUse
            }
            // The reasons are no part of the name; who reads the answer adds them.
            "TransactionCanceled" => Self::TransactionCanceled { reasons: Vec::new() },
            "TransactionInProgress" => Self::TransactionInProgress,
            "IdempotentParameterMismatch" => Self::IdempotentParameterMismatch,
            "TrimmedDataAccess" => Self::TrimmedDataAccess,
            "ExpiredIterator" => Self::ExpiredIterator,
            // A conflict with another write of the same item is over as soon as that one is: nothing was done, nothing is wrong
            // with the request, and it may succeed in a moment.
            "TransactionConflict" | "ReplicatedWriteConflict" => Self::TransactionConflict,
            "ItemCollectionSizeLimitExceeded" => Self::ItemCollectionSizeLimitExceeded,
            "LimitExceeded" => Self::LimitExceeded,
            "ProvisionedThroughputExceeded"
            | "Throttling"
            | "Throttled"
            | "ThrottledRequest"
            | "RequestThrottled"
            | "RequestLimitExceeded"
            | "TooManyRequests"
            | "SlowDown" => Self::Throttled,
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
            | "RequestEntityTooLarge" => Self::Validation,
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
            | "AuthFailure" => Self::Unauthorized,
            "UnknownOperation" | "NotImplemented" => Self::Unsupported,
            "RequestTimeout" => Self::Timeout,
            "InternalServerError" | "InternalServer" | "InternalFailure" | "InternalError" | "ServiceUnavailable" => {
                Self::Internal
            }
            _ => return None,
        })
    }

    /// The kind of an error that has no name, or one that is not known, by the status of the HTTP answer.
    pub fn of_http_status(status: u16) -> Self {
        match status {
            401 | 403 => Self::Unauthorized,
            429 => Self::Throttled,
            400..=499 => Self::Validation,
            _ => Self::Internal,
        }
    }
}
