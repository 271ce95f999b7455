//! Billing, throughput, streams and tags of a table.

use djamodb_core::schema::{Billing, StreamView, Tag, Throughput};
use rusoto_dynamodb::{ProvisionedThroughput, ProvisionedThroughputDescription, StreamSpecification, Tag as RusotoTag};

use super::{InvalidResponse, number};

const PAY_PER_REQUEST: &str = "PAY_PER_REQUEST";
const PROVISIONED: &str = "PROVISIONED";

const KEYS_ONLY: &str = "KEYS_ONLY";
const NEW_IMAGE: &str = "NEW_IMAGE";
const OLD_IMAGE: &str = "OLD_IMAGE";
const NEW_AND_OLD_IMAGES: &str = "NEW_AND_OLD_IMAGES";

/// Returns the billing mode and, for `PROVISIONED`, the throughput.
pub(crate) fn billing_to_rusoto(billing: Billing) -> (Option<String>, Option<ProvisionedThroughput>) {
    match billing {
        Billing::PayPerRequest => (Some(PAY_PER_REQUEST.to_owned()), None),
        Billing::Provisioned(throughput) => (Some(PROVISIONED.to_owned()), Some(throughput_to_rusoto(throughput))),
    }
}

pub(crate) fn throughput_to_rusoto(throughput: Throughput) -> ProvisionedThroughput {
    ProvisionedThroughput {
        read_capacity_units: number::to_long(throughput.read_units),
        write_capacity_units: number::to_long(throughput.write_units),
    }
}

pub(crate) fn throughput_from_rusoto(throughput: Option<ProvisionedThroughputDescription>) -> Option<Throughput> {
    match throughput? {
        ProvisionedThroughputDescription { read_capacity_units: None, .. }
        | ProvisionedThroughputDescription { write_capacity_units: None, .. } => None,
        throughput => Some(Throughput {
            read_units: number::to_u64(throughput.read_capacity_units),
            write_units: number::to_u64(throughput.write_capacity_units),
        }),
    }
}

/// Converts the billing of a table.
///
/// Without a billing mode, a throughput of at least 1 unit means `PROVISIONED`, and none or 0 means `PAY_PER_REQUEST`.
pub(crate) fn billing_from_rusoto(
    mode: Option<&str>,
    throughput: Option<ProvisionedThroughputDescription>,
) -> Result<Billing, InvalidResponse> {
    let throughput = throughput_from_rusoto(throughput);
    match (mode, throughput) {
        (Some(PAY_PER_REQUEST), _) | (None, None | Some(Throughput { read_units: 0, write_units: 0 })) => {
            Ok(Billing::PayPerRequest)
        }
        (None | Some(PROVISIONED), Some(throughput)) => Ok(Billing::Provisioned(throughput)),
        (Some(PROVISIONED), None) => Err(InvalidResponse::Missing("throughput of the table")),
        (Some(other), _) => Err(InvalidResponse::unknown("billing mode", other)),
    }
}

pub(crate) fn stream_to_rusoto(view: StreamView) -> StreamSpecification {
    let view = match view {
        StreamView::KeysOnly => KEYS_ONLY,
        StreamView::NewImage => NEW_IMAGE,
        StreamView::OldImage => OLD_IMAGE,
        StreamView::NewAndOldImages => NEW_AND_OLD_IMAGES,
    };
    StreamSpecification { stream_enabled: true, stream_view_type: Some(view.to_owned()) }
}

/// Returns the specification that disables a stream.
pub(crate) fn disabled_stream_to_rusoto() -> StreamSpecification {
    StreamSpecification { stream_enabled: false, stream_view_type: None }
}

pub(crate) fn stream_from_rusoto(stream: Option<StreamSpecification>) -> Result<Option<StreamView>, InvalidResponse> {
    let stream = stream.filter(|stream| stream.stream_enabled);
    stream.map(|stream| view_from_rusoto(stream.stream_view_type.as_deref())).transpose()
}

pub(crate) fn view_from_rusoto(view: Option<&str>) -> Result<StreamView, InvalidResponse> {
    match view {
        Some(KEYS_ONLY) => Ok(StreamView::KeysOnly),
        Some(NEW_IMAGE) => Ok(StreamView::NewImage),
        Some(OLD_IMAGE) => Ok(StreamView::OldImage),
        Some(NEW_AND_OLD_IMAGES) => Ok(StreamView::NewAndOldImages),
        Some(other) => Err(InvalidResponse::unknown("stream view", other)),
        None => Err(InvalidResponse::Missing("view of the stream")),
    }
}

/// Returns `None` if there are no tags, because the service rejects an empty list.
pub(crate) fn tags_to_rusoto(tags: Vec<Tag>) -> Option<Vec<RusotoTag>> {
    let tag = |Tag { key, value }| RusotoTag { key, value };
    (!tags.is_empty()).then(|| tags.into_iter().map(tag).collect())
}

pub(crate) fn tags_from_rusoto(tags: Option<Vec<RusotoTag>>) -> Vec<Tag> {
    tags.unwrap_or_default().into_iter().map(|RusotoTag { key, value }| Tag { key, value }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn billed(mode: Option<&str>, units: i64) -> Result<Billing, InvalidResponse> {
        let throughput = ProvisionedThroughputDescription {
            read_capacity_units: Some(units),
            write_capacity_units: Some(units),
            ..ProvisionedThroughputDescription::default()
        };
        billing_from_rusoto(mode, Some(throughput))
    }

    #[test]
    fn billing_is_derived_from_mode_or_throughput() {
        let five = Ok(Billing::Provisioned(Throughput { read_units: 5, write_units: 5 }));
        assert_eq!(billed(None, 5), five);
        assert_eq!(billed(Some(PROVISIONED), 5), five);
        for (mode, units) in [(Some(PAY_PER_REQUEST), 0), (Some(PAY_PER_REQUEST), 5), (None, 0)] {
            assert_eq!(billed(mode, units), Ok(Billing::PayPerRequest));
        }
        assert_eq!(billing_from_rusoto(None, None), Ok(Billing::PayPerRequest));
        assert!(billing_from_rusoto(Some(PROVISIONED), None).is_err());
    }

    #[test]
    fn stream_views_round_trip() {
        for view in [StreamView::KeysOnly, StreamView::NewImage, StreamView::OldImage, StreamView::NewAndOldImages] {
            assert_eq!(stream_from_rusoto(Some(stream_to_rusoto(view))), Ok(Some(view)));
        }
        assert_eq!(stream_from_rusoto(Some(disabled_stream_to_rusoto())), Ok(None));
    }

    #[test]
    fn tags_round_trip() {
        let tags = vec![Tag::new("team", "blue"), Tag::new("empty", "")];
        assert_eq!(tags_from_rusoto(tags_to_rusoto(tags.clone())), tags);
        assert_eq!((tags_to_rusoto(vec![]), tags_from_rusoto(None)), (None, vec![]));
    }
}
