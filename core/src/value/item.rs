//! Whole items.

use std::fmt;
use std::sync::Arc;

use super::{AttributeValue, Map, Name};

/// An item, or the key of one.
///
/// A clone shares the attributes (one reference count, whatever the item's size); the first change to a shared item copies
/// it. How the attributes are kept is private, so that it can change.
///
/// An item is at most 400 KB, names included; whoever stores it enforces that
/// ([DynamoDB: constraints](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html)).
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
    /// An item without attributes.
    pub fn new() -> Self {
        Self::default()
    }

    /// This item with one more attribute; replaces an earlier value of the same name.
    #[must_use]
    pub fn with(mut self, name: impl Into<Name>, value: impl Into<AttributeValue>) -> Self {
        self.insert(name, value.into());
        self
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.0.get(name)
    }

    /// Whether there is an attribute `name`.
    pub fn contains_key(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Sets `name` and gives back what it was.
    pub fn insert(&mut self, name: impl Into<Name>, value: AttributeValue) -> Option<AttributeValue> {
        Arc::make_mut(&mut self.0).insert(name, value)
    }

    /// Takes `name` out and gives back what it was.
    pub fn remove(&mut self, name: &str) -> Option<AttributeValue> {
        if self.0.contains_key(name) { Arc::make_mut(&mut self.0).remove(name) } else { None }
    }

    /// How many attributes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The attributes in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Name, &AttributeValue)> {
        self.0.iter()
    }

    /// The attributes as a map.
    pub fn as_map(&self) -> &Map {
        &self.0
    }

    /// The attributes as a map that can be changed; copies them first when the item is shared.
    pub(crate) fn as_map_mut(&mut self) -> &mut Map {
        Arc::make_mut(&mut self.0)
    }

    /// The attributes, without a copy when nothing else shares them.
    pub fn into_map(self) -> Map {
        Arc::unwrap_or_clone(self.0)
    }

    /// The attributes named, of those that this item has: a key out of an item, for example.
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

/// A key as people read it: `date = "2014-01-02", location = "Seattle"`.
pub(crate) fn describe_key(key: &Item) -> String {
    key.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}
