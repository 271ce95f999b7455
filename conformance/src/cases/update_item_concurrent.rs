//! Updates side by side.

use futures_util::future::join_all;

use super::prelude::*;

case!("update_item/no_increment_is_lost", Theme::Update, increments);

/// A counter would lose what others counted in the meantime.
async fn increments(cx: Context) -> CaseResult {
    let table = users(&cx).await?;
    let add = || UpdateItem::new(&table, user("a"), Update::new().add(path("n"), 1));
    for result in join_all((0..40).map(|_| cx.driver().run(add()))).await {
        result?;
    }
    same("the count", get(&cx, &table, user("a")).await?, Some(user("a").with("n", 40)))
}
