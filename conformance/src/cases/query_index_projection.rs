//! `Query` of indexes: what they hold.

use djamodb_core::expression::Projection;

use super::prelude::*;

case!("query/an_index_gives_what_it_holds", Theme::IndexProjection, held);
case!("query/a_local_index_fetches_what_it_lacks", Theme::IndexProjection, fetched);
case!("query/a_global_index_fetches_nothing", Theme::IndexProjection, not_fetched);
case!("query/a_filter_on_what_an_index_lacks_is_refused", Theme::IndexProjection, filter);
case!("query/what_an_index_holds_can_be_projected_and_filtered", Theme::IndexProjection, held_parts);

fn whole() -> Item {
    entry("a", 1, "k", 5).with("note", "n").with("more", 1)
}

async fn table(cx: &Context) -> Result<Name, Failure> {
    let table = indexed(cx).await?;
    put_all(cx, &table, [whole()]).await?;
    Ok(table)
}

fn each_index(table: &Name) -> [(Query, Item); 6] {
    let keys = || entry("a", 1, "k", 5);
    [
        (by_index(table, "global_all", "k"), whole()),
        (by_index(table, "global_keys", "k"), keys()),
        (by_index(table, "global_note", "k"), keys().with("note", "n")),
        (by_index(table, "local_all", "a"), whole()),
        (by_index(table, "local_keys", "a"), Item::new().with("id", "a").with("at", 1).with("heat", 5)),
        (by_index(table, "local_note", "a"), key("a", 1).with("heat", 5).with("note", "n")),
    ]
}

/// An index would give more than it holds, or less.
async fn held(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for (query, expected) in each_index(&table) {
        for select in [None, Some(Select::AllProjectedAttributes)] {
            let shown = format!("{:?} with {select:?}", query.index);
            let items = all(&cx, Query { select, ..query.clone() }).await?;
            same(shown, items, [expected.clone()])?;
        }
    }
    Ok(())
}

/// A local index that could fetch would answer with holes, or refuse.
async fn fetched(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for index in ["local_all", "local_keys", "local_note"] {
        let query = by_index(&table, index, "a");
        let items = all(&cx, Query { select: Some(Select::AllAttributes), ..query.clone() }).await?;
        same(index, items, [whole()])?;
        let select = Some(Select::SpecificAttributes(Projection::new([path("more"), path("at")])));
        let items = all(&cx, Query { select, ..query }).await?;
        same(index, items, [Item::new().with("at", 1).with("more", 1)])?;
    }
    Ok(())
}

/// A global index that lacks an attribute would answer with holes.
async fn not_fetched(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for index in ["global_keys", "global_note"] {
        let query = by_index(&table, index, "k");
        cx.invalid(Query { select: Some(Select::AllAttributes), ..query.clone() }).await?;
        let select = Some(Select::SpecificAttributes(Projection::new([path("more"), path("at")])));
        cx.invalid(Query { select, ..query }).await?;
    }
    let query = Query { select: Some(Select::AllAttributes), ..by_index(&table, "global_all", "k") };
    same("an index that holds all", all(&cx, query).await?, [whole()])
}

/// A filter would find nothing, since the index does not hold what it looks at.
async fn filter(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let filter = Some(Condition::compare(path("more"), Comparator::Eq, 1));
    for (index, hash) in [("global_keys", "k"), ("global_note", "k"), ("local_keys", "a"), ("local_note", "a")] {
        cx.invalid(Query { filter: filter.clone(), ..by_index(&table, index, hash) }).await?;
    }
    Ok(())
}

/// What an index holds would be refused as if it did not.
async fn held_parts(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for (index, hash) in [("global_note", "k"), ("local_note", "a")] {
        let filter = Some(Condition::compare(path("note"), Comparator::Eq, "n"));
        let select = Some(Select::SpecificAttributes(Projection::new([path("note"), path("at"), path("heat")])));
        let items = all(&cx, Query { filter, select, ..by_index(&table, index, hash) }).await?;
        same(index, items, [Item::new().with("at", 1).with("heat", 5).with("note", "n")])?;
    }
    Ok(())
}
