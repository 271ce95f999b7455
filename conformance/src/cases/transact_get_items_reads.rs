//! Atomic reads of `TransactGetItems`.

use djamodb_core::expression::ProjectionExpression;

use super::prelude::*;

case!(
    "transact_get_items/returns_items_in_the_order_of_the_keys",
    Theme::Transaction,
    returns_items_in_the_order_of_the_keys
);
case!(
    "transact_get_items/returns_none_at_the_position_of_a_missing_item",
    Theme::Transaction,
    returns_none_at_the_position_of_a_missing_item
);
case!("transact_get_items/reads_several_tables", Theme::Transaction, reads_several_tables);
case!("transact_get_items/returns_only_projected_attributes", Theme::Projection, returns_only_projected_attributes);
case!(
    "transact_get_items/returns_none_for_an_item_without_projected_attributes",
    Theme::Projection,
    returns_none_for_an_item_without_projected_attributes
);
case!("transact_get_items/accepts_at_most_100_keys", Theme::Transaction, accepts_at_most_100_keys);
case!("transact_get_items/rejects_duplicate_keys", Theme::Transaction, rejects_duplicate_keys);
case!("transact_get_items/rejects_an_empty_request", Theme::Transaction, rejects_an_empty_request);
case!(
    "transact_get_items/is_cancelled_by_a_key_that_does_not_match_the_schema",
    Theme::Key,
    is_cancelled_by_a_key_that_does_not_match_the_schema
);
case!("transact_get_items/limits_the_total_size_to_4_mb", Theme::Size, limits_the_total_size_to_4_mb);
case!("transact_get_items/reports_a_missing_table", Theme::MissingTable, reports_a_missing_table);

fn gets<'a>(table: &'a Name, ids: impl IntoIterator<Item = &'a str>) -> TransactGetItems {
    TransactGetItems::new(ids.into_iter().map(|id| TransactGet::new(table, user_key(id))))
}

fn projected(table: &Name, id: &str, part: &str) -> TransactGet {
    TransactGet { projection: Some(ProjectionExpression::new([path(part)])), ..TransactGet::new(table, user_key(id)) }
}

async fn create_three_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_users(cx).await?;
    put_all(cx, &table, ["a", "b", "c"].map(|id| user_key(id).with("x", id))).await?;
    Ok(table)
}

/// Fails if items are returned in another order than their keys.
async fn returns_items_in_the_order_of_the_keys(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    for ids in [["c", "a", "b"], ["b", "c", "a"]] {
        let responses = cx.run(gets(&table, ids)).await?.responses;
        ensure_eq("items", responses, ids.map(|id| Some(user_key(id).with("x", id))))?;
    }
    Ok(())
}

/// Fails if a missing item shifts the responses that follow it.
async fn returns_none_at_the_position_of_a_missing_item(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    let responses = cx.run(gets(&table, ["none", "b", "nothing", "a", "never"])).await?.responses;
    let found = |id: &str| Some(user_key(id).with("x", id));
    ensure_eq("items", responses, [None, found("b"), None, found("a"), None])
}

