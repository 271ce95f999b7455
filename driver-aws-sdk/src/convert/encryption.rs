//! Encryption of tables.

use aws_sdk_dynamodb::types::{SseDescription, SseSpecification, SseType};
use djamodb_core::plan::EncryptionStatus;
use djamodb_core::schema::Encryption;

use super::InvalidResponse;

pub(crate) fn to_sdk(encryption: Encryption) -> SseSpecification {
    let builder = SseSpecification::builder();
    match encryption {
        Encryption::AwsOwned => builder.enabled(false),
        Encryption::AwsManaged => builder.enabled(true).sse_type(SseType::Kms),
        Encryption::CustomerManaged(key) => builder.enabled(true).sse_type(SseType::Kms).kms_master_key_id(key),
    }
    .build()
}

/// Converts the encryption of a table and its status. Without a description, the key is an AWS owned one.
pub(crate) fn from_sdk(
    description: Option<SseDescription>,
) -> Result<(Encryption, Option<EncryptionStatus>), InvalidResponse> {
    let Some(description) = description else { return Ok((Encryption::AwsOwned, None)) };
    let status = description.status.map(|status| status_from_name(status.as_str())).transpose()?;
    Ok((EncryptionStatus::encryption(status, description.kms_master_key_arn), status))
}

fn status_from_name(name: &str) -> Result<EncryptionStatus, InvalidResponse> {
    EncryptionStatus::from_name(name).ok_or_else(|| InvalidResponse::unknown("encryption status", name))
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::SseStatus;

    use super::*;

    fn described(
        status: SseStatus,
        arn: Option<&str>,
    ) -> Result<(Encryption, Option<EncryptionStatus>), InvalidResponse> {
        let arn = arn.map(str::to_owned);
        from_sdk(Some(SseDescription::builder().status(status).set_kms_master_key_arn(arn).build()))
    }

    #[test]
    fn a_specification_names_the_key_and_its_type() {
        let owned = to_sdk(Encryption::AwsOwned);
        assert_eq!((owned.enabled, owned.sse_type, owned.kms_master_key_id), (Some(false), None, None));
        let managed = to_sdk(Encryption::AwsManaged);
        assert_eq!(
            (managed.enabled, managed.sse_type, managed.kms_master_key_id),
            (Some(true), Some(SseType::Kms), None)
        );
        let own = to_sdk(Encryption::CustomerManaged("alias/orders".into()));
        assert_eq!((own.sse_type, own.kms_master_key_id.as_deref()), (Some(SseType::Kms), Some("alias/orders")));
    }

    #[test]
    fn a_description_names_the_key_and_its_status() {
        let arn = Some("arn:aws:kms:eu-west-2:123456789012:key/1234");
        let key = Encryption::CustomerManaged("arn:aws:kms:eu-west-2:123456789012:key/1234".into());
        assert_eq!(from_sdk(None), Ok((Encryption::AwsOwned, None)));
        for (status, arn, encryption, expected) in [
            (SseStatus::Enabled, arn, &key, EncryptionStatus::Enabled),
            (SseStatus::Updating, arn, &key, EncryptionStatus::Updating),
            (SseStatus::Updating, None, &Encryption::AwsOwned, EncryptionStatus::Updating),
            (SseStatus::Enabling, None, &Encryption::AwsOwned, EncryptionStatus::Enabling),
            (SseStatus::Disabling, arn, &key, EncryptionStatus::Disabling),
            (SseStatus::Disabled, arn, &Encryption::AwsOwned, EncryptionStatus::Disabled),
            (SseStatus::Enabled, None, &Encryption::AwsManaged, EncryptionStatus::Enabled),
        ] {
            assert_eq!(described(status, arn), Ok((encryption.clone(), Some(expected))));
        }
        let unknown = described(SseStatus::from("BROKEN"), None).unwrap_err();
        assert!(unknown.to_string().contains("encryption status `BROKEN`"), "{unknown}");
    }
}
