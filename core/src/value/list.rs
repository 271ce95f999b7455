//! Lists of attribute values.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use super::AttributeValue;
use super::nested::{self, ShownList};

/// A list of attribute values, as in an `L`.
///
/// It is used as a slice, and converts from and into a vector. Unlike a vector, it copies, compares and drops values of any depth
/// without a deep stack.
///
/// ```
/// use djamodb_core::value::{AttributeValue, List};
///
/// let mut readings: List = [AttributeValue::n(3), AttributeValue::n(5)].into_iter().collect();
/// readings.push(AttributeValue::null());
/// assert_eq!(readings.len(), 3);
/// assert_eq!(AttributeValue::L(readings).to_string(), "[3, 5, null]");
/// ```
#[derive(Default, Eq)]
pub struct List(Vec<AttributeValue>);

impl List {
    /// Creates an empty list.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the values as a slice.
    pub fn as_slice(&self) -> &[AttributeValue] {
        &self.0
    }

    /// Appends a value.
    pub fn push(&mut self, value: AttributeValue) {
        self.0.push(value);
    }

    /// Removes the value at `index`, counted from 0, and returns it. Returns `None` if the list is shorter.
    pub fn remove(&mut self, index: usize) -> Option<AttributeValue> {
        (index < self.0.len()).then(|| self.0.remove(index))
    }
}

impl Deref for List {
    type Target = [AttributeValue];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for List {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl From<Vec<AttributeValue>> for List {
    fn from(values: Vec<AttributeValue>) -> Self {
        Self(values)
    }
}

impl From<List> for Vec<AttributeValue> {
    fn from(mut list: List) -> Self {
        std::mem::take(&mut list.0)
    }
}

impl FromIterator<AttributeValue> for List {
    fn from_iter<I: IntoIterator<Item = AttributeValue>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl Extend<AttributeValue> for List {
    fn extend<I: IntoIterator<Item = AttributeValue>>(&mut self, values: I) {
        self.0.extend(values);
    }
}

impl IntoIterator for List {
    type Item = AttributeValue;
    type IntoIter = std::vec::IntoIter<AttributeValue>;

    fn into_iter(self) -> Self::IntoIter {
        Vec::from(self).into_iter()
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a AttributeValue;
    type IntoIter = std::slice::Iter<'a, AttributeValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Clone for List {
    fn clone(&self) -> Self {
        let mut copy: Self = self.iter().map(nested::shallow).collect();
        nested::fill(self.iter().zip(copy.iter_mut()));
        copy
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && nested::equal(self.iter().zip(other.iter()))
    }
}

impl Hash for List {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        nested::hash(self.iter(), state);
    }
}

impl Drop for List {
    fn drop(&mut self) {
        nested::take_deep(self.iter_mut());
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ShownList::new(self).fmt(f)
    }
}
