//! Comparisons of DynamoDB Local with the memory driver. They need the server at `DJAMODB_TEST_URL`, which `cargo xtask test`
//! starts. Without the variable, the tests are reported as ignored.

mod ledger;
#[path = "../naive/naive.rs"]
mod naive;
mod random;

use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let url = std::env::var("DJAMODB_TEST_URL").ok().filter(|url| !url.is_empty());
    let trials = TESTS.into_iter().map(|(name, test)| match url.clone() {
        Some(url) => Trial::test(name, move || test(&url)),
        None => {
            Trial::test(format!("{name} (ignored: DJAMODB_TEST_URL is not set)"), || Ok(())).with_ignored_flag(true)
        }
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

type Test = fn(&str) -> Result<(), Failed>;

const TESTS: [(&str, Test); 8] = [
    ("the_quickstart_prints_the_golden_output", |url| {
        prints(url, "quickstart", include_str!("../golden/quickstart.txt"))
    }),
    ("the_bank_prints_the_golden_output", |url| prints(url, "transfer", include_str!("../golden/transfer.txt"))),
    ("the_shop_prints_the_golden_output", |url| {
        prints(url, "single_table", include_str!("../golden/single_table.txt"))
    }),
    ("the_managers_print_the_golden_output", |url| prints(url, "managers", include_str!("../golden/managers.txt"))),
    ("the_ledger_agrees_with_the_memory_driver", ledger::the_ledger_agrees_with_the_memory_driver),
    ("querysets_agree_with_a_plain_vector", random::querysets_agree_with_a_plain_vector),
    ("unique_values_agree_with_a_plain_map", random::unique_values_agree_with_a_plain_map),
    ("models_of_one_table_agree_with_plain_vectors", random::models_of_one_table_agree_with_plain_vectors),
];

/// Fails if the output of an example on the server differs from that in memory.
fn prints(url: &str, name: &str, expected: &str) -> Result<(), Failed> {
    let output = example(name).args(["--url", url]).output()?;
    if !output.status.success() {
        return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into());
    }
    let actual = String::from_utf8(output.stdout)?;
    match actual.lines().zip(expected.lines()).position(|(actual, expected)| actual != expected) {
        None if actual.lines().count() == expected.lines().count() => Ok(()),
        at => Err(format!("the output differs from tests/golden/{name}.txt at line {at:?}:\n{actual}").into()),
    }
}

/// Returns the command of an example.
///
/// If `EXAMPLES_ARE_BUILT` is set, as `cargo xtask test` does, this is the binary beside the test. Otherwise cargo builds it.
fn example(name: &str) -> Command {
    let built = std::env::var_os("EXAMPLES_ARE_BUILT").and(std::env::current_exe().ok()).and_then(|test| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        Some(test.parent()?.parent()?.join("examples").join(file))
    });
    let mut command = match built {
        Some(built) if built.is_file() => Command::new(built),
        _ => {
            let mut command = Command::new(env!("CARGO"));
            command.args(["run", "--quiet", "--all-features", "--example", name, "--"]);
            command
        }
    };
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}
