//! Status and size of secondary indexes.

use aws_sdk_dynamodb::types::{GlobalSecondaryIndexDescription, LocalSecondaryIndexDescription};
use djamodb_core::plan::IndexDescription;

use super::index::index_name;
use super::{InvalidResponse, number, status, throughput};

/// Converts the descriptions of all indexes, local indexes first.
pub(crate) fn all_from_sdk(
    local: &[LocalSecondaryIndexDescription],
    global: &[GlobalSecondaryIndexDescription],
) -> Result<Vec<IndexDescription>, InvalidResponse> {
    let local = local.iter().map(|index| {
        Ok(IndexDescription {
            name: index_name(index.index_name.clone())?,
            arn: index.index_arn.clone(),
            status: None,
            backfilling: false,
            item_count: index.item_count.map(number::to_u64).unwrap_or_default(),
            size_bytes: index.index_size_bytes.map(number::to_u64).unwrap_or_default(),
            warm_throughput: None,
        })
    });
    let global = global.iter().map(|index| {
        Ok(IndexDescription {
            name: index_name(index.index_name.clone())?,
            arn: index.index_arn.clone(),
            status: index.index_status.as_ref().map(status::index_from_sdk).transpose()?,
            backfilling: index.backfilling.unwrap_or_default(),
            item_count: index.item_count.map(number::to_u64).unwrap_or_default(),
            size_bytes: index.index_size_bytes.map(number::to_u64).unwrap_or_default(),
            warm_throughput: throughput::warm_of_index_from_sdk(index.warm_throughput.as_ref())?,
        })
    });
    local.chain(global).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::{GlobalSecondaryIndexWarmThroughputDescription, IndexStatus as SdkStatus};
    use djamodb_core::plan::{IndexStatus, WarmThroughputDescription};

    use super::*;

    #[test]
    fn local_indexes_come_first() {
        let local = LocalSecondaryIndexDescription::builder().index_name("local").item_count(2).build();
        let warm_throughput = GlobalSecondaryIndexWarmThroughputDescription::builder()
            .read_units_per_second(12_000)
            .write_units_per_second(4_000)
            .status(SdkStatus::Updating)
            .build();
        let global = |status| {
            GlobalSecondaryIndexDescription::builder()
                .index_name("global")
                .index_arn("arn")
                .index_status(status)
                .backfilling(true)
                .index_size_bytes(99)
                .warm_throughput(warm_throughput.clone())
                .build()
        };
        let expected = [
            IndexDescription {
                name: "local".into(),
                arn: None,
                status: None,
                backfilling: false,
                item_count: 2,
                size_bytes: 0,
                warm_throughput: None,
            },
            IndexDescription {
                name: "global".into(),
                arn: Some("arn".into()),
                status: Some(IndexStatus::Creating),
                backfilling: true,
                item_count: 0,
                size_bytes: 99,
                warm_throughput: Some(WarmThroughputDescription {
                    read_units: 12_000,
                    write_units: 4_000,
                    status: IndexStatus::Updating,
                }),
            },
        ];
        assert_eq!(all_from_sdk(std::slice::from_ref(&local), &[global(SdkStatus::Creating)]).unwrap(), expected);
        let message = all_from_sdk(&[local], &[global("UNHEARD_OF".into())]).unwrap_err().to_string();
        assert!(message.contains("index status `UNHEARD_OF`"), "{message}");
    }
}
