//! DynamoDB JSON: an item that is read is written and read again unchanged.

use djamodb_core::service::limits::ITEM_LEVELS_MAX;
use djamodb_core::value::size::depth;
use djamodb_core::value::{AttributeValue, Item, Number, shared_items};

/// Reads the input as an item, as a list of items, as a value and as a number.
///
/// # Panics
///
/// If something that was read is written in another way than it is read.
pub fn run(bytes: &[u8]) {
    if let Ok(item) = serde_json::from_slice::<Item>(bytes) {
        assert!(item.iter().all(|(_, value)| depth(value) <= ITEM_LEVELS_MAX), "an item of more levels");
        let json = serde_json::to_vec(&item).expect("an item that was read can be written");
        assert_eq!(serde_json::from_slice::<Item>(&json).expect("a written item can be read"), item);
    }
    if let Ok(items) = shared_items(&mut serde_json::Deserializer::from_slice(bytes)) {
        let json = serde_json::to_vec(&items).expect("items that were read can be written");
        let again = shared_items(&mut serde_json::Deserializer::from_slice(&json)).expect("written items can be read");
        assert_eq!(again, items);
    }
    if let Ok(value) = serde_json::from_slice::<AttributeValue>(bytes) {
        let json = serde_json::to_vec(&value).expect("a value that was read can be written");
        assert_eq!(serde_json::from_slice::<AttributeValue>(&json).expect("a written value can be read"), value);
    }
    if let Some(number) = std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<Number>().ok()) {
        assert_eq!(number.to_string().parse::<Number>(), Ok(number), "a number is written as it is read");
    }
}
