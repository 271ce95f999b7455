//! Requests that `TransactWriteItems` rejects.

use super::prelude::*;

case!("transact_write_items/rejects_an_empty_request", Theme::Transaction, rejects_an_empty_request);
case!("transact_write_items/rejects_two_actions_on_one_item", Theme::Transaction, rejects_two_actions_on_one_item);
case!(
    "transact_write_items/writes_nothing_if_an_action_is_invalid",
    Theme::Transaction,
    writes_nothing_if_an_action_is_invalid
);
case!("transact_write_items/rejects_an_empty_update", Theme::Transaction, rejects_an_empty_update);
case!("transact_write_items/limits_the_total_size_to_4_mb", Theme::Size, limits_the_total_size_to_4_mb);
case!(
    "transact_write_items/writes_nothing_if_a_table_is_missing",
    Theme::MissingTable,
    writes_nothing_if_a_table_is_missing
);

/// Fails if a request without actions succeeds.
async fn rejects_an_empty_request(cx: Context) -> CaseResult {
    cx.expect_validation_error(TransactWriteItems::new([])).await?;
    Ok(())
}

/// Fails if two actions on one item are accepted, so that their order decides.
async fn rejects_two_actions_on_one_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let put = || TransactWriteItem::from(TransactPut::new(&table, user_key("a").with("x", 1)));
    let delete = || TransactWriteItem::from(TransactDelete::new(&table, user_key("a")));
    let update = || TransactUpdate::new(&table, user_key("a"), Update::new().add(path("n"), 1)).into();
    let check = || ConditionCheck::new(&table, user_key("a"), Condition::AttributeNotExists(path("id"))).into();
    for actions in [[put(), put()], [put(), delete()], [update(), update()], [check(), put()], [check(), check()]] {
        let other = TransactPut::new(&table, user_key("b")).into();
        let error = cx.expect_validation_error(TransactWriteItems::new(actions.into_iter().chain([other]))).await?;
        cx.expect_message(&error, "Transaction request cannot include multiple operations on one item")?;
    }
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// Fails if the valid actions of a rejected transaction are applied.
async fn writes_nothing_if_an_action_is_invalid(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let put = |item: Item| TransactWriteItem::from(TransactPut::new(&table, item));
    for wrong in [
        put(user_key("")),
        put(user_key("a").with("set", AttributeValue::ss::<&str>([]))),
        put(user_key("a").with("text", "x".repeat(410_000))),
        TransactDelete::new(&table, user_key("")).into(),
        TransactUpdate::new(&table, user_key("a"), Update::new().add(path("n"), "text")).into(),
        TransactUpdate::new(
            &table,
            user_key("a"),
            Update::new().remove(path("x")).set(path("x"), UpdateOperand::value(1)),
        )
        .into(),
    ] {
        cx.expect_validation_error(TransactWriteItems::new([put(user_key("b")), wrong, put(user_key("c"))])).await?;
        ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())?;
    }
    Ok(())
}

/// Fails if an update without changes creates its item in a transaction, as it does outside of one.
async fn rejects_an_empty_update(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let empty = TransactUpdate::new(&table, user_key("a"), Update::new()).into();
    let write = TransactWriteItems::new([TransactPut::new(&table, user_key("b")).into(), empty]);
    let error = cx.expect_validation_error(write).await?;
    cx.expect_message(&error, "Invalid UpdateExpression: The expression can not be empty;")?;
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())?;
    cx.run(UpdateItem::new(&table, user_key("a"), Update::new())).await?;
    ensure_eq("item of a single update", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))
}

/// Fails if more than 4 MB are written, which the service rejects.
async fn limits_the_total_size_to_4_mb(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let payload = "x".repeat(380_000);
    let puts = |count: i32| {
        let put = |at| TransactPut::new(&table, key("a", at).with("payload", payload.as_str())).into();
        TransactWriteItems::new((0..count).map(put))
    };
    cx.expect_validation_error(puts(12)).await?;
    ensure_eq("items of the table", cx.run(partition_query(&table, "a")).await?.count, 0)?;
    cx.run(puts(11)).await?;
    let count = Query { select: Some(Select::Count), ..partition_query(&table, "a") };
    ensure_eq("number of items", query_pages(&cx, count).await?.iter().map(|page| page.count).sum::<u64>(), 11)
}

/// Fails if writes to the existing tables are made although another table is missing.
async fn writes_nothing_if_a_table_is_missing(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let missing = cx.table_name("missing");
    let actions = [TransactPut::new(&table, user_key("a")).into(), TransactPut::new(&missing, user_key("a")).into()];
    let error = cx.expect_resource_not_found(TransactWriteItems::new(actions)).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")?;
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}
