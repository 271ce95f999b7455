//! Statuses of tables and of global indexes.

use aws_sdk_dynamodb::types::{IndexStatus as SdkIndexStatus, TableStatus as SdkTableStatus};
use djamodb_core::plan::{IndexStatus, TableStatus};

use super::InvalidResponse;

pub(super) fn table_from_sdk(status: Option<SdkTableStatus>) -> Result<TableStatus, InvalidResponse> {
    match status.ok_or(InvalidResponse::Missing("status of the table"))? {
        SdkTableStatus::Creating => Ok(TableStatus::Creating),
        SdkTableStatus::Active => Ok(TableStatus::Active),
        SdkTableStatus::Updating => Ok(TableStatus::Updating),
        SdkTableStatus::Deleting => Ok(TableStatus::Deleting),
        SdkTableStatus::InaccessibleEncryptionCredentials => Ok(TableStatus::InaccessibleEncryptionCredentials),
        SdkTableStatus::Archiving => Ok(TableStatus::Archiving),
        SdkTableStatus::Archived => Ok(TableStatus::Archived),
        SdkTableStatus::ReplicationNotAuthorized => Ok(TableStatus::ReplicationNotAuthorized),
        other => Err(InvalidResponse::unknown("table status", other.as_str())),
    }
}

pub(super) fn index_from_sdk(status: &SdkIndexStatus) -> Result<IndexStatus, InvalidResponse> {
    match status {
        SdkIndexStatus::Creating => Ok(IndexStatus::Creating),
        SdkIndexStatus::Active => Ok(IndexStatus::Active),
        SdkIndexStatus::Updating => Ok(IndexStatus::Updating),
        SdkIndexStatus::Deleting => Ok(IndexStatus::Deleting),
        other => Err(InvalidResponse::unknown("index status", other.as_str())),
    }
}
