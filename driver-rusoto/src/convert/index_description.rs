//! What an index is like now.

use djamodb_core::plan::{IndexDescription, IndexStatus};
use rusoto_dynamodb::{GlobalSecondaryIndexDescription, LocalSecondaryIndexDescription};

use super::{Unreadable, index, number};

/// The state of an index on its way out.
pub(super) const DELETING: &str = "DELETING";

pub(crate) fn global_from_rusoto(index: &GlobalSecondaryIndexDescription) -> Result<IndexDescription, Unreadable> {
    Ok(IndexDescription {
        name: index::named(index.index_name.clone())?,
        arn: index.index_arn.clone(),
        status: index.index_status.as_deref().map(status_from_rusoto).transpose()?,
        backfilling: index.backfilling.unwrap_or_default(),
        item_count: number::to_u64(index.item_count),
        size_bytes: number::to_u64(index.index_size_bytes),
    })
}

/// A local index, which is there for as long as its table is: it has no state of its own.
pub(crate) fn local_from_rusoto(index: &LocalSecondaryIndexDescription) -> Result<IndexDescription, Unreadable> {
    Ok(IndexDescription {
        name: index::named(index.index_name.clone())?,
        arn: index.index_arn.clone(),
        status: None,
        backfilling: false,
        item_count: number::to_u64(index.item_count),
        size_bytes: number::to_u64(index.index_size_bytes),
    })
}

fn status_from_rusoto(status: &str) -> Result<IndexStatus, Unreadable> {
    match status {
        "CREATING" => Ok(IndexStatus::Creating),
        "ACTIVE" => Ok(IndexStatus::Active),
        "UPDATING" => Ok(IndexStatus::Updating),
        DELETING => Ok(IndexStatus::Deleting),
        other => Err(Unreadable::unknown("index status", other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_global_index_has_a_state_of_its_own() {
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
            };
            assert_eq!(global_from_rusoto(&index), Ok(described));
        }
        let unknown = GlobalSecondaryIndexDescription {
            index_name: Some("by_kind".into()),
            index_status: Some("RESTING".into()),
            ..GlobalSecondaryIndexDescription::default()
        };
        assert!(global_from_rusoto(&unknown).unwrap_err().to_string().contains("index status `RESTING`"));
    }

    #[test]
    fn a_local_index_has_none() {
        let index = LocalSecondaryIndexDescription { index_name: Some("by_temperature".into()), ..Default::default() };
        let described = local_from_rusoto(&index).unwrap();
        assert_eq!((described.status, described.backfilling, described.item_count), (None, false, 0));
        assert!(local_from_rusoto(&LocalSecondaryIndexDescription::default()).is_err());
    }
}
