//! `Select` of `Query` and `Scan` for tables and every kind of index.

use djamodb_core::expression::ProjectionExpression;

use super::prelude::*;

case!("query/returns_attributes_by_select_and_index", Theme::Projection, query_returns_attributes_by_select_and_index);
case!("scan/returns_attributes_by_select_and_index", Theme::Projection, scan_returns_attributes_by_select_and_index);
case!("query/counts_items_of_an_index", Theme::Count, counts_items_of_an_index);
case!(
    "query/returns_only_the_projected_part_of_a_document",
    Theme::Projection,
    returns_only_the_projected_part_of_a_document
);

/// A table or index, with the attributes that it holds.
struct Source {
    index: Option<&'static str>,
    held: &'static [&'static str],
    /// `true` if the other attributes are fetched from the table.
    fetches: bool,
}

const WHOLE: &[&str] = &["id", "at", "kind", "heat", "note", "more"];

const SOURCES: [Source; 7] = [
    Source { index: None, held: WHOLE, fetches: false },
    Source { index: Some("global_all"), held: WHOLE, fetches: false },
    Source { index: Some("global_keys"), held: &["id", "at", "kind", "heat"], fetches: false },
    Source { index: Some("global_note"), held: &["id", "at", "kind", "heat", "note"], fetches: false },
    Source { index: Some("local_all"), held: WHOLE, fetches: true },
    Source { index: Some("local_keys"), held: &["id", "at", "heat"], fetches: true },
    Source { index: Some("local_note"), held: &["id", "at", "heat", "note"], fetches: true },
];

impl Source {
    /// Returns the items of the response, or `None` if the request must be rejected. `Count` returns no items.
    fn expected_items(&self, select: Option<&Select>) -> Option<Vec<Item>> {
        let item = indexed_item("a", 1, "k", 5).with("note", "n").with("more", 1);
        let pick = |names: &[&str]| vec![item.pick(&names.iter().map(|name| Name::from(*name)).collect::<Vec<_>>())];
        let has_all = self.held.len() == WHOLE.len() || self.fetches;
        match select {
            None => Some(pick(self.held)),
            Some(Select::AllProjectedAttributes) => self.index.map(|_| pick(self.held)),
            Some(Select::AllAttributes) => has_all.then(|| pick(WHOLE)),
            Some(Select::Count) => Some(Vec::new()),
            Some(Select::SpecificAttributes(projection)) => {
                let names: Vec<&str> = projection.paths.iter().map(|path| path.name.as_str()).collect();
                let is_held = names.iter().all(|name| self.held.contains(name) || *name == "none");
                (is_held || self.fetches).then(|| pick(&names))
            }
        }
    }
}

fn selects() -> Vec<Option<Select>> {
    let parts = |names: &[&str]| {
        Some(Select::SpecificAttributes(ProjectionExpression::new(names.iter().map(|name| path(name)))))
    };
    vec![
        None,
        Some(Select::AllAttributes),
        Some(Select::AllProjectedAttributes),
        Some(Select::Count),
        parts(&["id", "heat"]),
        parts(&["note"]),
        parts(&["at", "more"]),
    ]
}

async fn create_one_item(cx: &Context) -> Result<Name, Failure> {
    let table = create_indexed(cx).await?;
    put_all(cx, &table, [indexed_item("a", 1, "k", 5).with("note", "n").with("more", 1)]).await?;
    Ok(table)
}

/// Fails if a `Select` returns other attributes than the table or index provides, or if an impossible one is accepted.
async fn query_returns_attributes_by_select_and_index(cx: Context) -> CaseResult {
    let table = create_one_item(&cx).await?;
    for source in &SOURCES {
        for select in selects() {
            let hash = if source.index.is_some_and(|index| index.starts_with("global")) { "k" } else { "a" };
            let query = match source.index {
                Some(index) => index_query(&table, index, hash),
                None => partition_query(&table, hash),
            };
            let query = Query { select: select.clone(), ..query };
            match source.expected_items(select.as_ref()) {
                None => drop(cx.expect_validation_error(query).await?),
                Some(expected) => {
                    let description = format!("{:?} of {:?}", select, source.index);
                    let page = cx.run(query).await?;
                    ensure_eq(&description, page.items, expected)?;
                    ensure_eq(description, (page.count, page.scanned_count), (1, 1))?;
                }
            }
        }
    }
    Ok(())
}

/// Fails if a `Select` returns other attributes than the table or index provides, or if an impossible one is accepted.
async fn scan_returns_attributes_by_select_and_index(cx: Context) -> CaseResult {
    let table = create_one_item(&cx).await?;
    for source in &SOURCES {
        for select in selects() {
            let index = source.index.map(Name::from_static);
            let scan = Scan { index, select: select.clone(), ..Scan::new(&table) };
            match source.expected_items(select.as_ref()) {
                None => drop(cx.expect_validation_error(scan).await?),
                Some(expected) => {
                    let description = format!("{:?} of {:?}", select, source.index);
                    let page = cx.run(scan).await?;
                    ensure_eq(&description, page.items, expected)?;
                    ensure_eq(description, (page.count, page.scanned_count), (1, 1))?;
                }
            }
        }
    }
    Ok(())
}

/// Fails if the count of an index query is that of the table, or ignores the filter or the limit.
async fn counts_items_of_an_index(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    put_all(&cx, &table, (0..5).map(|at| indexed_item("a", at, "k", at).with("note", at.to_string()))).await?;
    put_all(&cx, &table, [key("a", 9), indexed_item("b", 1, "l", 1)]).await?;
    let filter = Some(Condition::compare(path("note"), Comparator::Lt, "3"));
    for (index, hash) in [("global_note", "k"), ("local_note", "a")] {
        let count = Query { select: Some(Select::Count), ..index_query(&table, index, hash) };
        let page = cx.run(count.clone()).await?;
        ensure_eq(index, (page.items.len(), page.count, page.scanned_count), (0, 5, 5))?;
        let page = cx.run(Query { filter: filter.clone(), ..count.clone() }).await?;
        ensure_eq("counts with a filter", (page.items.len(), page.count, page.scanned_count), (0, 3, 5))?;
        let page = cx.run(Query { limit: Some(2), ..count }).await?;
        ensure_eq("count and last key with a limit", (page.count, page.last_evaluated_key.is_some()), (2, true))?;
    }
    Ok(())
}

/// Fails if a whole document is returned where a part of it was projected.
async fn returns_only_the_projected_part_of_a_document(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let map = |entries: &[(&'static str, i32)]| {
        AttributeValue::m(entries.iter().map(|(name, value)| (*name, AttributeValue::from(*value))))
    };
    put_all(&cx, &table, [indexed_item("a", 1, "k", 5).with("map", map(&[("x", 1), ("y", 2)]))]).await?;
    let select = Some(Select::SpecificAttributes(ProjectionExpression::new([path("map.x")])));
    for query in
        [partition_query(&table, "a"), index_query(&table, "global_all", "k"), index_query(&table, "local_keys", "a")]
    {
        let items = cx.run(Query { select: select.clone(), ..query }).await?.items;
        ensure_eq("projected part", items, [Item::new().with("map", map(&[("x", 1)]))])?;
    }
    Ok(())
}
