//! Keys of encrypted tables.

use djamodb_core::schema::Encryption;

const KMS_ARN_PREFIX: &str = "arn:aws:kms:memory:000000000000:";

/// Returns an encryption as the service describes it: by the ARN of the key, unless that is an AWS owned key.
///
/// There are no keys in memory, so that an alias is described by its own ARN, and not by that of its key.
pub(crate) fn described(encryption: &Encryption) -> Encryption {
    match encryption {
        Encryption::AwsOwned => Encryption::AwsOwned,
        Encryption::AwsManaged => customer_managed("alias/aws/dynamodb"),
        Encryption::CustomerManaged(key) => customer_managed(key),
    }
}

fn customer_managed(key: &str) -> Encryption {
    Encryption::CustomerManaged(if key.starts_with("arn:") {
        key.to_owned()
    } else if key.starts_with("alias/") {
        format!("{KMS_ARN_PREFIX}{key}")
    } else {
        format!("{KMS_ARN_PREFIX}key/{key}")
    })
}
