//! Streams, encryption, classes and tags of tables in requests.

use djamodb_core::plan::EncryptionStatus;
use djamodb_core::schema::{Encryption, StreamView, TableClass, Tag};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Element, Flag, List, Structure, Text, TypeName};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct StreamSpecification {
    stream_enabled: Option<Flag>,
    stream_view_type: Option<Text>,
}

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SseSpecification {
    enabled: Option<Flag>,
    #[serde(rename = "SSEType")]
    sse_type: Option<Text>,
    #[serde(rename = "KMSMasterKeyId")]
    kms_master_key_id: Option<Text>,
}

/// The `SSEDescription` of a table.
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SseDescription {
    status: Option<String>,
    #[serde(rename = "SSEType")]
    sse_type: Option<String>,
    #[serde(rename = "KMSMasterKeyArn")]
    kms_master_key_arn: Option<String>,
}

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentTag {
    key: Option<Text>,
    value: Option<Text>,
}

impl TypeName for StreamSpecification {
    const NAME: &'static str = "StreamSpecification";
}

impl TypeName for SseSpecification {
    const NAME: &'static str = "SSESpecification";
}

impl TypeName for SentTag {
    const NAME: &'static str = "Tag";
}

/// The views of a stream by their names, in the order in which the service lists them.
const VIEWS: [(&str, StreamView); 4] = [
    ("NEW_IMAGE", StreamView::NewImage),
    ("OLD_IMAGE", StreamView::OldImage),
    ("NEW_AND_OLD_IMAGES", StreamView::NewAndOldImages),
    ("KEYS_ONLY", StreamView::KeysOnly),
];

/// Reads a stream specification: `None` if there is none, and its view unless it disables the stream.
pub(crate) fn read_stream(
    specification: Option<Structure<StreamSpecification>>,
    violations: &mut Violations,
) -> Option<Result<Option<StreamView>, RequestError>> {
    let Structure(specification) = specification?;
    if specification.stream_enabled.is_none() {
        violations.null("streamSpecification.streamEnabled");
    }
    let view = violations.one_of("streamSpecification.streamViewType", specification.stream_view_type, &VIEWS);
    let is_enabled = specification.stream_enabled == Some(Flag(true));
    let invalid =
        |reason: &str| Err(RequestError::validation(format!("One or more parameter values were invalid: {reason}")));
    Some(match (is_enabled, view) {
        (true, Some(view)) => Ok(Some(view)),
        (false, None) => Ok(None),
        (true, None) => invalid("StreamEnabled is true, but StreamViewType is not specified"),
        (false, Some(_)) => invalid("StreamViewType is specified, but StreamEnabled is false"),
    })
}

/// Returns the specification of a stream. `None` disables it.
pub(crate) fn write_stream(view: Option<StreamView>) -> Structure<StreamSpecification> {
    Structure(StreamSpecification {
        stream_enabled: Some(Flag(view.is_some())),
        stream_view_type: view.map(|view| Text(view_name(view).to_owned())),
    })
}

pub(crate) fn view_name(view: StreamView) -> &'static str {
    VIEWS.iter().find(|(_, known)| *known == view).map_or("", |(name, _)| name)
}

pub(crate) fn view_of_name(name: &str) -> Option<StreamView> {
    VIEWS.iter().find(|(known, _)| *known == name).map(|(_, view)| *view)
}

/// Returns the view of a described stream.
pub(crate) fn described_stream(specification: Option<Structure<StreamSpecification>>) -> Option<StreamView> {
    view_of_name(&specification?.0.stream_view_type?.0)
}

