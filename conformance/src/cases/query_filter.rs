//! `Query`: what a filter keeps.

use super::prelude::*;

case!("query/a_filter_keeps_what_satisfies_it", Theme::Filter, keeps);
case!("query/a_filter_that_keeps_nothing_gives_nothing", Theme::Filter, keeps_nothing);
case!("query/a_filter_tells_how_many_were_read", Theme::Count, counts);
case!("query/a_filter_looks_at_attributes_that_are_not_given", Theme::Filter, not_projected);
case!("query/a_filter_on_the_queried_key_is_refused", Theme::Filter, on_key);
case!("query/a_filter_takes_the_keys_of_what_is_not_queried", Theme::Filter, on_other_keys);

/// Six items: `at` from 0, `kind` of every third a door, `heat` backwards from 5.
async fn six(cx: &Context) -> Result<Name, Failure> {
    let table = indexed(cx).await?;
    let kind = |at: i32| if at % 3 == 0 { "door" } else { "window" };
    put_all(cx, &table, (0..6).map(|at| entry("a", at, kind(at), 5 - at).with("n", at))).await?;
    Ok(table)
}

fn compare(name: &str, comparator: Comparator, value: impl Into<Operand>) -> Condition {
    Condition::compare(path(name), comparator, value)
}

/// The filter would be dropped, and everything be given.
async fn keeps(cx: Context) -> CaseResult {
    let table = six(&cx).await?;
    for (filter, expected) in [
        (compare("kind", Comparator::Eq, "door"), [0, 3].as_slice()),
        (compare("n", Comparator::Gt, 3), &[4, 5]),
        (compare("kind", Comparator::Eq, "window").and(compare("n", Comparator::Lt, 4)), &[1, 2]),
        (Condition::Or(vec![compare("n", Comparator::Eq, 0), compare("n", Comparator::Eq, 5)]), &[0, 5]),
        (compare("kind", Comparator::Eq, "door").negate(), &[1, 2, 4, 5]),
    ] {
        let shown = filter.to_string();
        let items = all(&cx, Query { filter: Some(filter), ..partition(&table, "a") }).await?;
        same(shown, ats(&items), expected)?;
    }
    Ok(())
}

/// A filter that nothing satisfies would be taken for none.
async fn keeps_nothing(cx: Context) -> CaseResult {
    let table = six(&cx).await?;
    let filter = Some(compare("kind", Comparator::Eq, "gate"));
    let page = cx.run(Query { filter, ..partition(&table, "a") }).await?;
    same("the items", page.items, Vec::<Item>::new())?;
    same("the counts", (page.count, page.scanned_count), (0, 6))
}

/// What was paid for could not be told from what was given.
async fn counts(cx: Context) -> CaseResult {
    let table = six(&cx).await?;
    let page = cx.run(partition(&table, "a")).await?;
    same("without a filter", (page.count, page.scanned_count), (6, 6))?;
    let filter = Some(compare("kind", Comparator::Eq, "door"));
    for select in [None, Some(Select::Count)] {
        let page = cx.run(Query { filter: filter.clone(), select, ..partition(&table, "a") }).await?;
        same("with a filter", (page.count, page.scanned_count), (2, 6))?;
    }
    Ok(())
}

/// The filter would be applied to the part that is given, where the attribute is missing.
async fn not_projected(cx: Context) -> CaseResult {
    let table = six(&cx).await?;
    let filter = Some(compare("kind", Comparator::Eq, "door"));
    let select = Some(Select::SpecificAttributes(djamodb_core::expression::Projection::new([path("n")])));
    let items = cx.run(Query { filter, select, ..partition(&table, "a") }).await?.items;
    same("n alone", items, [0, 3].map(|n| Item::new().with("n", n)))
}

/// The filter would do at full price what the key condition does for less.
async fn on_key(cx: Context) -> CaseResult {
    let table = six(&cx).await?;
    let refused = |query: Query, name: &str| Query {
        filter: Some(Condition::Or(vec![compare("n", Comparator::Eq, 1), compare(name, Comparator::Ne, "x").negate()])),
        ..query
    };
    for name in ["id", "at"] {
        let error = cx.invalid(refused(partition(&table, "a"), name)).await?;
        let message = "Filter Expression can only contain non-primary key attributes: Primary key attribute: ";
        cx.says(&error, &format!("{message}{name}"))?;
    }
    for name in ["kind", "heat"] {
        cx.invalid(refused(by_index(&table, "global_all", "door"), name)).await?;
    }
    for name in ["id", "heat"] {
        cx.invalid(refused(by_index(&table, "local_all", "a"), name)).await?;
    }
    let nested = Some(Condition::AttributeExists(path("id.inside")));
    cx.invalid(Query { filter: nested, ..partition(&table, "a") }).await?;
    Ok(())
}

/// A filter that the service takes would be refused.
async fn on_other_keys(cx: Context) -> CaseResult {
    let table = six(&cx).await?;
    let on_index = Query {
        filter: Some(compare("at", Comparator::Gt, 0).and(compare("id", Comparator::Eq, "a"))),
        ..by_index(&table, "global_all", "door")
    };
    same("the table's keys in an index", ats(&all(&cx, on_index).await?), [3])?;
    let on_table = Query { filter: Some(compare("heat", Comparator::Le, 1)), ..partition(&table, "a") };
    same("an index's keys in the table", ats(&all(&cx, on_table).await?), [4, 5])?;
    let local = Query { filter: Some(compare("at", Comparator::Le, 1)), ..by_index(&table, "local_all", "a") };
    same("the table's range key in a local index", ats(&all(&cx, local).await?), [1, 0])
}
