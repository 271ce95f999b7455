//! Random inputs for every parser, and a bank under faults.
//!
//! The tests run a few hundred cases. `cargo xtask torture --minutes N` runs others for the given time and prints how many, and every
//! seed that fails.

mod bank;
mod mutation;
mod parsers;

use std::time::{Duration, Instant};

use bank::Figures;

/// Seeds that the tests run in addition to the first ones, because they once found a fault.
const KNOWN_SEEDS: [u64; 3] = [389, 2081, 2887];
/// Seeds of the long form begin here, so that they differ from those of the tests.
const LONG_FORM_SEED: u64 = 1_000_000;
/// Environment variable with the duration of the long form in minutes.
const MINUTES_VARIABLE: &str = "TORTURE_MINUTES";

fn seeds(count: u64) -> impl Iterator<Item = u64> {
    (0..count).chain(KNOWN_SEEDS)
}

#[test]
fn every_parser_accepts_or_refuses_any_input() {
    let parsers = parsers::all();
    for seed in seeds(150) {
        for parser in &parsers {
            parser.run(seed).unwrap_or_else(|failure| panic!("{}, seed {seed}: {failure}", parser.name));
        }
    }
}

#[test]
fn every_write_of_a_bank_under_faults_is_what_it_was_reported_as() {
    let mut figures = Figures::default();
    for seed in seeds(60) {
        figures += bank::run(seed).unwrap_or_else(|loss| panic!("seed {seed}: {loss}"));
    }
    for seed in seeds(20) {
        figures += bank::run_adversarial(seed).unwrap_or_else(|loss| panic!("adversarial seed {seed}: {loss}"));
    }
    assert!(figures.done > 100 && figures.not_done > 100 && figures.unknown > 20, "{figures:?}");
}

#[test]
#[ignore = "runs for minutes; use `cargo xtask torture`"]
fn long_form() {
    let minutes = std::env::var(MINUTES_VARIABLE).ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(1);
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let parsers = parsers::all();
    let (mut seed, mut inputs) = (LONG_FORM_SEED, 0_u64);
    let mut figures = Figures::default();
    let mut failures = Vec::new();
    while Instant::now() < end {
        for parser in &parsers {
            inputs += parsers::INPUTS_PER_SEED;
            failures.extend(parser.run(seed).err().map(|failure| format!("{}, seed {seed}: {failure}", parser.name)));
        }
        match bank::run(seed) {
            Ok(more) => figures += more,
            Err(loss) => failures.push(format!("bank, seed {seed}: {loss}")),
        }
        seed += 1;
    }
    println!("seeds {LONG_FORM_SEED} to {}", seed - 1);
    println!("{inputs} inputs of {} parsers", parsers.len());
    println!(
        "{} writes: {} done, {} not done, {} unknown",
        figures.writes(),
        figures.done,
        figures.not_done,
        figures.unknown
    );
    println!("{} failures", failures.len());
    assert!(failures.is_empty(), "{failures:#?}");
}
