//! Cursor pages are complete in both directions, and their tokens belong to one queryset.

use djamodb::planner::{LastEvaluatedKey, PlanError};
use djamodb::prelude::*;
use djamodb::queryset::{Cursor, CursorPage};
use djamodb::{Error, MemoryDriver, TableDefaults};
use proptest::prelude::*;

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
        all.reverse(),
    ] {
        let reason = refusal(&db, other.cursor().after(token.clone())).await;
        assert!(reason.contains("made by a queryset with other lookups"), "{reason}");
    }
    let other_index = all.set_index(Event::BY_SIZE).cursor().after(token.clone());
    assert!(refusal(&db, other_index).await.contains("made by a queryset with other lookups"));
    let larger = all.set_limit(5).cursor().after(token);
    assert_eq!(times(&larger.page(&db).await.unwrap().items), [30, 40, 50, 60, 70], "the size may change");
}

/// A list of every kind of key, with an index whose keys are as long.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "listed_notes")]
#[model(global_index(by_author, hash_key = author, range_key = title))]
#[model(global_index(by_title, hash_key = title, range_key = author))]
struct Note {
    #[model(hash_key)]
    list: String,
    #[model(range_key)]
    id: String,
    author: String,
    title: String,
}

/// Returns databases over one driver, of tables with these prefixes.
async fn note_databases(prefixes: [&str; 2], secret: bool) -> [Database; 2] {
    let driver = std::sync::Arc::new(MemoryDriver::new());
    let database = async |prefix: &str| {
        let defaults = TableDefaults { prefix: Some(prefix.to_owned()), ..TableDefaults::default() };
        let db = Database::with_defaults(std::sync::Arc::clone(&driver), defaults);
        db.create_table::<Note>().await.unwrap();
        if secret { db.with_cursor_secret("sixteen bytes or more").unwrap() } else { db }
    };
    let [first, second] = prefixes;
    [database(first).await, database(second).await]
}

/// Returns text of at most this many bytes, most of it of characters that JSON escapes.
fn key_text(bytes_max: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![prop::char::range('\0', '\x1f'), Just('"'), Just('\\'), any::<char>()];
    let short = prop::collection::vec(character, 1..20).prop_map(String::from_iter);
    let long = short.clone().prop_map(move |text| text.repeat(bytes_max / text.len().max(1)));
    prop_oneof![short, long].prop_filter("a key is not empty", |text| !text.is_empty())
}

/// Checks that the token of the first page is accepted by its own queryset and refused by every other one.
async fn check_tokens(list: &str, author: &str, title: &str, secret: bool) {
    let [db, other_tenant] = note_databases(["a-", "b-"], secret).await;
    for db in [&db, &other_tenant] {
        for number in 0..3 {
            let id = format!("{number}{}", title.chars().take(200).collect::<String>());
            let mut note = Note { list: list.to_owned(), id, author: author.to_owned(), title: title.to_owned() };
            note.save(db).await.unwrap();
        }
    }
    let all = Note::objects().set_hash_key(list).set_limit(1);
    let authors = Note::objects().set_index(Note::BY_AUTHOR).set_hash_key(author).set_limit(1);
    let titles = Note::objects().set_index(Note::BY_TITLE).set_hash_key(title).set_limit(1);
    let of_index = Note::objects().filter(Note::AUTHOR.eq(author) & Note::TITLE.eq(title)).set_limit(1);
    let querysets: Vec<Box<dyn TokenUser>> = vec![
        Box::new(all.cursor()),
        Box::new(all.reverse().cursor()),
        Box::new(all.order_by(Note::ID).cursor()),
        Box::new(all.filter(Note::TITLE.eq(title)).cursor()),
        Box::new(all.filter(Note::ID.gt("0")).cursor()),
        Box::new(Note::objects().filter(Note::LIST.is_in([list, "another"])).set_limit(1).cursor()),
        Box::new(Note::objects().scan().set_limit(1).cursor()),
        Box::new(authors.cursor()),
        Box::new(authors.reverse().cursor()),
        Box::new(authors.filter(Note::TITLE.eq(title)).cursor()),
        Box::new(titles.cursor()),
        Box::new(titles.filter(Note::AUTHOR.eq(author)).cursor()),
        Box::new(of_index.cursor()),
    ];
    for (at, queryset) in querysets.iter().enumerate() {
        let token = queryset.token(&db, None).await.unwrap().expect("a second page follows");
        for (other_at, other) in querysets.iter().enumerate() {
            let result = other.token(&db, Some(token.clone())).await;
            assert_eq!(result.is_ok(), at == other_at, "token of {at} in {other_at}: {result:?}");
            if let Err(error) = result {
                assert!(matches!(error, Error::Plan(PlanError::Token { .. })), "{error}");
            }
        }
        let result = queryset.token(&other_tenant, Some(token)).await;
        assert!(matches!(result, Err(Error::Plan(PlanError::Token { .. }))), "{at}: {result:?}");
    }
}

/// A cursor of any row type and index.
#[async_trait::async_trait]
trait TokenUser {
    /// Reads the page after `token`, and returns the token of the next page.
    async fn token(&self, db: &Database, token: Option<String>) -> Result<Option<String>, Error>;
}

#[async_trait::async_trait]
impl<I: Index<Model = Note>> TokenUser for Cursor<Note, Note, I> {
    async fn token(&self, db: &Database, token: Option<String>) -> Result<Option<String>, Error> {
        let cursor = token.map_or_else(|| self.clone(), |token| self.after(token));
        Ok(cursor.page(db).await?.next)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_token_of_any_key_belongs_to_one_queryset_of_one_table(
        list in key_text(2048),
        author in key_text(1024),
        title in key_text(1024),
        secret: bool,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(check_tokens(&list, &author, &title, secret));
    }
}

#[tokio::test]
async fn the_longest_key_of_escaped_characters_has_a_token() {
    check_tokens(&"\u{1}".repeat(2048), &"\u{2}".repeat(1024), &"\"".repeat(1024), true).await;
}

#[tokio::test]
async fn a_token_of_the_only_item_has_no_page_after_it() {
    let db = database_with("a", 3).await;
    let one = Event::objects().set_hash_key("a").filter(Event::AT.eq(10));
    let key: LastEvaluatedKey = r#"{"device":{"S":"a"},"at":{"N":"10"}}"#.parse().unwrap();
    assert_eq!(one.all(&db).await.unwrap().len(), 1);
    assert_eq!(one.set_last_evaluated_key(key).all(&db).await.unwrap().len(), 0);
    let other: LastEvaluatedKey = r#"{"device":{"S":"a"},"at":{"N":"20"}}"#.parse().unwrap();
    assert!(matches!(one.set_last_evaluated_key(other).all(&db).await, Err(Error::Plan(PlanError::Token { .. }))));
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
        (&"A".repeat(40_000), "longer than 32768 bytes"),
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
