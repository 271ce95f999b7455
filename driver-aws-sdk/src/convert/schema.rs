//! Billing, throughput, class, streams and tags of a table.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    BillingMode, ProvisionedThroughput, ProvisionedThroughputDescription, StreamSpecification, StreamViewType,
    TableClass as SdkTableClass, TableClassSummary, Tag as SdkTag,
};
use djamodb_core::schema::{Billing, StreamView, TableClass, Tag, Throughput};

use super::{InvalidResponse, number};

pub(crate) fn throughput_to_sdk(throughput: Throughput) -> Result<ProvisionedThroughput, BuildError> {
    ProvisionedThroughput::builder()
        .read_capacity_units(number::to_i64(throughput.read_units))
        .write_capacity_units(number::to_i64(throughput.write_units))
        .build()
}

pub(crate) fn throughput_from_sdk(throughput: Option<ProvisionedThroughputDescription>) -> Option<Throughput> {
    let throughput = throughput?;
    Some(Throughput {
        read_units: number::to_u64(throughput.read_capacity_units?),
        write_units: number::to_u64(throughput.write_capacity_units?),
    })
}

/// Returns the billing mode and, for `PROVISIONED`, the throughput.
pub(crate) fn billing_to_sdk(billing: Billing) -> Result<(BillingMode, Option<ProvisionedThroughput>), BuildError> {
    Ok(match billing {
        Billing::PayPerRequest => (BillingMode::PayPerRequest, None),
        Billing::Provisioned(throughput) => (BillingMode::Provisioned, Some(throughput_to_sdk(throughput)?)),
    })
}

/// Converts the billing of a table.
///
/// Without a billing mode, a throughput of at least 1 unit means `PROVISIONED`, and none or 0 means `PAY_PER_REQUEST`.
pub(crate) fn billing_from_sdk(
    mode: Option<BillingMode>,
    throughput: Option<ProvisionedThroughputDescription>,
) -> Result<Billing, InvalidResponse> {
    let throughput = throughput_from_sdk(throughput);
    match (mode, throughput) {
        (Some(BillingMode::PayPerRequest), _) | (None, None | Some(Throughput { read_units: 0, write_units: 0 })) => {
            Ok(Billing::PayPerRequest)
        }
        (None | Some(BillingMode::Provisioned), Some(throughput)) => Ok(Billing::Provisioned(throughput)),
        (Some(BillingMode::Provisioned), None) => Err(InvalidResponse::Missing("throughput of the table")),
        (Some(other), _) => Err(InvalidResponse::unknown("billing mode", other.as_str())),
    }
}

pub(crate) fn class_to_sdk(class: TableClass) -> SdkTableClass {
    match class {
        TableClass::Standard => SdkTableClass::Standard,
        TableClass::StandardInfrequentAccess => SdkTableClass::StandardInfrequentAccess,
    }
}

/// Converts the class of a table. Without one, the table has the default class.
pub(crate) fn class_from_sdk(summary: Option<TableClassSummary>) -> Result<TableClass, InvalidResponse> {
    match summary.and_then(|summary| summary.table_class) {
        None | Some(SdkTableClass::Standard) => Ok(TableClass::Standard),
        Some(SdkTableClass::StandardInfrequentAccess) => Ok(TableClass::StandardInfrequentAccess),
        Some(other) => Err(InvalidResponse::unknown("table class", other.as_str())),
    }
}

pub(crate) fn stream_to_sdk(view: StreamView) -> Result<StreamSpecification, BuildError> {
    let view = match view {
        StreamView::KeysOnly => StreamViewType::KeysOnly,
        StreamView::NewImage => StreamViewType::NewImage,
        StreamView::OldImage => StreamViewType::OldImage,
        StreamView::NewAndOldImages => StreamViewType::NewAndOldImages,
    };
    StreamSpecification::builder().stream_enabled(true).stream_view_type(view).build()
}

/// Returns the specification that disables a stream.
pub(crate) fn disabled_stream_to_sdk() -> Result<StreamSpecification, BuildError> {
    StreamSpecification::builder().stream_enabled(false).build()
}

pub(crate) fn stream_from_sdk(stream: Option<StreamSpecification>) -> Result<Option<StreamView>, InvalidResponse> {
    match stream.filter(|stream| stream.stream_enabled).map(|stream| stream.stream_view_type) {
        None => Ok(None),
        Some(Some(StreamViewType::KeysOnly)) => Ok(Some(StreamView::KeysOnly)),
        Some(Some(StreamViewType::NewImage)) => Ok(Some(StreamView::NewImage)),
        Some(Some(StreamViewType::OldImage)) => Ok(Some(StreamView::OldImage)),
        Some(Some(StreamViewType::NewAndOldImages)) => Ok(Some(StreamView::NewAndOldImages)),
        Some(Some(other)) => Err(InvalidResponse::unknown("stream view", other.as_str())),
        Some(None) => Err(InvalidResponse::Missing("view of the stream")),
    }
}

/// Returns `None` if there are no tags, because the service rejects an empty list.
pub(crate) fn tags_to_sdk(tags: Vec<Tag>) -> Result<Option<Vec<SdkTag>>, BuildError> {
    if tags.is_empty() {
        return Ok(None);
    }
    tags.into_iter()
        .map(|tag| SdkTag::builder().key(tag.key).value(tag.value).build())
        .collect::<Result<_, _>>()
        .map(Some)
}

pub(crate) fn tags_from_sdk(tags: Vec<SdkTag>) -> Vec<Tag> {
    tags.into_iter().map(|tag| Tag { key: tag.key, value: tag.value }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(units: i64) -> ProvisionedThroughputDescription {
        ProvisionedThroughputDescription::builder().read_capacity_units(units).write_capacity_units(units).build()
    }

    #[test]
    fn billing_is_derived_from_mode_or_throughput() {
        let five = Ok(Billing::Provisioned(Throughput { read_units: 5, write_units: 5 }));
        assert_eq!(billing_from_sdk(None, Some(described(5))), five);
        assert_eq!(billing_from_sdk(Some(BillingMode::Provisioned), Some(described(5))), five);
        for (mode, units) in [(Some(BillingMode::PayPerRequest), 0), (Some(BillingMode::PayPerRequest), 5), (None, 0)] {
            assert_eq!(billing_from_sdk(mode, Some(described(units))), Ok(Billing::PayPerRequest));
        }
        assert_eq!(billing_from_sdk(None, None), Ok(Billing::PayPerRequest));
    }

    #[test]
    fn table_classes_round_trip() {
        let summary = |class: SdkTableClass| Some(TableClassSummary::builder().table_class(class).build());
        for class in [TableClass::Standard, TableClass::StandardInfrequentAccess] {
            assert_eq!(class_from_sdk(summary(class_to_sdk(class))), Ok(class));
            assert_eq!(class_to_sdk(class).as_str(), class.to_string());
        }
        assert_eq!(class_from_sdk(None), Ok(TableClass::Standard));
        let unknown = class_from_sdk(summary(SdkTableClass::from("GLACIAL"))).unwrap_err();
        assert!(unknown.to_string().contains("table class `GLACIAL`"), "{unknown}");
    }

    #[test]
    fn stream_views_round_trip() {
        for view in [StreamView::KeysOnly, StreamView::NewImage, StreamView::OldImage, StreamView::NewAndOldImages] {
            assert_eq!(stream_from_sdk(Some(stream_to_sdk(view).unwrap())), Ok(Some(view)));
        }
        assert_eq!(stream_from_sdk(Some(disabled_stream_to_sdk().unwrap())), Ok(None));
    }
}
