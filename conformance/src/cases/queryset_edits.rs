//! Every edit that `update` takes, on fields of the types that take it.

use std::collections::BTreeMap;

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::{F, IntoEdits};

use super::prelude::*;

case!("queryset/edits_of_numbers_and_texts", Theme::Update, plain);
case!("queryset/edits_of_lists_and_sets", Theme::Update, collections);
case!("queryset/edits_inside_of_maps", Theme::Update, inside);
case!("queryset/edits_see_the_item_as_it_was", Theme::Update, as_it_was);

/// A thing that has something in each of its fields.
async fn thing(cx: &Context) -> Result<Database, Failure> {
    let db = cx.db();
    db.create_table::<Thing>().await?;
    let mut thing = Thing {
        id: 1,
        colour: Colour::Green,
        place: Some(Place { city: "Oslo".to_owned(), floor: Some(2) }),
        bytes: bytes::Bytes::from_static(b"ab"),
        list: vec![Some(1), None],
        numbers: [1, 2].into(),
        scores: BTreeMap::from([("go".to_owned(), 0.5)]),
        json: serde_json::json!({}),
        exact: "0.1".parse()?,
    };
    thing.save(db).await?;
    Ok(db.clone())
}

/// Makes edits by a queryset, and gives the thing as it is then.
async fn changed(db: &Database, edits: impl IntoEdits<Thing>) -> Result<Thing, Failure> {
    let all = Thing::objects().set_hash_key(1);
    same("one thing is changed", all.update(edits, db).await?, 1)?;
    Ok(all.get(db).await?)
}

/// A number would be written over, or a text that was there.
async fn plain(cx: Context) -> CaseResult {
    let db = thing(&cx).await?;
    let tenth: Number = "0.1".parse()?;
    let edits = (
        Thing::COLOUR.set(Colour::DarkBlue),
        Thing::EXACT.add(tenth),
        Thing::BYTES.set_if_not_exists(bytes::Bytes::new()),
    );
    let thing = changed(&db, edits).await?;
    same("the colour", thing.colour, Colour::DarkBlue)?;
    same("the sum", thing.exact.to_string(), "0.2".to_owned())?;
    same("what was there", &thing.bytes[..], b"ab".as_slice())?;
    let thing = changed(&db, (Thing::PLACE.remove(), Thing::EXACT.set(F(Thing::EXACT) - tenth))).await?;
    same("what was removed, and the difference", (thing.place, thing.exact), (None, tenth))
}

/// A list would be replaced by what is added to it, or a set hold what was taken away.
async fn collections(cx: Context) -> CaseResult {
    let db = thing(&cx).await?;
    let thing = changed(&db, (Thing::LIST.append([Some(8), Some(9)]), Thing::NUMBERS.add([2, 3]))).await?;
    same("appended", thing.list, vec![Some(1), None, Some(8), Some(9)])?;
    same("added", thing.numbers, [1, 2, 3].into())?;
    let thing = changed(&db, (Thing::LIST.prepend([Some(0)]), Thing::NUMBERS.delete([1, 7]))).await?;
    same("prepended", thing.list, vec![Some(0), Some(1), None, Some(8), Some(9)])?;
    same("taken out", thing.numbers, [2, 3].into())?;
    let thing = changed(&db, (Thing::LIST.index(1).remove(), Thing::LIST.index(3).set(7))).await?;
    same("places as they were before", thing.list, vec![Some(0), None, Some(7), Some(9)])?;
    let thing = changed(&db, Thing::NUMBERS.delete([2, 3])).await?;
    same("a set without elements is none", thing.numbers.len(), 0)
}

/// The whole map would be replaced.
async fn inside(cx: Context) -> CaseResult {
    let db = thing(&cx).await?;
    let edits = (Thing::PLACE.at(Place::CITY).set("Bergen"), Thing::SCORES.key("no.go").set(-1.5));
    let thing = changed(&db, edits).await?;
    same("the place", thing.place, Some(Place { city: "Bergen".to_owned(), floor: Some(2) }))?;
    same("the scores", thing.scores.get("no.go"), Some(&-1.5))?;
    let thing = changed(&db, (Thing::PLACE.at(Place::FLOOR).remove(), Thing::SCORES.key("go").add(1))).await?;
    same("the floor", thing.place.and_then(|place| place.floor), None)?;
    same("the sum", thing.scores.get("go"), Some(&1.5))
}

/// Edits would build on each other.
async fn as_it_was(cx: Context) -> CaseResult {
    let db = database(&cx, 2).await?;
    Event { size: Some(5), ..Event::new("a", 10) }.save(&db).await?;
    let ten = Event::objects().set_hash_key("a").filter(Event::AT.eq(10));
    same("one", ten.update(Event::LEVEL.set(7), &db).await?, 1)?;
    let both = (Event::LEVEL.set(F(Event::LEVEL) + 1), Event::SIZE.set(F(Event::SIZE) + 1));
    same("again", ten.update(both, &db).await?, 1)?;
    let event = ten.get(&db).await?;
    same("each from what it was", (event.level, event.size), (8.0, Some(6)))
}
