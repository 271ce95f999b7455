//! Cancellation reasons of a transaction.

use djamodb_core::driver::{CancellationCode, CancellationReason};
use djamodb_core::value::Item;
use serde_json::Value as Json;

/// Returns the reasons, which are in the order of the transaction's actions. The reason is `None` for an action that did not cause
/// the cancellation.
///
/// The reasons are read from the body of the response or, without one, from the error message. rusoto keeps only the message,
/// which contains the codes but neither the messages nor the items of the reasons.
pub(crate) fn reasons_from_rusoto(body: Option<&[u8]>, message: &str) -> Vec<Option<CancellationReason>> {
    body.and_then(reasons_of_body).unwrap_or_else(|| reasons_of_message(message))
}

fn reasons_of_body(body: &[u8]) -> Option<Vec<Option<CancellationReason>>> {
    let mut body: Json = serde_json::from_slice(body).ok()?;
    let Json::Array(reasons) = body.get_mut("CancellationReasons")?.take() else { return None };
    Some(reasons.into_iter().map(from_json).collect())
}

fn from_json(mut reason: Json) -> Option<CancellationReason> {
    let text = |name: &str| reason.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let (code, message) = (text("Code"), text("Message"));
    // An invalid item is left out, because the reasons matter more than the item.
    let item = reason.get_mut("Item").and_then(|item| serde_json::from_value::<Item>(item.take()).ok());
    Some(CancellationReason { code: CancellationCode::of_service_code(&code)?, message, item })
}

/// Parses the codes in `…, please refer cancellation reasons for specific reasons [None, ValidationError]`.
fn reasons_of_message(message: &str) -> Vec<Option<CancellationReason>> {
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
    fn reads_reasons_with_items_from_the_body() {
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
        assert_eq!(reasons_from_rusoto(Some(body.as_bytes()), MESSAGE), expected);
    }

    #[test]
    fn reads_codes_from_the_message_without_a_body() {
        let expected = [
            None,
            Some(reason(CancellationCode::ConditionalCheckFailed, "", None)),
            Some(reason(CancellationCode::Other("SomethingNew".into()), "", None)),
        ];
        for body in [None, Some("<html>"), Some("{}"), Some(r#"{"CancellationReasons":null}"#)] {
            assert_eq!(reasons_from_rusoto(body.map(str::as_bytes), MESSAGE), expected);
        }
        for without_codes in ["", "Transaction cancelled", "cancelled ]["] {
            assert_eq!(reasons_from_rusoto(None, without_codes), []);
        }
    }
}
