//! Consumed capacity.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{
    Capacity as SdkUnits, ConsumedCapacity as SdkCapacity, ReturnConsumedCapacity as SdkReturn,
};
use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, Metadata, ReturnConsumedCapacity};
use djamodb_core::value::Name;
use serde::Deserialize;

/// Returns `None` for `NONE`, which is the service's default.
pub(crate) fn to_sdk(returned: ReturnConsumedCapacity) -> Option<SdkReturn> {
    match returned {
        ReturnConsumedCapacity::None => None,
        ReturnConsumedCapacity::Total => Some(SdkReturn::Total),
        ReturnConsumedCapacity::Indexes => Some(SdkReturn::Indexes),
    }
}

/// Returns `metadata` with the consumed capacity of each table. Entries without a table name or a total are left out.
pub(crate) fn with_consumed_capacity(
    metadata: Metadata,
    consumed: impl IntoIterator<Item: Into<SdkCapacity>>,
) -> Metadata {
    Metadata { consumed_capacity: consumed.into_iter().map(Into::into).filter_map(from_sdk).collect(), ..metadata }
}

/// The consumed capacity in the body of a response.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CapacityInBody {
    table_name: Option<String>,
    capacity_units: Option<f64>,
    read_capacity_units: Option<f64>,
    write_capacity_units: Option<f64>,
    table: Option<UnitsInBody>,
    local_secondary_indexes: Option<HashMap<String, UnitsInBody>>,
    global_secondary_indexes: Option<HashMap<String, UnitsInBody>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UnitsInBody {
    capacity_units: Option<f64>,
}

impl From<CapacityInBody> for SdkCapacity {
    fn from(body: CapacityInBody) -> Self {
        let units = |units: UnitsInBody| SdkUnits::builder().set_capacity_units(units.capacity_units).build();
        let indexes = |indexes: HashMap<String, UnitsInBody>| {
            indexes.into_iter().map(|(index, of_index)| (index, units(of_index))).collect()
        };
        Self::builder()
            .set_table_name(body.table_name)
            .set_capacity_units(body.capacity_units)
            .set_read_capacity_units(body.read_capacity_units)
            .set_write_capacity_units(body.write_capacity_units)
            .set_table(body.table.map(units))
            .set_local_secondary_indexes(body.local_secondary_indexes.map(indexes))
            .set_global_secondary_indexes(body.global_secondary_indexes.map(indexes))
            .build()
    }
}

fn from_sdk(consumed: SdkCapacity) -> Option<ConsumedCapacity> {
    Some(ConsumedCapacity {
        table: Name::from(consumed.table_name?),
        units: consumed.capacity_units?,
        read_units: consumed.read_capacity_units,
        write_units: consumed.write_capacity_units,
        table_units: consumed.table.and_then(|table| table.capacity_units),
        local_indexes: indexes_from_sdk(consumed.local_secondary_indexes),
        global_indexes: indexes_from_sdk(consumed.global_secondary_indexes),
    })
}

/// Converts the capacity of indexes, sorted by name because the response has no order.
fn indexes_from_sdk(indexes: Option<HashMap<String, SdkUnits>>) -> Vec<IndexCapacity> {
    let mut indexes: Vec<IndexCapacity> = indexes
        .into_iter()
        .flatten()
        .filter_map(|(index, capacity)| Some(IndexCapacity { index: index.into(), units: capacity.capacity_units? }))
        .collect();
    indexes.sort_by(|left, right| left.index.cmp(&right.index));
    indexes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(units: f64) -> SdkUnits {
        SdkUnits::builder().capacity_units(units).build()
    }

    #[test]
    fn indexes_are_sorted_by_name() {
        let consumed = SdkCapacity::builder()
            .table_name("weather")
            .capacity_units(7.5)
            .read_capacity_units(0.5)
            .write_capacity_units(7.0)
            .table(units(1.0))
            .global_secondary_indexes("c", units(4.0))
            .global_secondary_indexes("a", units(2.0))
            .global_secondary_indexes("b", units(3.0))
            .local_secondary_indexes("l", units(5.0))
            .build();
        let index = |name: &str, units| IndexCapacity { index: name.into(), units };
        let expected = ConsumedCapacity {
            read_units: Some(0.5),
            write_units: Some(7.0),
            table_units: Some(1.0),
            local_indexes: vec![index("l", 5.0)],
            global_indexes: vec![index("a", 2.0), index("b", 3.0), index("c", 4.0)],
            ..ConsumedCapacity::total("weather", 7.5)
        };
        assert_eq!(with_consumed_capacity(Metadata::default(), [consumed]).consumed_capacity, [expected]);
    }

    #[test]
    fn only_the_total_is_required() {
        let total = SdkCapacity::builder().table_name("weather").capacity_units(1.0).build();
        let without_total = SdkCapacity::builder().table_name("weather").build();
        let metadata = with_consumed_capacity(Metadata::default(), [total, without_total]);
        assert_eq!(metadata.consumed_capacity, [ConsumedCapacity::total("weather", 1.0)]);
    }
}
