//! All tests.

use crate::command::cargo;
use crate::house;

/// Runs everything; the first failure ends it.
pub(crate) fn run() -> Result<(), String> {
    cargo(&["test", "--workspace", "--all-features"])?;
    for features in [&["--no-default-features"][..], &["--no-default-features", "--features", "memory"]] {
        let check = [&["check", "--package", "djamodb", "--lib"], features].concat();
        cargo(&check)?;
    }
    house::check()?;
    println!("\nall tests passed");
    Ok(())
}
