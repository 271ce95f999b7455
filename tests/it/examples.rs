//! The examples, run as a user runs them.

use std::process::Command;

/// The example as cargo has built it beside this test, where `EXAMPLES_ARE_BUILT` says that it has (`cargo xtask test` does:
/// it builds everything at once), or else built now.
pub(crate) fn example(name: &str) -> Command {
    let built = std::env::var_os("EXAMPLES_ARE_BUILT").and(std::env::current_exe().ok()).and_then(|test| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        Some(test.parent()?.parent()?.join("examples").join(file))
    });
    let mut command = match built {
        Some(built) if built.is_file() => Command::new(built),
        _ => {
            let mut command = Command::new(env!("CARGO"));
            command.args(["run", "--quiet", "--example", name, "--"]);
            command
        }
    };
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}
