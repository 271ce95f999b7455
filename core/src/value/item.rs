//! Items and keys.

use std::fmt;
use std::sync::Arc;

use super::{AttributeValue, Map, Name};

/// An item, or the key of an item.
///
/// Clones share the attributes: cloning increments one reference count, and the first change of a shared item copies it.
///
/// The service stores items of up to [400 KB](crate::service::limits::ITEM_BYTES_MAX), names included. The type itself does not
/// enforce the limit. See
/// [core components](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html).
///
/// ```
/// use djamodb_core::value::{AttributeValue, Item};
///
/// let item = Item::new().with("location", "Seattle").with("temp_max", 12);
/// assert_eq!(item.get("location"), Some(&AttributeValue::s("Seattle")));
/// assert_eq!(
///     serde_json::to_string(&item).unwrap(),
///     r#"{"location":{"S":"Seattle"},"temp_max":{"N":"12"}}"#,
/// );
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Item(Arc<Map>);

impl Item {
    /// Creates an item without attributes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the attribute `name` and returns the item, for building an item in one expression.
    #[must_use]
    pub fn with(mut self, name: impl Into<Name>, value: impl Into<AttributeValue>) -> Self {
        self.insert(name, value.into());
        self
    }

    /// Returns the value of the attribute `name`, or `None` if there is none.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.0.get(name)
    }

    /// Returns `true` if the item has an attribute `name`.
    pub fn contains_key(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Sets the attribute `name` and returns its previous value.
    pub fn insert(&mut self, name: impl Into<Name>, value: AttributeValue) -> Option<AttributeValue> {
        Arc::make_mut(&mut self.0).insert(name, value)
    }

    /// Removes the attribute `name` and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<AttributeValue> {
        if self.0.contains_key(name) { Arc::make_mut(&mut self.0).remove(name) } else { None }
    }

    /// Returns the number of attributes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if the item has no attributes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the attributes in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Name, &AttributeValue)> {
        self.0.iter()
    }

    /// Returns the attributes as a map.
    pub fn as_map(&self) -> &Map {
        &self.0
    }

    /// Returns the attributes as a mutable map. Copies them first if the item is shared.
    pub(crate) fn as_map_mut(&mut self) -> &mut Map {
        Arc::make_mut(&mut self.0)
    }

    /// Returns the attributes as a mutable map, or as a shared one if other items share them.
    pub(super) fn unshared_map(&mut self) -> Result<&mut Map, &Map> {
        if Arc::get_mut(&mut self.0).is_none() {
            return Err(&self.0);
        }
        Ok(Arc::make_mut(&mut self.0))
    }

    /// Returns the attributes as an owned map. Copies them only if the item is shared.
    pub fn into_map(self) -> Map {
        Arc::unwrap_or_clone(self.0)
    }

    /// Returns an item of the named attributes, such as the key of an item. Names that the item lacks are ignored.
    pub fn pick<'a>(&self, names: impl IntoIterator<Item = &'a Name>) -> Self {
        names.into_iter().filter_map(|name| Some((name.clone(), self.get(name)?.clone()))).collect()
    }
}

impl From<Map> for Item {
    fn from(map: Map) -> Self {
        Self(Arc::new(map))
    }
}

impl<N: Into<Name>> FromIterator<(N, AttributeValue)> for Item {
    fn from_iter<I: IntoIterator<Item = (N, AttributeValue)>>(attributes: I) -> Self {
        Map::from_iter(attributes).into()
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Formats a key for messages: `date = "2014-01-02", location = "Seattle"`.
pub(crate) fn describe_key(key: &Item) -> String {
    key.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}
