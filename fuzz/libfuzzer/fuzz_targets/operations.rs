//! `djamodb_fuzz::operations` for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| djamodb_fuzz::operations::run(bytes));
