//! Encryption of tables at rest.

use std::fmt;

/// The key by which a table is encrypted at rest (`SSESpecification`).
///
/// See [SSESpecification](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html) and
/// [encryption at rest](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html). The key of a table
/// can be changed four times within 24 hours.
///
/// ```
/// use djamodb_core::schema::Encryption;
///
/// assert_eq!(Encryption::default(), Encryption::AwsOwned);
/// assert_eq!(Encryption::CustomerManaged("alias/orders".into()).to_string(), "the customer managed key `alias/orders`");
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Encryption {
    /// A key that DynamoDB owns, without a charge.
    #[default]
    AwsOwned,
    /// The key `alias/aws/dynamodb` of the account, which AWS manages.
    AwsManaged,
    /// A key of the account, by its identifier, its ARN, the name of an alias (`alias/…`) or the ARN of an alias.
    ///
    /// A described table has the ARN of its key here, also if that is the AWS managed key: the response names no kind of key.
    CustomerManaged(String),
}

/// Writes the kind of the key, and the name of a customer managed key.
impl fmt::Display for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AwsOwned => f.write_str("an AWS owned key"),
            Self::AwsManaged => f.write_str("the AWS managed key"),
            Self::CustomerManaged(key) => write!(f, "the customer managed key `{key}`"),
        }
    }
}
