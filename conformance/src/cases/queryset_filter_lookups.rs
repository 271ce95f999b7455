//! `QuerySet::filter`, `exclude` and `count` with every lookup, wherever the planner evaluates it.

use djamodb_core::database::ModelExt;
use djamodb_core::model::Q;

use super::prelude::*;

case!("queryset/every_lookup_selects_matching_items", Theme::QuerySet, every_lookup_selects_matching_items);
case!(
    "queryset/lookups_on_the_range_key_select_matching_items",
    Theme::QuerySet,
    lookups_on_the_range_key_select_matching_items
);
case!("queryset/lookups_on_an_index_select_matching_items", Theme::QuerySet, lookups_on_an_index_select_matching_items);
case!(
    "queryset/items_without_the_attribute_are_unequal_to_every_value",
    Theme::QuerySet,
    items_without_the_attribute_are_unequal_to_every_value
);
case!(
    "queryset/lookups_given_as_strings_select_matching_items",
    Theme::QuerySet,
    lookups_given_as_strings_select_matching_items
);
case!(
    "queryset/filters_beyond_the_expression_limits_select_matching_items",
    Theme::QuerySet,
    filters_beyond_the_expression_limits_select_matching_items
);
case!(
    "queryset/count_counts_matching_items_up_to_the_limit",
    Theme::Count,
    count_counts_matching_items_up_to_the_limit
);

async fn create_four_events(cx: &Context) -> Result<djamodb_core::database::Database, Failure> {
    let db = database_with_events(cx, 0).await?;
    for (at, kind, tags) in [
        (1, Some("rain"), &["wet", "cold"][..]),
        (2, Some("rainbow"), &["wet"]),
        (3, None, &[]),
        (4, Some("sun"), &["hot"]),
    ] {
        let mut event = Event::new("a", at);
        event.kind = kind.map(str::to_owned);
        event.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        event.urgent = at == 2;
        event.level = [0.5, 1.0, 1.5, 2.0][usize::try_from(at - 1).unwrap_or_default()];
        event.save(&db).await?;
    }
    Ok(db)
}

/// Asserts the events that each lookup selects, by `all`, by `count` and backward.
async fn ensure_each<'a>(cx: &Context, lookups: impl IntoIterator<Item = (Q<Event>, &'a [i64])>) -> CaseResult {
    let db = create_four_events(cx).await?;
    let all = Event::objects().set_hash_key("a");
    for (lookup, expected) in lookups {
        let found = all.filter(lookup.clone());
        ensure_eq(format!("{lookup:?}"), event_times(&found.all(&db).await?), expected)?;
        ensure_eq(format!("count of {lookup:?}"), found.count(&db).await?, expected.len() as u64)?;
        let mut reversed = expected.to_vec();
        reversed.reverse();
        let backwards = found.set_scan_index_forward(false);
        ensure_eq(format!("{lookup:?} backward"), event_times(&backwards.all(&db).await?), reversed)?;
    }
    Ok(())
}

/// Fails if a lookup selects too many or too few items.
async fn every_lookup_selects_matching_items(cx: Context) -> CaseResult {
    ensure_each(
        &cx,
        vec![
            (Event::KIND.eq("rain"), [1].as_slice()),
            (Event::KIND.ne("rain"), &[2, 3, 4]),
            (Event::KIND.is_in(["sun", "rain", "snow"]), &[1, 4]),
            (Event::KIND.is_in(Vec::<String>::new()), &[]),
            (Event::KIND.exists(), &[1, 2, 4]),
            (Event::KIND.not_exists(), &[3]),
            (Event::KIND.exists() ^ Event::LEVEL.gte(1), &[1, 3]),
            (Event::KIND.eq("rain") ^ Event::KIND.startswith("rain"), &[2]),
            (Event::KIND.startswith("rain"), &[1, 2]),
            (Event::KIND.startswith(""), &[1, 2, 4]),
            (Event::KIND.contains("u"), &[4]),
            (Event::TAGS.contains("wet"), &[1, 2]),
            (Event::TAGS.exists(), &[1, 2, 4]),
            (Event::LEVEL.lt(1), &[1]),
            (Event::LEVEL.lte(1), &[1, 2]),
            (Event::LEVEL.gte(1.5), &[3, 4]),
            (Event::LEVEL.between(1, 1.5), &[2, 3]),
            (Event::LEVEL.between(2, 1), &[]),
            (Event::URGENT.eq(true), &[2]),
            (Event::KIND.startswith("rain") & Event::URGENT.eq(false), &[1]),
            (Event::KIND.eq("sun") | Event::URGENT.eq(true), &[2, 4]),
            (!(Event::KIND.eq("sun") | Event::URGENT.eq(true)), &[1, 3]),
        ],
    )
    .await
}

