//! Versions, times and identifiers that writes fill in.

use std::sync::Arc;
use std::time::Duration;

use djamodb::driver::Clock as _;
use djamodb::model::InvalidEdit;
use djamodb::model::ids::IdSource;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::{Batch, Error, MemoryDriver, Transaction, VirtualClock};
use expect_test::expect;

#[derive(Model, Clone, PartialEq, Debug, Default)]
#[model(table = "documents", managed = false)]
struct Page {
    #[model(hash_key, generate = uuid_v7)]
    id: Uuid,
    text: String,
    #[model(version, rename = "v")]
    version: u64,
    #[model(created_at)]
    created: Option<DateTime<Utc>>,
    #[model(updated_at)]
    updated: DateTime<Utc>,
}

/// The model of the same table before it had generated fields.
#[derive(Model)]
#[model(table = "documents", managed = false)]
struct OldPage {
    #[model(hash_key)]
    id: Uuid,
    text: String,
    updated: DateTime<Utc>,
}

fn page(text: &str) -> Page {
    Page { text: text.to_owned(), ..Page::default() }
}

async fn database() -> (Database, VirtualClock) {
    let clock = VirtualClock::new(1);
    let db = Database::new(MemoryDriver::with_clock(Arc::new(clock.clone())));
    db.create_table::<Page>().await.unwrap();
    (db, clock)
}

async fn stored(page: &Page, db: &Database) -> Page {
    Page::get_by_key(page.id, db).await.unwrap()
}

/// Returns the text of an error, with the key of the page replaced.
fn message(error: &Error, page: &Page) -> String {
    error.to_string().replace(&page.id.to_string(), "ID")
}

#[tokio::test]
async fn each_write_of_a_value_counts_its_version_and_sets_its_times() {
    let (db, clock) = database().await;
    let mut page = page("a");
    let created = clock.now();
    page.create(&db).await.unwrap();
    assert_eq!((page.version, page.created, page.updated), (1, Some(created), created));
    assert_eq!(page, stored(&page, &db).await);

    clock.advance(Duration::from_secs(60));
    page.text.push('b');
    page.save(&db).await.unwrap();
    assert_eq!((page.version, page.created, page.updated), (2, Some(created), clock.now()));
    assert_eq!(page, stored(&page, &db).await);

    clock.advance(Duration::from_secs(60));
    page.update(Page::TEXT.set("c"), &db).await.unwrap();
    assert_eq!((page.version, page.created, page.updated), (3, Some(created), clock.now()));
    assert_eq!(page, stored(&page, &db).await);

    clock.advance(Duration::from_secs(60));
    let changed = Page::objects().set_hash_key(page.id).update(Page::TEXT.set("d"), &db).await.unwrap();
    page.refresh(&db).await.unwrap();
    assert_eq!((changed, page.version, page.created, page.updated), (1, 4, Some(created), clock.now()));

    page.delete(&db).await.unwrap();
    assert_eq!(Page::objects().scan().count(&db).await.unwrap(), 0);
}

#[tokio::test]
async fn an_edit_of_the_time_of_the_last_write_takes_precedence() {
    let (db, clock) = database().await;
    let mut page = page("a");
    page.create(&db).await.unwrap();
    clock.advance(Duration::from_secs(60));
    let earlier = page.updated;
    page.update((Page::TEXT.set("b"), Page::UPDATED.set(earlier)), &db).await.unwrap();
    assert_eq!((page.version, page.updated), (2, earlier));
}

