//! Reasons of cancelled transactions.

use std::fmt;

use crate::value::Item;

/// The reason for which one action made the service cancel its transaction.
///
/// See [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
#[derive(Clone, PartialEq, Debug)]
pub struct CancellationReason {
    /// Code of the reason.
    pub code: CancellationCode,
    /// Message of the service.
    pub message: String,
    /// The stored item, if the condition failed, the action requested the item, and it exists.
    pub item: Option<Item>,
}

/// The code of a [`CancellationReason`].
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CancellationCode {
    /// The item does not satisfy the condition.
    ConditionalCheckFailed,
    /// The item collection of the hash key would exceed 10 GB.
    ItemCollectionSizeLimitExceeded,
    /// Another write of the item is in progress.
    TransactionConflict,
    /// The provisioned throughput of the table is used.
    ProvisionedThroughputExceeded,
    /// The request rate exceeds the throughput of the table or the account.
    ThrottlingError,
    /// The action violates a rule that depends on the stored item.
    ValidationError,
    /// A code that this version does not know, as the service spells it.
    Other(String),
}

impl CancellationCode {
    /// Returns the code that the service spells `code`, or `None` for `"None"`, which marks actions that are no reason for the
    /// cancellation.
    pub fn of_service_code(code: &str) -> Option<Self> {
        Some(match code {
            "None" => return None,
            "ConditionalCheckFailed" => Self::ConditionalCheckFailed,
            "ItemCollectionSizeLimitExceeded" => Self::ItemCollectionSizeLimitExceeded,
            "TransactionConflict" => Self::TransactionConflict,
            "ProvisionedThroughputExceeded" => Self::ProvisionedThroughputExceeded,
            "ThrottlingError" => Self::ThrottlingError,
            "ValidationError" => Self::ValidationError,
            other => Self::Other(other.to_owned()),
        })
    }

    /// Returns the code as the service spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ConditionalCheckFailed => "ConditionalCheckFailed",
            Self::ItemCollectionSizeLimitExceeded => "ItemCollectionSizeLimitExceeded",
            Self::TransactionConflict => "TransactionConflict",
            Self::ProvisionedThroughputExceeded => "ProvisionedThroughputExceeded",
            Self::ThrottlingError => "ThrottlingError",
            Self::ValidationError => "ValidationError",
            Self::Other(code) => code,
        }
    }

    /// Returns `true` if this reason may be gone when the same transaction is sent again.
    pub fn retryable(&self) -> bool {
        matches!(self, Self::TransactionConflict | Self::ProvisionedThroughputExceeded | Self::ThrottlingError)
    }
}

impl fmt::Display for CancellationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns the service's message for a cancelled transaction. It lists the codes in the order of the actions, with `None` for
/// actions that are no reason for the cancellation.
pub fn cancellation_message(reasons: &[Option<CancellationReason>]) -> String {
    let codes: Vec<&str> =
        reasons.iter().map(|reason| reason.as_ref().map_or("None", |reason| reason.code.as_str())).collect();
    format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_through_their_spelling() {
        for code in [
            "ConditionalCheckFailed",
            "ItemCollectionSizeLimitExceeded",
            "TransactionConflict",
            "ProvisionedThroughputExceeded",
            "ThrottlingError",
            "ValidationError",
            "SomethingNew",
        ] {
            assert_eq!(CancellationCode::of_service_code(code).unwrap().as_str(), code);
        }
        assert_eq!(CancellationCode::of_service_code("None"), None);
    }

    #[test]
    fn the_message_lists_codes_in_the_order_of_the_actions() {
        let failed = |code| Some(CancellationReason { code, message: String::new(), item: None });
        let reasons = [None, failed(CancellationCode::ConditionalCheckFailed), None];
        assert!(cancellation_message(&reasons).ends_with("[None, ConditionalCheckFailed, None]"));
    }
}
