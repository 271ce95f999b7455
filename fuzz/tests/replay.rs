//! Runs every target over the inputs of `corpus/` and over mutations of them, on a small stack and in bounded time.
//!
//! `DJAMODB_FUZZ_INPUTS` is the number of mutations for each target, `DJAMODB_FUZZ_SEED` their seed.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use djamodb_fuzz::{TARGETS, Target};
use fastrand::Rng;

/// Size of the stack of a target: a recursion over the levels of an input exhausts it.
const STACK_BYTES: usize = 512 * 1024;
/// Time of one input at most, in a debug build on a machine with other load.
const TIME_MAX: Duration = Duration::from_secs(20);
/// Mutations of each target in a run without `DJAMODB_FUZZ_INPUTS`.
const INPUTS_DEFAULT: usize = 300;
/// Size of a mutated input at most.
const INPUT_BYTES_MAX: usize = 64 * 1024;

/// Runs a target over inputs, one after the other, and fails if one panics, ends the process or takes too long.
fn run_all((name, target): Target, inputs: Vec<(String, Vec<u8>)>) {
    let (done, next) = mpsc::channel();
    let count = inputs.len();
    let names: Vec<String> = inputs.iter().map(|(input, _)| input.clone()).collect();
    let run = move || {
        for (_, bytes) in inputs {
            target(&bytes);
            // The receiver is gone once the test has failed.
            let _ = done.send(());
        }
    };
    let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn(run).expect("a thread");
    for input in &names {
        match next.recv_timeout(TIME_MAX) {
            Ok(()) => {}
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name}: {input} takes more than {TIME_MAX:?}"),
            Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name}: {input} fails: {:?}", thread.join().err()),
        }
    }
    println!("{name}: {count} inputs");
}

fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let files = fs::read_dir(&folder).expect("a folder of inputs");
    let mut inputs: Vec<(String, Vec<u8>)> = files
        .map(|file| {
            let path = file.expect("a file").path();
            (path.display().to_string(), fs::read(&path).expect("an input"))
        })
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "{} has no inputs", folder.display());
    inputs
}

/// Returns inputs that are deeper or longer than a file of the corpus should be.
fn large(name: &str) -> Vec<(String, Vec<u8>)> {
    let deep = |open: &str, close: &str, times: usize| (open.repeat(times) + &close.repeat(times)).into_bytes();
    let texts = match name {
        "dynamodb_json" => {
            vec![deep(r#"{"L":["#, "]}", 100_000), deep(r#"{"M":{"a":"#, "}}", 100_000), deep("[", "]", 100_000)]
        }
        "expression_text" => vec![
            deep("(", ")", 100_000),
            deep("NOT ", "", 100_000),
            deep("NOT ", "", 1_000),
            [deep("(", "", 2_000), b"a = :n".to_vec(), deep(")", "", 2_000)].concat(),
            deep("a.", "", 100_000),
            [b"a".to_vec(), deep("[0]", "", 1_300)].concat(),
            deep("a = :n AND ", "", 370),
            [b"SET a = ".to_vec(), deep("if_not_exists(a, ", ":n)", 180)].concat(),
        ],
        "wire_requests" => ["{", "[", r#"{"TableName":"#, r#"{"Item":{"a":{"L":["#, r#"{"Key":"#]
            .map(|start| [b"PutItem\n".to_vec(), deep(start, "", 100_000)].concat())
            .to_vec(),
        _ => vec![vec![0; 64 * 1024], vec![255; 64 * 1024], (0..=255).cycle().take(64 * 1024).collect()],
    };
    texts.into_iter().enumerate().map(|(at, bytes)| (format!("large input {at}"), bytes)).collect()
}

/// Returns an input with a few changes, and now and then a part of another one.
fn mutated(random: &mut Rng, inputs: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = random.choice(inputs).map(|(_, bytes)| bytes.clone()).unwrap_or_default();
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=bytes.len());
        match random.u8(..5) {
            0 => bytes.insert(at, random.u8(..)),
            1 if at < bytes.len() => bytes[at] = random.u8(..),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 => {
                let end = random.usize(at..=bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let other = random.choice(inputs).map(|(_, other)| other.as_slice()).unwrap_or_default();
                let end = random.usize(..=other.len());
                bytes.splice(at..at, other[..end].iter().copied());
            }
        }
    }
    bytes.truncate(INPUT_BYTES_MAX);
    bytes
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn no_input_of_the_corpus_fails() {
    for target in TARGETS {
        run_all(*target, corpus(target.0));
    }
}

#[test]
fn no_deep_or_long_input_fails() {
    for target in TARGETS {
        run_all(*target, large(target.0));
    }
}

#[test]
fn no_mutated_input_fails() {
    let count = number("DJAMODB_FUZZ_INPUTS").and_then(|count| usize::try_from(count).ok()).unwrap_or(INPUTS_DEFAULT);
    let seed = number("DJAMODB_FUZZ_SEED").unwrap_or(1);
    for target in TARGETS {
        let inputs = corpus(target.0);
        let mut random = Rng::with_seed(seed);
        let mutations = (0..count).map(|at| (format!("mutation {at} of seed {seed}"), mutated(&mut random, &inputs)));
        run_all(*target, mutations.collect());
    }
}