/// Fails if a bound of a key condition is off by one.
async fn lookups_on_the_range_key_select_matching_items(cx: Context) -> CaseResult {
    ensure_each(
        &cx,
        [
            (Event::AT.eq(3), [3].as_slice()),
            (Event::AT.ne(2), &[1, 3, 4]),
            (Event::AT.gt(2), &[3, 4]),
            (Event::AT.lte(2), &[1, 2]),
            (Event::AT.gt(1) & Event::AT.lt(4), &[2, 3]),
            (Event::AT.gte(2) & Event::AT.ne(3), &[2, 4]),
            (Event::AT.between(2, 3), &[2, 3]),
            (Event::AT.between(3, 2), &[]),
            (!Event::AT.between(2, 3), &[1, 4]),
            (Event::AT.gt(1) & Event::AT.lt(2), &[]),
            (Event::AT.eq(1) | Event::KIND.eq("sun"), &[1, 4]),
            (Event::AT.exists(), &[1, 2, 3, 4]),
            (Event::AT.not_exists(), &[]),
            (Event::DEVICE.eq("b"), &[]),
        ],
    )
    .await
}

/// Fails if a lookup on a key attribute of the index is sent as a filter, which the service rejects.
async fn lookups_on_an_index_select_matching_items(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let windows = Event::kinds().set_hash_key("window");
    for (lookup, expected) in [
        (Event::LEVEL.gt(4), [50, 70, 80].as_slice()),
        (Event::LEVEL.between(2, 5), &[20, 40, 50]),
        (Event::AT.lt(40), &[10, 20]),
        (Event::LEVEL.gt(1) & Event::AT.ne(40) & Event::URGENT.eq(true), &[20, 80]),
        (Event::KIND.eq("door"), &[]),
        (Event::LEVEL.is_in([7, 1, 0]), &[10, 70]),
    ] {
        let found = windows.filter(lookup.clone());
        let mut times = event_times(&found.all(&db).await?);
        times.sort_unstable();
        ensure_eq(format!("{lookup:?}"), times, expected)?;
        ensure_eq(format!("count of {lookup:?}"), found.count(&db).await?, expected.len() as u64)?;
    }
    Ok(())
}