/// Reads the encryption of a table.
pub(crate) fn read_encryption(
    specification: Option<Structure<SseSpecification>>,
    violations: &mut Violations,
) -> Result<Option<Encryption>, RequestError> {
    let Some(Structure(specification)) = specification else { return Ok(None) };
    let kind =
        violations.one_of("sSESpecification.sSEType", specification.sse_type, &[("AES256", false), ("KMS", true)]);
    let is_enabled = specification.enabled == Some(Flag(true));
    match (is_enabled, kind, specification.kms_master_key_id) {
        (true, Some(false), _) => {
            Err(RequestError::validation("One or more parameter values were invalid: SSEType AES256 is not supported"))
        }
        (true, _, None) => Ok(Some(Encryption::AwsManaged)),
        (true, _, Some(Text(key))) => Ok(Some(Encryption::CustomerManaged(key))),
        (false, None, None) => Ok(Some(Encryption::AwsOwned)),
        (false, _, Some(_)) => Err(RequestError::validation(
            "One or more parameter values were invalid: KMSMasterKeyId can only be specified when SSE is enabled",
        )),
        (false, Some(_), None) => Err(RequestError::validation(
            "One or more parameter values were invalid: SSEType cannot be specified when SSE is disabled",
        )),
    }
}

pub(crate) fn write_encryption(encryption: &Encryption) -> Structure<SseSpecification> {
    let kms = || Some(Text("KMS".to_owned()));
    Structure(match encryption {
        Encryption::AwsOwned => SseSpecification { enabled: Some(Flag(false)), ..SseSpecification::default() },
        Encryption::AwsManaged => {
            SseSpecification { enabled: Some(Flag(true)), sse_type: kms(), kms_master_key_id: None }
        }
        Encryption::CustomerManaged(key) => {
            SseSpecification { enabled: Some(Flag(true)), sse_type: kms(), kms_master_key_id: Some(Text(key.clone())) }
        }
    })
}

impl SseDescription {
    /// Returns the description of an encryption. A table with an AWS owned key has none, unless its encryption changes.
    pub(crate) fn new(encryption: &Encryption, status: Option<EncryptionStatus>) -> Option<Self> {
        let key = match encryption {
            Encryption::CustomerManaged(arn) => Some(arn.clone()),
            Encryption::AwsOwned | Encryption::AwsManaged => None,
        };
        let status = match (encryption, status) {
            (Encryption::AwsOwned, None) => return None,
            (_, Some(EncryptionStatus::Enabling)) => "ENABLING",
            (_, Some(EncryptionStatus::Disabling)) => "DISABLING",
            (_, Some(EncryptionStatus::Disabled)) => "DISABLED",
            (_, Some(EncryptionStatus::Updating)) => "UPDATING",
            (_, _) => "ENABLED",
        };
        Some(Self { status: Some(status.to_owned()), sse_type: Some("KMS".to_owned()), kms_master_key_arn: key })
    }

    pub(crate) fn read(self) -> (Encryption, Option<EncryptionStatus>) {
        let status = self.status.as_deref().and_then(EncryptionStatus::from_name);
        (EncryptionStatus::encryption(status, self.kms_master_key_arn), status)
    }
}

/// The classes of tables by their names.
const CLASSES: [(&str, TableClass); 2] =
    [("STANDARD", TableClass::Standard), ("STANDARD_INFREQUENT_ACCESS", TableClass::StandardInfrequentAccess)];

pub(crate) fn read_class(text: Option<Text>, violations: &mut Violations) -> Option<TableClass> {
    violations.one_of("tableClass", text, &CLASSES)
}

pub(crate) fn class_name(class: TableClass) -> &'static str {
    CLASSES.iter().find(|(_, known)| *known == class).map_or("", |(name, _)| name)
}

pub(crate) fn class_of_name(name: &str) -> Option<TableClass> {
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
}

/// Reads tags.
pub(crate) fn read_tags(tags: Option<List<Element<SentTag>>>, violations: &mut Violations) -> Vec<Tag> {
    let tags = tags.unwrap_or_default().0.into_iter().enumerate();
    tags.map(|(at, Element(tag))| {
        let path = format!("tags.{}.member", at + 1);
        let Text(key) = violations.required(&format!("{path}.key"), tag.key);
        let Text(value) = violations.required(&format!("{path}.value"), tag.value);
        Tag { key, value }
    })
    .collect()
}

pub(crate) fn write_tags(tags: &[Tag]) -> List<Element<SentTag>> {
    let tag = |tag: &Tag| Element(SentTag { key: Some(Text(tag.key.clone())), value: Some(Text(tag.value.clone())) });
    List(tags.iter().map(tag).collect())
}
