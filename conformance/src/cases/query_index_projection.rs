//! Index projections in `Query`.

use djamodb_core::expression::ProjectionExpression;

use super::prelude::*;

case!(
    "query/returns_the_attributes_an_index_projects",
    Theme::IndexProjection,
    returns_the_attributes_an_index_projects
);
case!(
    "query/a_local_index_fetches_missing_attributes",
    Theme::IndexProjection,
    a_local_index_fetches_missing_attributes
);
case!(
    "query/a_global_index_rejects_attributes_it_does_not_project",
    Theme::IndexProjection,
    a_global_index_rejects_attributes_it_does_not_project
);
case!(
    "query/rejects_a_filter_on_attributes_an_index_does_not_project",
    Theme::IndexProjection,
    rejects_a_filter_on_attributes_an_index_does_not_project
);
case!(
    "query/projects_and_filters_attributes_an_index_projects",
    Theme::IndexProjection,
    projects_and_filters_attributes_an_index_projects
);

fn whole_item() -> Item {
    indexed_item("a", 1, "k", 5).with("note", "n").with("more", 1)
}

async fn table(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    put_all(cx, &table, [whole_item()]).await?;
    Ok(table)
}

fn each_index(table: &Name) -> [(Query, Item); 6] {
    let keys = || indexed_item("a", 1, "k", 5);
    [
        (index_query(table, "global_all", "k"), whole_item()),
        (index_query(table, "global_keys", "k"), keys()),
        (index_query(table, "global_note", "k"), keys().with("note", "n")),
        (index_query(table, "local_all", "a"), whole_item()),
        (index_query(table, "local_keys", "a"), Item::new().with("id", "a").with("at", 1).with("heat", 5)),
        (index_query(table, "local_note", "a"), key("a", 1).with("heat", 5).with("note", "n")),
    ]
}

/// Fails if an index returns other attributes than it projects.
async fn returns_the_attributes_an_index_projects(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for (query, expected) in each_index(&table) {
        for select in [None, Some(Select::AllProjectedAttributes)] {
            let description = format!("{:?} with {select:?}", query.index);
            let items = query_all(&cx, Query { select, ..query.clone() }).await?;
            ensure_eq(description, items, [expected.clone()])?;
        }
    }
    Ok(())
}

/// Fails if a local index returns items without the requested attributes, or rejects the query.
async fn a_local_index_fetches_missing_attributes(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for index in ["local_all", "local_keys", "local_note"] {
        let query = index_query(&table, index, "a");
        let items = query_all(&cx, Query { select: Some(Select::AllAttributes), ..query.clone() }).await?;
        ensure_eq(index, items, [whole_item()])?;
        let select = Some(Select::SpecificAttributes(ProjectionExpression::new([path("more"), path("at")])));
        let items = query_all(&cx, Query { select, ..query }).await?;
        ensure_eq(index, items, [Item::new().with("at", 1).with("more", 1)])?;
    }
    Ok(())
}

/// Fails if a global index returns items without the requested attributes.
async fn a_global_index_rejects_attributes_it_does_not_project(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for index in ["global_keys", "global_note"] {
        let query = index_query(&table, index, "k");
        cx.expect_validation_error(Query { select: Some(Select::AllAttributes), ..query.clone() }).await?;
        let select = Some(Select::SpecificAttributes(ProjectionExpression::new([path("more"), path("at")])));
        cx.expect_validation_error(Query { select, ..query }).await?;
    }
    let query = Query { select: Some(Select::AllAttributes), ..index_query(&table, "global_all", "k") };
    ensure_eq("items of an index that projects all attributes", query_all(&cx, query).await?, [whole_item()])
}

/// Fails if a filter on an attribute that the index does not hold is accepted and drops every item.
async fn rejects_a_filter_on_attributes_an_index_does_not_project(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    let filter = Some(Condition::compare(path("more"), Comparator::Eq, 1));
    for (index, hash) in [("global_keys", "k"), ("global_note", "k"), ("local_keys", "a"), ("local_note", "a")] {
        cx.expect_validation_error(Query { filter: filter.clone(), ..index_query(&table, index, hash) }).await?;
    }
    Ok(())
}

/// Fails if a projection or filter on attributes that the index holds is rejected.
async fn projects_and_filters_attributes_an_index_projects(cx: Context) -> CaseResult {
    let table = table(&cx).await?;
    for (index, hash) in [("global_note", "k"), ("local_note", "a")] {
        let filter = Some(Condition::compare(path("note"), Comparator::Eq, "n"));
        let select =
            Some(Select::SpecificAttributes(ProjectionExpression::new([path("note"), path("at"), path("heat")])));
        let items = query_all(&cx, Query { filter, select, ..index_query(&table, index, hash) }).await?;
        ensure_eq(index, items, [Item::new().with("at", 1).with("heat", 5).with("note", "n")])?;
    }
    Ok(())
}
