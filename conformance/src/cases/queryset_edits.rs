//! Edits that `QuerySet::update` accepts for each type of field.

use std::collections::BTreeMap;

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::{F, IntoEdits};

use super::prelude::*;

case!("queryset/update_edits_numbers_and_strings", Theme::Update, update_edits_numbers_and_strings);
case!("queryset/update_edits_lists_and_sets", Theme::Update, update_edits_lists_and_sets);
case!("queryset/update_edits_values_in_maps", Theme::Update, update_edits_values_in_maps);
case!("queryset/update_edits_options", Theme::Update, update_edits_options);
case!(
    "queryset/update_evaluates_edits_on_the_original_item",
    Theme::Update,
    update_evaluates_edits_on_the_original_item
);

/// Creates a sample with a value in each of its fields.
async fn sample(cx: &Context) -> Result<Database, Failure> {
    let db = cx.db();
    db.create_table::<Sample>().await?;
    let mut sample = Sample {
        id: 1,
        colour: Colour::Green,
        location: Some(Location { city: "Oslo".to_owned(), floor: Some(2) }),
        bytes: bytes::Bytes::from_static(b"ab"),
        list: vec![Some(1), None],
        numbers: [1, 2].into(),
        scores: BTreeMap::from([("go".to_owned(), 0.5)]),
        json: serde_json::json!({}),
        exact: "0.1".parse()?,
    };
    sample.save(db).await?;
    Ok(db.clone())
}

/// Updates the sample and returns it.
async fn update_sample(db: &Database, edits: impl IntoEdits<Sample>) -> Result<Sample, Failure> {
    let all = Sample::objects().set_hash_key(1);
    ensure_eq("number of updated samples", all.update(edits, db).await?, 1)?;
    Ok(all.get(db).await?)
}

/// Fails if an edit overwrites a value that it should keep or add to.
async fn update_edits_numbers_and_strings(cx: Context) -> CaseResult {
    let db = sample(&cx).await?;
    let tenth: Number = "0.1".parse()?;
    let edits = (
        Sample::COLOUR.set(Colour::DarkBlue),
        Sample::EXACT.add(tenth),
        Sample::BYTES.set_if_not_exists(bytes::Bytes::new()),
    );
    let sample = update_sample(&db, edits).await?;
    ensure_eq("colour", sample.colour, Colour::DarkBlue)?;
    ensure_eq("sum", sample.exact.to_string(), "0.2".to_owned())?;
    ensure_eq("previous item", &sample.bytes[..], b"ab".as_slice())?;
    let sample = update_sample(&db, (Sample::LOCATION.remove(), Sample::EXACT.set(F(Sample::EXACT) - tenth))).await?;
    ensure_eq("removed field and difference", (sample.location, sample.exact), (None, tenth))
}

/// Fails if an edit replaces the collection, or keeps elements that it removes.
async fn update_edits_lists_and_sets(cx: Context) -> CaseResult {
    let db = sample(&cx).await?;
    let sample = update_sample(&db, (Sample::LIST.append([Some(8), Some(9)]), Sample::NUMBERS.add([2, 3]))).await?;
    ensure_eq("list after `append`", sample.list, vec![Some(1), None, Some(8), Some(9)])?;
    ensure_eq("set after `add`", sample.numbers, [1, 2, 3].into())?;
    let sample = update_sample(&db, (Sample::LIST.prepend([Some(0)]), Sample::NUMBERS.delete([1, 7]))).await?;
    ensure_eq("list after `prepend`", sample.list, vec![Some(0), Some(1), None, Some(8), Some(9)])?;
    ensure_eq("set after `delete`", sample.numbers, [2, 3].into())?;
    let sample = update_sample(&db, (Sample::LIST.index(1).remove(), Sample::LIST.index(3).set(7))).await?;
    ensure_eq("list after edits by original positions", sample.list, vec![Some(0), None, Some(7), Some(9)])?;
    let sample = update_sample(&db, Sample::NUMBERS.delete([2, 3])).await?;
    ensure_eq("size of a set without elements", sample.numbers.len(), 0)
}

/// Fails if an edit of a nested value replaces the whole map.
async fn update_edits_values_in_maps(cx: Context) -> CaseResult {
    let db = sample(&cx).await?;
    let edits = (Sample::LOCATION.at(Location::CITY).set("Bergen"), Sample::SCORES.key("no.go").set(-1.5));
    let sample = update_sample(&db, edits).await?;
    ensure_eq("location", sample.location, Some(Location { city: "Bergen".to_owned(), floor: Some(2) }))?;
    ensure_eq("score", sample.scores.get("no.go"), Some(&-1.5))?;
    let sample =
        update_sample(&db, (Sample::LOCATION.at(Location::FLOOR).remove(), Sample::SCORES.key("go").add(1))).await?;
    ensure_eq("floor", sample.location.and_then(|location| location.floor), None)?;
    ensure_eq("sum", sample.scores.get("go"), Some(&1.5))
}

/// Fails if `None` stores NULL in place of an attribute, or removes an element of a list.
async fn update_edits_options(cx: Context) -> CaseResult {
    let db = sample(&cx).await?;
    let edits = (Sample::LOCATION.at(Location::FLOOR).set(None), Sample::LIST.index(0).set(None));
    let sample = update_sample(&db, edits).await?;
    ensure_eq("location", sample.location, Some(Location { city: "Oslo".to_owned(), floor: None }))?;
    ensure_eq("list", sample.list, vec![None, None])?;
    let edits = (Sample::LOCATION.set(None), Sample::LIST.index(1).set(Some(4)));
    let sample = update_sample(&db, edits).await?;
    ensure_eq("removed location and list", (&sample.location, &sample.list), (&None, &vec![None, Some(4)]))?;
    let lacking = Sample::objects().scan().filter(Sample::LOCATION.not_exists());
    ensure_eq("samples without a location", lacking.count(&db).await?, 1)?;
    let bergen = Location { city: "Bergen".to_owned(), floor: Some(1) };
    let sample = update_sample(&db, Sample::LOCATION.set_if_not_exists(Some(bergen.clone()))).await?;
    ensure_eq("location that was missing", sample.location, Some(bergen.clone()))?;
    let edits = (Sample::LOCATION.set_if_not_exists(None), Sample::EXACT.add("1".parse::<Number>()?));
    ensure_eq("location that was kept", update_sample(&db, edits).await?.location, Some(bergen))
}

/// Fails if an edit sees the result of another edit of the same update.
async fn update_evaluates_edits_on_the_original_item(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 2).await?;
    Event { size: Some(5), ..Event::new("a", 10) }.save(&db).await?;
    let event_at_10 = Event::objects().set_hash_key("a").filter(Event::AT.eq(10));
    ensure_eq("number of updated events", event_at_10.update(Event::LEVEL.set(7), &db).await?, 1)?;
    let both = (Event::LEVEL.set(F(Event::LEVEL) + 1), Event::SIZE.set(F(Event::SIZE) + 1));
    ensure_eq("number of events updated again", event_at_10.update(both, &db).await?, 1)?;
    let event = event_at_10.get(&db).await?;
    ensure_eq("level and size computed from the original item", (event.level, event.size), (8.0, Some(6)))
}
