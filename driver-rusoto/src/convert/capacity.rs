//! Consumed capacity.

use std::collections::HashMap;

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, Metadata, ReturnConsumedCapacity};
use rusoto_dynamodb::{Capacity, ConsumedCapacity as RusotoCapacity};

/// Returns `None` for `NONE`, which is the service's default.
pub(crate) fn to_rusoto(returned: ReturnConsumedCapacity) -> Option<String> {
    match returned {
        ReturnConsumedCapacity::None => None,
        ReturnConsumedCapacity::Total => Some("TOTAL".to_owned()),
        ReturnConsumedCapacity::Indexes => Some("INDEXES".to_owned()),
    }
}

/// Returns `metadata` with the consumed capacity of each table. Entries without a table name or a total are left out.
pub(crate) fn with_consumed_capacity(
    metadata: Metadata,
    consumed: impl IntoIterator<Item = RusotoCapacity>,
) -> Metadata {
    Metadata { consumed_capacity: consumed.into_iter().filter_map(from_rusoto).collect(), ..metadata }
}

fn from_rusoto(consumed: RusotoCapacity) -> Option<ConsumedCapacity> {
    Some(ConsumedCapacity {
        table: consumed.table_name?.into(),
        units: consumed.capacity_units?,
        read_units: consumed.read_capacity_units,
        write_units: consumed.write_capacity_units,
        table_units: consumed.table.and_then(|table| table.capacity_units),
        local_indexes: indexes_from_rusoto(consumed.local_secondary_indexes),
        global_indexes: indexes_from_rusoto(consumed.global_secondary_indexes),
    })
}

/// Converts the capacity of indexes, sorted by name because the response has no order.
fn indexes_from_rusoto(consumed: Option<HashMap<String, Capacity>>) -> Vec<IndexCapacity> {
    let convert = |(index, capacity): (String, Capacity)| {
        Some(IndexCapacity { index: index.into(), units: capacity.capacity_units? })
    };
    let mut indexes: Vec<_> = consumed.unwrap_or_default().into_iter().filter_map(convert).collect();
    indexes.sort_by(|left, right| left.index.cmp(&right.index));
    indexes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(units: f64) -> Capacity {
        Capacity { capacity_units: Some(units), ..Capacity::default() }
    }

    #[test]
    fn none_is_left_out() {
        assert_eq!(to_rusoto(ReturnConsumedCapacity::None), None);
        assert_eq!(to_rusoto(ReturnConsumedCapacity::Total).as_deref(), Some("TOTAL"));
        assert_eq!(to_rusoto(ReturnConsumedCapacity::Indexes).as_deref(), Some("INDEXES"));
    }

    #[test]
    fn indexes_are_sorted_by_name() {
        let names = ["e", "b", "d", "a", "c"];
        let consumed = RusotoCapacity {
            table_name: Some("weather".into()),
            capacity_units: Some(7.5),
            read_capacity_units: Some(0.5),
            write_capacity_units: Some(7.0),
            table: Some(units(1.5)),
            local_secondary_indexes: Some([("local".to_owned(), units(1.0))].into()),
            global_secondary_indexes: Some(names.map(|name| (name.to_owned(), units(1.0))).into()),
        };
        let index = |name: &str| IndexCapacity { index: name.into(), units: 1.0 };
        let expected = ConsumedCapacity {
            table: "weather".into(),
            units: 7.5,
            read_units: Some(0.5),
            write_units: Some(7.0),
            table_units: Some(1.5),
            local_indexes: vec![index("local")],
            global_indexes: ["a", "b", "c", "d", "e"].map(index).into(),
        };
        assert_eq!(with_consumed_capacity(Metadata::default(), [consumed]).consumed_capacity, [expected]);
    }

    #[test]
    fn only_the_total_is_required() {
        let consumed = |table: Option<&str>, capacity_units| RusotoCapacity {
            table_name: table.map(str::to_owned),
            capacity_units,
            ..RusotoCapacity::default()
        };
        let entries =
            [consumed(Some("weather"), Some(2.0)), consumed(None, Some(1.0)), consumed(Some("without_total"), None)];
        let metadata = with_consumed_capacity(Metadata::default(), entries);
        assert_eq!(metadata.consumed_capacity, [ConsumedCapacity::total("weather", 2.0)]);
    }
}
