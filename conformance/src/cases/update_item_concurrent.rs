//! Concurrent updates.

use futures_util::future::join_all;

use super::prelude::*;

case!("update_item/concurrent_increments_are_not_lost", Theme::Update, concurrent_increments_are_not_lost);

/// Fails if concurrent increments overwrite each other.
async fn concurrent_increments_are_not_lost(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let add = || UpdateItem::new(&table, user_key("a"), Update::new().add(path("n"), 1));
    for result in join_all((0..40).map(|_| cx.driver().run(add()))).await {
        result?;
    }
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a").with("n", 40)))
}
