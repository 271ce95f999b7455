//! `TransactGetItems`: items as they are at one moment.

use djamodb_core::expression::Projection;

use super::prelude::*;

case!("transact_get_items/gives_items_in_the_order_that_was_asked_for", Theme::Transaction, in_order);
case!("transact_get_items/what_is_missing_keeps_its_place", Theme::Transaction, missing);
case!("transact_get_items/reads_several_tables", Theme::Transaction, several_tables);
case!("transact_get_items/a_projection_gives_the_parts_it_names", Theme::Projection, projection);
case!("transact_get_items/takes_100_keys_and_no_more", Theme::Transaction, hundred);
case!("transact_get_items/the_same_key_twice_is_refused", Theme::Transaction, twice);
case!("transact_get_items/nothing_to_read_is_refused", Theme::Transaction, nothing);
case!("transact_get_items/a_key_of_another_shape_cancels_it", Theme::Key, key_shape);
case!("transact_get_items/four_megabytes_are_the_most", Theme::Size, too_large);
case!("transact_get_items/a_missing_table_is_said", Theme::MissingTable, missing_table);

fn gets<'a>(table: &'a Name, ids: impl IntoIterator<Item = &'a str>) -> TransactGetItems {
    TransactGetItems::new(ids.into_iter().map(|id| TransactGet::new(table, user_key(id))))
}

async fn three(cx: &Context) -> Result<Name, Failure> {
    let table = create_users(cx).await?;
    put_all(cx, &table, ["a", "b", "c"].map(|id| user_key(id).with("x", id))).await?;
    Ok(table)
}

/// Items would be given under other keys than they have.
async fn in_order(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    for ids in [["c", "a", "b"], ["b", "c", "a"]] {
        let responses = cx.run(gets(&table, ids)).await?.responses;
        ensure_eq("the items", responses, ids.map(|id| Some(user_key(id).with("x", id))))?;
    }
    Ok(())
}

/// Every item after one that is missing would be taken for the one before it.
async fn missing(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let responses = cx.run(gets(&table, ["none", "b", "nothing", "a", "never"])).await?.responses;
    let found = |id: &str| Some(user_key(id).with("x", id));
    ensure_eq("the items", responses, [None, found("b"), None, found("a"), None])
}

/// A key would be looked for in the wrong table.
async fn several_tables(cx: Context) -> CaseResult {
    let (first, second) = (three(&cx).await?, create_events(&cx).await?);
    put_all(&cx, &second, [key("a", 1), key("a", 2)]).await?;
    let gets = [(&first, user_key("a")), (&second, key("a", 2)), (&first, user_key("b")), (&second, key("b", 1))];
    let read = TransactGetItems::new(gets.map(|(table, key)| TransactGet::new(table, key)));
    let expected = [Some(user_key("a").with("x", "a")), Some(key("a", 2)), Some(user_key("b").with("x", "b")), None];
    ensure_eq("the items", cx.run(read).await?.responses, expected)
}

/// All attributes would be given, or an item without the named ones be taken for a missing one.
async fn projection(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let deep = AttributeValue::m([("y", AttributeValue::from(1)), ("z", AttributeValue::from(2))]);
    put_all(&cx, &table, [user_key("a").with("x", deep).with("more", 1), user_key("b").with("more", 1)]).await?;
    let parts = || Some(Projection::new([path("x.y")]));
    let get = |id: &str| TransactGet { projection: parts(), ..TransactGet::new(&table, user_key(id)) };
    let read = TransactGetItems::new([get("a"), get("b"), get("c"), TransactGet::new(&table, user_key("d"))]);
    let part = Item::new().with("x", AttributeValue::m([("y", AttributeValue::from(1))]));
    ensure_eq("the parts", cx.run(read).await?.responses, [Some(part), Some(Item::new()), None, None])
}

/// A transaction of a hundred would fail, or one of more be cut in silence.
async fn hundred(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 99)]).await?;
    let gets = |count: i32| TransactGetItems::new((0..count).map(|at| TransactGet::new(&table, key("a", at))));
    let responses = cx.run(gets(100)).await?.responses;
    ensure_eq("how many", (responses.len(), responses.iter().flatten().count()), (100, 1))?;
    ensure_eq("the last one", responses.last().cloned().flatten(), Some(key("a", 99)))?;
    cx.expect_validation_error(gets(101)).await?;
    Ok(())
}

/// The service would refuse what works here.
async fn twice(cx: Context) -> CaseResult {
    let table = three(&cx).await?;
    let error = cx.expect_validation_error(gets(&table, ["a", "b", "a"])).await?;
    cx.expect_message(&error, "Transaction request cannot include multiple operations on one item")
}

/// A transaction that was built wrongly would succeed.
async fn nothing(cx: Context) -> CaseResult {
    cx.expect_validation_error(TransactGetItems::new([])).await?;
    Ok(())
}

/// An item would be found by part of its key, or which key was wrong could not be told.
async fn key_shape(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [user_key("a"), key("a", 1).with("more", 1), user_key("a").with("at", "1")] {
        let read = TransactGetItems::new([key("a", 1), wrong].map(|key| TransactGet::new(&table, key)));
        let reasons = cx.expect_transaction_canceled(read).await?;
        if cx.deviates("cancelled-reads-tell-no-reasons") {
            ensure_eq("the reasons", reasons, [])?;
        } else {
            let codes: Vec<_> = reasons.into_iter().map(|reason| reason.map(|reason| reason.code)).collect();
            ensure_eq("the reasons", codes, [None, Some(CancellationCode::ValidationError)])?;
        }
    }
    Ok(())
}

/// The service would refuse what works here.
async fn too_large(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let payload = "x".repeat(398_000);
    put_all(&cx, &table, (0..11).map(|at| key("a", at).with("payload", payload.as_str()))).await?;
    let gets = |count: i32| TransactGetItems::new((0..count).map(|at| TransactGet::new(&table, key("a", at))));
    cx.expect_validation_error(gets(11)).await?;
    ensure_eq("how many", cx.run(gets(10)).await?.responses.iter().flatten().count(), 10)
}

/// A typing error in a table's name would look like a missing item.
async fn missing_table(cx: Context) -> CaseResult {
    let (table, missing) = (three(&cx).await?, cx.table_name("missing"));
    let read = TransactGetItems::new([&table, &missing].map(|table| TransactGet::new(table, user_key("a"))));
    let error = cx.expect_resource_not_found(read).await?;
    cx.expect_message_or_deviation("missing-table-message", &error, "Requested resource not found")
}
