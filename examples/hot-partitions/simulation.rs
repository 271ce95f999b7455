//! Writes of observations over time, with the retries of a client.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use djamodb::Error;
use djamodb::driver::DriverErrorKind;
use djamodb::prelude::*;

use crate::partitions::Partitioned;

/// Kinds of weather with their shares of the observations, in percent: those of Seattle, 2012 to 2015.
const KINDS: [(&str, u32); 5] = [("rain", 44), ("sun", 44), ("fog", 7), ("drizzle", 3), ("snow", 2)];

/// Number of writes that one put stands for, so that the simulation takes less than a second.
const WRITES_PER_PUT: u32 = 20;

/// Attempts of a put, and the wait after the first in milliseconds, which doubles with each.
const ATTEMPTS_MAX: u32 = 5;
const WAIT: u64 = 50;

/// Writes that arrive at even intervals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    pub(crate) writes_per_second: u32,
    pub(crate) seconds: u32,
}

/// A model of observations.
pub(crate) trait Observation: Model {
    /// Returns the observation with this number.
    fn observed(kind: &str, number: u32) -> Self;
}

/// The result of a simulation. Each count is one of writes.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// Writes that were carried out in each second.
    pub(crate) served: Vec<u32>,
    /// Attempts that were throttled in each second.
    pub(crate) throttled: Vec<u32>,
    /// Writes whose last attempt was throttled.
    pub(crate) failed: u32,
    /// Milliseconds from the first attempt of each put to its last, in ascending order.
    pub(crate) latencies: Vec<u64>,
}

impl Figures {
    /// Returns the milliseconds within which this share of the served writes, in percent, was carried out.
    pub(crate) fn wait_within(&self, percent: usize) -> u64 {
        let last = (self.latencies.len() * percent).div_ceil(100).saturating_sub(1);
        self.latencies.get(last).copied().unwrap_or_default()
    }
}

/// An attempt of a put. The order is that of time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Attempt {
    /// Time in milliseconds.
    at: u64,
    number: u32,
    attempts: u32,
    begun: u64,
}

/// Writes the load to a table of `M`. Returns the figures and the database.
pub(crate) async fn simulate<M: Observation>(load: Load) -> Result<(Figures, Database), Error> {
    let driver = Partitioned::new(WRITES_PER_PUT.into());
    let db = Database::new(driver.clone());
    db.create_table::<M>().await?;
    let seconds = load.seconds as usize;
    let mut figures = Figures { served: vec![0; seconds], throttled: vec![0; seconds], ..Figures::default() };
    let puts = load.writes_per_second / WRITES_PER_PUT * load.seconds;
    let mut pending: BinaryHeap<Reverse<Attempt>> = (0..puts)
        .map(|number| {
            let at = u64::from(number) * 1000 * u64::from(load.seconds) / u64::from(puts);
            Reverse(Attempt { at, number, attempts: 1, begun: at })
        })
        .collect();
    while let Some(Reverse(Attempt { at, number, attempts, begun })) = pending.pop() {
        driver.set_time(at);
        let second = (at / 1000) as usize;
        match M::observed(kind_of(number), number).save(&db).await {
            Ok(()) => {
                // Retries after the end are not drawn.
                if let Some(served) = figures.served.get_mut(second) {
                    *served += WRITES_PER_PUT;
                }
                figures.latencies.push(at - begun);
            }
            Err(Error::Driver(error)) if *error.kind() == DriverErrorKind::Throttled => {
                if let Some(throttled) = figures.throttled.get_mut(second) {
                    *throttled += WRITES_PER_PUT;
                }
                if attempts == ATTEMPTS_MAX {
                    figures.failed += WRITES_PER_PUT;
                } else {
                    // Numbers spread the waits, as random jitter does.
                    let wait = (WAIT << (attempts - 1)) + u64::from(number % 50);
                    pending.push(Reverse(Attempt { at: at + wait, number, attempts: attempts + 1, begun }));
                }
            }
            Err(error) => return Err(error),
        }
    }
    figures.latencies.sort_unstable();
    Ok((figures, db))
}

/// Returns the kind of an observation. Kinds have their shares in each hundred of numbers.
fn kind_of(number: u32) -> &'static str {
    // 37 has no factor of 100, so that the kinds alternate.
    let mut place = number * 37 % 100;
    for (kind, share) in KINDS {
        match place.checked_sub(share) {
            Some(rest) => place = rest,
            None => return kind,
        }
    }
    KINDS[0].0
}
