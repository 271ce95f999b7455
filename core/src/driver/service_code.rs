//! Kinds of errors by the service's error codes. Kept in core so that all drivers classify alike.

use super::DriverErrorKind;

impl DriverErrorKind {
    /// Returns the kind of an error by the service's error code, or `None` if the code is not known.
    ///
    /// See [error handling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html) and
    /// [common errors](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html). Services
    /// of AWS spell the same code with and without the suffix `Exception`, so the suffix is ignored.
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
            "PolicyNotFound" => Self::PolicyNotFound,
            "ResourceInUse" | "TableInUse" | "TableAlreadyExists" | "ContinuousBackupsUnavailable" => {
                Self::ResourceInUse
            }
            // The reasons are in the body of the response, which the driver reads.
            "TransactionCanceled" => Self::TransactionCanceled { reasons: Vec::new() },
            "TransactionInProgress" => Self::TransactionInProgress,
            "IdempotentParameterMismatch" => Self::IdempotentParameterMismatch,
            "TrimmedDataAccess" => Self::TrimmedDataAccess,
            "ExpiredIterator" => Self::ExpiredIterator,
            // A conflict ends together with the other write of the item. Nothing was written, so the request may be repeated.
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

    /// Returns the kind of an error without a known code by the status of its HTTP response.
    pub fn of_http_status(status: u16) -> Self {
        match status {
            401 | 403 => Self::Unauthorized,
            429 => Self::Throttled,
            400..=499 => Self::Validation,
            _ => Self::Internal,
        }
    }
}
