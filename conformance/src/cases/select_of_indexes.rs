//! `Select` of `Query` and `Scan`, in all its combinations with tables and indexes.

use djamodb_core::expression::Projection;

use super::prelude::*;

case!("query/every_select_of_every_source", Theme::Projection, of_queries);
case!("scan/every_select_of_every_source", Theme::Projection, of_scans);
case!("query/an_index_counts_without_items", Theme::Count, counts);
case!("query/parts_of_what_is_deep_are_given_alone", Theme::Projection, deep);

/// What is read, and what of an item it holds by itself.
struct Source {
    index: Option<&'static str>,
    held: &'static [&'static str],
    /// Whether what it does not hold is fetched.
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
    /// What it gives of an item; nothing where it has to refuse. `Count` gives no item.
    fn gives(&self, select: Option<&Select>) -> Option<Vec<Item>> {
        let item = entry("a", 1, "k", 5).with("note", "n").with("more", 1);
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
    let parts = |names: &[&str]| Some(Select::SpecificAttributes(Projection::new(names.iter().map(|name| path(name)))));
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

async fn one(cx: &Context) -> Result<Name, Failure> {
    let table = indexed(cx).await?;
    put_all(cx, &table, [entry("a", 1, "k", 5).with("note", "n").with("more", 1)]).await?;
    Ok(table)
}

/// More would be given than was asked for, or less, or what cannot be given be left out in silence.
async fn of_queries(cx: Context) -> CaseResult {
    let table = one(&cx).await?;
    for source in &SOURCES {
        for select in selects() {
            let hash = if source.index.is_some_and(|index| index.starts_with("global")) { "k" } else { "a" };
            let query = match source.index {
                Some(index) => by_index(&table, index, hash),
                None => partition(&table, hash),
            };
            let query = Query { select: select.clone(), ..query };
            match source.gives(select.as_ref()) {
                None => drop(cx.invalid(query).await?),
                Some(expected) => {
                    let shown = format!("{:?} of {:?}", select, source.index);
                    let page = cx.run(query).await?;
                    same(&shown, page.items, expected)?;
                    same(shown, (page.count, page.scanned_count), (1, 1))?;
                }
            }
        }
    }
    Ok(())
}

/// The same, of scans.
async fn of_scans(cx: Context) -> CaseResult {
    let table = one(&cx).await?;
    for source in &SOURCES {
        for select in selects() {
            let index = source.index.map(Name::from_static);
            let scan = Scan { index, select: select.clone(), ..Scan::new(&table) };
            match source.gives(select.as_ref()) {
                None => drop(cx.invalid(scan).await?),
                Some(expected) => {
                    let shown = format!("{:?} of {:?}", select, source.index);
                    let page = cx.run(scan).await?;
                    same(&shown, page.items, expected)?;
                    same(shown, (page.count, page.scanned_count), (1, 1))?;
                }
            }
        }
    }
    Ok(())
}

/// Counting by an index would count the table, or what the filter drops.
async fn counts(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    put_all(&cx, &table, (0..5).map(|at| entry("a", at, "k", at).with("note", at.to_string()))).await?;
    put_all(&cx, &table, [key("a", 9), entry("b", 1, "l", 1)]).await?;
    let filter = Some(Condition::compare(path("note"), Comparator::Lt, "3"));
    for (index, hash) in [("global_note", "k"), ("local_note", "a")] {
        let count = Query { select: Some(Select::Count), ..by_index(&table, index, hash) };
        let page = cx.run(count.clone()).await?;
        same(index, (page.items.len(), page.count, page.scanned_count), (0, 5, 5))?;
        let page = cx.run(Query { filter: filter.clone(), ..count.clone() }).await?;
        same("with a filter", (page.items.len(), page.count, page.scanned_count), (0, 3, 5))?;
        let page = cx.run(Query { limit: Some(2), ..count }).await?;
        same("up to a limit", (page.count, page.last_evaluated_key.is_some()), (2, true))?;
    }
    Ok(())
}

/// A whole document would be given for a part of it.
async fn deep(cx: Context) -> CaseResult {
    let table = indexed(&cx).await?;
    let map = |entries: &[(&'static str, i32)]| {
        AttributeValue::m(entries.iter().map(|(name, value)| (*name, AttributeValue::from(*value))))
    };
    put_all(&cx, &table, [entry("a", 1, "k", 5).with("map", map(&[("x", 1), ("y", 2)]))]).await?;
    let select = Some(Select::SpecificAttributes(Projection::new([path("map.x")])));
    for query in [partition(&table, "a"), by_index(&table, "global_all", "k"), by_index(&table, "local_keys", "a")] {
        let items = cx.run(Query { select: select.clone(), ..query }).await?.items;
        same("the part", items, [Item::new().with("map", map(&[("x", 1)]))])?;
    }
    Ok(())
}