/// Fails if a key is looked up in another table.
async fn reads_several_tables(cx: Context) -> CaseResult {
    let (first, second) = (create_three_items(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &second, [key("a", 1), key("a", 2)]).await?;
    let gets = [(&first, user_key("a")), (&second, key("a", 2)), (&first, user_key("b")), (&second, key("b", 1))];
    let read = TransactGetItems::new(gets.map(|(table, key)| TransactGet::new(table, key)));
    let expected = [Some(user_key("a").with("x", "a")), Some(key("a", 2)), Some(user_key("b").with("x", "b")), None];
    ensure_eq("items", cx.run(read).await?.responses, expected)
}

/// Fails if other attributes are returned.
async fn returns_only_projected_attributes(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let deep = AttributeValue::m([("y", AttributeValue::from(1)), ("z", AttributeValue::from(2))]);
    put_all(&cx, &table, [user_key("a").with("x", deep).with("more", 1), user_key("b").with("more", 1)]).await?;
    let read = TransactGetItems::new([
        projected(&table, "a", "x.y"),
        TransactGet::new(&table, user_key("b")),
        projected(&table, "c", "x.y"),
    ]);
    let part = Item::new().with("x", AttributeValue::m([("y", AttributeValue::from(1))]));
    let whole = user_key("b").with("more", 1);
    ensure_eq("projected parts", cx.run(read).await?.responses, [Some(part), Some(whole), None])
}

/// Fails if an item without the projected attributes is returned as an empty item, as `GetItem` returns it.
async fn returns_none_for_an_item_without_projected_attributes(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1)]).await?;
    let read = TransactGetItems::new([projected(&table, "a", "y"), projected(&table, "none", "y")]);
    let unmatched = cx.deviates("unmatched-projections-return-empty-items").then(Item::new);
    ensure_eq("items without the projected attribute", cx.run(read).await?.responses, [unmatched, None])
}

/// Fails if 100 keys are rejected, or if further keys are silently ignored.
async fn accepts_at_most_100_keys(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 99)]).await?;
    let gets = |count: i32| TransactGetItems::new((0..count).map(|at| TransactGet::new(&table, key("a", at))));
    let responses = cx.run(gets(100)).await?.responses;
    ensure_eq("numbers of responses and of items", (responses.len(), responses.iter().flatten().count()), (100, 1))?;
    ensure_eq("last item", responses.last().cloned().flatten(), Some(key("a", 99)))?;
    cx.expect_validation_error(gets(101)).await?;
    Ok(())
}

/// Fails if a duplicate key is accepted, which the service rejects.
async fn rejects_duplicate_keys(cx: Context) -> CaseResult {
    let table = create_three_items(&cx).await?;
    let error = cx.expect_validation_error(gets(&table, ["a", "b", "a"])).await?;
    cx.expect_message(&error, "Transaction request cannot include multiple operations on one item")
}

/// Fails if a request without keys succeeds.
async fn rejects_an_empty_request(cx: Context) -> CaseResult {
    cx.expect_validation_error(TransactGetItems::new([])).await?;
    Ok(())
}

/// Fails if a malformed key is accepted, or its position is not reported.
async fn is_cancelled_by_a_key_that_does_not_match_the_schema(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [user_key("a"), key("a", 1).with("more", 1), user_key("a").with("at", "1")] {
        let read = TransactGetItems::new([key("a", 1), wrong].map(|key| TransactGet::new(&table, key)));
        let reasons = cx.expect_transaction_canceled(read).await?;
        if cx.deviates("cancelled-reads-have-no-reasons") {
            ensure_eq("cancellation reasons", reasons, [])?;
        } else {
            let codes: Vec<_> = reasons.into_iter().map(|reason| reason.map(|reason| reason.code)).collect();
            ensure_eq("cancellation reasons", codes, [None, Some(CancellationCode::ValidationError)])?;
        }
    }
    Ok(())
}

/// Fails if more than 4 MB are returned, which the service rejects.
async fn limits_the_total_size_to_4_mb(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let payload = "x".repeat(398_000);
    put_all(&cx, &table, (0..11).map(|at| key("a", at).with("payload", payload.as_str()))).await?;
    let gets = |count: i32| TransactGetItems::new((0..count).map(|at| TransactGet::new(&table, key("a", at))));
    cx.expect_validation_error(gets(11)).await?;
    ensure_eq("numbers of responses and of items", cx.run(gets(10)).await?.responses.iter().flatten().count(), 10)
}

/// Fails if a misspelled table name looks like a missing item.
async fn reports_a_missing_table(cx: Context) -> CaseResult {
    let (table, missing) = (create_three_items(&cx).await?, cx.table_name("missing"));
    let read = TransactGetItems::new([&table, &missing].map(|table| TransactGet::new(table, user_key("a"))));
    let error = cx.expect_resource_not_found(read).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
