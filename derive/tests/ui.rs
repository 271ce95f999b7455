//! Programs that must compile, and programs that must not: each with one message, at the right place.
//!
//! The folders are named by the mistake. `TRYBUILD=overwrite cargo test --package djamodb-derive --test ui` writes the messages
//! anew; read them as a newcomer would before they are committed. They are those of Rust 1.95.

#[test]
fn what_is_right_compiles_and_what_is_wrong_says_why() {
    let programs = trybuild::TestCases::new();
    programs.pass("tests/ui/pass/*/*.rs");
    programs.compile_fail("tests/ui/fail/*/*.rs");
}
