//! Random querysets return and change the same items as a plain vector, on DynamoDB Local.

use std::cell::Cell;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use djamodb::Settings;
use libtest_mimic::Failed;
use proptest::test_runner::{Config, RngSeed, TestRunner};

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
    let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let prefix = format!("random-{time:x}-{:x}", std::process::id());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let settings = Settings::builder().url(url).table_prefix(prefix).build()?;
    let db = runtime.block_on(djamodb::connect(settings))?;
    runtime.block_on(create_table(&db, KEYS));

    let (start, cases) = (Instant::now(), Cell::new(0));
    let config = Config {
        cases: CASES,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: None,
        max_shrink_time: 20_000,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&case(KEYS, 4), |case| {
        if start.elapsed() > TIME_MAX {
            return Ok(());
        }
        cases.set(cases.get() + 1);
        runtime.block_on(async {
            Signal::objects().scan().delete(&db).await.unwrap();
            check(&db, &case).await
        })
    });
    runtime.block_on(db.delete_table::<Signal>())?;
    result.map_err(|error| format!("seed {SEED}: {error}"))?;
    let cases = cases.get();
    if cases < CASES_MIN {
        return Err(format!("only {cases} cases ran within {TIME_MAX:?}; expected at least {CASES_MIN}").into());
    }
    Ok(())
}
