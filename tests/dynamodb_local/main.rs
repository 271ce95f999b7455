//! The same on DynamoDB Local as in memory. Needs a server: `cargo xtask test` starts one and names it in
//! `DYNAMODB_LOCAL_URL`; without that, the tests here are ignored and say so.

mod ledger;
#[path = "../naive/naive.rs"]
mod naive;
mod random;

use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let url = std::env::var("DYNAMODB_LOCAL_URL").ok().filter(|url| !url.is_empty());
    let url = url.map(|url| url.replace("http://", "dynamodb://"));
    let trials = TESTS.into_iter().map(|(name, test)| match url.clone() {
        Some(url) => Trial::test(name, move || test(&url)),
        None => Trial::test(format!("{name} (ignored: DYNAMODB_LOCAL_URL names no server)"), || Ok(()))
            .with_ignored_flag(true),
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

type Test = fn(&str) -> Result<(), Failed>;

const TESTS: [(&str, Test); 3] = [
    ("the_quickstart_prints_the_same", the_quickstart_prints_the_same),
    ("the_ledger_counts_the_same", ledger::the_ledger_counts_the_same),
    ("querysets_give_what_a_plain_vector_gives", random::querysets_give_what_a_plain_vector_gives),
];

fn the_quickstart_prints_the_same(url: &str) -> Result<(), Failed> {
    let output = quickstart().args(["--url", url]).output()?;
    if !output.status.success() {
        return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into());
    }
    let printed = String::from_utf8(output.stdout)?;
    let expected = include_str!("../golden/quickstart.txt");
    match printed.lines().zip(expected.lines()).position(|(printed, expected)| printed != expected) {
        None if printed.lines().count() == expected.lines().count() => Ok(()),
        at => Err(format!("the output differs from tests/golden/quickstart.txt at line {at:?}:\n{printed}").into()),
    }
}

/// The example as cargo has built it beside this test, where `EXAMPLES_ARE_BUILT` says that it has (`cargo xtask test` does:
/// it builds everything at once), or else built now.
fn quickstart() -> Command {
    let built = std::env::var_os("EXAMPLES_ARE_BUILT").and(std::env::current_exe().ok()).and_then(|test| {
        let name = format!("quickstart{}", std::env::consts::EXE_SUFFIX);
        Some(test.parent()?.parent()?.join("examples").join(name))
    });
    let mut command = match built {
        Some(built) if built.is_file() => Command::new(built),
        _ => {
            let mut command = Command::new(env!("CARGO"));
            command.args(["run", "--quiet", "--all-features", "--example", "quickstart", "--"]);
            command
        }
    };
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}
