//! `Query`: what it costs.

use djamodb_core::expression::Projection;

use super::prelude::*;

case!("query/costs_by_the_sum_of_what_is_read", Theme::Capacity, sum);
case!("query/what_is_dropped_is_paid_for", Theme::Capacity, dropped);
case!("query/finding_nothing_costs_the_least", Theme::Capacity, nothing);
case!("query/an_index_costs_by_what_it_holds", Theme::Capacity, indexes);
case!("query/what_a_local_index_fetches_is_paid_for_item_by_item", Theme::Capacity, fetched);
case!("query/what_a_local_index_holds_is_not_fetched", Theme::Capacity, held);

/// Ten items of 1000 bytes.
async fn ten(cx: &Context) -> Result<Name, Failure> {
    let table = indexed(cx).await?;
    put_all(cx, &table, (0..10).map(|at| sized(entry("a", at, "k", at), 1000))).await?;
    Ok(table)
}

fn eventual(table: &Name) -> Query {
    Query { consistent: false, ..partition(table, "a") }
}

fn in_full(query: Query) -> Query {
    Query { return_consumed_capacity: ReturnConsumedCapacity::Indexes, ..query }
}

/// Small items would look as dear as if they were read one by one.
async fn sum(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    for (limit, expected) in [(None, 1.5), (Some(4), 0.5), (Some(5), 1.0)] {
        let read = |consistent| Query { limit, consistent, ..eventual(&table) };
        let both = (units(&cx, read(false)).await?, units(&cx, read(true)).await?);
        same(format!("up to {limit:?}"), both, (expected, expected * 2.0))?;
    }
    let none = Query { return_consumed_capacity: ReturnConsumedCapacity::None, ..eventual(&table) };
    same("nothing", cx.charged(none).await?, [])?;
    same("in full", cx.charged(in_full(eventual(&table))).await?, [charge(&table, 1.5, &[], &[])])
}

/// A filter would be taken for a way to save.
async fn dropped(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    let filter = Some(Condition::AttributeExists(path("none")));
    let part = Some(Select::SpecificAttributes(Projection::new([path("at")])));
    for query in [
        Query { filter, ..eventual(&table) },
        Query { select: part, ..eventual(&table) },
        Query { select: Some(Select::Count), ..eventual(&table) },
    ] {
        same(format!("{:?}", query.select), units(&cx, query).await?, 1.5)?;
    }
    Ok(())
}

/// Asking for what is not there would look as if it were free.
async fn nothing(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    let unit = if cx.deviates("reading-nothing-is-free") { 0.0 } else { 0.5 };
    for consistent in [false, true] {
        let query = Query { consistent, ..partition(&table, "none") };
        let expected = if consistent { 2.0 * unit } else { unit };
        same(format!("consistent: {consistent}"), units(&cx, query).await?, expected)?;
    }
    let of_index = [charge(&table, 0.0, &[], &[("global_keys", unit)])];
    same("of an index", cx.charged(in_full(by_index(&table, "global_keys", "none"))).await?, of_index)
}

/// An index that holds little would look as dear as one that holds all, or the table be charged for it.
async fn indexes(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    for (index, expected) in [("global_all", 1.5), ("global_keys", 0.5), ("global_note", 0.5)] {
        let charged = cx.charged(in_full(by_index(&table, index, "k"))).await?;
        same(index, charged, [charge(&table, 0.0, &[], &[(index, expected)])])?;
    }
    for (index, expected) in [("local_all", 1.5), ("local_keys", 0.5), ("local_note", 0.5)] {
        for (consistent, times) in [(false, 1.0), (true, 2.0)] {
            let query = Query { consistent, ..by_index(&table, index, "a") };
            let charged = cx.charged(in_full(query)).await?;
            same(index, charged, [charge(&table, 0.0, &[(index, expected * times)], &[])])?;
        }
    }
    Ok(())
}

/// Attributes that an index lacks would look as if they were free.
async fn fetched(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    let payload = Select::SpecificAttributes(Projection::new([path("payload")]));
    for select in [Select::AllAttributes, payload] {
        let query = Query { select: Some(select), ..by_index(&table, "local_keys", "a") };
        let charged = cx.charged(in_full(query.clone())).await?;
        same("all of them", charged, [charge(&table, 5.0, &[("local_keys", 0.5)], &[])])?;
        let charged = cx.charged(in_full(Query { limit: Some(3), consistent: true, ..query })).await?;
        same("three of them", charged, [charge(&table, 3.0, &[("local_keys", 1.0)], &[])])?;
    }
    Ok(())
}

/// Every projection of a local index would be paid for item by item.
async fn held(cx: Context) -> CaseResult {
    let table = ten(&cx).await?;
    let keys = Some(Select::SpecificAttributes(Projection::new([path("at")])));
    let charged = cx.charged(in_full(Query { select: keys, ..by_index(&table, "local_keys", "a") })).await?;
    let of_table = if cx.deviates("projections-of-local-indexes-are-fetched") { 5.0 } else { 0.0 };
    same("the index alone", charged, [charge(&table, of_table, &[("local_keys", 0.5)], &[])])
}
