//! Tuples, which are stored as lists of their elements.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::error::Error;

use super::prelude::*;

case!("model/tuples_round_trip_as_lists", Theme::Value, tuples_round_trip_as_lists);
case!("model/elements_of_tuples_are_compared_and_changed", Theme::Update, elements_of_tuples_are_compared_and_changed);
case!("model/a_list_of_another_length_is_no_tuple", Theme::Value, a_list_of_another_length_is_no_tuple);

/// Creates the table with one route, and returns both.
async fn route(cx: &Context) -> Result<(Database, Route), Failure> {
    cx.db().create_table::<Route>().await?;
    let mut route = Route {
        name: "coast".to_owned(),
        start: (59.9, 10.75, None),
        stops: vec![("Drammen".to_owned(), 40), ("Larvik".to_owned(), 130)],
        window: Some((6, 22)),
        fares: [("adult".to_owned(), (250, true))].into(),
    };
    route.save(cx.db()).await?;
    Ok((cx.db().clone(), route))
}

/// Fails if a tuple is not stored as a list, or an element is lost.
async fn tuples_round_trip_as_lists(cx: Context) -> CaseResult {
    let (db, route) = route(&cx).await?;
    ensure_eq("route", Route::get_by_key("coast", &db).await?, route)?;
    let read = GetItem::new(cx.db().table_name::<Route>(), Item::new().with("name", "coast"));
    let item = db.run(read).await?.item.unwrap_or_default();
    let window = AttributeValue::l([AttributeValue::n(6), AttributeValue::n(22)]);
    ensure_eq("stored window", item.get("window"), Some(&window))?;
    let missing = AttributeValue::l([
        AttributeValue::N("59.9".parse()?),
        AttributeValue::N("10.75".parse()?),
        AttributeValue::Null,
    ]);
    ensure_eq("stored start", item.get("start"), Some(&missing))
}

/// Fails if a path leads to another element, or a tuple is compared by another value.
async fn elements_of_tuples_are_compared_and_changed(cx: Context) -> CaseResult {
    let (db, mut route) = route(&cx).await?;
    let all = Route::objects().set_hash_key("coast");
    for (lookup, matches) in [
        (Route::WINDOW.eq((6, 22)), true),
        (Route::WINDOW.eq((22, 6)), false),
        (Route::WINDOW.element::<1>().gt(21), true),
        (Route::START.element::<2>().eq("Oslo"), false),
        (Route::STOPS.index(1).element::<0>().startswith("Lar"), true),
        (Route::FARES.key("adult").element::<1>().eq(true), true),
        (Route::STOPS.contains(("Larvik".to_owned(), 130)), true),
        (Route::WINDOW.size().eq(2), true),
    ] {
        ensure_eq(format!("{lookup:?}"), all.filter(lookup).exists(&db).await?, matches)?;
    }
    let edits = (
        Route::START.element::<2>().set("Oslo"),
        Route::STOPS.index(0).element::<1>().add(5),
        Route::FARES.key("adult").set((300, false)),
    );
    route.update(edits, &db).await?;
    ensure_eq("start", route.start.2.as_deref(), Some("Oslo"))?;
    ensure_eq("stop", route.stops.first(), Some(&("Drammen".to_owned(), 45)))?;
    ensure_eq("fare", route.fares.get("adult"), Some(&(300, false)))?;
    route.update((Route::START.element::<2>().set(None), Route::WINDOW.set(None)), &db).await?;
    ensure_eq("removed", (route.start.2, route.window), (None, None))?;
    let rows = all.values((Route::START.element::<0>(), Route::STOPS.index(1).element::<1>()));
    ensure_eq("elements", rows.all(&db).await?, vec![(59.9, 130)])
}

/// Fails if a list that is too long or too short is read as a tuple.
async fn a_list_of_another_length_is_no_tuple(cx: Context) -> CaseResult {
    let (db, route) = route(&cx).await?;
    for length in [1, 3] {
        let mut item = djamodb_core::model::Model::to_item(&route)?;
        item.insert("window", AttributeValue::l(vec![AttributeValue::n(1); length]));
        db.run(PutItem::new(cx.db().table_name::<Route>(), item)).await?;
        match Route::get_by_key("coast", &db).await {
            Err(Error::Decode { .. }) => {}
            other => return Err(Failure::new(format_args!("unexpected result: {other:?}"))),
        }
    }
    Ok(())
}
