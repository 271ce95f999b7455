//! Operations of DynamoDB that djamodb knows by name only and that no driver executes.

use std::convert::Infallible;
use std::fmt;

use super::{Operation, Output};

macro_rules! unsupported {
    ($($operation:ident),+ $(,)?) => {
        /// An operation of DynamoDB that no driver executes. [`Capability::check`](crate::driver::Capability::check) refuses it with
        /// [`DriverErrorKind::Unsupported`](crate::driver::DriverErrorKind::Unsupported) and names it.
        ///
        /// See the [actions of the API](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html).
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Unsupported {
            $(
                #[doc = concat!("`", stringify!($operation), "`.")]
                $operation,
            )+
        }

        impl Unsupported {
            /// All unsupported operations.
            pub const ALL: &[Self] = &[$(Self::$operation),+];

            /// Returns the name of the operation in DynamoDB's API.
            pub const fn operation(self) -> &'static str {
                match self {
                    $(Self::$operation => stringify!($operation),)+
                }
            }
        }
    };
}

unsupported! {
    // PartiQL.
    ExecuteStatement,
    BatchExecuteStatement,
    ExecuteTransaction,
    // Backups and restore.
    CreateBackup,
    DeleteBackup,
    DescribeBackup,
    ListBackups,
    RestoreTableFromBackup,
    RestoreTableToPointInTime,
    // Import and export.
    ImportTable,
    DescribeImport,
    ListImports,
    ExportTableToPointInTime,
    DescribeExport,
    ListExports,
    // Global tables.
    CreateGlobalTable,
    DescribeGlobalTable,
    DescribeGlobalTableSettings,
    ListGlobalTables,
    UpdateGlobalTable,
    UpdateGlobalTableSettings,
    DescribeTableReplicaAutoScaling,
    UpdateTableReplicaAutoScaling,
    // Reports to other services.
    DescribeContributorInsights,
    ListContributorInsights,
    UpdateContributorInsights,
    DescribeKinesisStreamingDestination,
    EnableKinesisStreamingDestination,
    DisableKinesisStreamingDestination,
    UpdateKinesisStreamingDestination,
    // Vector search.
    SearchVectors,
}

/// The operation has no output, because it is never executed.
impl Operation for Unsupported {
    type Output = Infallible;

    const NAME: &'static str = "an operation that is not supported";

    fn output(output: Output) -> Result<Infallible, &'static str> {
        Err(output.operation())
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation())
    }
}
