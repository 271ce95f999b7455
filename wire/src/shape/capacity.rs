//! Consumed capacity.

use std::collections::BTreeMap;

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, Metadata, ReturnConsumedCapacity};
use djamodb_core::value::Name;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::json::Text;
use crate::violations::Violations;

/// The `ConsumedCapacity` of a table.
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Capacity {
    table_name: String,
    capacity_units: f64,
    read_capacity_units: Option<f64>,
    write_capacity_units: Option<f64>,
    table: Option<Units>,
    local_secondary_indexes: Option<BTreeMap<String, Units>>,
    global_secondary_indexes: Option<BTreeMap<String, Units>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Units {
    capacity_units: f64,
}

impl Capacity {
    /// Returns the capacity of a request on one table.
    pub(crate) fn of_table(metadata: &Metadata) -> Option<Self> {
        metadata.consumed_capacity.first().map(Self::new)
    }

    /// Returns the capacities of a request on several tables.
    pub(crate) fn of_tables(metadata: &Metadata) -> Option<Vec<Self>> {
        let capacities: Vec<Self> = metadata.consumed_capacity.iter().map(Self::new).collect();
        Some(capacities).filter(|capacities| !capacities.is_empty())
    }

    fn new(consumed: &ConsumedCapacity) -> Self {
        let units = |capacity_units| Units { capacity_units };
        let indexes = |indexes: &[IndexCapacity]| {
            let indexes: BTreeMap<String, Units> =
                indexes.iter().map(|index| (index.index.as_str().to_owned(), units(index.units))).collect();
            Some(indexes).filter(|indexes| !indexes.is_empty())
        };
        Self {
            table_name: consumed.table.as_str().to_owned(),
            capacity_units: consumed.units,
            read_capacity_units: consumed.read_units,
            write_capacity_units: consumed.write_units,
            table: consumed.table_units.map(units),
            local_secondary_indexes: indexes(&consumed.local_indexes),
            global_secondary_indexes: indexes(&consumed.global_indexes),
        }
    }
}

impl From<Capacity> for ConsumedCapacity {
    fn from(capacity: Capacity) -> Self {
        let indexes = |indexes: Option<BTreeMap<String, Units>>| -> Vec<IndexCapacity> {
            let indexes = indexes.into_iter().flatten();
            indexes.map(|(index, units)| IndexCapacity { index: index.into(), units: units.capacity_units }).collect()
        };
        Self {
            table: Name::from(capacity.table_name),
            units: capacity.capacity_units,
            read_units: capacity.read_capacity_units,
            write_units: capacity.write_capacity_units,
            table_units: capacity.table.map(|table| table.capacity_units),
            local_indexes: indexes(capacity.local_secondary_indexes),
            global_indexes: indexes(capacity.global_secondary_indexes),
        }
    }
}

/// Returns the value of `ReturnConsumedCapacity`.
pub(crate) fn read_return(text: Option<Text>, violations: &mut Violations) -> ReturnConsumedCapacity {
    let values = [
        ("INDEXES", ReturnConsumedCapacity::Indexes),
        ("TOTAL", ReturnConsumedCapacity::Total),
        ("NONE", ReturnConsumedCapacity::None),
    ];
    violations.one_of("returnConsumedCapacity", text, &values).unwrap_or(ReturnConsumedCapacity::None)
}

/// Returns `None` for `NONE`, the service's default.
pub(crate) fn write_return(returned: ReturnConsumedCapacity) -> Option<Text> {
    let text = match returned {
        ReturnConsumedCapacity::None => return None,
        ReturnConsumedCapacity::Total => "TOTAL",
        ReturnConsumedCapacity::Indexes => "INDEXES",
    };
    Some(Text(text.to_owned()))
}
