//! Items of one response, read from DynamoDB JSON.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{AttributeValue, Item, Name};

/// Reads an array of items in DynamoDB JSON, for `#[serde(deserialize_with)]`. The items share the names of their attributes, which a
/// plain `Vec<Item>` would have copies of.
///
/// # Errors
///
/// Returns the errors of reading an [`Item`].
///
/// ```
/// use djamodb_core::value::{Item, shared_items};
///
/// let json = r#"[{"day": {"N": "1"}}, {"day": {"N": "2"}}]"#;
/// let items = shared_items(&mut serde_json::Deserializer::from_str(json))?;
/// assert_eq!(items, [Item::new().with("day", 1), Item::new().with("day", 2)]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn shared_items<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Item>, D::Error> {
    deserializer.deserialize_seq(ItemsReader)
}

struct ItemsReader;

impl<'de> Visitor<'de> for ItemsReader {
    type Value = Vec<Item>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Vec<Item>, A::Error> {
        let (mut items, mut names) = (Vec::new(), Vec::new());
        while let Some(item) = access.next_element_seed(ItemReader { names: &mut names })? {
            items.push(item);
        }
        Ok(items)
    }
}

/// Reads an item, and replaces the names of the item before it by its own where they differ.
struct ItemReader<'a> {
    /// Names in the order in which they were read. A service sends the attributes of its items mostly in the same order.
    names: &'a mut Vec<Name>,
}

impl<'de> DeserializeSeed<'de> for ItemReader<'_> {
    type Value = Item;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Item, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ItemReader<'_> {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attribute values by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Item, A::Error> {
        let mut entries: Vec<(Name, AttributeValue)> = Vec::with_capacity(self.names.len());
        while let Some(name) = access.next_key_seed(NameReader { names: self.names, position: entries.len() })? {
            entries.push((name, access.next_value()?));
        }
        Ok(entries.into_iter().collect())
    }
}

/// Reads the name of an attribute at a position among those of its item.
struct NameReader<'a> {
    names: &'a mut Vec<Name>,
    position: usize,
}

impl<'de> DeserializeSeed<'de> for NameReader<'_> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameReader<'_> {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an attribute")
    }

    fn visit_str<E>(self, text: &str) -> Result<Name, E> {
        match self.names.get(self.position) {
            Some(name) if *name == *text => return Ok(name.clone()),
            _ => {}
        }
        // An attribute that some items lack shifts those after it.
        let present = self.names.iter().take(NAMES_SEARCHED_MAX).position(|name| *name == *text);
        if let Some(present) = present {
            return Ok(self.names[present].clone());
        }
        let name = Name::from(text);
        match self.names.get_mut(self.position) {
            Some(other) => *other = name.clone(),
            None => self.names.push(name.clone()),
        }
        Ok(name)
    }
}

/// Names of an earlier item among which a name is searched.
const NAMES_SEARCHED_MAX: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<Item> {
        shared_items(&mut serde_json::Deserializer::from_str(json)).unwrap()
    }

    #[test]
    fn items_share_the_names_of_the_items_before_them() {
        let items =
            read(r#"[{"b": {"N": "1"}, "a": {"N": "2"}, "c": {"N": "3"}}, {"a": {"N": "4"}, "c": {"N": "5"}}]"#);
        let address = |item: &Item, name: &str| {
            item.iter().find(|(present, _)| **present == *name).map(|(name, _)| name.as_str().as_ptr())
        };
        for name in ["a", "c"] {
            assert_eq!(address(&items[0], name), address(&items[1], name));
        }
    }

    #[test]
    fn items_are_the_same_as_without_shared_names() {
        let json = r#"[{"b":{"S":"1"},"a":{"S":"2"}},{"c":{"S":"3"}},{},{"a":{"S":"4"},"d":{"S":"5"},"b":{"S":"6"}},
            {"e\u0301":{"S":"7"},"a":{"M":{"z":{"NULL":true},"y":{"L":[]}}},"a":{"S":"last"}}]"#;
        assert_eq!(read(json), serde_json::from_str::<Vec<Item>>(json).unwrap());
    }

    #[test]
    fn many_different_names_are_kept_apart() {
        let item = |of: usize| {
            let attributes: Vec<_> = (0..100).map(|at| format!(r#""n{}":{{"S":"{at}"}}"#, at * of)).collect();
            format!("{{{}}}", attributes.join(","))
        };
        let json = format!("[{},{},{}]", item(1), item(3), item(1));
        assert_eq!(read(&json), serde_json::from_str::<Vec<Item>>(&json).unwrap());
    }
}
