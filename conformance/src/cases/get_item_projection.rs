//! Projections of `GetItem`.

use djamodb_core::expression::ProjectionExpression;

use super::prelude::*;

case!("get_item/returns_only_projected_attributes", Theme::Projection, returns_only_projected_attributes);
case!("get_item/projects_paths_in_maps_and_lists", Theme::Projection, projects_paths_in_maps_and_lists);
case!("get_item/returns_an_empty_item_if_no_path_exists", Theme::Projection, returns_an_empty_item_if_no_path_exists);
case!("get_item/projects_attributes_with_any_name", Theme::Projection, projects_attributes_with_any_name);
case!("get_item/rejects_overlapping_paths", Theme::Projection, rejects_overlapping_paths);

async fn projected(cx: &Context, table: &Name, paths: &[&str]) -> Result<Option<Item>, Failure> {
    let projection = Some(ProjectionExpression::new(paths.iter().map(|text| path(text))));
    Ok(cx.run(GetItem { projection, consistent: true, ..GetItem::new(table, user_key("a")) }).await?.item)
}

/// Fails if other attributes than the projected ones are returned.
async fn returns_only_projected_attributes(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1).with("y", 2).with("z", 3)]).await?;
    let found = projected(&cx, &table, &["z", "x", "none"]).await?;
    ensure_eq("attributes x and z", found, Some(Item::new().with("x", 1).with("z", 3)))?;
    let found = projected(&cx, &table, &["id"]).await?;
    ensure_eq("the key", found, Some(user_key("a")))
}

/// Fails if nested values move to another path, or are returned with values that were not projected.
async fn projects_paths_in_maps_and_lists(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let list = || AttributeValue::l((0..4).map(AttributeValue::n));
    let inner = AttributeValue::m([("c", list()), ("d", AttributeValue::s("d"))]);
    let map = AttributeValue::m([("b", inner), ("e", AttributeValue::s("e"))]);
    put_all(&cx, &table, [user_key("a").with("m", map).with("l", list()).with("x", 1)]).await?;

    let found = projected(&cx, &table, &["m.b.c", "x"]).await?;
    let expected = AttributeValue::m([("b", AttributeValue::m([("c", list())]))]);
    ensure_eq("a projected map keeps its shape", found, Some(Item::new().with("m", expected).with("x", 1)))?;

    let found = projected(&cx, &table, &["l[3]", "l[1]", "l[9]"]).await?;
    let expected = AttributeValue::l([AttributeValue::n(1), AttributeValue::n(3)]);
    ensure_eq("projected list elements without gaps, in list order", found, Some(Item::new().with("l", expected)))?;

    let found = projected(&cx, &table, &["m.b.c[2]", "m.e", "m.none", "x.y", "l.k"]).await?;
    let one = AttributeValue::m([("c", AttributeValue::l([AttributeValue::n(2)]))]);
    let expected = AttributeValue::m([("b", one), ("e", AttributeValue::s("e"))]);
    ensure_eq("missing paths leave nothing in the item", found, Some(Item::new().with("m", expected)))
}

/// Fails if an item without the projected attributes looks like a missing item.
async fn returns_an_empty_item_if_no_path_exists(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a").with("x", 1)]).await?;
    ensure_eq("item without the projected attributes", projected(&cx, &table, &["y"]).await?, Some(Item::new()))?;
    let projection = Some(ProjectionExpression::new([path("y")]));
    let found = cx.run(GetItem { projection, ..GetItem::new(&table, user_key("b")) }).await?.item;
    ensure_eq("missing item", found, None)
}

/// Fails if reserved words, dots or spaces in names break the expression.
async fn projects_attributes_with_any_name(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let names = ["name", "a.b", "two words", "SELECT", "#0", ":0", "émoji 😀", "0", "a[1]", "\"quoted\""];
    let item = names.iter().fold(user_key("a"), |item, name| item.with(*name, 1));
    put_all(&cx, &table, [item.clone()]).await?;
    let projection = Some(ProjectionExpression::new(names.iter().map(|name| Path::new(*name))));
    let found = cx.run(GetItem { projection, ..GetItem::new(&table, user_key("a")) }).await?.item;
    let mut expected = item;
    expected.remove("id");
    ensure_eq("attributes with unusual names", found, Some(expected))
}

/// Fails if overlapping paths are accepted.
async fn rejects_overlapping_paths(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    for paths in [["m", "m.a"], ["m.a", "m.a"], ["l[1]", "l"], ["m.a", "m[0]"]] {
        let projection = Some(ProjectionExpression::new(paths.map(path)));
        cx.expect_validation_error(GetItem { projection, ..GetItem::new(&table, user_key("a")) }).await?;
    }
    Ok(())
}
