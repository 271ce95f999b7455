//! The errors that rusoto knows of each operation.

use rusoto_dynamodb::{
    BatchGetItemError, BatchWriteItemError, CreateTableError, DeleteItemError, DeleteTableError, DescribeTableError,
    GetItemError, ListTablesError, PutItemError, QueryError, ScanError, TagResourceError, UpdateContinuousBackupsError,
    UpdateItemError, UpdateTimeToLiveError,
};

/// An error that the service has a name for.
pub(crate) trait Refusal {
    /// The service's name, without `Exception` at its end, and its message.
    fn into_parts(self) -> (&'static str, String);
}

macro_rules! refusals {
    ($($error:ident: $($code:ident),+;)+) => {
        $(
            impl Refusal for $error {
                fn into_parts(self) -> (&'static str, String) {
                    match self {
                        $(Self::$code(message) => (stringify!($code), message),)+
                    }
                }
            }
        )+

        /// Each name once for each operation that has it.
        #[cfg(test)]
        pub(super) const CODES: &[&str] = &[$($(stringify!($code),)+)+];
    };
}

refusals! {
    BatchGetItemError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    BatchWriteItemError: InternalServerError, ItemCollectionSizeLimitExceeded, ProvisionedThroughputExceeded,
        RequestLimitExceeded, ResourceNotFound;
    CreateTableError: InternalServerError, LimitExceeded, ResourceInUse;
    DeleteItemError: ConditionalCheckFailed, InternalServerError, ItemCollectionSizeLimitExceeded,
        ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound, TransactionConflict;
    DeleteTableError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
    DescribeTableError: InternalServerError, ResourceNotFound;
    GetItemError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    ListTablesError: InternalServerError;
    PutItemError: ConditionalCheckFailed, InternalServerError, ItemCollectionSizeLimitExceeded,
        ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound, TransactionConflict;
    QueryError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    ScanError: InternalServerError, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound;
    TagResourceError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
    UpdateContinuousBackupsError: ContinuousBackupsUnavailable, InternalServerError, TableNotFound;
    UpdateItemError: ConditionalCheckFailed, InternalServerError, ItemCollectionSizeLimitExceeded,
        ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound, TransactionConflict;
    UpdateTimeToLiveError: InternalServerError, LimitExceeded, ResourceInUse, ResourceNotFound;
}
