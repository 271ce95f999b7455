//! Cursor pages are complete in both directions, and their tokens belong to one queryset.

use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::queryset::{Cursor, CursorPage};
use djamodb::{Error, MemoryDriver};

use crate::models::{Event, database_with, times};

/// Reads all pages forward and backward, and returns the items of the forward pages.
async fn walk<I: Index<Model = Event>>(db: &Database, cursor: &Cursor<Event, Event, I>) -> Vec<Event> {
    let mut pages: Vec<CursorPage<Event>> = vec![cursor.page(db).await.unwrap()];
    while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
        pages.push(cursor.after(next).page(db).await.unwrap());
        assert!(pages.len() < 100, "the pages do not end");
    }
    for pair in pages.windows(2).rev() {
        let [before, here] = pair else { unreachable!("windows of two") };
        let previous = here.previous.clone().expect("there is a page before");
        let back = cursor.before(previous).page(db).await.unwrap();
        assert_eq!((&back.items, &back.previous.is_some()), (&before.items, &before.previous.is_some()));
        assert_eq!(back.next, before.next, "both directions return the same pages");
    }
    assert_eq!(pages[0].previous, None);
    pages.into_iter().flat_map(|page| page.items).collect()
}

#[tokio::test]
async fn cursor_pages_repeat_and_skip_no_item() {
    let db = database_with("a", 23).await;
    let all = Event::objects().set_hash_key("a");
    for size in [1, 4, 23, 30] {
        for queryset in [
            all.clone(),
            all.reverse(),
            all.filter(Event::URGENT.eq(true)),
            all.filter(Event::AT.ne(50)),
            all.filter(Event::AT.is_in([10, 50, 20, 220, 500])),
        ] {
            let expected = queryset.all(&db).await.unwrap();
            let queryset = queryset.set_limit(size);
            assert_eq!(walk(&db, &queryset.cursor()).await, expected, "{size}: {queryset:?}");
        }
        let kinds = Event::kinds().filter(Event::KIND.is_in(["door", "window"]));
        let expected = kinds.all(&db).await.unwrap();
        assert_eq!(walk(&db, &kinds.set_limit(size).cursor()).await, expected, "{size}");
    }
    assert_eq!(all.cursor().page(&db).await.unwrap().items.len(), 23, "25 items by default");
}

#[tokio::test]
async fn an_empty_page_has_no_tokens() {
    let db = database_with("a", 3).await;
    let empty = Event::objects().set_hash_key("absent").cursor().page(&db).await.unwrap();
    assert_eq!((empty.items.len(), empty.next, empty.previous), (0, None, None));
}

async fn refusal<I: Index<Model = Event>>(db: &Database, cursor: Cursor<Event, Event, I>) -> String {
    match cursor.page(db).await {
        Err(Error::Plan(error @ PlanError::Token { .. })) => error.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn rejects_tokens_of_another_queryset() {
    let db = database_with("a", 9).await;
    let all = Event::objects().set_hash_key("a").set_limit(3);
    let token = all.cursor().page(&db).await.unwrap().next.unwrap();
    assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')), "{token}");

    for other in [
        all.filter(Event::URGENT.eq(true)),
        Event::objects().set_hash_key("b").set_limit(3),
        all.order_by(Event::AT),
        all.scan(),
    ] {
        let reason = refusal(&db, other.cursor().after(token.clone())).await;
        assert!(reason.contains("made by a queryset with other lookups"), "{reason}");
    }
    let other_index = all.set_index(Event::BY_SIZE).cursor().after(token.clone());
    assert!(refusal(&db, other_index).await.contains("made by a queryset with other lookups"));
    let larger = all.set_limit(5).cursor().after(token);
    assert_eq!(times(&larger.page(&db).await.unwrap().items), [30, 40, 50, 60, 70], "the size may change");
}

#[tokio::test]
async fn rejects_malformed_tokens() {
    let db = database_with("a", 9).await;
    let cursor = Event::objects().set_hash_key("a").set_limit(3).cursor();
    let token = cursor.page(&db).await.unwrap().next.unwrap();
    for (text, reason) in [
        ("", "the version of the token is unknown"),
        ("?", "not URL-safe base64"),
        ("AAAA", "the version of the token is unknown"),
        ("AQ", "incomplete"),
        (&"A".repeat(20_000), "longer than 16384 bytes"),
        (&token[..token.len() - 4], "cannot be decoded"),
    ] {
        let error = refusal(&db, cursor.after(text)).await;
        assert!(error.contains(reason), "{text}: {error}");
    }
}

#[tokio::test]
async fn rejects_forged_signed_tokens() {
    let db = database_with("a", 9).await;
    let signed = db.with_cursor_secret("sixteen bytes or more").unwrap();
    let cursor = Event::objects().set_hash_key("a").set_limit(3).cursor();
    assert_eq!(walk(&signed, &cursor).await.len(), 9);

    let token = cursor.page(&signed).await.unwrap().next.unwrap();
    assert!(refusal(&db, cursor.after(token.clone())).await.contains("no secret to verify it"));
    let other = db.with_cursor_secret("another secret of some length").unwrap();
    assert!(refusal(&other, cursor.after(token.clone())).await.contains("the signature is wrong"));
    for at in [3, 20, token.len() - 3] {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(refusal(&signed, cursor.after(changed)).await.contains("signature"), "{at}");
    }
    let unsigned = cursor.page(&db).await.unwrap().next.unwrap();
    assert!(refusal(&signed, cursor.after(unsigned)).await.contains("not signed"));
    assert!(matches!(db.with_cursor_secret("short"), Err(Error::CursorSecretTooShort)));
    assert!(!format!("{signed:?}").contains("sixteen"), "secrets are not shown");
}

#[tokio::test]
async fn scans_have_no_backward_pages() {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Event>().await.unwrap();
    for at in 0..5 {
        Event::new("a", at).save(&db).await.unwrap();
    }
    let cursor = Event::objects().scan().set_limit(2).cursor();
    let first = cursor.page(&db).await.unwrap();
    let second = cursor.after(first.next.unwrap()).page(&db).await.unwrap();
    assert_eq!(second.items.len(), 2);
    let back = cursor.before(second.previous.unwrap()).page(&db).await.unwrap_err();
    assert!(back.to_string().contains("no order"), "{back}");
}
