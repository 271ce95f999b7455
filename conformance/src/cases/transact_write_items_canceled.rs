//! Cancellation of `TransactWriteItems`, and its reasons.

use super::prelude::*;

case!(
    "transact_write_items/writes_nothing_if_a_condition_fails",
    Theme::Transaction,
    writes_nothing_if_a_condition_fails
);
case!(
    "transact_write_items/returns_cancellation_reasons_in_the_order_of_the_actions",
    Theme::Transaction,
    returns_cancellation_reasons_in_the_order_of_the_actions
);
case!(
    "transact_write_items/names_the_cancellation_reasons_in_the_message",
    Theme::Transaction,
    names_the_cancellation_reasons_in_the_message
);
case!(
    "transact_write_items/a_failed_check_has_the_message_of_a_failed_write",
    Theme::Transaction,
    a_failed_check_has_the_message_of_a_failed_write
);
case!(
    "transact_write_items/returns_existing_items_in_reasons_if_requested",
    Theme::OldItem,
    returns_existing_items_in_reasons_if_requested
);
case!(
    "transact_write_items/is_cancelled_by_an_action_that_violates_the_schema",
    Theme::Transaction,
    is_cancelled_by_an_action_that_violates_the_schema
);
case!(
    "transact_write_items/is_cancelled_by_a_key_that_does_not_match_the_schema",
    Theme::Key,
    is_cancelled_by_a_key_that_does_not_match_the_schema
);
case!(
    "transact_write_items/is_cancelled_by_an_update_that_cannot_be_applied",
    Theme::Transaction,
    is_cancelled_by_an_update_that_cannot_be_applied
);
case!(
    "transact_write_items/is_cancelled_by_an_update_above_400_kb",
    Theme::Size,
    is_cancelled_by_an_update_above_400_kb
);

fn add(number: i32) -> Update {
    Update::new().add(path("n"), number)
}

fn n_equals(number: i32) -> Condition {
    Condition::compare(path("n"), Comparator::Eq, number)
}

fn codes(reasons: &[Option<CancellationReason>]) -> Vec<Option<CancellationCode>> {
    reasons.iter().map(|reason| reason.as_ref().map(|reason| reason.code.clone())).collect()
}

const FAILED: Option<CancellationCode> = Some(CancellationCode::ConditionalCheckFailed);
const INVALID: Option<CancellationCode> = Some(CancellationCode::ValidationError);

async fn create_two_items(cx: &Context) -> Result<Name, Failure> {
    let table = create_users(cx).await?;
    put_all(cx, &table, [user_key("a").with("n", 1), user_key("b").with("n", 2)]).await?;
    Ok(table)
}

/// Fails if some actions of a cancelled transaction are applied.
async fn writes_nothing_if_a_condition_fails(cx: Context) -> CaseResult {
    let table = create_two_items(&cx).await?;
    for failing in [
        TransactWriteItem::from(ConditionCheck::new(&table, user_key("b"), n_equals(9))),
        TransactPut::new(&table, user_key("b")).when(n_equals(9)).into(),
        TransactDelete::new(&table, user_key("b")).when(n_equals(9)).into(),
        TransactUpdate::new(&table, user_key("b"), add(1)).when(n_equals(9)).into(),
    ] {
        let actions = [
            TransactPut::new(&table, user_key("new")).into(),
            TransactUpdate::new(&table, user_key("a"), add(1)).into(),
            failing,
            TransactPut::new(&table, user_key("newer")).into(),
        ];
        let reasons = cx.expect_transaction_canceled(TransactWriteItems::new(actions)).await?;
        ensure_eq("cancellation reasons", codes(&reasons), [None, None, FAILED, None])?;
        let mut items = scan_all(&cx, Scan { consistent: true, ..Scan::new(&table) }).await?;
        items.sort_by_key(|item| number_values(std::slice::from_ref(item), "n"));
        ensure_eq("stored items", items, [user_key("a").with("n", 1), user_key("b").with("n", 2)])?;
    }
    Ok(())
}

