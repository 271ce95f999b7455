//! Random querysets and writes return and change the same items as plain collections, on DynamoDB Local.

use std::cell::Cell;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use djamodb::Settings;
use djamodb::model::ModelSchema;
use djamodb::prelude::*;
use libtest_mimic::Failed;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::naive::unique::{self, Member, Player};
use crate::naive::{IndexKeys, Signal, case, check, create_table};

const KEYS: IndexKeys = IndexKeys { multi_attribute: false };
/// Fixed seed, so that every run has the same cases.
const SEED: u64 = 20_251_122;
const CASES: u32 = 40;
/// Time after which no further case starts.
const TIME_MAX: Duration = Duration::from_secs(60);
/// Minimum number of cases that must run within the time.
const CASES_MIN: u32 = 10;

pub(crate) fn querysets_agree_with_a_plain_vector(url: &str) -> Result<(), Failed> {
    on_server(
        url,
        case(KEYS, 4),
        async |db, case| {
            if db.table_exists::<Signal>().await.unwrap() {
                Signal::objects().scan().delete(db).await.unwrap();
            } else {
                create_table(db, KEYS).await;
            }
            check(db, &case).await
        },
        &[Signal::schema()],
    )
}

pub(crate) fn unique_values_agree_with_a_plain_map(url: &str) -> Result<(), Failed> {
    on_server(
        url,
        unique::writes(),
        async |db, writes| {
            check_unique::<Member>(db, &writes).await?;
            check_unique::<Player>(db, &writes).await
        },
        &[Member::schema(), Player::schema()],
    )
}

/// Makes the writes in a table of its own.
async fn check_unique<M: unique::Unique>(db: &Database, writes: &[unique::Write]) -> Result<(), TestCaseError> {
    if db.table_exists::<M>().await.unwrap() {
        M::querysets().scan().consistent().delete(db).await.unwrap();
    } else {
        db.create_table::<M>().await.unwrap();
    }
    unique::check::<M>(db, writes).await
}

/// Runs a check for random cases within a bounded time, in tables with a prefix of their own, which are deleted at the end.
fn on_server<T: std::fmt::Debug>(
    url: &str,
    case: impl Strategy<Value = T>,
    check: impl AsyncFn(&Database, T) -> Result<(), TestCaseError>,
    models: &[&'static ModelSchema],
) -> Result<(), Failed> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let prefix = format!("random-{time:x}-{:x}", std::process::id());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let settings = Settings::builder().url(url).table_prefix(prefix).build()?;
    let db = runtime.block_on(djamodb::connect(settings))?;

    let (start, cases) = (Instant::now(), Cell::new(0));
    let config = Config {
        cases: CASES,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: None,
        max_shrink_time: 20_000,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&case, |case| {
        if start.elapsed() > TIME_MAX {
            return Ok(());
        }
        cases.set(cases.get() + 1);
        runtime.block_on(check(&db, case))
    });
    runtime.block_on(db.delete_tables(models))?;
    result.map_err(|error| format!("seed {SEED}: {error}"))?;
    let cases = cases.get();
    if cases < CASES_MIN {
        return Err(format!("only {cases} cases ran within {TIME_MAX:?}; expected at least {CASES_MIN}").into());
    }
    Ok(())
}
