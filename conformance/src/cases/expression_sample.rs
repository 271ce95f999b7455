//! The item on which the cases of expressions evaluate conditions.

use super::prelude::*;

/// The item on which conditions are evaluated.
pub(super) fn sample_item() -> Item {
    let list = || AttributeValue::l([AttributeValue::s("e"), AttributeValue::n(1), AttributeValue::ss(["x"])]);
    let map = AttributeValue::m([("k", AttributeValue::s("v")), ("l", list()), ("a.b", AttributeValue::n(1))]);
    user_key("a")
        .with("s", "hello")
        .with("upper", "HELLO")
        .with("u", "né😀")
        .with("n", 10)
        .with("m", map)
        .with("l", list())
        .with("b", AttributeValue::b(&b"\x00\xff\x01"[..]))
        .with("yes", true)
        .with("nothing", AttributeValue::null())
        .with("ss", AttributeValue::ss(["x", "y"]))
        .with("ns", AttributeValue::ns([1, 2]))
        .with("bs", AttributeValue::bs([&b"x"[..]]))
        .with("empty", "")
        .with("a.b", 2)
}

/// Asserts the value of each condition on the item, as the filter of a query and as the condition of a put.
pub(super) async fn ensure_each(cx: &Context, conditions: impl IntoIterator<Item = (Condition, bool)>) -> CaseResult {
    let table = create_users(cx).await?;
    put_all(cx, &table, [sample_item()]).await?;
    for (condition, expected) in conditions {
        let filtered = Query { filter: Some(condition.clone()), ..partition_query(&table, "a") };
        ensure_eq(format!("result of the filter {condition}"), cx.run(filtered).await?.count > 0, expected)?;
        let put = PutItem { condition: Some(condition.clone()), ..PutItem::new(&table, sample_item()) };
        if expected {
            cx.run(put)
                .await
                .map_err(|_| Failure::new(format_args!("expected the condition {condition} to hold; it failed")))?;
        } else {
            cx.expect_condition_failed(put).await?;
        }
    }
    Ok(())
}

pub(super) fn compare(left: &str, comparator: Comparator, right: impl Into<Operand>) -> Condition {
    Condition::compare(path(left), comparator, right)
}

pub(super) fn eq(left: &str, right: impl Into<Operand>) -> Condition {
    compare(left, Comparator::Eq, right)
}

pub(super) fn exists(text: &str) -> Condition {
    Condition::AttributeExists(path(text))
}
