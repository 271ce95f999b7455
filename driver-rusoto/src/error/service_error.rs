//! Names and messages of rusoto's error types.

use rusoto_dynamodb::{
    BatchGetItemError, BatchWriteItemError, CreateTableError, DeleteItemError, DeleteTableError,
    DescribeContinuousBackupsError, DescribeEndpointsError, DescribeLimitsError, DescribeTableError,
    DescribeTimeToLiveError, GetItemError, ListTablesError, ListTagsOfResourceError, PutItemError, QueryError,
    ScanError, TagResourceError, TransactGetItemsError, TransactWriteItemsError, UntagResourceError,
    UpdateContinuousBackupsError, UpdateItemError, UpdateTableError, UpdateTimeToLiveError,
};
#[cfg(feature = "streams")]
use rusoto_dynamodbstreams::{DescribeStreamError, GetRecordsError, GetShardIteratorError, ListStreamsError};

/// A rusoto error type: the typed service errors of one operation.
pub(crate) trait ServiceError {
    /// Returns the name of the error, without the suffix `Exception`, and its message.
    fn into_parts(self) -> (&'static str, String);
}

macro_rules! service_errors {
    ($codes:ident; $($error:ident: $($code:ident),*;)+) => {
        $(
            impl ServiceError for $error {
                fn into_parts(self) -> (&'static str, String) {
                    match self {
                        $(Self::$code(message) => (stringify!($code), message),)*
                    }
                }
            }
        )+

        /// Names of all errors, once for each operation that has the error.
        #[cfg(test)]
        const $codes: &[&str] = &[$($(stringify!($code),)*)+];
    };
}

service_errors! {
    CODES;
    BatchGetItemError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    BatchWriteItemError: InternalServerError, ItemCollectionSizeLimitExceeded, ProvisionedThroughputExceeded,
        RequestLimitExceeded, ResourceNotFound;
    CreateTableError: InternalServerError, LimitExceeded, ResourceInUse;
    DeleteItemError: ConditionalCheckFailed, InternalServerError, ItemCollectionSizeLimitExceeded,
        ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound, TransactionConflict;
    DeleteTableError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
    DescribeContinuousBackupsError: InternalServerError, TableNotFound;
    // rusoto has no typed errors for this operation.
    DescribeEndpointsError: ;
    DescribeLimitsError: InternalServerError;
    DescribeTableError: InternalServerError, ResourceNotFound;
    DescribeTimeToLiveError: InternalServerError, ResourceNotFound;
    GetItemError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    ListTablesError: InternalServerError;
    ListTagsOfResourceError: InternalServerError, ResourceNotFound;
    PutItemError: ConditionalCheckFailed, InternalServerError, ItemCollectionSizeLimitExceeded,
        ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound, TransactionConflict;
    QueryError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    ScanError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    TagResourceError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
    TransactGetItemsError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound,
        TransactionCanceled;
    TransactWriteItemsError: IdempotentParameterMismatch, InternalServerError, ProvisionedThroughputExceeded,
        RequestLimitExceeded, ResourceNotFound, TransactionCanceled, TransactionInProgress;
    UntagResourceError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
    UpdateContinuousBackupsError: ContinuousBackupsUnavailable, InternalServerError, TableNotFound;
    UpdateItemError: ConditionalCheckFailed, InternalServerError, ItemCollectionSizeLimitExceeded,
        ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound, TransactionConflict;
    UpdateTableError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
    UpdateTimeToLiveError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
}

#[cfg(feature = "streams")]
service_errors! {
    STREAM_CODES;
    DescribeStreamError: InternalServerError, ResourceNotFound;
    GetRecordsError: ExpiredIterator, InternalServerError, LimitExceeded, ResourceNotFound, TrimmedDataAccess;
    GetShardIteratorError: InternalServerError, ResourceNotFound, TrimmedDataAccess;
    ListStreamsError: InternalServerError, ResourceNotFound;
}

/// Returns the names of the errors of all operations.
#[cfg(test)]
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    #[cfg(not(feature = "streams"))]
    const STREAM_CODES: &[&str] = &[];
    CODES.iter().chain(STREAM_CODES).copied()
}
