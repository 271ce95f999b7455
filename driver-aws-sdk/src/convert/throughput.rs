//! On-demand maximums and warm throughput of tables and global indexes.

use aws_sdk_dynamodb::types::{
    GlobalSecondaryIndexWarmThroughputDescription, OnDemandThroughput, TableWarmThroughputDescription,
    WarmThroughput as SdkWarmThroughput,
};
use djamodb_core::plan::{IndexStatus, OnDemandMaximumUpdate, TableStatus, UnitsUpdate, WarmThroughputDescription};
use djamodb_core::schema::{OnDemandMaximum, WarmThroughput};

use super::{InvalidResponse, number, status};

/// The value by which `UpdateTable` removes a maximum, and by which its response shows the removal.
const NO_MAXIMUM: i64 = -1;

/// Returns `None` for an update without changes, because the service fails on an empty object.
pub(crate) fn maximum_to_sdk(update: impl Into<OnDemandMaximumUpdate>) -> Option<OnDemandThroughput> {
    let update = update.into();
    let units = |update| match update {
        UnitsUpdate::Unchanged => None,
        UnitsUpdate::Set(units) => Some(number::to_i64(units)),
        UnitsUpdate::Remove => Some(NO_MAXIMUM),
    };
    (!update.is_unchanged()).then(|| {
        OnDemandThroughput::builder()
            .set_max_read_request_units(units(update.read_units))
            .set_max_write_request_units(units(update.write_units))
            .build()
    })
}

/// Converts the maximums of a table or an index. A maximum that was removed is none.
pub(crate) fn maximum_from_sdk(throughput: Option<OnDemandThroughput>) -> OnDemandMaximum {
    let units = |units: Option<i64>| units.and_then(|units| u64::try_from(units).ok());
    throughput.map_or(OnDemandMaximum::NONE, |throughput| OnDemandMaximum {
        read_units: units(throughput.max_read_request_units),
        write_units: units(throughput.max_write_request_units),
    })
}

/// Returns `None` for a warm throughput without values.
pub(crate) fn warm_to_sdk(throughput: WarmThroughput) -> Option<SdkWarmThroughput> {
    (throughput != WarmThroughput::UNSPECIFIED).then(|| {
        SdkWarmThroughput::builder()
            .set_read_units_per_second(throughput.read_units.map(number::to_i64))
            .set_write_units_per_second(throughput.write_units.map(number::to_i64))
            .build()
    })
}

pub(crate) fn warm_of_table_from_sdk(
    description: Option<TableWarmThroughputDescription>,
) -> Result<Option<WarmThroughputDescription<TableStatus>>, InvalidResponse> {
    let Some(TableWarmThroughputDescription { read_units_per_second, write_units_per_second, status, .. }) =
        description
    else {
        return Ok(None);
    };
    described(read_units_per_second, write_units_per_second, status, |of_table| status::table_from_sdk(Some(of_table)))
}

pub(crate) fn warm_of_index_from_sdk(
    description: Option<&GlobalSecondaryIndexWarmThroughputDescription>,
) -> Result<Option<WarmThroughputDescription<IndexStatus>>, InvalidResponse> {
    let Some(warm) = description else { return Ok(None) };
    described(warm.read_units_per_second, warm.write_units_per_second, warm.status.as_ref(), status::index_from_sdk)
}

/// Returns `None` unless the description is complete, because some servers that speak DynamoDB's API return parts of it.
fn described<S, T>(
    read: Option<i64>,
    write: Option<i64>,
    status: Option<S>,
    convert: impl FnOnce(S) -> Result<T, InvalidResponse>,
) -> Result<Option<WarmThroughputDescription<T>>, InvalidResponse> {
    let (Some(read), Some(write), Some(status)) = (read, write, status) else { return Ok(None) };
    Ok(Some(WarmThroughputDescription {
        read_units: number::to_u64(read),
        write_units: number::to_u64(write),
        status: convert(status)?,
    }))
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::TableStatus as SdkStatus;

    use super::*;

    #[test]
    fn removed_maximums_are_sent_and_described_as_minus_1() {
        let update = OnDemandMaximumUpdate { write_units: UnitsUpdate::Remove, ..OnDemandMaximum::read(20).into() };
        let sent = maximum_to_sdk(update).unwrap();
        assert_eq!((sent.max_read_request_units, sent.max_write_request_units), (Some(20), Some(-1)));
        assert_eq!(maximum_from_sdk(Some(sent)), OnDemandMaximum::read(20));
        assert_eq!(maximum_to_sdk(OnDemandMaximum::NONE), None);
        assert_eq!(maximum_from_sdk(None), OnDemandMaximum::NONE);
        assert_eq!(maximum_from_sdk(maximum_to_sdk(OnDemandMaximum::new(5, 6))), OnDemandMaximum::new(5, 6));
    }

    #[test]
    fn warm_throughput_is_described_with_its_status() {
        assert_eq!(warm_to_sdk(WarmThroughput::UNSPECIFIED), None);
        let sent = warm_to_sdk(WarmThroughput::read(13_000)).unwrap();
        assert_eq!((sent.read_units_per_second, sent.write_units_per_second), (Some(13_000), None));

        let description = |status| {
            let builder = TableWarmThroughputDescription::builder().read_units_per_second(13_000);
            builder.write_units_per_second(4_000).set_status(status).build()
        };
        let updating = warm_of_table_from_sdk(Some(description(Some(SdkStatus::Updating)))).unwrap().unwrap();
        assert_eq!(
            (updating.read_units, updating.write_units, updating.status),
            (13_000, 4_000, TableStatus::Updating)
        );
        assert_eq!(warm_of_table_from_sdk(Some(description(None))), Ok(None));
        let unknown = warm_of_table_from_sdk(Some(description(Some(SdkStatus::from("LUKEWARM"))))).unwrap_err();
        assert!(unknown.to_string().contains("table status `LUKEWARM`"), "{unknown}");
        assert_eq!(warm_of_index_from_sdk(None), Ok(None));
    }
}
