//! Why a transaction was cancelled.

use std::fmt;

use crate::value::Item;

/// What one action of a transaction had to do with its cancellation.
///
/// See [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
#[derive(Clone, PartialEq, Debug)]
pub struct CancellationReason {
    /// What went wrong.
    pub code: CancellationCode,
    /// The service's message.
    pub message: String,
    /// The item, when its condition failed, the action asked for it, and it exists.
    pub item: Option<Item>,
}

/// What went wrong with one action of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CancellationCode {
    /// The item did not satisfy the condition.
    ConditionalCheckFailed,
    /// An item collection would pass 10 GB.
    ItemCollectionSizeLimitExceeded,
    /// Another write to the item was under way.
    TransactionConflict,
    /// The table's throughput is used up.
    ProvisionedThroughputExceeded,
    /// Too many requests.
    ThrottlingError,
    /// The action breaks a rule that only shows with the item as it is.
    ValidationError,
    /// Something else, by the service's name for it.
    Other(String),
}

impl CancellationCode {
    /// A code by the service's name for it; nothing for `None`, of actions that had no part in the cancellation.
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

    /// The service's name for it.
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

    /// Whether the same transaction may succeed later, as far as this is concerned.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::TransactionConflict | Self::ProvisionedThroughputExceeded | Self::ThrottlingError)
    }
}

impl fmt::Display for CancellationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The service's message for a cancelled transaction: the codes in the order of the actions, `None` for those without a part.
pub fn cancellation_message(reasons: &[Option<CancellationReason>]) -> String {
    let codes: Vec<&str> =
        reasons.iter().map(|reason| reason.as_ref().map_or("None", |reason| reason.code.as_str())).collect();
    format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_by_name() {
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
    fn the_message_keeps_the_order_of_the_actions() {
        let failed = |code| Some(CancellationReason { code, message: String::new(), item: None });
        let reasons = [None, failed(CancellationCode::ConditionalCheckFailed), None];
        assert!(cancellation_message(&reasons).ends_with("[None, ConditionalCheckFailed, None]"));
    }
}
