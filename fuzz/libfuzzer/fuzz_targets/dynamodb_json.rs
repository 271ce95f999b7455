//! `djamodb_fuzz::dynamodb_json` for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| djamodb_fuzz::dynamodb_json::run(bytes));
