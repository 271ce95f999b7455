//! Items and attribute values of stream records. They occur only in responses.

use std::collections::HashMap;

use djamodb_core::value::Item;
use rusoto_dynamodb::AttributeValue as TableValue;
use rusoto_dynamodbstreams::AttributeValue as StreamValue;

use crate::convert::{InvalidResponse, item};

pub(super) fn item_from_rusoto(item: HashMap<String, StreamValue>) -> Result<Item, InvalidResponse> {
    item::from_rusoto(to_table_map(item))
}

/// Converts a value to the type of the crate for tables. rusoto generates an equal type for each service.
fn to_table_value(stream_value: StreamValue) -> TableValue {
    let StreamValue { b, bool, bs, l, m, n, ns, null, s, ss } = stream_value;
    let l = l.map(|values| values.into_iter().map(to_table_value).collect());
    TableValue { b, bool, bs, l, m: m.map(to_table_map), n, ns, null, s, ss }
}

fn to_table_map(map: HashMap<String, StreamValue>) -> HashMap<String, TableValue> {
    map.into_iter().map(|(name, value)| (name, to_table_value(value))).collect()
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::AttributeValue;

    use super::*;

    #[test]
    fn reads_every_type_at_any_depth() {
        let empty = StreamValue::default;
        let text = || "1".to_owned();
        let bytes = || vec![0_u8, 255].into();
        let scalars = [
            (StreamValue { s: Some(text()), ..empty() }, AttributeValue::s("1")),
            (StreamValue { n: Some(text()), ..empty() }, AttributeValue::n(1)),
            (StreamValue { b: Some(bytes()), ..empty() }, AttributeValue::b(vec![0, 255])),
            (StreamValue { bool: Some(false), ..empty() }, AttributeValue::bool(false)),
            (StreamValue { null: Some(true), ..empty() }, AttributeValue::null()),
            (StreamValue { ss: Some(vec![text()]), ..empty() }, AttributeValue::ss(["1"])),
            (StreamValue { ns: Some(vec![text()]), ..empty() }, AttributeValue::ns([1])),
            (StreamValue { bs: Some(vec![bytes()]), ..empty() }, AttributeValue::bs([vec![0, 255]])),
        ];
        let (sent, expected): (Vec<_>, Vec<_>) = scalars.into_iter().unzip();
        let list = StreamValue { l: Some(sent), ..empty() };
        let nested = StreamValue { m: Some([("list".to_owned(), list)].into()), ..empty() };
        let item = item_from_rusoto([("nested".to_owned(), nested)].into()).unwrap();
        assert_eq!(item, Item::new().with("nested", AttributeValue::m([("list", AttributeValue::l(expected))])));
        assert!(item_from_rusoto([("unknown".to_owned(), empty())].into()).is_err());
    }
}
