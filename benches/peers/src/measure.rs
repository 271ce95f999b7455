//! Measuring: subjects take turns in short rounds, so that other load on the machine affects all of them alike.

use std::ops::Range;
use std::time::Duration;

use clap::Args;
use djamodb_bench_common::subject::{Operation, Subject};
use serde::Serialize;

/// Longest time of a subject in a round, as far as one operation is shorter.
const ROUND_TIME_MAX: Duration = Duration::from_millis(200);

/// The extent of a measurement.
#[derive(Args)]
pub(crate) struct Extent {
    /// Number of rounds. In each, the subjects take turns.
    #[arg(long, default_value_t = 31)]
    rounds: usize,
    /// Operations of one subject in one round.
    #[arg(long, default_value_t = 200)]
    operations: usize,
    /// Part of the names of the operations that are measured.
    #[arg(long, default_value = "")]
    only: String,
    /// Part of the names of the subjects that are measured.
    #[arg(long, default_value = "")]
    subject: String,
}

/// The time of one operation of one subject.
#[derive(Serialize)]
struct Figure<'a> {
    group: &'a str,
    operation: String,
    subject: &'a str,
    median_us: f64,
    /// Lower quartile.
    low_us: f64,
    /// Upper quartile.
    high_us: f64,
    /// Median of the ratios to the first subject in the same round.
    ratio: f64,
}

impl Extent {
    /// Measures the operations of a group and prints their figures. The first subject is the one that ratios refer to.
    ///
    /// # Errors
    ///
    /// Returns a message if the subjects give different answers to an operation.
    pub(crate) fn measure<O: Operation>(
        &self,
        group: &str,
        operations: &[O],
        mut subjects: Vec<Box<dyn Subject<O>>>,
    ) -> Result<(), String> {
        subjects.retain(|subject| subject.name().contains(&self.subject));
        for operation in operations.iter().copied().filter(|operation| operation.to_string().contains(&self.only)) {
            let mut subjects: Vec<_> = subjects.iter_mut().filter(|subject| subject.supports(operation)).collect();
            check_answers(operation, &mut subjects)?;
            let lengths: Vec<usize> =
                subjects.iter_mut().map(|subject| self.round_length(subject.as_mut(), operation)).collect();
            let mut times = vec![Vec::with_capacity(self.rounds); subjects.len()];
            // The first round warms caches and connections up and is not counted.
            for round in 0..=self.rounds {
                let first = round * self.operations;
                for ((subject, length), times) in subjects.iter_mut().zip(&lengths).zip(&mut times) {
                    let time = run(subject.as_mut(), operation, first..first + length);
                    if round > 0 {
                        times.push(time.as_secs_f64() * 1e6 / count(*length));
                    }
                }
            }
            for (subject, of_subject) in subjects.iter().zip(&times) {
                let ratios = of_subject.iter().zip(&times[0]).map(|(time, of_first)| time / of_first).collect();
                let [low, median, high] = quartiles(of_subject.clone());
                let [_, ratio, _] = quartiles(ratios);
                let figure = Figure {
                    group,
                    operation: operation.to_string(),
                    subject: subject.name(),
                    median_us: rounded(median, 2),
                    low_us: rounded(low, 2),
                    high_us: rounded(high, 2),
                    ratio: rounded(ratio, 3),
                };
                println!("{}", serde_json::to_string(&figure).map_err(|error| error.to_string())?);
            }
        }
        Ok(())
    }

    /// Returns the number of operations of a subject in a round: fewer where they take long.
    fn round_length<O: Operation>(&self, subject: &mut dyn Subject<O>, operation: O) -> usize {
        let one = run(subject, operation, 0..1).max(Duration::from_nanos(1));
        let length = ROUND_TIME_MAX.as_nanos() / one.as_nanos();
        usize::try_from(length).unwrap_or(self.operations).clamp(1, self.operations)
    }
}

/// Returns the CPU time of a subject for an operation, and then undoes the operation.
fn run<O: Operation>(subject: &mut dyn Subject<O>, operation: O, numbers: Range<usize>) -> Duration {
    let time = subject.time(operation, numbers.clone());
    if let Some(undo) = operation.undo() {
        subject.time(undo, numbers);
    }
    time
}

fn check_answers<O: Operation>(operation: O, subjects: &mut [&mut Box<dyn Subject<O>>]) -> Result<(), String> {
    for number in [0, 1, 4321] {
        let mut expected = None;
        for subject in subjects.iter_mut() {
            let answer = subject.answer(operation, number);
            if let Some(undo) = operation.undo() {
                subject.time(undo, number..number + 1);
            }
            match &expected {
                None => expected = Some(answer),
                Some(expected) if *expected == answer => {}
                Some(expected) => {
                    return Err(format!(
                        "{operation} {number}: {} answers {answer}, the first subject {expected}",
                        subject.name()
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Returns the lower quartile, the median and the upper quartile.
fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[(values.len() - 1) * quarter / 4])
}

fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}

#[allow(clippy::cast_precision_loss, reason = "counts are small")]
fn count(number: usize) -> f64 {
    number as f64
}
