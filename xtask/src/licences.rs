//! Licences, bans and sources of dependencies, by cargo-deny.

use crate::command::{cargo, cargo_output};

/// Runs cargo-deny where it is installed. Elsewhere a line says that nothing was checked.
///
/// Advisories are left out, since they need a database from the network: `cargo deny check advisories`.
///
/// # Errors
///
/// Returns a message if a dependency breaks a rule of `deny.toml`.
pub(crate) fn check() -> Result<(), String> {
    println!("\nlicences, bans and sources of dependencies");
    if cargo_output(&["deny", "--version"]).is_err() {
        println!("not checked: cargo-deny is not installed (cargo install cargo-deny)");
        return Ok(());
    }
    cargo(&["deny", "check", "licenses", "bans", "sources"], &[])
}