#[tokio::test]
async fn a_stale_value_is_neither_saved_nor_updated_nor_deleted_and_stays_as_it_is() {
    let (db, _) = database().await;
    let mut latest = page("a");
    latest.create(&db).await.unwrap();
    let mut stale = latest.clone();
    latest.save(&db).await.unwrap();

    stale.text.push('!');
    let before = stale.clone();
    let error = stale.save(&db).await.unwrap_err();
    expect![[r#"save of Page with the key id = "ID" failed: the value has the version 1, but the stored item has the version 2; read the item again, for example with refresh(), and repeat the change; nothing was written"#]]
    .assert_eq(&message(&error, &stale));
    assert_eq!(error.old_item::<Page>().unwrap(), Some(latest.clone()));
    assert!(stale.update(Page::TEXT.set("b"), &db).await.unwrap_err().is_stale());
    assert!(stale.delete(&db).await.unwrap_err().is_stale());
    assert_eq!((stale, stored(&latest, &db).await), (before.clone(), latest.clone()));

    latest.delete(&db).await.unwrap();
    let mut gone = before;
    let error = gone.save(&db).await.unwrap_err();
    expect![[r#"save of Page with the key id = "ID" failed: the value has the version 1, but there is no item with this key; read the item again, for example with refresh(), and repeat the change; nothing was written"#]]
    .assert_eq(&message(&error, &gone));
    assert!(gone.update(Page::TEXT.set("b"), &db).await.unwrap_err().is_object_does_not_exist());
    assert!(gone.delete(&db).await.unwrap_err().is_stale());
}

#[tokio::test]
async fn a_condition_that_fails_on_the_latest_value_is_no_stale_value() {
    let (db, _) = database().await;
    let mut page = page("a");
    page.create(&db).await.unwrap();
    let error = page.save(&db).condition(Page::TEXT.eq("b")).await.unwrap_err();
    assert!(matches!(error, Error::ConditionFailed { item: None, .. }), "{error}");
    let error = page.save(&db).condition(Page::TEXT.eq("b")).returning_old_item().await.unwrap_err();
    assert_eq!(error.old_item::<Page>().unwrap(), Some(page));
}

#[tokio::test]
async fn a_value_that_was_never_stored_is_saved_only_if_no_item_has_a_version() {
    let (db, clock) = database().await;
    let mut first = page("a");
    first.save(&db).await.unwrap();
    assert_eq!((first.version, first.created), (1, Some(clock.now())));
    let mut second = Page { id: first.id, ..page("b") };
    let error = second.save(&db).await.unwrap_err();
    expect![[r#"save of Page with the key id = "ID" failed: the value has the version 0, but the stored item has the version 1; read the item again, for example with refresh(), and repeat the change; nothing was written"#]]
    .assert_eq(&message(&error, &second));

    let mut old = OldPage { id: Uuid::from_u128(7), text: "old".to_owned(), updated: clock.now() };
    old.save(&db).await.unwrap();
    let mut adopted = Page::get_by_key(old.id, &db).await.unwrap();
    assert_eq!((adopted.version, adopted.created), (0, None));
    adopted.save(&db).await.unwrap();
    assert_eq!((adopted.version, stored(&adopted, &db).await.version), (1, 1));
}

#[tokio::test]
async fn an_identifier_is_generated_if_none_is_set_and_is_the_same_for_the_same_seed() {
    let ids = async || {
        let (db, _) = database().await;
        let mut pages = [page("a"), page("b"), Page { id: Uuid::from_u128(5), ..page("c") }];
        Page::objects().bulk_create(&mut pages, OnConflict::Fail, &db).await.unwrap();
        assert_eq!(pages.each_ref().map(|page| page.version), [1, 1, 1]);
        for page in &pages {
            assert_eq!(*page, stored(page, &db).await);
        }
        pages.map(|page| page.id)
    };
    let [first, second, third] = ids().await;
    assert_eq!((first.get_version_num(), second.get_version_num(), third), (7, 7, Uuid::from_u128(5)));
    assert_ne!(first, second);
    assert_eq!(ids().await, [first, second, third]);
}

#[test]
fn identifiers_of_later_milliseconds_are_greater() {
    use djamodb::model::ids::{ulid, uuid_v4, uuid_v7};
    let at = |milliseconds, random| IdSource { now: DateTime::from_timestamp_millis(milliseconds).unwrap(), random };
    let (early, late) = (at(1_700_000_000_000, u128::MAX), at(1_700_000_000_001, 0));
    assert!(uuid_v7(&early).to_string() < uuid_v7(&late).to_string());
    assert!(ulid(&early).to_string() < ulid(&late).to_string());
    assert_eq!(uuid_v4(&early).get_version_num(), 4);
    assert_eq!(uuid_v7(&at(-5, 1)), uuid_v7(&at(0, 1)), "times before 1970 count as its start");
}

#[tokio::test]
async fn a_generator_can_be_a_function_of_the_program() {
    fn number(source: &IdSource) -> u64 {
        u64::try_from(source.now.timestamp_millis()).unwrap_or(0)
    }
    #[derive(Model, Default)]
    #[model(table = "tickets", managed = false)]
    struct Ticket {
        #[model(hash_key)]
        queue: String,
        #[model(range_key, generate = number)]
        number: u64,
    }
    let clock = VirtualClock::new(1);
    let db = Database::new(MemoryDriver::with_clock(Arc::new(clock.clone())));
    db.create_table::<Ticket>().await.unwrap();
    let mut ticket = Ticket { queue: "a".to_owned(), ..Ticket::default() };
    ticket.create(&db).await.unwrap();
    assert_eq!(i64::try_from(ticket.number).unwrap(), clock.now().timestamp_millis());
    assert!(Ticket::get_by_key(("a", ticket.number), &db).await.is_ok());
}

#[tokio::test]
async fn get_or_create_and_update_or_create_count_versions_as_other_writes_do() {
    let (db, clock) = database().await;
    let (created, is_new) = Page::get_or_create(page("a"), &db).await.unwrap();
    assert_eq!((created.version, created.updated, is_new), (1, clock.now(), true));
    assert_eq!(created, stored(&created, &db).await);
    clock.advance(Duration::from_secs(1));
    let (updated, is_new) = Page::update_or_create(created.clone(), Page::TEXT.set("b"), &db).await.unwrap();
    assert_eq!((updated.version, updated.created, updated.updated, is_new), (2, created.created, clock.now(), false));
    let (new, is_new) = Page::update_or_create(page("c"), Page::TEXT.set("b"), &db).await.unwrap();
    assert_eq!((new.version, new.text.as_str(), is_new), (1, "c", true));
}

#[tokio::test]
async fn bulk_update_writes_the_latest_values_and_names_the_others() {
    let (db, clock) = database().await;
    let mut pages = [page("a"), page("b"), page("c")];
    Page::objects().bulk_create(&mut pages, OnConflict::Ignore, &db).await.unwrap();
    let mut other = pages[1].clone();
    other.save(&db).await.unwrap();
    pages[2].clone().delete(&db).await.unwrap();

    clock.advance(Duration::from_secs(1));
    for page in &mut pages {
        page.text.push('!');
    }
    let Err(Error::WritesIncomplete(report)) = Page::objects().bulk_update(&mut pages, Page::TEXT, &db).await else {
        panic!("a stale value was written");
    };
    assert_eq!((report.done, &report.stale), (1, &vec![pages[1].key().unwrap()]));
    assert_eq!(report.written, [pages[0].key().unwrap()]);
    assert!(report.to_string().contains("1 changed by another writer since they were read"), "{report}");
    assert_eq!((pages[0].version, pages[1].version, pages[0].updated), (2, 1, clock.now()));
    assert_eq!(pages[0], stored(&pages[0], &db).await);
    assert_eq!(other, stored(&other, &db).await);
}

#[tokio::test]
async fn versions_are_overwritten_in_batches_only_if_the_call_says_so() {
    let (db, _) = database().await;
    let (db, ledger) = db.with_ledger();
    let mut pages = [page("a"), page("b")];
    let error = Page::objects().bulk_create(&mut pages, OnConflict::Overwrite, &db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::UncheckedVersion { .. })), "{error}");
    djamodb::assert_requests!(ledger == 0);
    Page::objects().bulk_create(&mut pages, OnConflict::OverwriteUnchecked, &db).await.unwrap();
    assert_eq!(pages.each_ref().map(|page| page.version), [1, 1]);
    let mut stale = pages.clone();
    Page::objects().bulk_create(&mut pages, OnConflict::OverwriteUnchecked, &db).await.unwrap();
    assert_eq!(pages.each_ref().map(|page| page.version), [2, 2]);
    assert!(stale[0].save(&db).await.unwrap_err().is_stale());
}

#[tokio::test]
async fn a_version_is_not_edited() {
    let (db, _) = database().await;
    let mut page = page("a");
    page.create(&db).await.unwrap();
    let error = page.update(Page::VERSION.set(9), &db).await.unwrap_err();
    let Error::Plan(PlanError::Edit { error: InvalidEdit::Version { .. }, .. }) = &error else { panic!("{error}") };
    expect!["cannot update Page: `v` is the version of the item, to which every write adds 1, and cannot be edited; remove the edit"]
    .assert_eq(&error.to_string());
}

#[tokio::test]
async fn the_last_version_is_followed_by_an_error_before_any_request() {
    #[derive(Model, Clone)]
    #[model(table = "small", managed = false)]
    struct Small {
        #[model(hash_key)]
        id: u32,
        #[model(version)]
        version: u32,
    }
    let (db, _) = database().await;
    db.create_table::<Small>().await.unwrap();
    let (db, ledger) = db.with_ledger();
    let error = Small { id: 1, version: u32::MAX }.save(&db).await.unwrap_err();
    expect!["save of Small cannot write the value with the key id = 1: attribute `version`: the number 4294967295 does not fit a version that another one can follow; nothing was sent"]
    .assert_eq(&error.to_string());
    djamodb::assert_requests!(ledger == 0);
}

#[tokio::test]
async fn a_transaction_compares_the_versions_of_values_and_sets_those_that_it_may() {
    let (db, clock) = database().await;
    let (mut saved, mut updated, mut deleted) = (page("a"), page("b"), page("c"));
    for page in [&mut saved, &mut updated, &mut deleted] {
        page.create(&db).await.unwrap();
    }
    let stale = [saved.clone(), updated.clone(), deleted.clone()];
    clock.advance(Duration::from_secs(1));
    let mut created = page("d");
    let mut writing = Transaction::new();
    writing.save(&mut saved);
    writing.create(&mut created);
    writing.update(&updated, Page::TEXT.set("!"));
    writing.delete(&deleted);
    writing.run(&db).await.unwrap();
    assert_eq!((saved.version, saved.updated, created.version, created.updated), (2, clock.now(), 1, clock.now()));
    assert_eq!((saved.clone(), created.clone()), (stored(&saved, &db).await, stored(&created, &db).await));
    let now = stored(&updated, &db).await;
    assert_eq!((now.version, now.text.as_str(), now.updated), (2, "!", clock.now()));

    let mut refused = Transaction::new();
    refused.save(&stale[0]);
    refused.update(&stale[1], Page::TEXT.set("?"));
    refused.delete(&stale[2]);
    let error = refused.run(&db).await.unwrap_err();
    let text = stale
        .iter()
        .zip(["A", "B", "C"])
        .fold(error.to_string(), |text, (page, name)| text.replace(&page.id.to_string(), name));
    expect![[r#"the transaction was cancelled, nothing was written: save of Page with the key id = "A": the value has the version 1, but the stored item has the version 2; read it again; update of Page with the key id = "B": the value has the version 1, but the stored item has the version 2; read it again; delete of Page with the key id = "C": the value has the version 1, but there is no item with this key"#]]
    .assert_eq(&text);

    let mut by_key = Transaction::new();
    by_key.update(Page::item_key(updated.id), Page::TEXT.set("by key"));
    by_key.delete(Page::item_key(created.id));
    by_key.run(&db).await.unwrap();
    assert_eq!(stored(&updated, &db).await.version, 3);
}

#[tokio::test]
async fn a_transaction_that_is_run_again_sends_the_same_request() {
    let (db, clock) = database().await;
    let mut created = page("a");
    let mut writing = Transaction::with_token("generated-fields-1");
    writing.create(&mut created);
    writing.run(&db).await.unwrap();
    clock.advance(Duration::from_secs(60));
    // With other times or identifiers the service would refuse the token.
    writing.run(&db).await.unwrap();
    assert_eq!(created, stored(&created, &db).await);
    assert_eq!(Page::objects().scan().count(&db).await.unwrap(), 1);
}

#[test]
fn plans_show_the_condition_and_the_count_of_a_version() {
    let held = Page { id: Uuid::nil(), version: 3, ..page("a") };
    let mut writing = Transaction::new();
    writing.update(&held, Page::TEXT.set("b"));
    expect![[r#"
        TransactWriteItems
          Update documents; key: id = "00000000-0000-0000-0000-000000000000"; update: SET text = "b" ADD v 1; condition: attribute_exists(id) AND v = 3
    "#]]
    .assert_eq(&writing.explain().unwrap().plan.to_string());
    let pages = Page::objects().set_hash_key(held.id);
    expect![[r#"
        UpdateItem documents; key: id = "00000000-0000-0000-0000-000000000000"; update: SET text = "b" ADD v 1; condition: attribute_exists(id)
    "#]]
    .assert_eq(&pages.explain_update(Page::TEXT.set("b")).unwrap().plan.to_string());
}

#[tokio::test]
async fn no_update_is_lost_among_writers_that_repeat_stale_ones() {
    let (db, _) = database().await;
    let mut page = page("");
    page.create(&db).await.unwrap();
    let id = page.id;
    let writers = (0..8).map(|writer| {
        let db = db.clone();
        tokio::spawn(async move {
            for _ in 0..20 {
                loop {
                    let mut page = Page::get_by_key(id, &db).await.unwrap();
                    tokio::task::yield_now().await;
                    page.text.push_str(&writer.to_string());
                    match page.save(&db).await {
                        Ok(()) => break,
                        Err(error) => assert!(error.is_stale(), "{error}"),
                    }
                }
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    page.refresh(&db).await.unwrap();
    assert_eq!((page.text.len(), page.version), (160, 161));
}

#[tokio::test]
async fn a_batch_writes_models_with_a_version_only_if_it_is_unconditional() {
    let (db, clock) = database().await;
    let mut refused = Batch::new();
    refused.save(&page("a"));
    let error = refused.run(&db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::UncheckedVersion { .. })), "{error}");

    let (mut first, mut second) = (page("a"), page("b"));
    let mut writing = Batch::unconditional();
    writing.save(&mut first);
    writing.save(&mut second);
    writing.run(&db).await.unwrap();
    assert_eq!((first.version, second.version, first.created), (1, 1, Some(clock.now())));
    assert_eq!((first.clone(), second.clone()), (stored(&first, &db).await, stored(&second, &db).await));

    let mut again = Batch::unconditional();
    again.save(&mut first);
    again.delete(&second);
    again.run(&db).await.unwrap();
    assert_eq!((first.version, stored(&first, &db).await.version), (2, 2));
    assert_eq!(Page::objects().scan().count(&db).await.unwrap(), 1);
}
