//! The same on DynamoDB Local as in memory. Needs a server: `cargo xtask test` starts one and names it in
//! `DYNAMODB_LOCAL_URL`; without that, the tests here are ignored and say so.

use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let url = std::env::var("DYNAMODB_LOCAL_URL").ok().filter(|url| !url.is_empty());
    let Some(url) = url else {
        let reason = "the_quickstart_prints_the_same (ignored: DYNAMODB_LOCAL_URL names no server)";
        return libtest_mimic::run(
            &Arguments::from_args(),
            vec![Trial::test(reason, || Ok(())).with_ignored_flag(true)],
        )
        .exit_code();
    };
    let trial = Trial::test("the_quickstart_prints_the_same", move || the_quickstart_prints_the_same(&url));
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code()
}

fn the_quickstart_prints_the_same(url: &str) -> Result<(), Failed> {
    let url = url.replace("http://", "dynamodb://");
    let output = quickstart().args(["--url", &url]).output()?;
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
