//! `djamodb_fuzz::expression_text` for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| djamodb_fuzz::expression_text::run(bytes));
