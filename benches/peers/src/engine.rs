//! Engines as libraries in this process, from a request in their own terms to an answer in their own types.
//!
//! The table `readings` has no index, and the table `indexed` has three global indexes that project all attributes.

mod dynoxide;
pub(crate) mod memory;
mod rustack;

use std::error::Error;
use std::fmt;

use djamodb_bench_common::subject::{self, Subject};
use serde_json::{Value as Json, json};

use crate::measure::Extent;

/// An operation of an engine. The answer of a write is the item as it is afterwards.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Operation {
    /// One item by its key.
    Get,
    /// Replaces an item.
    Put,
    /// Replaces an item in the table with three indexes, and moves it in all of them.
    PutIndexed,
    /// Sets an attribute.
    Update,
    Delete,
    /// One page of as many items of a city.
    Query(u32),
    /// One page of 20 items of the index `by_kind`, from a serial number on.
    QueryIndex,
    /// A put and an update.
    Transaction,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Get => f.write_str("get"),
            Self::Put => f.write_str("put, no index"),
            Self::PutIndexed => f.write_str("put, 3 indexes"),
            Self::Update => f.write_str("update"),
            Self::Delete => f.write_str("delete"),
            Self::Query(limit) => write!(f, "query {limit}"),
            Self::QueryIndex => write!(f, "query index {INDEX_ITEMS}"),
            Self::Transaction => f.write_str("transaction 2"),
        }
    }
}

impl subject::Operation for Operation {
    fn undo(self) -> Option<Self> {
        (self == Self::Delete).then_some(Self::Put)
    }
}

/// Name of the table without indexes.
const READINGS: &str = "readings";
/// Name of the table with three indexes.
const INDEXED: &str = "indexed";
/// Items that a query of an index reads.
const INDEX_ITEMS: u32 = 20;

/// Measures all engines with this number of items in each table.
///
/// # Errors
///
/// Returns an error if two engines answer differently.
pub(crate) fn measure(extent: &Extent, items: usize) -> Result<(), Box<dyn Error>> {
    let subjects: Vec<Box<dyn Subject<Operation>>> = vec![
        Box::new(memory::Memory::filled(items)),
        Box::new(dynoxide::Dynoxide::filled(items)),
        Box::new(rustack::Rustack::filled(items)),
    ];
    let operations = [
        Operation::Get,
        Operation::Query(20),
        Operation::Query(100),
        Operation::QueryIndex,
        Operation::Update,
        Operation::Put,
        Operation::PutIndexed,
        Operation::Transaction,
        Operation::Delete,
    ];
    Ok(extent.measure("engine", &operations, subjects)?)
}

/// Returns the number of the reading of an operation, so that consecutive operations touch items far from each other.
fn scattered(number: usize, items: usize) -> usize {
    number * 7919 % items
}

/// Returns the parameters of `CreateTable`.
fn table(name: &str, is_indexed: bool) -> Json {
    let key = |hash, range| json!([{ "AttributeName": hash, "KeyType": "HASH" }, { "AttributeName": range, "KeyType": "RANGE" }]);
    let attribute = |name, scalar| json!({ "AttributeName": name, "AttributeType": scalar });
    let index = |hash| {
        json!({
            "IndexName": format!("by_{hash}"), "KeySchema": key(hash, "serial"), "Projection": { "ProjectionType": "ALL" },
        })
    };
    let mut attributes = vec![attribute("city", "S"), attribute("day", "N")];
    let mut table = json!({ "TableName": name, "KeySchema": key("city", "day"), "BillingMode": "PAY_PER_REQUEST" });
    if is_indexed {
        attributes.extend([attribute("kind", "S"), attribute("station", "S"), attribute("serial", "N")]);
        table["GlobalSecondaryIndexes"] = json!([index("kind"), index("station"), index("city")]);
    }
    table["AttributeDefinitions"] = json!(attributes);
    table
}
