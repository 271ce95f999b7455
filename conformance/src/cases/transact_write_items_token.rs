//! `TransactWriteItems`: requests that are sent again.

use super::prelude::*;

case!("transact_write_items/the_same_request_with_a_token_is_carried_out_once", Theme::Transaction, once);
case!("transact_write_items/without_a_token_it_is_carried_out_again", Theme::Transaction, again);
case!("transact_write_items/another_request_with_a_token_is_refused", Theme::Transaction, mismatch);
case!("transact_write_items/a_cancelled_request_does_not_use_up_its_token", Theme::Transaction, canceled);
case!("transact_write_items/a_token_has_a_greatest_length", Theme::Transaction, length);

/// A token that no other case has: servers remember them for all tables.
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

/// A transfer whose answer was lost would be made twice.
async fn once(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let absent = TransactPut::new(&table, user_key("b")).when(Condition::AttributeNotExists(path("id")));
    let write = TransactWriteItems::new([add_one(&table, "a"), absent.into()]).with_token(token(&cx, "1"));
    for _ in 0..3 {
        // The condition would fail the second time.
        cx.run(write.clone()).await?;
    }
    ensure_eq("how often", count(&cx, &table, "a").await?, [1])?;
    let asking = TransactWriteItems { return_consumed_capacity: ReturnConsumedCapacity::None, ..write.clone() };
    cx.run(asking).await?;
    // With another token it is another request, whose condition fails.
    cx.expect_transaction_canceled(write.with_token(token(&cx, "2"))).await?;
    ensure_eq("how often", count(&cx, &table, "a").await?, [1])
}

/// A request that was meant a second time would be taken for the first.
async fn again(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for _ in 0..2 {
        cx.run(TransactWriteItems::new([add_one(&table, "a")])).await?;
    }
    ensure_eq("how often", count(&cx, &table, "a").await?, [2])
}

/// A second request would be dropped in silence, since its token was used before.
async fn mismatch(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let write = |id: &str| TransactWriteItems::new([add_one(&table, id)]).with_token(token(&cx, "1"));
    cx.run(write("a")).await?;
    cx.expect_error(write("b"), ExpectedError::IdempotentParameterMismatch).await?;
    ensure_eq("the other item", get_item(&cx, &table, user_key("b")).await?, None)?;
    cx.run(write("a")).await?;
    ensure_eq("how often", count(&cx, &table, "a").await?, [1])
}

/// A transaction that was cancelled could not be tried again.
async fn canceled(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let exists = ConditionCheck::new(&table, user_key("b"), Condition::AttributeExists(path("id")));
    let write = TransactWriteItems::new([add_one(&table, "a"), exists.into()]).with_token(token(&cx, "1"));
    cx.expect_transaction_canceled(write.clone()).await?;
    put_all(&cx, &table, [user_key("b")]).await?;
    cx.run(write).await?;
    ensure_eq("how often", count(&cx, &table, "a").await?, [1])
}

/// A token would be cut, and two of them be one.
async fn length(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let longest: String = format!("{:x<36}", token(&cx, "1"));
    let write = |token: &str| TransactWriteItems::new([add_one(&table, "a")]).with_token(token);
    cx.expect_validation_error(write(&format!("{longest}x"))).await?;
    cx.run(write(&longest)).await?;
    ensure_eq("how often", count(&cx, &table, "a").await?, [1])
}
