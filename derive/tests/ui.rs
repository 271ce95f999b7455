//! Programs that compile, and programs that do not, with the messages of the compiler.
//!
//! The folders below `fail` are named by the mistake. `TRYBUILD=overwrite cargo test --package djamodb-derive --test ui` rewrites
//! the messages: read the difference before you commit it. They are those of Rust 1.95.

#[test]
fn compiles_valid_programs_and_explains_mistakes_in_others() {
    let programs = trybuild::TestCases::new();
    programs.pass("tests/ui/pass/*/*.rs");
    programs.compile_fail("tests/ui/fail/*/*.rs");
}
