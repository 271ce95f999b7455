//! Attribute values and items.

use std::collections::HashMap;

use djamodb_core::value::Item;
use rusoto_dynamodb::AttributeValue as TableValue;
use rusoto_dynamodbstreams::AttributeValue as StreamValue;

use crate::convert::{Unreadable, item};

pub(super) fn item_from_rusoto(item: HashMap<String, StreamValue>) -> Result<Item, Unreadable> {
    item::from_rusoto(map(item))
}

/// A value as the crate of tables has it: the same type, of which rusoto makes one for each service.
fn value(of_stream: StreamValue) -> TableValue {
    let StreamValue { b, bool, bs, l, m, n, ns, null, s, ss } = of_stream;
    let l = l.map(|values| values.into_iter().map(value).collect());
    TableValue { b, bool, bs, l, m: m.map(map), n, ns, null, s, ss }
}

fn map(values: HashMap<String, StreamValue>) -> HashMap<String, TableValue> {
    values.into_iter().map(|(name, inner)| (name, value(inner))).collect()
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::AttributeValue;

    use super::*;

    #[test]
    fn every_type_is_known_however_deep_it_stands() {
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
        let (told, meant): (Vec<_>, Vec<_>) = scalars.into_iter().unzip();
        let list = StreamValue { l: Some(told), ..empty() };
        let nested = StreamValue { m: Some([("list".to_owned(), list)].into()), ..empty() };
        let item = item_from_rusoto([("nested".to_owned(), nested)].into()).unwrap();
        assert_eq!(item, Item::new().with("nested", AttributeValue::m([("list", AttributeValue::l(meant))])));
        assert!(item_from_rusoto([("unknown".to_owned(), empty())].into()).is_err());
    }
}
