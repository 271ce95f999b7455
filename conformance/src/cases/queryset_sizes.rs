//! `QuerySet::filter` by the sizes of values and by their types.

use djamodb_core::database::{Database, ModelExt};
use djamodb_core::model::{F, Q};
use djamodb_core::value::ValueType;

use super::prelude::*;

case!("queryset/sizes_select_matching_items", Theme::QuerySet, sizes_select_matching_items);
case!("queryset/a_missing_attribute_has_no_size", Theme::QuerySet, a_missing_attribute_has_no_size);
case!("queryset/sizes_are_compared_with_attributes", Theme::QuerySet, sizes_are_compared_with_attributes);
case!("queryset/sizes_of_nested_values_select_items", Theme::QuerySet, sizes_of_nested_values_select_items);
case!("queryset/types_select_matching_items", Theme::QuerySet, types_select_matching_items);

/// Creates four events with notes and tags of different sizes, the second without a note.
async fn create_noted_events(cx: &Context) -> Result<Database, Failure> {
    let db = database_with_events(cx, 0).await?;
    for (at, note, tags) in [
        (1, Some("a long night"), &["wet", "cold"][..]),
        (2, None, &["wet"]),
        (3, Some("nothing"), &[]),
        (4, Some("ä"), &["hot"]),
    ] {
        let mut event = Event::new("a", at);
        event.note = note.map(str::to_owned);
        event.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        event.size = u32::try_from(at).ok().filter(|_| at != 3);
        event.save(&db).await?;
    }
    Ok(db)
}

/// Asserts the events that each lookup selects, by a query, by its negation and by a scan.
async fn ensure_each<'a>(cx: &Context, lookups: impl IntoIterator<Item = (Q<Event>, &'a [i64])>) -> CaseResult {
    let db = create_noted_events(cx).await?;
    let all = Event::objects().set_hash_key("a");
    for (lookup, expected) in lookups {
        let found = all.filter(lookup.clone()).all(&db).await?;
        ensure_eq(format!("{lookup:?}"), event_times(&found), expected)?;
        let excluded: Vec<i64> = (1..5).filter(|at| !expected.contains(at)).collect();
        let found = all.exclude(lookup.clone()).all(&db).await?;
        ensure_eq(format!("NOT {lookup:?}"), event_times(&found), excluded)?;
        let scanned = Event::objects().scan().filter(lookup.clone()).count(&db).await?;
        ensure_eq(format!("scan for {lookup:?}"), scanned, expected.len() as u64)?;
    }
    Ok(())
}

/// Fails if a size is not the number of characters or elements.
async fn sizes_select_matching_items(cx: Context) -> CaseResult {
    let (note, tags) = (Event::NOTE.size(), Event::TAGS.size());
    ensure_each(
        &cx,
        [
            (note.clone().eq(1), &[4][..]),
            (note.clone().lt(7), &[4]),
            (note.clone().lte(7), &[3, 4]),
            (note.clone().gt(7), &[1]),
            (note.clone().between(2, 12), &[1, 3]),
            (note.clone().between(12, 2), &[]),
            (note.clone().is_in([7, 12]), &[1, 3]),
            (note.is_in([]), &[]),
            (tags.clone().eq(2), &[1]),
            (tags.gte(1), &[1, 2, 4]),
        ],
    )
    .await
}

/// Fails if a comparison with the size of a missing attribute is true, or its negation false.
async fn a_missing_attribute_has_no_size(cx: Context) -> CaseResult {
    let note = Event::NOTE.size();
    ensure_each(
        &cx,
        [
            (note.clone().gte(0), &[1, 3, 4][..]),
            (!note.clone().gte(0), &[2]),
            (note.clone().eq(0), &[]),
            (note.clone().ne(7), &[1, 2, 4]),
            (note.clone().eq(note.clone()), &[1, 3, 4]),
            (note.clone().ne(note), &[2]),
        ],
    )
    .await
}

/// Fails if a size is compared with something else than the value of the attribute or its size.
async fn sizes_are_compared_with_attributes(cx: Context) -> CaseResult {
    let (note, tags) = (Event::NOTE.size(), Event::TAGS.size());
    ensure_each(
        &cx,
        [
            (tags.clone().gt(F(Event::SIZE)), &[1][..]),
            (tags.clone().lt(F(Event::AT)), &[2, 4]),
            (tags.clone().between(1, F(Event::SIZE)), &[2, 4]),
            (tags.clone().ne(F(Event::SIZE)), &[1, 2, 3, 4]),
            (note.clone().gt(tags.clone()), &[1]),
            (note.eq(tags), &[4]),
            (Event::DEVICE.size().eq(F(Event::AT)), &[1]),
            (Event::DEVICE.size().lt(Event::TAGS.size()), &[1]),
        ],
    )
    .await
}

/// Fails if the size of a value inside a map or a list is not found, or decides no write.
async fn sizes_of_nested_values_select_items(cx: Context) -> CaseResult {
    cx.db().create_table::<Sample>().await?;
    let db = cx.db();
    let mut sample = Sample {
        id: 1,
        colour: Colour::Green,
        location: Some(Location { city: "Oslo".to_owned(), floor: Some(2) }),
        bytes: bytes::Bytes::from_static(b"abc"),
        list: vec![Some(1), None],
        numbers: [1, 2].into(),
        scores: [("go".to_owned(), 0.5)].into(),
        json: serde_json::json!({}),
        exact: "0.1".parse()?,
    };
    sample.save(db).await?;
    let all = Sample::objects().set_hash_key(1);
    for (lookup, matches) in [
        (Sample::LOCATION.at(Location::CITY).size().eq(4), true),
        (Sample::LOCATION.size().eq(2), true),
        (Sample::BYTES.size().gt(3), false),
        (Sample::LIST.size().eq(2), true),
        (Sample::NUMBERS.size().gt(2), false),
        (Sample::SCORES.size().eq(1), true),
        (Sample::LIST.index(1).attribute_type(ValueType::Null), true),
        (Sample::LIST.index(2).attribute_type(ValueType::Null), false),
    ] {
        ensure_eq(format!("{lookup:?}"), all.filter(lookup).exists(db).await?, matches)?;
    }
    let updated = all.filter(Sample::LIST.size().lt(3)).update(Sample::LIST.append([Some(3)]), db).await?;
    let again = all.filter(Sample::LIST.size().lt(3)).update(Sample::LIST.append([Some(4)]), db).await?;
    ensure_eq("samples updated while the list is short", (updated, again), (1, 0))
}

/// Fails if a type selects an item without the attribute, or whose attribute has another type.
async fn types_select_matching_items(cx: Context) -> CaseResult {
    ensure_each(
        &cx,
        [
            (Event::NOTE.attribute_type(ValueType::S), &[1, 3, 4][..]),
            (!Event::NOTE.attribute_type(ValueType::S), &[2]),
            (Event::NOTE.attribute_type(ValueType::Null), &[]),
            (Event::TAGS.attribute_type(ValueType::Ss), &[1, 2, 4]),
            (Event::AT.attribute_type(ValueType::N), &[1, 2, 3, 4]),
            (Event::AT.attribute_type(ValueType::S), &[]),
            (Event::DEVICE.attribute_type(ValueType::S), &[1, 2, 3, 4]),
        ],
    )
    .await
}
