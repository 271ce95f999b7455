//! Fuzz targets as functions of bytes.
//!
//! A target panics if a property does not hold for its input. `tests/replay.rs` runs the targets over the inputs of `corpus/` and over
//! mutations of them; `libfuzzer/` explores further with cargo-fuzz.

pub mod dynamodb_json;
pub mod expression_text;
pub mod operations;
pub mod wire_requests;

mod requests;
mod values;

/// A target by its name, which is that of its folder in `corpus/`.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("dynamodb_json", dynamodb_json::run),
    ("expression_text", expression_text::run),
    ("operations", operations::run),
    ("wire_requests", wire_requests::run),
];
