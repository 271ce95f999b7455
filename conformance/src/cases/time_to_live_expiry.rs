//! Deletion of expired items after `UpdateTimeToLive`.

use djamodb_core::schema::StreamView;

use super::prelude::*;

case!("update_time_to_live/expired_items_are_deleted", Theme::TimeToLive, expired_items_are_deleted);
case!(
    "update_time_to_live/items_written_before_enabling_expire",
    Theme::TimeToLive,
    items_written_before_enabling_expire
);
case!("update_time_to_live/items_expire_at_their_time", Theme::TimeToLive, items_expire_at_their_time);
case!(
    "update_time_to_live/items_without_a_past_timestamp_are_kept",
    Theme::TimeToLive,
    items_without_a_past_timestamp_are_kept
);
case!(
    "update_time_to_live/records_of_expired_items_name_the_service",
    Theme::TimeToLive,
    requires: [Requirement::Stream, Requirement::GetRecords],
    records_of_expired_items_name_the_service
);

/// Maximum number of polls, ten per second, for the deletion of an expired item.
const LOOKS_MAX: u32 = 300;
const YEAR: i64 = 365 * 24 * 60 * 60;

fn number(number: i64) -> AttributeValue {
    AttributeValue::N(Number::from(number))
}

/// Returns the timestamp of `seconds` from now.
fn seconds_from_now(cx: &Context, seconds: i64) -> AttributeValue {
    number(cx.driver().clock().now().timestamp() + seconds)
}

/// Waits until an expired item is deleted. Returns `false` without waiting on a backend where that takes days.
async fn wait_until_expired(cx: &Context, table: &Name, key: Item) -> Result<bool, Failure> {
    if cx.deviates("expiry-takes-days") {
        return Ok(false);
    }
    for _ in 0..LOOKS_MAX {
        if get_item(cx, table, key.clone()).await?.is_none() {
            return Ok(true);
        }
        pause(cx).await;
    }
    Err(Failure::new(format_args!("expected {key:?} to expire; it still exists")))
}

/// Fails if an expired item remains in the table or in an index.
async fn expired_items_are_deleted(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    let expired = indexed_item("a", 1, "k", 1).with("expires", seconds_from_now(&cx, -60));
    put_all(&cx, &table, [indexed_item("a", 2, "k", 2), expired]).await?;
    if wait_until_expired(&cx, &table, key("a", 1)).await? {
        for (index, hash) in [("global_all", "k"), ("global_keys", "k"), ("local_keys", "a")] {
            ensure_eq(index, range_keys(&query_all(&cx, index_query(&table, index, hash)).await?), [2])?;
        }
    }
    Ok(())
}

/// Fails if only items that are written later expire.
async fn items_written_before_enabling_expire(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    put_all(&cx, &table, [key("a", 1).with("expires", seconds_from_now(&cx, -60)), key("a", 2)]).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    if wait_until_expired(&cx, &table, key("a", 1)).await? {
        ensure_eq("stored items", range_keys(&query_all(&cx, partition_query(&table, "a")).await?), [2])?;
    }
    Ok(())
}

/// Fails if an item is deleted before its time, or never.
async fn items_expire_at_their_time(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    let due = cx.driver().clock().now().timestamp() + 2;
    let item = key("a", 1).with("expires", number(due));
    put_all(&cx, &table, [item.clone()]).await?;
    let found = get_item(&cx, &table, key("a", 1)).await?;
    // The response may arrive after the item has expired.
    if cx.driver().clock().now().timestamp() < due {
        ensure_eq("item before its time", found, Some(item))?;
    }
    wait_until_expired(&cx, &table, key("a", 1)).await?;
    Ok(())
}

/// Fails if an item is deleted whose attribute is in the future, more than five years old, or no number.
async fn items_without_a_past_timestamp_are_kept(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    let in_milliseconds = number(cx.driver().clock().now().timestamp_millis());
    let as_text = match seconds_from_now(&cx, -60) {
        AttributeValue::N(number) => AttributeValue::s(number.to_string()),
        other => other,
    };
    let values = [
        seconds_from_now(&cx, 3600),
        in_milliseconds,
        as_text,
        AttributeValue::l([seconds_from_now(&cx, -60)]),
        seconds_from_now(&cx, -6 * YEAR),
        number(0),
        number(-1),
        AttributeValue::Null,
    ];
    put_all(&cx, &table, (0..).zip(values).map(|(at, value)| key("a", at).with("expires", value))).await?;
    put_all(
        &cx,
        &table,
        [
            key("a", 8).with("other", seconds_from_now(&cx, -60)),
            key("b", 0).with("expires", seconds_from_now(&cx, -60)),
        ],
    )
    .await?;
    wait_until_expired(&cx, &table, key("b", 0)).await?;
    ensure_eq(
        "stored items",
        range_keys(&query_all(&cx, partition_query(&table, "a")).await?),
        (0..9).collect::<Vec<i64>>(),
    )
}

/// Fails if a deletion by expiry looks like one by a user, or the reverse.
async fn records_of_expired_items_name_the_service(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewAndOldImages).await? else {
        return Ok(());
    };
    cx.run(UpdateTimeToLive::enable(&table, "expires")).await?;
    put_all(&cx, &table, [key("a", 1)]).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    let expired = key("a", 2).with("expires", seconds_from_now(&cx, -60));
    put_all(&cx, &table, [expired.clone()]).await?;
    if !wait_until_expired(&cx, &table, key("a", 2)).await? {
        return Ok(());
    }
    if cx.deviates("expiry-records-have-no-event") {
        return ensure("the record of the expired item cannot be read", wait_for_records(&cx, &arn, 4).await.is_err());
    }
    let records = wait_for_records(&cx, &arn, 4).await?;
    let events: Vec<_> = records.iter().map(|record| (record.event, record.is_expiry())).collect();
    let expected = [
        (StreamEvent::Insert, false),
        (StreamEvent::Remove, false),
        (StreamEvent::Insert, false),
        (StreamEvent::Remove, true),
    ];
    ensure_eq("events, and whether the service made them", events, expected)?;
    let old = records.last().and_then(|record| record.old_image.clone());
    ensure_eq("expired item", old, Some(expired))
}