/// Fails if items without the attribute are dropped as in SQL, or only in one of the places where a lookup can be evaluated.
async fn items_without_the_attribute_are_unequal_to_every_value(cx: Context) -> CaseResult {
    let db = create_four_events(&cx).await?;
    let all = Event::objects().set_hash_key("a");
    let keys = all.filter(Event::AT.is_in([1, 2, 3, 4, 5]));
    for (lookup, expected) in [
        (Event::KIND.ne("rain"), [2, 3, 4].as_slice()),
        (!Event::KIND.eq("rain"), &[2, 3, 4]),
        (!Event::KIND.ne("rain"), &[1]),
        (!Event::KIND.is_in(["rain", "sun"]), &[2, 3]),
        (!Event::KIND.startswith("rain"), &[3, 4]),
        (!Event::KIND.gt("rain"), &[1, 3]),
        (!Event::TAGS.contains("wet"), &[3, 4]),
        (Event::KIND.ne("rain") & Event::KIND.exists(), &[2, 4]),
        (!(Event::KIND.eq("rain") | Event::KIND.not_exists()), &[2, 4]),
        (Event::NOTE.ne("x"), &[1, 2, 3, 4]),
    ] {
        ensure_eq(format!("filter({lookup:?})"), event_times(&all.filter(lookup.clone()).all(&db).await?), expected)?;
        ensure_eq(
            format!("exclude(!{lookup:?})"),
            event_times(&all.exclude(!lookup.clone()).all(&db).await?),
            expected,
        )?;
        let on_client = all.filter(lookup.clone() | Event::AT.gt(9));
        ensure_eq(format!("{lookup:?} evaluated on the client"), event_times(&on_client.all(&db).await?), expected)?;
        ensure_eq(
            format!("{lookup:?} with keys"),
            event_times(&keys.filter(lookup.clone()).all(&db).await?),
            expected,
        )?;
        let scanned = Event::objects().scan().filter(lookup.clone());
        ensure_eq(format!("{lookup:?} with a scan"), event_times(&scanned.all(&db).await?), expected)?;
    }
    let excluded: [(Q<Event>, &[i64]); 3] =
        [(Event::KIND.eq("rain"), &[2, 3, 4]), (Event::KIND.ne("rain"), &[1]), (Event::KIND.not_exists(), &[1, 2, 4])];
    for (lookup, expected) in excluded {
        ensure_eq(format!("exclude({lookup:?})"), event_times(&all.exclude(lookup.clone()).all(&db).await?), expected)?;
    }
    Ok(())
}

/// Fails if a number or boolean is compared as a string.
async fn lookups_given_as_strings_select_matching_items(cx: Context) -> CaseResult {
    let db = create_four_events(&cx).await?;
    let all = Event::objects().set_hash_key("a");
    for (lookup, value, expected) in [
        ("at", "3", [3].as_slice()),
        ("at__gte", "3", &[3, 4]),
        ("level__lt", "1.5", &[1, 2]),
        ("kind__startswith", "rain", &[1, 2]),
        ("urgent", "true", &[2]),
        ("kind__exists", "false", &[3]),
        ("kind__in", r#"["sun", "rain"]"#, &[1, 4]),
        ("tags__contains", "wet", &[1, 2]),
    ] {
        ensure_eq(
            format!("{lookup} {value}"),
            event_times(&all.filter_lookup(lookup, value).all(&db).await?),
            expected,
        )?;
    }
    Ok(())
}

/// Fails if a filter that exceeds the limits of one expression is rejected or truncated.
async fn filters_beyond_the_expression_limits_select_matching_items(cx: Context) -> CaseResult {
    let db = create_four_events(&cx).await?;
    let all = Event::objects().set_hash_key("a");
    let names = (0..150).map(|number| format!("kind {number}")).chain(["sun".to_owned()]);
    ensure_eq("events with 151 values", event_times(&all.filter(Event::KIND.is_in(names)).all(&db).await?), [4])?;
    let many = (0..400).map(|number| Event::LEVEL.ne(f64::from(number) + 1.0)).reduce(|all, one| all & one);
    let many = many.ok_or_else(|| Failure::new("expected at least one lookup"))?;
    ensure_eq("events with 400 lookups", event_times(&all.filter(many.clone()).all(&db).await?), [1, 3])?;
    ensure_eq("number of events", all.filter(many).count(&db).await?, 2)
}

/// Fails if items that the filter drops are counted, or the limit is exceeded.
async fn count_counts_matching_items_up_to_the_limit(cx: Context) -> CaseResult {
    let db = database_with_events(&cx, 9).await?;
    let events = Event::objects().set_hash_key("a");
    ensure_eq("all", events.count(&db).await?, 9)?;
    ensure_eq("with a limit", events.set_limit(4).count(&db).await?, 4)?;
    let doors = events.filter(Event::KIND.eq("door"));
    ensure_eq("filtered", doors.count(&db).await?, 3)?;
    ensure_eq("filtered with a limit", doors.set_limit(2).count(&db).await?, 2)?;
    ensure_eq("through an index", Event::kinds().set_hash_key("window").count(&db).await?, 6)?;
    ensure_eq("events by keys", events.filter(Event::AT.is_in([0, 5, 10])).count(&db).await?, 2)?;
    ensure_eq("empty result", Event::objects().set_hash_key("b").count(&db).await?, 0)
}
