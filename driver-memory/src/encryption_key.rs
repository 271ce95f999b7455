//! Keys of encrypted tables.

use djamodb_core::schema::Encryption;

use crate::arns::Arns;

/// Returns an encryption as the service describes it: by the ARN of the key, unless that is an AWS owned key.
///
/// There are no keys in memory, so that an alias is described by its own ARN, and not by that of its key.
pub(crate) fn described(encryption: &Encryption, arns: &Arns) -> Encryption {
    match encryption {
        Encryption::AwsOwned => Encryption::AwsOwned,
        Encryption::AwsManaged => customer_managed("alias/aws/dynamodb", arns),
        Encryption::CustomerManaged(key) => customer_managed(key, arns),
    }
}

fn customer_managed(key: &str, arns: &Arns) -> Encryption {
    Encryption::CustomerManaged(if key.starts_with("arn:") {
        key.to_owned()
    } else if key.starts_with("alias/") {
        arns.key(key)
    } else {
        arns.key(&format!("key/{key}"))
    })
}
