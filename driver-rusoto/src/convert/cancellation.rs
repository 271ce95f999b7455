//! Why a transaction was cancelled.

use djamodb_core::driver::{CancellationCode, CancellationReason};
use djamodb_core::value::Item;
use serde_json::Value as Json;

/// The reasons in the order of the actions: from the answer's body, or else as far as the message tells them.
///
/// rusoto keeps the message alone. It holds the codes, but not what each of them is about, and no items.
pub(crate) fn reasons(body: Option<&[u8]>, message: &str) -> Vec<Option<CancellationReason>> {
    body.and_then(told_by_body).unwrap_or_else(|| told_by_message(message))
}

fn told_by_body(body: &[u8]) -> Option<Vec<Option<CancellationReason>>> {
    let mut body: Json = serde_json::from_slice(body).ok()?;
    let Json::Array(reasons) = body.get_mut("CancellationReasons")?.take() else { return None };
    Some(reasons.into_iter().map(from_json).collect())
}

fn from_json(mut reason: Json) -> Option<CancellationReason> {
    let text = |name: &str| reason.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let (code, message) = (text("Code"), text("Message"));
    // An item that cannot be read is left out: that the transaction was cancelled is worth more than the item.
    let item = reason.get_mut("Item").and_then(|item| serde_json::from_value::<Item>(item.take()).ok());
    Some(CancellationReason { code: CancellationCode::of_service_code(&code)?, message, item })
}

/// The codes between the brackets of `…, please refer cancellation reasons for specific reasons [None, ValidationError]`.
fn told_by_message(message: &str) -> Vec<Option<CancellationReason>> {
    let codes = message.rsplit_once('[').and_then(|(_, codes)| codes.split_once(']'));
    let reason = |code: &str| {
        let code = CancellationCode::of_service_code(code.trim())?;
        Some(CancellationReason { code, message: String::new(), item: None })
    };
    codes.map(|(codes, _)| codes.split(',').map(reason).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::AttributeValue;

    use super::*;

    const MESSAGE: &str = "Transaction cancelled, please refer cancellation reasons for specific reasons \
                           [None, ConditionalCheckFailed, SomethingNew]";

    fn reason(code: CancellationCode, message: &str, item: Option<Item>) -> CancellationReason {
        CancellationReason { code, message: message.to_owned(), item }
    }

    #[test]
    fn the_body_tells_reasons_in_order_and_items() {
        let body = r#"{"__type":"TransactionCanceledException","Message":"Transaction cancelled","CancellationReasons":[
            {"Code":"None"},
            {"Code":"ConditionalCheckFailed","Message":"The conditional request failed",
             "Item":{"id":{"S":"a"},"n":{"N":"1.50"},"l":{"L":[{"BOOL":true}]}}},
            {"Code":"TransactionConflict","Message":null},
            {"Code":"ValidationError","Message":"odd","Item":{"n":{"N":"none"}}}
        ]}"#;
        let list = AttributeValue::l([true.into()]);
        let number = AttributeValue::N("1.5".parse().unwrap());
        let item = Item::new().with("id", "a").with("n", number).with("l", list);
        let expected = [
            None,
            Some(reason(CancellationCode::ConditionalCheckFailed, "The conditional request failed", Some(item))),
            Some(reason(CancellationCode::TransactionConflict, "", None)),
            Some(reason(CancellationCode::ValidationError, "odd", None)),
        ];
        assert_eq!(reasons(Some(body.as_bytes()), MESSAGE), expected);
    }

    #[test]
    fn without_a_body_the_message_tells_the_codes() {
        let expected = [
            None,
            Some(reason(CancellationCode::ConditionalCheckFailed, "", None)),
            Some(reason(CancellationCode::Other("SomethingNew".into()), "", None)),
        ];
        for body in [None, Some("<html>"), Some("{}"), Some(r#"{"CancellationReasons":null}"#)] {
            assert_eq!(reasons(body.map(str::as_bytes), MESSAGE), expected);
        }
        for silent in ["", "Transaction cancelled", "cancelled ]["] {
            assert_eq!(reasons(None, silent), []);
        }
    }
}
