//! `djamodb_fuzz::wire_requests` for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| djamodb_fuzz::wire_requests::run(bytes));
