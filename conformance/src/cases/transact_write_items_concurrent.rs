//! Concurrent `TransactWriteItems`.

use futures_util::future::try_join_all;

use super::prelude::*;

case!(
    "transact_write_items/concurrent_transfers_preserve_the_sum",
    Theme::Transaction,
    concurrent_transfers_preserve_the_sum
);

const ACCOUNTS: [&str; 3] = ["a", "b", "c"];
const BALANCE: i32 = 100;
const ATTEMPTS_MAX: usize = 200;

async fn transfer(cx: &Context, table: &Name, from: &str, to: &str) -> CaseResult {
    let covered = Condition::compare(path("n"), Comparator::Ge, 1);
    let take = TransactUpdate::new(table, user_key(from), Update::new().add(path("n"), -1)).when(covered);
    let give = TransactUpdate::new(table, user_key(to), Update::new().add(path("n"), 1));
    let transfer = TransactWriteItems::new([take.into(), give.into()]);
    for _ in 0..ATTEMPTS_MAX {
        match cx.driver().run(transfer.clone()).await {
            Ok(_) => return Ok(()),
            Err(error) if error.retryable() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::new(format_args!("a transfer was not applied within {ATTEMPTS_MAX} attempts")))
}

async fn sum(cx: &Context, table: &Name) -> Result<i64, Failure> {
    let read = TransactGetItems::new(ACCOUNTS.map(|id| TransactGet::new(table, user_key(id))));
    for _ in 0..ATTEMPTS_MAX {
        match cx.driver().run(read.clone()).await {
            Ok(output) => {
                return Ok(number_values(&output.responses.into_iter().flatten().collect::<Vec<_>>(), "n")
                    .iter()
                    .sum());
            }
            Err(error) if error.retryable() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::new(format_args!("the accounts were not read within {ATTEMPTS_MAX} attempts")))
}

/// Fails if a transfer is applied in part, or is visible before it is complete.
async fn concurrent_transfers_preserve_the_sum(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, ACCOUNTS.map(|id| user_key(id).with("n", BALANCE))).await?;
    let all = i64::from(BALANCE) * 3;
    let tasks = (0..6_usize).map(|task| {
        let (cx, table) = (&cx, &table);
        async move {
            for _ in 0..5 {
                transfer(cx, table, ACCOUNTS[task % 3], ACCOUNTS[(task + 1 + task / 3) % 3]).await?;
                ensure_eq("sum during the transfers", sum(cx, table).await?, all)?;
            }
            Ok::<(), Failure>(())
        }
    });
    try_join_all(tasks).await?;
    ensure_eq("sum", sum(&cx, &table).await?, all)
}
