//! Random querysets and writes return and change the same items as plain collections, on DynamoDB Local.

use std::cell::Cell;
use std::fmt::Debug;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use djamodb::Settings;
use djamodb::prelude::*;
use libtest_mimic::Failed;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use crate::naive::unique::{self, Member, Player};
use crate::naive::{self, Signal, single_table};

/// Fixed seed, so that every run has the same cases.
const SEED: u64 = 20_251_122;
const CASES: u32 = 40;
/// Time after which no further case starts.
const TIME_MAX: Duration = Duration::from_secs(60);
/// Minimum number of cases that must run within the time.
const CASES_MIN: u32 = 10;

pub(crate) fn querysets_agree_with_a_plain_vector(url: &str) -> Result<(), Failed> {
    let (runtime, db) = connect(url)?;
    runtime.block_on(naive::create_table(&db));
    let result = run(&naive::case(4), |case| {
        runtime.block_on(async {
            Signal::objects().scan().delete(&db).await.unwrap();
            naive::check(&db, &case).await
        })
    });
    runtime.block_on(db.delete_table::<Signal>())?;
    result
}

pub(crate) fn models_of_one_table_agree_with_plain_vectors(url: &str) -> Result<(), Failed> {
    let (runtime, db) = connect(url)?;
    runtime.block_on(single_table::create_table(&db));
    let result = run(&single_table::case(2, 6), |case| {
        runtime.block_on(async {
            single_table::Entry::objects().scan().delete(&db).await.unwrap();
            single_table::Note::objects().scan().delete(&db).await.unwrap();
            single_table::check(&db, &case).await
        })
    });
    runtime.block_on(db.delete_table::<single_table::Entry>())?;
    result
}

pub(crate) fn unique_values_agree_with_a_plain_map(url: &str) -> Result<(), Failed> {
    let (runtime, db) = connect(url)?;
    let models = [Member::schema(), Player::schema()];
    runtime.block_on(db.create_tables(&models))?;
    let result = run(&unique::writes(), |writes| {
        runtime.block_on(async {
            check_unique::<Member>(&db, &writes).await?;
            check_unique::<Player>(&db, &writes).await
        })
    });
    runtime.block_on(db.delete_tables(&models))?;
    result
}

/// Makes the writes in the emptied table of the model.
async fn check_unique<M: unique::Unique>(db: &Database, writes: &[unique::Write]) -> Result<(), TestCaseError> {
    M::querysets().scan().consistent().delete(db).await.unwrap();
    unique::check::<M>(db, writes).await
}

/// Returns a database whose tables have a prefix of their own.
fn connect(url: &str) -> Result<(tokio::runtime::Runtime, Database), Failed> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let prefix = format!("random-{time:x}-{:x}", std::process::id());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let settings = Settings::builder().url(url).table_prefix(prefix).build()?;
    let db = runtime.block_on(djamodb::connect(settings))?;
    Ok((runtime, db))
}

/// Checks as many cases as there is time for.
fn run<S: Strategy<Value: Debug>>(
    cases: &S,
    check: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), Failed> {
    let (start, checked) = (Instant::now(), Cell::new(0));
    let config = Config {
        cases: CASES,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: None,
        max_shrink_time: 20_000,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(cases, |case| {
        if start.elapsed() > TIME_MAX {
            return Ok(());
        }
        checked.set(checked.get() + 1);
        check(case)
    });
    result.map_err(|error| format!("seed {SEED}: {error}"))?;
    let checked = checked.get();
    if checked < CASES_MIN {
        return Err(format!("only {checked} cases ran within {TIME_MAX:?}; expected at least {CASES_MIN}").into());
    }
    Ok(())
}
