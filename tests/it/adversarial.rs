//! The adversarial mode: querysets and model methods keep their promises in it.

use std::sync::Arc;
use std::time::Duration;

use djamodb::driver::{Clock as _, DriverErrorKind};
use djamodb::layer::{Retry, RetryPolicy};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::schema::StreamView;
use djamodb::{Adversary, Change, MemoryDriver, MemoryOptions, TableDefaults, Transaction, VirtualClock};
use proptest::prelude::*;

use crate::naive::unique::{Member, Player, check as check_unique, writes};
use crate::naive::{case, check, create_table};

/// Returns a driver with this trouble and a clock of its own, which repeats requests that were refused without effect.
fn with(adversary: Adversary) -> Retry<MemoryDriver> {
    let clock = Arc::new(VirtualClock::new(adversary.seed));
    let options = MemoryOptions { clock, adversary: Some(adversary), ..MemoryOptions::default() };
    Retry::with_default_policy(MemoryDriver::with_options(options))
}

/// Returns a driver with trouble that is not seen once requests are repeated. The reads of these tests compare whole pages with each
/// other, so that none ends early.
fn invisible(seed: u64) -> Retry<MemoryDriver> {
    let without_visible =
        Adversary { internal_errors: 0.0, stale_reads: 0.0, short_pages: 0.0, ..Adversary::new(seed) };
    with(Adversary { unprocessed: 0.5, ..without_visible })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn querysets_match_a_plain_vector(case in case(6), seed in any::<u64>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = Database::new(invisible(seed));
            create_table(&db).await;
            check(&db, &case).await
        })?;
    }

    #[test]
    fn writes_keep_unique_values_unique(writes in writes(), seed in any::<u64>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = Database::new(invisible(seed));
            db.create_table::<Member>().await.unwrap();
            check_unique::<Member>(&db, &writes).await?;
            let db = Database::new(invisible(seed));
            db.create_table::<Player>().await.unwrap();
            check_unique::<Player>(&db, &writes).await
        })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn results_do_not_depend_on_where_pages_end(count in 0..60_u32, above in 0..60_u32, limit in 1..20_usize, seed in any::<u64>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let db = Database::new(with(Adversary {
                internal_errors: 0.0,
                stale_reads: 0.0,
                short_pages: 0.7,
                ..Adversary::new(seed)
            }));
            db.create_table::<Note>().await.unwrap();
            let all: Vec<Note> = (0..count).map(|number| Note { id: format!("note {number}"), ..note(number) }).collect();
            Note::objects().bulk_create(&mut all.clone(), OnConflict::Overwrite, &db).await.unwrap();
            let expected: Vec<Note> = all.iter().filter(|note| note.number > above).cloned().collect();

            let topic = Note::objects().set_index(NoteByTopic).set_hash_key("rain");
            let later = topic.filter(Note::NUMBER.gt(above));
            prop_assert_eq!(&later.all(&db).await.unwrap(), &expected);
            prop_assert_eq!(later.count(&db).await.unwrap(), expected.len() as u64);
            prop_assert_eq!(later.first(&db).await.unwrap(), expected.first().cloned());
            prop_assert_eq!(later.last(&db).await.unwrap(), expected.last().cloned());
            prop_assert_eq!(later.exists(&db).await.unwrap(), !expected.is_empty());
            let first = expected.iter().take(limit).cloned().collect::<Vec<_>>();
            prop_assert_eq!(later.set_limit(limit).all(&db).await.unwrap(), first);

            let filtered = Note::objects().scan().filter(Note::NUMBER.gt(above));
            prop_assert_eq!(filtered.count(&db).await.unwrap(), expected.len() as u64);
            let (mut found, mut token) = (Vec::new(), None);
            loop {
                let page = later.set_limit(limit).set_last_evaluated_key(token).page(&db).await.unwrap();
                prop_assert!(page.items.len() <= limit);
                found.extend(page.items);
                token = page.last_evaluated_key;
                if token.is_none() {
                    break;
                }
            }
            prop_assert_eq!(found, expected);
            Ok(())
        })?;
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "adversarial-notes", managed = false)]
#[model(global_index(by_topic, hash_key = topic, range_key = number))]
struct Note {
    #[model(hash_key)]
    id: String,
    topic: String,
    number: u32,
}

fn note(number: u32) -> Note {
    Note { id: "first".into(), topic: "rain".into(), number }
}

/// Returns a driver whose reads lag and that has no other trouble, with its clock.
fn lagging(seed: u64) -> (MemoryDriver, VirtualClock) {
    let clock = VirtualClock::new(seed);
    let adversary = Adversary {
        throttled: 0.0,
        conflicts: 0.0,
        internal_errors: 0.0,
        unprocessed: 0.0,
        short_pages: 0.0,
        ..Adversary::new(seed)
    };
    let options =
        MemoryOptions { clock: Arc::new(clock.clone()), adversary: Some(adversary), ..MemoryOptions::default() };
    (MemoryDriver::with_options(options), clock)
}

#[tokio::test]
async fn eventually_consistent_reads_return_the_last_state_or_an_earlier_one() {
    let mut lags = [0; 2];
    for seed in 0..20 {
        let (driver, clock) = lagging(seed);
        let db = Database::new(driver);
        db.create_table::<Note>().await.unwrap();
        for number in 1..20 {
            note(number).save(&db).await.unwrap();
            let by_key = Note::objects().set_hash_key("first");
            let by_topic = Note::objects().set_index(NoteByTopic).filter(Note::TOPIC.eq("rain"));
            let found = [by_key.all(&db).await.unwrap(), by_topic.all(&db).await.unwrap()];
            for (lag, found) in lags.iter_mut().zip(found) {
                assert!(found.len() <= 1, "{found:?}");
                let last = found.first().map_or(0, |note| note.number);
                assert!(last <= number);
                *lag += number - last;
            }
            assert_eq!(by_key.consistent().get(&db).await.unwrap(), note(number));
        }
        clock.advance(Duration::from_secs(1));
        let found = Note::objects().set_index(NoteByTopic).filter(Note::TOPIC.eq("rain")).all(&db).await.unwrap();
        assert_eq!(found, [note(19)], "no read lags longer than a second");
    }
    assert!(lags.iter().all(|lag| *lag > 100), "{lags:?}");
}

