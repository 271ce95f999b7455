//! Records that `GetRecords` returns for each kind of change.

use djamodb_core::schema::StreamView;

use super::prelude::*;

case!(
    "get_records/returns_the_images_of_the_stream_view",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_the_images_of_the_stream_view
);
case!(
    "get_records/returns_changes_of_an_item_in_order",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_changes_of_an_item_in_order
);
case!(
    "get_records/skips_writes_that_change_nothing",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    skips_writes_that_change_nothing
);
case!(
    "get_records/returns_changes_of_every_write_operation",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_changes_of_every_write_operation
);
case!(
    "get_records/returns_transactions_atomically",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_transactions_atomically
);
case!(
    "get_records/returns_images_of_items_with_only_a_key",
    Theme::Stream,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_images_of_items_with_only_a_key
);
case!(
    "get_records/returns_values_unchanged",
    Theme::Value,
    requires: [Requirement::Stream, Requirement::GetRecords],
    returns_values_unchanged
);

use StreamEvent::{Insert, Modify, Remove};

fn events_of(records: &[StreamRecord]) -> Vec<(i64, StreamEvent)> {
    let keys: Vec<Item> = records.iter().map(|record| record.keys.clone()).collect();
    range_keys(&keys).into_iter().zip(records.iter().map(|record| record.event)).collect()
}

/// Fails if a record lacks an image that its view includes, or contains another.
async fn returns_the_images_of_the_stream_view(cx: Context) -> CaseResult {
    for (name, view) in STREAM_VIEWS {
        let Some(StreamedTable { table, arn }) = create_streamed_named(&cx, name, view).await? else {
            return Ok(());
        };
        let (first, second) = (key("a", 1).with("n", 1), key("a", 1).with("n", 2));
        put_all(&cx, &table, [first.clone(), second.clone()]).await?;
        cx.run(DeleteItem::new(&table, key("a", 1))).await?;
        let found = wait_for_records(&cx, &arn, 3).await?;
        ensure_eq("events", events_of(&found), [(1, Insert), (1, Modify), (1, Remove)])?;
        let has_new_image = matches!(view, StreamView::NewImage | StreamView::NewAndOldImages);
        let has_old_image = matches!(view, StreamView::OldImage | StreamView::NewAndOldImages);
        let image = |item: &Item, included: bool| included.then(|| item.clone());
        let images: Vec<_> = found.iter().map(|record| (record.new_image.clone(), record.old_image.clone())).collect();
        let expected = [
            (image(&first, has_new_image), None),
            (image(&second, has_new_image), image(&first, has_old_image)),
            (None, image(&second, has_old_image)),
        ];
        ensure_eq(format!("images of the view {view:?}"), images, expected)?;
        for record in &found {
            ensure_eq("key", &record.keys, &key("a", 1))?;
            ensure_eq("stream view", record.view, view)?;
            ensure_eq("user identity", &record.user_identity, &None)?;
            ensure("the record has a size", record.size_bytes > 0)?;
            ensure("the record has a creation time", record.created_at.is_some())?;
        }
    }
    Ok(())
}

/// Fails if the changes of one item are returned out of order.
async fn returns_changes_of_an_item_in_order(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewImage).await? else {
        return Ok(());
    };
    let add = || UpdateItem::new(&table, key("a", 1), Update::new().add(path("n"), 1));
    for _ in 0..12 {
        cx.run(add()).await?;
    }
    let found = wait_for_records(&cx, &arn, 12).await?;
    let images: Vec<Item> = found.iter().filter_map(|record| record.new_image.clone()).collect();
    ensure_eq("`n` of the images", number_values(&images, "n"), (1..13).collect::<Vec<i64>>())?;
    let number = |record: &StreamRecord| record.sequence_number.parse::<u128>();
    let sequence = found.iter().map(number).collect::<Result<Vec<u128>, _>>()?;
    ensure("sequence numbers increase", sequence.is_sorted_by(|left, right| left < right))?;
    let mut ids: Vec<&str> = found.iter().map(|record| record.event_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ensure_eq("number of distinct event ids", ids.len(), 12)
}

