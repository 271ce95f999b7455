//! Consumed capacity.

use std::collections::HashMap;

use djamodb_core::plan::{ConsumedCapacity, IndexCapacity, Metadata, ReturnConsumedCapacity};
use rusoto_dynamodb::{Capacity, ConsumedCapacity as RusotoCapacity};

/// How the capacity that a request consumes is asked for. `NONE` is what an absent parameter means.
pub(crate) fn asked(returned: ReturnConsumedCapacity) -> Option<String> {
    match returned {
        ReturnConsumedCapacity::None => None,
        ReturnConsumedCapacity::Total => Some("TOTAL".to_owned()),
        ReturnConsumedCapacity::Indexes => Some("INDEXES".to_owned()),
    }
}

/// What is known of a request, with what each table was charged; nothing of those that the service says nothing of.
pub(crate) fn charged(metadata: Metadata, consumed: impl IntoIterator<Item = RusotoCapacity>) -> Metadata {
    Metadata { consumed_capacity: consumed.into_iter().filter_map(from_rusoto).collect(), ..metadata }
}

fn from_rusoto(consumed: RusotoCapacity) -> Option<ConsumedCapacity> {
    Some(ConsumedCapacity {
        table: consumed.table_name?.into(),
        units: consumed.capacity_units?,
        read_units: consumed.read_capacity_units,
        write_units: consumed.write_capacity_units,
        table_units: consumed.table.and_then(|table| table.capacity_units),
        local_indexes: indexes(consumed.local_secondary_indexes),
        global_indexes: indexes(consumed.global_secondary_indexes),
    })
}

/// What each index was charged, by name, so that the same answer always reads the same.
fn indexes(consumed: Option<HashMap<String, Capacity>>) -> Vec<IndexCapacity> {
    let charged = |(index, capacity): (String, Capacity)| {
        Some(IndexCapacity { index: index.into(), units: capacity.capacity_units? })
    };
    let mut indexes: Vec<_> = consumed.unwrap_or_default().into_iter().filter_map(charged).collect();
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
    fn nothing_is_asked_for_by_saying_nothing() {
        assert_eq!(asked(ReturnConsumedCapacity::None), None);
        assert_eq!(asked(ReturnConsumedCapacity::Total).as_deref(), Some("TOTAL"));
        assert_eq!(asked(ReturnConsumedCapacity::Indexes).as_deref(), Some("INDEXES"));
    }

    #[test]
    fn indexes_are_told_by_name() {
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
        assert_eq!(charged(Metadata::default(), [consumed]).consumed_capacity, [expected]);
    }

    #[test]
    fn a_total_is_all_that_is_known_of_it() {
        let consumed = |table: Option<&str>, capacity_units| RusotoCapacity {
            table_name: table.map(str::to_owned),
            capacity_units,
            ..RusotoCapacity::default()
        };
        let told = [consumed(Some("weather"), Some(2.0)), consumed(None, Some(1.0)), consumed(Some("silent"), None)];
        let metadata = charged(Metadata::default(), told);
        assert_eq!(metadata.consumed_capacity, [ConsumedCapacity::total("weather", 2.0)]);
    }
}
