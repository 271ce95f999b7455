//! Checks of pages and cursors.

use std::fmt::Debug;

use djamodb::prelude::*;
use djamodb::queryset::CursorPage;
use proptest::prelude::*;

use super::signal::Signal;

/// Limit that no read reaches; it ends a test whose pages do not end.
const PAGES_MAX: usize = 100;

/// Asserts that the pages together contain all items in order.
pub(super) async fn assert_pages_join<M: Model + PartialEq + Debug, I: Index<Model = M>>(
    db: &Database,
    limited: &QuerySet<M, M, I>,
    all: &[M],
) -> Result<(), TestCaseError> {
    let pages = read_by_tokens(db, limited).await?;
    prop_assert_eq!(&pages[..], all, "items of all pages");
    Ok(())
}

/// Returns the items of all pages, following the page tokens.
pub(super) async fn read_by_tokens<M: Model, I: Index<Model = M>>(
    db: &Database,
    limited: &QuerySet<M, M, I>,
) -> Result<Vec<M>, TestCaseError> {
    let (mut found, mut token) = (Vec::new(), None);
    for _ in 0..PAGES_MAX {
        let next = limited.set_last_evaluated_key(token);
        let page = next.page(db).await.unwrap();
        prop_assert_eq!(
            &next.last_evaluated_key(db).await.unwrap(),
            &page.last_evaluated_key,
            "`last_evaluated_key` equals the token of the page"
        );
        found.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            return Ok(found);
        }
    }
    Err(TestCaseError::fail(format!("the pages do not end after {PAGES_MAX} requests")))
}

/// Asserts that a cursor moves to the last page and back over the same pages.
pub(super) async fn assert_cursor_returns<I: Index<Model = Signal>>(
    db: &Database,
    limited: &QuerySet<Signal, Signal, I>,
    all: &[Signal],
) -> Result<(), TestCaseError> {
    let cursor = limited.cursor();
    let pages = forward(db, limited).await?;
    for pair in pages.windows(2).rev() {
        let (before, token) = (&pair[0], pair[1].previous.clone());
        let back = cursor.before(token.expect("page has a previous cursor")).page(db).await.unwrap();
        prop_assert_eq!(&back.items, &before.items);
        prop_assert_eq!(&back.next, &before.next, "the next cursor does not depend on the direction");
        prop_assert_eq!(back.previous.is_some(), before.previous.is_some());
    }
    prop_assert_eq!(&pages[0].previous, &None);
    let items: Vec<Signal> = pages.into_iter().flat_map(|page| page.items).collect();
    prop_assert_eq!(&items[..], all, "items of all cursor pages");
    Ok(())
}

/// Returns all pages of a cursor, moving forward.
pub(super) async fn forward<I: Index<Model = Signal>>(
    db: &Database,
    limited: &QuerySet<Signal, Signal, I>,
) -> Result<Vec<CursorPage<Signal>>, TestCaseError> {
    let cursor = limited.cursor();
    let mut pages = vec![cursor.page(db).await.unwrap()];
    while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
        pages.push(cursor.after(next).page(db).await.unwrap());
        prop_assert!(pages.len() < PAGES_MAX, "the cursor pages do not end");
    }
    Ok(pages)
}