/// Fails if a write without a change is recorded.
async fn skips_writes_that_change_nothing(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewAndOldImages).await? else {
        return Ok(());
    };
    let item = || key("a", 1).with("n", 1).with("set", AttributeValue::ss(["x", "y"]));
    put_all(&cx, &table, [item(), item()]).await?;
    put_all(&cx, &table, [key("a", 1).with("n", 1).with("set", AttributeValue::ss(["y", "x"]))]).await?;
    for update in [Update::new().set(path("n"), UpdateOperand::value(1)), Update::new().remove(path("none"))] {
        cx.run(UpdateItem::new(&table, key("a", 1), update)).await?;
    }
    cx.run(DeleteItem::new(&table, key("a", 2))).await?;
    let condition = Some(Condition::AttributeNotExists(path("id")));
    cx.expect_condition_failed(PutItem { condition, ..PutItem::new(&table, key("a", 1)) }).await?;
    cx.run(TransactWriteItems::new([TransactPut::new(&table, item()).into()])).await?;
    put_all(&cx, &table, [key("a", 3)]).await?;
    ensure_eq("events", events_of(&wait_for_records(&cx, &arn, 2).await?), [(1, Insert), (3, Insert)])
}

/// Fails if the writes of some operation are not recorded.
async fn returns_changes_of_every_write_operation(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 1)]).await?;
    cx.run(UpdateItem::new(&table, key("a", 2), Update::new())).await?;
    let batch = |write| TableWrites::new(&table, [write]);
    batch_write_all(&cx, [batch(WriteRequest::Put(key("a", 3)))]).await?;
    batch_write_all(&cx, [batch(WriteRequest::Delete(key("a", 1)))]).await?;
    cx.run(TransactWriteItems::new([TransactPut::new(&table, key("a", 4)).into()])).await?;
    let changed = TransactUpdate::new(&table, key("a", 4), Update::new().add(path("n"), 1));
    cx.run(TransactWriteItems::new([changed.into()])).await?;
    cx.run(TransactWriteItems::new([TransactDelete::new(&table, key("a", 2)).into()])).await?;
    let expected = [(1, Insert), (2, Insert), (3, Insert), (1, Remove), (4, Insert), (4, Modify), (2, Remove)];
    ensure_eq("events", events_of(&wait_for_records(&cx, &arn, 7).await?), expected)
}

/// Fails if a part of a transaction is recorded, or a cancelled one.
async fn returns_transactions_atomically(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::KeysOnly).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 0)]).await?;
    let exists = || Condition::AttributeExists(path("id"));
    let put = |at| TransactWriteItem::from(TransactPut::new(&table, key("a", at)));
    let failing = ConditionCheck::new(&table, key("a", 9), exists());
    cx.expect_transaction_canceled(TransactWriteItems::new([put(1), failing.into()])).await?;
    let passing = ConditionCheck::new(&table, key("a", 0), exists());
    let absent = TransactDelete::new(&table, key("a", 8));
    cx.run(TransactWriteItems::new([put(2), passing.into(), put(3), absent.into()])).await?;
    let mut events = events_of(&wait_for_records(&cx, &arn, 3).await?);
    events.sort_by_key(|(at, _)| *at);
    ensure_eq("events", events, [(0, Insert), (2, Insert), (3, Insert)])
}

/// Fails if an item without further attributes has no image.
async fn returns_images_of_items_with_only_a_key(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewAndOldImages).await? else {
        return Ok(());
    };
    put_all(&cx, &table, [key("a", 1)]).await?;
    cx.run(DeleteItem::new(&table, key("a", 1))).await?;
    let found = wait_for_records(&cx, &arn, 2).await?;
    let images: Vec<_> = found.into_iter().map(|record| (record.new_image, record.old_image)).collect();
    ensure_eq("`n` of the images", images, [(Some(key("a", 1)), None), (None, Some(key("a", 1)))])
}

/// Fails if an image differs from the item.
async fn returns_values_unchanged(cx: Context) -> CaseResult {
    let Some(StreamedTable { table, arn }) = create_streamed(&cx, StreamView::NewAndOldImages).await? else {
        return Ok(());
    };
    let exact: Number = "1.2345678901234567890123456789012345678".parse()?;
    let item = key("ä", -1)
        .with("exact", exact)
        .with("binary", AttributeValue::b(bytes::Bytes::from_static(&[0, 255])))
        .with("truth", true)
        .with("nothing", AttributeValue::Null)
        .with("empty", "")
        .with("set", AttributeValue::ss(["x", "y"]))
        .with("list", AttributeValue::l([AttributeValue::from(1), AttributeValue::from("")]))
        .with("map", AttributeValue::m([("inner", AttributeValue::l([]))]));
    put_all(&cx, &table, [item.clone()]).await?;
    let found = wait_for_records(&cx, &arn, 1).await?;
    ensure_eq("item", found.into_iter().map(|record| record.new_image).collect::<Vec<_>>(), [Some(item)])
}