/// Fails if a reason is missing or belongs to another action.
async fn returns_cancellation_reasons_in_the_order_of_the_actions(cx: Context) -> CaseResult {
    let table = create_two_items(&cx).await?;
    let actions = [
        TransactPut::new(&table, user_key("a")).when(n_equals(1)).into(),
        TransactPut::new(&table, user_key("b")).when(n_equals(1)).into(),
        ConditionCheck::new(&table, user_key("c"), Condition::AttributeNotExists(path("id"))).into(),
        ConditionCheck::new(&table, user_key("d"), Condition::AttributeExists(path("id"))).into(),
        TransactDelete::new(&table, user_key("e")).when(n_equals(1)).into(),
        TransactUpdate::new(&table, user_key("f"), add(1)).into(),
        TransactUpdate::new(&table, user_key("g"), add(1)).when(n_equals(1)).into(),
    ];
    let reasons = cx.expect_transaction_canceled(TransactWriteItems::new(actions)).await?;
    ensure_eq("cancellation reasons", codes(&reasons), [None, FAILED, None, FAILED, FAILED, None, FAILED])?;
    ensure("no reason contains an item", reasons.iter().flatten().all(|reason| reason.item.is_none()))?;
    ensure_eq("items of the table", sorted_ids(&scan_all(&cx, Scan::new(&table)).await?), ["a", "b"])
}

/// Fails if the message does not contain the codes of the reasons.
async fn names_the_cancellation_reasons_in_the_message(cx: Context) -> CaseResult {
    let table = create_two_items(&cx).await?;
    let actions = [
        TransactPut::new(&table, user_key("c")).into(),
        TransactPut::new(&table, user_key("a")).when(n_equals(9)).into(),
        TransactDelete::new(&table, user_key("b")).when(n_equals(9)).into(),
    ];
    let error = cx.expect_error(TransactWriteItems::new(actions), ExpectedError::TransactionCanceled).await?;
    let codes = "[None, ConditionalCheckFailed, ConditionalCheckFailed]";
    let said = format!("Transaction cancelled, please refer cancellation reasons for specific reasons {codes}");
    cx.expect_message(&error, &said)?;
    for reason in error.cancellation_reasons().iter().flatten() {
        ensure_eq("message of a reason", reason.message.as_str(), "The conditional request failed")?;
    }
    Ok(())
}

/// Fails if the message of a failed `ConditionCheck` differs from that of other failed conditions.
async fn a_failed_check_has_the_message_of_a_failed_write(cx: Context) -> CaseResult {
    let table = create_two_items(&cx).await?;
    let check = ConditionCheck::new(&table, user_key("a"), n_equals(9));
    let reasons = cx.expect_transaction_canceled(TransactWriteItems::new([check.into()])).await?;
    let dot = if cx.deviates("failed-check-message-has-a-full-stop") { "." } else { "" };
    let messages: Vec<&str> = reasons.iter().flatten().map(|reason| reason.message.as_str()).collect();
    ensure_eq("message", messages, [format!("The conditional request failed{dot}")])
}

/// Fails if a reason lacks the requested item, or contains one that was not requested.
async fn returns_existing_items_in_reasons_if_requested(cx: Context) -> CaseResult {
    let table = create_two_items(&cx).await?;
    put_all(&cx, &table, ["c", "d"].map(|id| user_key(id).with("n", 3))).await?;
    let all_old = OldItemOnFailure::AllOld;
    let check = ConditionCheck::new(&table, user_key("a"), n_equals(9));
    let put = TransactPut::new(&table, user_key("b")).when(n_equals(9));
    let delete = TransactDelete::new(&table, user_key("c")).when(n_equals(9));
    let update = TransactUpdate::new(&table, user_key("d"), add(1)).when(n_equals(9));
    let missing = TransactPut::new(&table, user_key("e")).when(n_equals(9));
    let without_old_item = |put: &TransactPut| TransactPut { item: user_key("f"), ..put.clone() };
    put_all(&cx, &table, [user_key("f").with("n", 4)]).await?;
    let actions = [
        without_old_item(&put).into(),
        ConditionCheck { old_item_on_failure: all_old, ..check }.into(),
        TransactPut { old_item_on_failure: all_old, ..put }.into(),
        TransactDelete { old_item_on_failure: all_old, ..delete }.into(),
        TransactUpdate { old_item_on_failure: all_old, ..update }.into(),
        TransactPut { old_item_on_failure: all_old, ..missing }.into(),
        TransactPut { old_item_on_failure: all_old, ..TransactPut::new(&table, user_key("g")) }.into(),
    ];
    let reasons = cx.expect_transaction_canceled(TransactWriteItems::new(actions)).await?;
    ensure_eq("cancellation reasons", codes(&reasons), [FAILED, FAILED, FAILED, FAILED, FAILED, FAILED, None])?;
    let existing: Vec<Option<Item>> = reasons.into_iter().map(|reason| reason?.item).collect();
    let old = |id: &str, n: i32| Some(user_key(id).with("n", n));
    ensure_eq("items", existing, [None, old("a", 1), old("b", 2), old("c", 3), old("d", 3), None, None])
}

