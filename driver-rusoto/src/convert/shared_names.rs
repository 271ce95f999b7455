//! Items whose attributes have the same names.

use std::collections::HashMap;

use djamodb_core::value::{AttributeValue, Item, Map, Name};

/// A converter of the items of one response, which mostly have the same attributes. They share the names of these.
#[derive(Default)]
pub(super) struct SharedNames {
    /// The sorted names of an earlier item.
    names: Vec<Name>,
}

impl SharedNames {
    /// Converts the next item.
    ///
    /// # Errors
    ///
    /// Returns the error of `convert`.
    pub(super) fn item<V, E>(
        &mut self,
        mut attributes: HashMap<String, V>,
        mut convert: impl FnMut(V) -> Result<AttributeValue, E>,
    ) -> Result<Item, E> {
        let mut entries = Vec::with_capacity(attributes.len());
        for name in &self.names {
            if let Some(value) = attributes.remove(name.as_str()) {
                entries.push((name.clone(), convert(value)?));
            }
        }
        let has_other_names = !attributes.is_empty();
        for (name, value) in attributes {
            entries.push((Name::from(name), convert(value)?));
        }
        let map: Map = entries.into_iter().collect();
        if has_other_names {
            self.names = map.iter().map(|(name, _)| name.clone()).collect();
        }
        Ok(map.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(names: &mut SharedNames, attributes: &[&str]) -> Item {
        let attributes = attributes.iter().map(|name| ((*name).to_owned(), *name)).collect();
        names.item(attributes, |name| if name == "wrong" { Err(()) } else { Ok(name.into()) }).unwrap()
    }

    #[test]
    fn items_share_the_names_of_an_earlier_item() {
        let mut names = SharedNames::default();
        let first = item(&mut names, &["b", "a", "c"]);
        let second = item(&mut names, &["c", "a"]);
        let address = |item: &Item, name: &str| {
            item.iter().find(|(present, _)| **present == name).map(|(name, _)| name.as_str().as_ptr())
        };
        assert_eq!(address(&first, "a"), address(&second, "a"));
        assert_eq!(address(&first, "c"), address(&second, "c"));
    }

    #[test]
    fn every_attribute_is_kept_whichever_names_came_before() {
        let mut names = SharedNames::default();
        for attributes in [&["b", "a"][..], &["c"], &["a", "d", "c", "b"], &[], &["e", "a"]] {
            let expected: Item = attributes.iter().map(|name| (*name, AttributeValue::s(*name))).collect();
            assert_eq!(item(&mut names, attributes), expected);
        }
    }

    #[test]
    fn a_value_that_cannot_be_converted_is_an_error_under_a_new_and_under_a_shared_name() {
        let mut names = SharedNames::default();
        let convert = |value: &str| if value == "wrong" { Err(()) } else { Ok(value.into()) };
        assert_eq!(names.item(HashMap::from([("a".to_owned(), "wrong")]), convert), Err(()));
        names.item(HashMap::from([("a".to_owned(), "right")]), convert).unwrap();
        assert_eq!(names.item(HashMap::from([("a".to_owned(), "wrong")]), convert), Err(()));
    }
}
