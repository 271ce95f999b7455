//! The subjects of a measurement: what is compared.

use std::fmt;
use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use cpu_time::ProcessTime;
use serde_json::Value as Json;

/// An operation of one part.
pub trait Operation: Copy + fmt::Display {
    /// Returns the operation that restores what this one has changed, with the same numbers, or `None` if there is nothing to restore.
    fn undo(self) -> Option<Self> {
        None
    }
}

/// A client or an engine. `number` selects the items of an operation, the same for all subjects.
pub trait Execute {
    /// Operations of the part.
    type Operation: Operation;
    /// Answer in the subject's own types.
    type Answer;

    /// Name in the figures.
    const NAME: &'static str;

    /// Builds the request of an operation, executes it, and returns its answer. This is what is measured.
    fn execute(&mut self, operation: Self::Operation, number: usize) -> Self::Answer;

    /// Returns an answer in the form in which the answers of all subjects of a part are compared.
    fn to_json(&mut self, answer: Self::Answer) -> Json;
}

/// A subject whose type of answers is hidden.
pub trait Subject<O> {
    /// Returns the name in the figures.
    fn name(&self) -> &'static str;

    /// Returns `true` if the subject has the operation.
    fn supports(&self, _: O) -> bool {
        true
    }

    /// Executes an operation once for each number and drops the answers. Returns the CPU time of the process, user and system.
    fn time(&mut self, operation: O, numbers: Range<usize>) -> Duration;

    /// Executes an operation once and returns its answer.
    fn answer(&mut self, operation: O, number: usize) -> Json;
}

impl<T: Execute> Subject<T::Operation> for T {
    fn name(&self) -> &'static str {
        T::NAME
    }

    fn time(&mut self, operation: T::Operation, numbers: Range<usize>) -> Duration {
        let start = ProcessTime::now();
        for number in numbers {
            black_box(self.execute(operation, black_box(number)));
        }
        start.elapsed()
    }

    fn answer(&mut self, operation: T::Operation, number: usize) -> Json {
        let answer = self.execute(operation, number);
        self.to_json(answer)
    }
}
