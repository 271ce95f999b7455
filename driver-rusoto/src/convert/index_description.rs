//! Status and size of secondary indexes.

use djamodb_core::plan::{IndexDescription, IndexStatus};
use rusoto_dynamodb::{GlobalSecondaryIndexDescription, LocalSecondaryIndexDescription};

use super::index::{DELETING, index_name};
use super::{InvalidResponse, number};

/// Converts the descriptions of all indexes, local indexes first.
pub(crate) fn all_from_rusoto(
    local: &[LocalSecondaryIndexDescription],
    global: &[GlobalSecondaryIndexDescription],
) -> Result<Vec<IndexDescription>, InvalidResponse> {
    local.iter().map(local_from_rusoto).chain(global.iter().map(global_from_rusoto)).collect()
}

fn global_from_rusoto(index: &GlobalSecondaryIndexDescription) -> Result<IndexDescription, InvalidResponse> {
    Ok(IndexDescription {
        name: index_name(index.index_name.clone())?,
        arn: index.index_arn.clone(),
        status: index.index_status.as_deref().map(status_from_rusoto).transpose()?,
        backfilling: index.backfilling.unwrap_or_default(),
        item_count: number::to_u64(index.item_count),
        size_bytes: number::to_u64(index.index_size_bytes),
        warm_throughput: None,
    })
}

/// Converts a local index, which has no status of its own because it exists as long as its table.
fn local_from_rusoto(index: &LocalSecondaryIndexDescription) -> Result<IndexDescription, InvalidResponse> {
    Ok(IndexDescription {
        name: index_name(index.index_name.clone())?,
        arn: index.index_arn.clone(),
        status: None,
        backfilling: false,
        item_count: number::to_u64(index.item_count),
        size_bytes: number::to_u64(index.index_size_bytes),
        warm_throughput: None,
    })
}

fn status_from_rusoto(status: &str) -> Result<IndexStatus, InvalidResponse> {
    match status {
        "CREATING" => Ok(IndexStatus::Creating),
        "ACTIVE" => Ok(IndexStatus::Active),
        "UPDATING" => Ok(IndexStatus::Updating),
        DELETING => Ok(IndexStatus::Deleting),
        other => Err(InvalidResponse::unknown("index status", other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_status_of_a_global_index() {
        for (status, expected) in [
            ("CREATING", IndexStatus::Creating),
            ("ACTIVE", IndexStatus::Active),
            ("UPDATING", IndexStatus::Updating),
            ("DELETING", IndexStatus::Deleting),
        ] {
            let index = GlobalSecondaryIndexDescription {
                index_name: Some("by_kind".into()),
                index_arn: Some("arn".into()),
                index_status: Some(status.into()),
                backfilling: Some(true),
                item_count: Some(3),
                index_size_bytes: Some(99),
                ..GlobalSecondaryIndexDescription::default()
            };
            let described = IndexDescription {
                name: "by_kind".into(),
                arn: Some("arn".into()),
                status: Some(expected),
                backfilling: true,
                item_count: 3,
                size_bytes: 99,
                warm_throughput: None,
            };
            assert_eq!(global_from_rusoto(&index), Ok(described));
        }
        let unknown = GlobalSecondaryIndexDescription {
            index_name: Some("by_kind".into()),
            index_status: Some("UNHEARD_OF".into()),
            ..GlobalSecondaryIndexDescription::default()
        };
        assert!(global_from_rusoto(&unknown).unwrap_err().to_string().contains("index status `UNHEARD_OF`"));
    }

    #[test]
    fn a_local_index_has_no_status() {
        let index = LocalSecondaryIndexDescription { index_name: Some("by_temperature".into()), ..Default::default() };
        let described = local_from_rusoto(&index).unwrap();
        assert_eq!((described.status, described.backfilling, described.item_count), (None, false, 0));
        assert!(local_from_rusoto(&LocalSecondaryIndexDescription::default()).is_err());
    }
}
