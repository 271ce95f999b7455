//! Times of runs, without their preparations.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::Operation;

/// Number of runs that are prepared together.
const PREPARED: usize = 500;

/// Step between the numbers of two runs, so that runs follow no order of the keys.
pub const STRIDE: usize = 7919;

/// An operation on tables of a number of items, whose runs are timed.
#[derive(Debug)]
pub struct Measured {
    operation: Operation,
    /// Bound of the numbers of runs. An operation can use up to 100 items after its number.
    bound: usize,
    next: usize,
}

impl Measured {
    /// Creates the measurement of an operation on tables of this many items.
    pub fn new(operation: Operation, items: usize) -> Self {
        Self { operation, bound: items - 100, next: 0 }
    }

    /// Returns the time of so many runs, without that of their preparations.
    pub fn time(&mut self, runs: u64) -> Duration {
        let mut time = Duration::ZERO;
        let mut left = usize::try_from(runs).unwrap_or(usize::MAX);
        while left > 0 {
            let count = left.min(PREPARED);
            let numbers: Vec<usize> = (0..count).map(|at| (self.next + at * STRIDE) % self.bound).collect();
            self.next += count * STRIDE;
            left -= count;
            for &number in &numbers {
                self.operation.prepare(number);
            }
            let start = Instant::now();
            for &number in &numbers {
                self.operation.run(black_box(number));
            }
            time += start.elapsed();
        }
        time
    }
}
