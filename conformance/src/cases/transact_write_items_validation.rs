//! `TransactWriteItems`: what is no transaction.

use super::prelude::*;

case!("transact_write_items/nothing_to_do_is_refused", Theme::Transaction, nothing);
case!("transact_write_items/two_actions_on_one_item_are_refused", Theme::Transaction, twice);
case!("transact_write_items/one_malformed_action_stops_all", Theme::Transaction, malformed);
case!("transact_write_items/four_megabytes_are_the_most", Theme::Size, too_large);
case!("transact_write_items/a_missing_table_is_said_and_nothing_written", Theme::MissingTable, missing_table);

/// A transaction that was built wrongly would succeed.
async fn nothing(cx: Context) -> CaseResult {
    cx.expect_validation_error(TransactWriteItems::new([])).await?;
    Ok(())
}

/// Which of two writes wins would be left to chance.
async fn twice(cx: Context) -> CaseResult {
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
    ensure_eq("the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// Half of a transaction would be written.
async fn malformed(cx: Context) -> CaseResult {
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
        ensure_eq("the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())?;
    }
    Ok(())
}

/// The service would refuse what works here.
async fn too_large(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let payload = "x".repeat(380_000);
    let puts = |count: i32| {
        let put = |at| TransactPut::new(&table, key("a", at).with("payload", payload.as_str())).into();
        TransactWriteItems::new((0..count).map(put))
    };
    cx.expect_validation_error(puts(12)).await?;
    ensure_eq("the table", cx.run(partition_query(&table, "a")).await?.count, 0)?;
    cx.run(puts(11)).await?;
    let count = Query { select: Some(Select::Count), ..partition_query(&table, "a") };
    ensure_eq("how many", query_pages(&cx, count).await?.iter().map(|page| page.count).sum::<u64>(), 11)
}

/// Writes to the tables that exist would be made, the others be lost.
async fn missing_table(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let missing = cx.table_name("missing");
    let actions = [TransactPut::new(&table, user_key("a")).into(), TransactPut::new(&missing, user_key("a")).into()];
    let error = cx.expect_resource_not_found(TransactWriteItems::new(actions)).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")?;
    ensure_eq("the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}