#[tokio::test]
async fn equal_seeds_meet_equal_trouble() {
    let outcomes = |seed| async move {
        let driver = MemoryDriver::adversarial(seed);
        let db = Database::new(driver.clone());
        let sound = Database::new(driver.without_adversary());
        sound.create_table::<Note>().await.unwrap();
        let mut outcomes = Vec::new();
        for number in 0..200 {
            outcomes.push(note(number).save(&db).await.map_err(|error| error.to_string()));
        }
        (outcomes, Note::objects().set_hash_key("first").all(&sound).await.unwrap())
    };
    let first = outcomes(5).await;
    assert!(first.0.iter().any(Result::is_err) && first.0.iter().any(Result::is_ok));
    assert_eq!(first, outcomes(5).await);
    assert_ne!(first, outcomes(6).await);
}

#[tokio::test]
async fn every_kind_of_failure_occurs_and_names_its_reason() {
    let driver = MemoryDriver::adversarial(1);
    Database::new(driver.without_adversary()).create_table::<Note>().await.unwrap();
    let db = Database::new(driver);
    let (mut throttled, mut conflicts, mut internal) = (0, 0, 0);
    for number in 0..500 {
        let Err(error) = note(number).save(&db).await else { continue };
        let djamodb::Error::Driver(error) = &error else { panic!("{error}") };
        match error.kind() {
            DriverErrorKind::Throttled => {
                throttled += 1;
                assert_eq!(error.throttling_reasons()[0].table(), Some("adversarial-notes"), "{error}");
            }
            DriverErrorKind::TransactionConflict => {
                conflicts += 1;
                assert_eq!(error.message(), "Transaction is ongoing for the item");
            }
            DriverErrorKind::Internal => internal += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(throttled > 20 && conflicts > 20 && internal > 3, "{throttled} {conflicts} {internal}");
}

/// Returns a database with refusals without effect, which the driver repeats.
fn refusing(seed: u64) -> Database {
    let refusals = Adversary { throttled: 0.4, conflicts: 0.4, internal_errors: 0.0, ..Adversary::new(seed) };
    let defaults = TableDefaults { stream: Some(StreamView::NewAndOldImages), ..TableDefaults::default() };
    let policy = RetryPolicy { attempts_max: 20, ..RetryPolicy::default() };
    let driver = MemoryDriver::with_options(MemoryOptions {
        clock: Arc::new(VirtualClock::new(seed)),
        adversary: Some(refusals),
        ..MemoryOptions::default()
    });
    Database::with_defaults(Retry::new(driver, policy).unwrap(), defaults)
}

#[tokio::test]
async fn transactions_that_are_in_progress_are_repeated_and_made_once() {
    for seed in 0..20 {
        let db = refusing(seed);
        db.create_table::<Note>().await.unwrap();
        note(0).save(&db).await.unwrap();
        for _ in 0..20 {
            let mut counting = Transaction::new();
            counting.update(Note::item_key("first"), Note::NUMBER.add(1));
            counting.run(&db).await.unwrap();
        }
        assert_eq!(Note::objects().set_hash_key("first").consistent().get(&db).await.unwrap(), note(20));
    }
}

#[tokio::test]
async fn a_change_feed_reports_every_change_once_while_its_requests_are_throttled() {
    for seed in 0..10 {
        let db = refusing(seed);
        db.create_table::<Note>().await.unwrap();
        for number in 0..20 {
            note(number).save(&db).await.unwrap();
        }
        let changes: Vec<Change<Note>> = Note::changes(&db).until_idle().try_collect().await.unwrap();
        let mut expected = vec![Change::Inserted(note(0))];
        expected.extend((1..20).map(|number| Change::Modified { old: note(number - 1), new: note(number) }));
        assert_eq!(changes, expected);
    }
}

#[test]
fn the_tables_of_a_test_are_created_whatever_the_seed() {
    for seed in 0..100 {
        djamodb::test_support::run_adversarial(seed, Some(vec![Note::schema()]), |db| async move {
            let _ = note(1).save(&db).await;
        });
    }
}

#[djamodb::test(models = [Note], adversarial = 11)]
async fn a_test_runs_in_the_adversarial_mode(db: Database) {
    for number in 0..50 {
        note(number).save(&db).await.unwrap();
        let stored = Note::objects().set_hash_key("first").consistent().get(&db).await.unwrap();
        assert_eq!(stored, note(number));
    }
}

#[djamodb::test(models = [Note], adversarial = 12)]
async fn an_adversarial_test_may_have_a_clock(db: Database, clock: VirtualClock) {
    let start = clock.now();
    let mut notes: Vec<Note> = (0..300).map(|number| Note { id: format!("note {number}"), ..note(number) }).collect();
    Note::objects().bulk_create(&mut notes, OnConflict::Overwrite, &db).await.unwrap();
    let all = Note::objects().scan().consistent().count(&db).await.unwrap();
    assert_eq!(all, 300);
    assert!(clock.now() > start, "attempts that were throttled are repeated after a wait");
}
