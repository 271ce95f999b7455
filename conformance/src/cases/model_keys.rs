//! Keys that are composed of several parts, and booleans as keys.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::error::Error;
use djamodb_core::model::JoinedKey;

use super::prelude::*;

case!("model/joined_keys_round_trip_as_one_text", Theme::Value, joined_keys_round_trip_as_one_text);
case!("model/a_prefix_selects_the_keys_with_its_parts", Theme::KeyCondition, a_prefix_selects_the_keys_with_its_parts);
case!("model/an_ambiguous_key_is_refused", Theme::Key, an_ambiguous_key_is_refused);
case!("model/booleans_are_keys_of_indexes", Theme::Index, booleans_are_keys_of_indexes);

fn place(country: &str, city: &str, number: u32) -> Place {
    Place { country: country.to_owned(), city: city.to_owned(), number }
}

fn visit(place: &Place, returns: bool) -> Visit {
    Visit {
        visitor: "ann".to_owned(),
        place: place.clone(),
        returns: returns.into(),
        nights: [(place.clone(), 2)].into(),
    }
}

/// Creates the table with visits to six places.
async fn visits(cx: &Context) -> Result<Database, Failure> {
    cx.db().create_table::<Visit>().await?;
    for (country, city, number, returns) in [
        ("at", "Wien", 1, true),
        ("cz", "", 3, false),
        ("cz", "Brno", 10, true),
        ("cz", "Brno", 9, false),
        ("cz", "Brno|", 1, false),
        ("czx", "Brno", 1, true),
    ] {
        let place = place(country, city, number);
        if city.ends_with('|') {
            let refused = visit(&place, returns).save(cx.db()).await;
            ensure("a city that ends like the separator is refused", refused.is_err())?;
        } else {
            visit(&place, returns).save(cx.db()).await?;
        }
    }
    Ok(cx.db().clone())
}

/// Fails if a key of several parts is not one text, or is read as other parts.
async fn joined_keys_round_trip_as_one_text(cx: Context) -> CaseResult {
    let db = visits(&cx).await?;
    let brno = place("cz", "Brno", 9);
    let found = Visit::get_by_key(("ann", brno.clone()), &db).await?;
    ensure_eq("visit", &found, &visit(&brno, false))?;
    let key = Item::new().with("visitor", "ann").with("place", "cz||Brno||9");
    let item = db.run(GetItem::new(cx.db().table_name::<Visit>(), key.clone())).await?.item.unwrap_or_default();
    let nights = item.get("nights").and_then(AttributeValue::as_m).map(|nights| nights.contains_key("cz||Brno||9"));
    ensure_eq("name in a map", nights, Some(true))?;
    let at_place = Visit::objects().set_index(Visit::BY_PLACE).set_hash_key(brno);
    ensure_eq("visits by place", at_place.count(&db).await?, 1)?;
    // `09` is no number that is ever written.
    let place = item.with("place", "cz||Brno||09");
    db.run(PutItem::new(cx.db().table_name::<Visit>(), place)).await?;
    match Visit::objects().set_hash_key("ann").all(&db).await {
        Err(Error::Decode { error, .. }) => ensure_eq("path", error.path(), "place.number"),
        other => Err(Failure::new(format_args!("unexpected result: {other:?}"))),
    }
}

/// Fails if a prefix selects keys with other parts, or reads others.
async fn a_prefix_selects_the_keys_with_its_parts(cx: Context) -> CaseResult {
    let db = visits(&cx).await?;
    let all = Visit::objects().set_hash_key("ann");
    for (prefix, expected) in [
        (Place::prefix("cz"), vec![10, 9, 3]),
        (Place::prefix("c"), vec![]),
        (Place::prefix(("cz", "Brno")), vec![10, 9]),
        (Place::prefix(("cz", "")), vec![3]),
        (Place::prefix("czx"), vec![1]),
    ] {
        let found = all.filter(Visit::PLACE.startswith(prefix.clone())).all(&db).await?;
        let numbers: Vec<u32> = found.iter().map(|visit| visit.place.number).collect();
        ensure_eq(format!("{prefix:?}"), numbers, expected)?;
    }
    let explained = all.filter(Visit::PLACE.startswith(Place::prefix(("cz", "Brno")))).explain()?.to_string();
    ensure("the prefix is a key condition", explained.contains(r#"begins_with(place, "cz||Brno||")"#))?;
    let from = all.filter(Visit::PLACE.gte(place("cz", "Brno", 5))).count(&db).await?;
    ensure_eq("visits from a place on, in the order of the texts", from, 2)
}

/// Fails if a key is written whose text other parts have.
async fn an_ambiguous_key_is_refused(cx: Context) -> CaseResult {
    let db = visits(&cx).await?;
    let ambiguous = Visit { nights: std::collections::BTreeMap::new(), ..visit(&place("cz||Brno", "x", 1), true) };
    let refused = |result: Result<_, Error>| match result {
        Ok(()) => "no error".to_owned(),
        Err(error) => error.to_string(),
    };
    let saved = refused(ambiguous.clone().save(&db).await);
    ensure(format!("save: {saved}"), saved.contains("place.country"))?;
    let read = Visit::get_by_key(("ann", ambiguous.place), &db).await;
    ensure("read", read.is_err_and(|error| error.to_string().contains("contains the separator")))?;
    let all = Visit::objects().set_hash_key("ann");
    let prefix = all.filter(Visit::PLACE.startswith(Place::prefix("cz|"))).count(&db).await;
    ensure("prefix", prefix.is_err_and(|error| error.to_string().contains("country")))
}

/// Fails if a boolean cannot be a key of an index, or selects the other value.
async fn booleans_are_keys_of_indexes(cx: Context) -> CaseResult {
    let db = visits(&cx).await?;
    let returning = Visit::objects().set_index(Visit::BY_RETURN);
    ensure_eq("visits that return", returning.set_hash_key(true).count(&db).await?, 3)?;
    ensure_eq("visits that do not", returning.set_hash_key(false).count(&db).await?, 2)?;
    let czech = returning.set_hash_key(true).filter(Visit::PLACE.startswith(Place::prefix("cz")));
    ensure_eq("Czech visits that return", czech.count(&db).await?, 1)?;
    let at_wien = Visit::objects().set_index(Visit::BY_PLACE).set_hash_key(place("at", "Wien", 1));
    ensure_eq("as a range key", at_wien.filter(Visit::RETURNS.eq(true)).count(&db).await?, 1)?;
    let all = Visit::objects().set_hash_key("ann");
    ensure_eq("updated", all.filter(Visit::RETURNS.ne(true)).update(Visit::RETURNS.set(true), &db).await?, 2)?;
    ensure_eq("visits that return now", returning.set_hash_key(true).count(&db).await?, 5)?;
    let text = all.filter_lookup("returns", "true").count(&db).await?;
    ensure_eq("as text", text, 5)
}
