//! Encryption of tables.

use djamodb_core::plan::EncryptionStatus;
use djamodb_core::schema::Encryption;
use rusoto_dynamodb::{SSEDescription, SSESpecification};

use super::InvalidResponse;

pub(crate) fn to_rusoto(encryption: Encryption) -> SSESpecification {
    let (enabled, kms_master_key_id) = match encryption {
        Encryption::AwsOwned => (false, None),
        Encryption::AwsManaged => (true, None),
        Encryption::CustomerManaged(key) => (true, Some(key)),
    };
    SSESpecification { enabled: Some(enabled), kms_master_key_id, sse_type: enabled.then(|| "KMS".to_owned()) }
}

/// Converts the encryption of a table and its status. Without a description, the key is an AWS owned one.
pub(crate) fn from_rusoto(
    description: Option<SSEDescription>,
) -> Result<(Encryption, Option<EncryptionStatus>), InvalidResponse> {
    let Some(description) = description else { return Ok((Encryption::AwsOwned, None)) };
    let status = description.status.as_deref().map(status_from_name).transpose()?;
    Ok((EncryptionStatus::encryption(status, description.kms_master_key_arn), status))
}

fn status_from_name(name: &str) -> Result<EncryptionStatus, InvalidResponse> {
    EncryptionStatus::from_name(name).ok_or_else(|| InvalidResponse::unknown("encryption status", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specification_names_the_key_and_its_type() {
        let specification = |enabled, key: Option<&str>, sse_type: Option<&str>| SSESpecification {
            enabled: Some(enabled),
            kms_master_key_id: key.map(str::to_owned),
            sse_type: sse_type.map(str::to_owned),
        };
        assert_eq!(to_rusoto(Encryption::AwsOwned), specification(false, None, None));
        assert_eq!(to_rusoto(Encryption::AwsManaged), specification(true, None, Some("KMS")));
        let key = Encryption::CustomerManaged("alias/orders".into());
        assert_eq!(to_rusoto(key), specification(true, Some("alias/orders"), Some("KMS")));
    }

    #[test]
    fn a_description_names_the_key_and_its_status() {
        let described = |status: &str, arn: Option<&str>| {
            let (status, kms_master_key_arn) = (Some(status.to_owned()), arn.map(str::to_owned));
            from_rusoto(Some(SSEDescription { status, kms_master_key_arn, ..SSEDescription::default() }))
        };
        let key = Encryption::CustomerManaged("arn:key".into());
        assert_eq!(from_rusoto(None), Ok((Encryption::AwsOwned, None)));
        for (status, arn, encryption, expected) in [
            ("ENABLED", Some("arn:key"), &key, EncryptionStatus::Enabled),
            ("UPDATING", Some("arn:key"), &key, EncryptionStatus::Updating),
            ("UPDATING", None, &Encryption::AwsOwned, EncryptionStatus::Updating),
            ("ENABLING", None, &Encryption::AwsOwned, EncryptionStatus::Enabling),
            ("DISABLING", Some("arn:key"), &key, EncryptionStatus::Disabling),
            ("DISABLED", Some("arn:key"), &Encryption::AwsOwned, EncryptionStatus::Disabled),
            ("ENABLED", None, &Encryption::AwsManaged, EncryptionStatus::Enabled),
        ] {
            assert_eq!(described(status, arn), Ok((encryption.clone(), Some(expected))));
        }
        let unknown = described("BROKEN", None).unwrap_err();
        assert!(unknown.to_string().contains("encryption status `BROKEN`"), "{unknown}");
    }
}
