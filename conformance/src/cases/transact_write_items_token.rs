//! Client request tokens of `TransactWriteItems`.

use super::prelude::*;

case!(
    "transact_write_items/a_request_with_a_token_is_applied_once",
    Theme::Transaction,
    a_request_with_a_token_is_applied_once
);
case!(
    "transact_write_items/a_request_without_a_token_is_applied_again",
    Theme::Transaction,
    a_request_without_a_token_is_applied_again
);
case!(
    "transact_write_items/rejects_a_token_with_another_request",
    Theme::Transaction,
    rejects_a_token_with_another_request
);
case!(
    "transact_write_items/a_cancelled_request_keeps_its_token_usable",
    Theme::Transaction,
    a_cancelled_request_keeps_its_token_usable
);
case!("transact_write_items/limits_the_length_of_tokens", Theme::Transaction, limits_the_length_of_tokens);

/// Returns a token that no other case uses. Servers keep tokens across tables.
fn token(cx: &Context, of: &str) -> String {
    let prefix: String = cx.table_name("").chars().take(28).collect();
    format!("{prefix}{of}")
}

fn add_one(table: &Name, id: &str) -> TransactWriteItem {
    TransactUpdate::new(table, user_key(id), Update::new().add(path("n"), 1)).into()
}

async fn count(cx: &Context, table: &Name, id: &str) -> Result<Vec<i64>, Failure> {
    Ok(number_values(get_item(cx, table, user_key(id)).await?.as_slice(), "n"))
}

/// Fails if a request that is sent again with the same token is applied again.
async fn a_request_with_a_token_is_applied_once(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let absent = TransactPut::new(&table, user_key("b")).when(Condition::AttributeNotExists(path("id")));
    let write = TransactWriteItems::new([add_one(&table, "a"), absent.into()]).with_token(token(&cx, "1"));
    for _ in 0..3 {
        // If the request were applied again, its condition would fail.
        cx.run(write.clone()).await?;
    }
    ensure_eq("number of applications", count(&cx, &table, "a").await?, [1])?;
    let with_other_capacity_detail =
        TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::None, ..write.clone() };
    cx.run(with_other_capacity_detail).await?;
    // A request with another token is a new one, whose condition fails.
    cx.expect_transaction_canceled(write.with_token(token(&cx, "2"))).await?;
    ensure_eq("number of applications", count(&cx, &table, "a").await?, [1])
}

/// Fails if a repeated request without a token is ignored.
async fn a_request_without_a_token_is_applied_again(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for _ in 0..2 {
        cx.run(TransactWriteItems::new([add_one(&table, "a")])).await?;
    }
    ensure_eq("number of applications", count(&cx, &table, "a").await?, [2])
}

/// Fails if another request with a used token is ignored or applied.
async fn rejects_a_token_with_another_request(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let write = |id: &str| TransactWriteItems::new([add_one(&table, id)]).with_token(token(&cx, "1"));
    cx.run(write("a")).await?;
    cx.expect_error(write("b"), ExpectedError::IdempotentParameterMismatch).await?;
    ensure_eq("item of the other request", get_item(&cx, &table, user_key("b")).await?, None)?;
    cx.run(write("a")).await?;
    ensure_eq("number of applications", count(&cx, &table, "a").await?, [1])
}

/// Fails if a cancelled request cannot be sent again with its token.
async fn a_cancelled_request_keeps_its_token_usable(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let exists = ConditionCheck::new(&table, user_key("b"), Condition::AttributeExists(path("id")));
    let write = TransactWriteItems::new([add_one(&table, "a"), exists.into()]).with_token(token(&cx, "1"));
    cx.expect_transaction_canceled(write.clone()).await?;
    put_all(&cx, &table, [user_key("b")]).await?;
    cx.run(write).await?;
    ensure_eq("number of applications", count(&cx, &table, "a").await?, [1])
}

/// Fails if a token is truncated, so that two tokens become equal.
async fn limits_the_length_of_tokens(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let longest: String = format!("{:x<36}", token(&cx, "1"));
    let write = |token: &str| TransactWriteItems::new([add_one(&table, "a")]).with_token(token);
    cx.expect_validation_error(write(&format!("{longest}x"))).await?;
    cx.run(write(&longest)).await?;
    ensure_eq("number of applications", count(&cx, &table, "a").await?, [1])
}
