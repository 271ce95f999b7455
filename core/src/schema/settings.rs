//! Settings of a table that are no part of its shape.

use serde::{Deserialize, Serialize};

/// How a table's capacity is paid for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Billing {
    /// By request (`PAY_PER_REQUEST`).
    #[default]
    PayPerRequest,
    /// By throughput set aside (`PROVISIONED`).
    Provisioned(Throughput),
}

/// Capacity set aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Throughput {
    /// Read units a second: one is a strongly consistent read of up to 4 KB.
    pub read_units: u64,
    /// Write units a second: one is a write of up to 1 KB.
    pub write_units: u64,
}

/// A label on a table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tag {
    /// The label's name: 1 to 128 characters.
    pub key: String,
    /// The label's value: up to 256 characters.
    pub value: String,
}

impl Tag {
    /// A label.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// What a table's stream records of each change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StreamView {
    /// The key of the item.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// Both.
    NewAndOldImages,
}
