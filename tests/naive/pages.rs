//! Pages, of the service and for web applications.

use djamodb::prelude::*;
use djamodb::queryset::CursorPage;
use proptest::prelude::*;

use super::signal::Signal;

/// More pages than anything here has.
const PAGES_MAX: usize = 100;

/// Pages put together are the whole.
pub(super) async fn join_up<I: Index<Model = Signal>>(
    db: &Database,
    limited: &QuerySet<Signal, Signal, I>,
    all: &[Signal],
) -> Result<(), TestCaseError> {
    let pages = by_tokens(db, limited).await?;
    prop_assert_eq!(&pages[..], all, "pages put together");
    Ok(())
}

/// What the pages give, from one token to the next.
pub(super) async fn by_tokens<I: Index<Model = Signal>>(
    db: &Database,
    limited: &QuerySet<Signal, Signal, I>,
) -> Result<Vec<Signal>, TestCaseError> {
    let (mut found, mut token) = (Vec::new(), None);
    for _ in 0..PAGES_MAX {
        let next = limited.set_last_evaluated_key(token);
        let page = next.page(db).await.unwrap();
        prop_assert_eq!(&next.last_evaluated_key(db).await.unwrap(), &page.last_evaluated_key, "the token alone");
        found.extend(page.items);
        token = page.last_evaluated_key;
        if token.is_none() {
            return Ok(found);
        }
    }
    Err(TestCaseError::fail("pages do not end"))
}

/// Cursors lead to the end and back again, over the same pages.
pub(super) async fn lead_back<I: Index<Model = Signal>>(
    db: &Database,
    limited: &QuerySet<Signal, Signal, I>,
    all: &[Signal],
) -> Result<(), TestCaseError> {
    let cursor = limited.cursor();
    let pages = forward(db, limited).await?;
    for pair in pages.windows(2).rev() {
        let (before, token) = (&pair[0], pair[1].previous.clone());
        let back = cursor.before(token.expect("there is a page before")).page(db).await.unwrap();
        prop_assert_eq!(&back.items, &before.items);
        prop_assert_eq!(&back.next, &before.next, "the way forward is the same from both sides");
        prop_assert_eq!(back.previous.is_some(), before.previous.is_some());
    }
    prop_assert_eq!(&pages[0].previous, &None);
    let items: Vec<Signal> = pages.into_iter().flat_map(|page| page.items).collect();
    prop_assert_eq!(&items[..], all, "pages of a cursor put together");
    Ok(())
}

/// All pages of a cursor, forward.
pub(super) async fn forward<I: Index<Model = Signal>>(
    db: &Database,
    limited: &QuerySet<Signal, Signal, I>,
) -> Result<Vec<CursorPage<Signal>>, TestCaseError> {
    let cursor = limited.cursor();
    let mut pages = vec![cursor.page(db).await.unwrap()];
    while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
        pages.push(cursor.after(next).page(db).await.unwrap());
        prop_assert!(pages.len() < PAGES_MAX, "pages do not end");
    }
    Ok(pages)
}
