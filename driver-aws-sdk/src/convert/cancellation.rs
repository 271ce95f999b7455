//! Cancellation reasons of a transaction.

use aws_sdk_dynamodb::types::CancellationReason as SdkReason;
use djamodb_core::driver::{CancellationCode, CancellationReason};

use super::{InvalidResponse, item};

/// Converts the reasons, which are in the order of the transaction's actions. The reason is `None` for an action that did not
/// cause the cancellation.
pub(crate) fn reasons_from_sdk(reasons: &[SdkReason]) -> Result<Vec<Option<CancellationReason>>, InvalidResponse> {
    reasons.iter().map(reason_from_sdk).collect()
}

fn reason_from_sdk(reason: &SdkReason) -> Result<Option<CancellationReason>, InvalidResponse> {
    let Some(code) = reason.code().and_then(CancellationCode::of_service_code) else { return Ok(None) };
    Ok(Some(CancellationReason {
        code,
        message: reason.message().unwrap_or_default().to_owned(),
        item: reason.item().cloned().map(item::from_sdk).transpose()?,
    }))
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
    use djamodb_core::value::Item;

    use super::*;

    fn reason(code: &str) -> SdkReason {
        SdkReason::builder().code(code).build()
    }

    #[test]
    fn reasons_keep_the_order_of_the_actions() {
        let failed = SdkReason::builder()
            .code("ConditionalCheckFailed")
            .message("The conditional request failed")
            .item("id", SdkValue::S("a".into()))
            .build();
        let reasons = [reason("None"), failed, SdkReason::builder().build(), reason("SomethingNew")];
        let expected = [
            None,
            Some(CancellationReason {
                code: CancellationCode::ConditionalCheckFailed,
                message: "The conditional request failed".into(),
                item: Some(Item::new().with("id", "a")),
            }),
            None,
            Some(CancellationReason {
                code: CancellationCode::Other("SomethingNew".into()),
                message: String::new(),
                item: None,
            }),
        ];
        assert_eq!(reasons_from_sdk(&reasons).unwrap(), expected);
    }

    #[test]
    fn rejects_an_invalid_item() {
        let failed = SdkReason::builder().code("ConditionalCheckFailed").item("n", SdkValue::N("1e999".into())).build();
        assert!(reasons_from_sdk(&[failed]).is_err());
    }
}
