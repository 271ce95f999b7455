//! Querysets of random shape give what a plain vector gives, and change what it changes, on DynamoDB Local too.

use std::cell::Cell;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use djamodb::Settings;
use libtest_mimic::Failed;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::naive::{IndexKeys, Signal, case, check, create_table};

const KEYS: IndexKeys = IndexKeys { of_several_attributes: false };
/// The same cases every time.
const SEED: u64 = 20_251_122;
const CASES: u32 = 40;
/// After this, no more cases are begun.
const TIME_MAX: Duration = Duration::from_mins(1);
/// How many cases there is time for anywhere.
const CASES_MIN: u32 = 10;

pub(crate) fn querysets_give_what_a_plain_vector_gives(url: &str) -> Result<(), Failed> {
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
    result.map_err(|error| format!("with the seed {SEED}: {error}"))?;
    let cases = cases.get();
    if cases < CASES_MIN {
        return Err(format!("only {cases} cases in {TIME_MAX:?}; {CASES_MIN} at least are wanted").into());
    }
    Ok(())
}