/// Fails if an action with a wrong type is applied, or rejects the request as a whole.
async fn is_cancelled_by_an_action_that_violates_the_schema(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let as_text = user_key("a").with("at", "1");
    let condition = Condition::AttributeNotExists(path("id"));
    for wrong in [
        TransactWriteItem::from(TransactPut::new(&table, as_text.clone())),
        TransactPut::new(&table, key("a", 1).with("kind", 1)).into(),
        TransactDelete::new(&table, as_text.clone()).into(),
        TransactUpdate::new(&table, as_text.clone(), add(1)).into(),
        ConditionCheck::new(&table, as_text.clone(), condition).into(),
    ] {
        let actions = [TransactPut::new(&table, key("b", 1)).into(), wrong];
        let reasons = cx.expect_transaction_canceled(TransactWriteItems::new(actions)).await?;
        ensure_eq("cancellation reasons", codes(&reasons), [None, INVALID])?;
    }
    let own_key =
        TransactUpdate::new(&table, key("a", 1), Update::new().set(path("at"), UpdateOperand::value(2))).into();
    let reasons = cx.expect_transaction_canceled(TransactWriteItems::new([own_key])).await?;
    ensure_eq("reasons of an update of the key", codes(&reasons), [INVALID])?;
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// Fails if an action is applied with a part of its key.
async fn is_cancelled_by_a_key_that_does_not_match_the_schema(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for wrong in [
        TransactWriteItem::from(TransactPut::new(&table, user_key("a"))),
        TransactDelete::new(&table, user_key("a")).into(),
        TransactUpdate::new(&table, key("a", 1).with("more", 1), add(1)).into(),
    ] {
        let write = TransactWriteItems::new([TransactPut::new(&table, key("b", 1)).into(), wrong]);
        if cx.deviates("key-schema-error-rejects-the-transaction") {
            cx.expect_validation_error(write).await?;
        } else {
            ensure_eq("cancellation reasons", codes(&cx.expect_transaction_canceled(write).await?), [None, INVALID])?;
        }
    }
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}

/// Fails if an update that cannot be applied succeeds, or is not reported as the reason.
async fn is_cancelled_by_an_update_that_cannot_be_applied(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("text", "t")]).await?;
    for update in [
        Update::new().set(path("x"), path("none")),
        Update::new().add(path("text"), 1),
        Update::new().set(path("text.part"), UpdateOperand::value(1)),
    ] {
        let actions =
            [TransactPut::new(&table, user_key("b")).into(), TransactUpdate::new(&table, user_key("a"), update).into()];
        let write = TransactWriteItems::new(actions);
        if cx.deviates("update-error-rejects-the-transaction") {
            cx.expect_validation_error(write).await?;
        } else {
            ensure_eq("cancellation reasons", codes(&cx.expect_transaction_canceled(write).await?), [None, INVALID])?;
        }
    }
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, [user_key("a").with("text", "t")])
}

/// Fails if an update makes an item larger than 400 KB.
async fn is_cancelled_by_an_update_above_400_kb(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let large = || user_key("a").with("payload", "x".repeat(300_000));
    put_all(&cx, &table, [large()]).await?;
    let more = Update::new().set(path("more"), UpdateOperand::value("x".repeat(150_000)));
    let actions =
        [TransactUpdate::new(&table, user_key("a"), more).into(), TransactPut::new(&table, user_key("b")).into()];
    let reasons = cx.expect_transaction_canceled(TransactWriteItems::new(actions)).await?;
    ensure_eq("cancellation reasons", codes(&reasons), [INVALID, None])?;
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, [large()])
}
