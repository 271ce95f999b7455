//! Names of attributes that several items share.

use std::sync::Arc;

use super::{Item, Name};

/// Names in ascending order. Behind a thin pointer, so that a map takes 32 bytes.
pub(super) type SharedNames = Arc<Box<[Name]>>;

/// Lists of names that maps share, in a bounded number.
///
/// A table has items of few lists of names. Sharing them makes an item as small as its values.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    /// Lists by a hash of their lengths. A list takes the place of another one with the same hash.
    lists: [Option<SharedNames>; KnownNames::LISTS],
}

impl KnownNames {
    /// Number of lists. A power of two.
    const LISTS: usize = 16;

    /// Shares the names of the attributes of an item with the items of the same names, unless clones of the item exist.
    pub fn share_names(&mut self, item: &mut Item) {
        if let Ok(map) = item.unshared_map() {
            map.share_names(self);
        }
    }

    /// Returns the known list that is equal to these names, or makes them known.
    pub(super) fn equal_to<'a, I: Iterator<Item = &'a Name>>(
        &mut self,
        count: usize,
        names: impl Fn() -> I,
    ) -> SharedNames {
        let hash = names().fold(count, |hash, name| hash.wrapping_mul(31).wrapping_add(name.len()));
        let known = &mut self.lists[hash % Self::LISTS];
        match known {
            Some(known) if known.len() == count && known.iter().eq(names()) => known.clone(),
            _ => known.insert(Arc::new(names().cloned().collect())).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::AttributeValue;
    use crate::value::map::Slices;

    fn item(names: &[&str]) -> Item {
        names.iter().map(|name| (*name, AttributeValue::s(*name))).collect()
    }

    /// Returns the address of the names that an item shares.
    fn names(item: &Item) -> Option<*const Name> {
        match item.as_map().slices() {
            Slices::Entries(_) => None,
            Slices::NamesAndValues(names, _) => Some(names.as_ptr()),
        }
    }

    #[test]
    fn items_of_the_same_names_share_them() {
        let mut known = KnownNames::default();
        let [mut first, mut second, mut other] = [item(&["a", "b"]), item(&["a", "b"]), item(&["a", "c"])];
        for item in [&mut first, &mut second, &mut other] {
            let before = item.clone().into_map();
            known.share_names(item);
            assert_eq!(*item.as_map(), before);
        }
        assert!(names(&first).is_some() && names(&first) == names(&second));
        assert_ne!(names(&first), names(&other));
    }

    #[test]
    fn a_change_of_one_item_leaves_the_names_of_the_others() {
        let mut known = KnownNames::default();
        let [mut first, mut second] = [item(&["a", "b"]), item(&["a", "b"])];
        known.share_names(&mut first);
        known.share_names(&mut second);
        first.insert("c", AttributeValue::Null);
        assert_eq!(first.remove("a"), Some(AttributeValue::s("a")));
        assert_eq!(second, item(&["a", "b"]));
        assert_eq!(first, item(&["b"]).with("c", AttributeValue::Null));
    }

    #[test]
    fn names_of_an_item_with_clones_stay_its_own() {
        let mut known = KnownNames::default();
        let mut first = item(&["a"]);
        let clone = first.clone();
        known.share_names(&mut first);
        assert_eq!((names(&first), names(&clone)), (None, None));
    }

    #[test]
    fn any_number_of_lists_can_be_shared() {
        let mut known = KnownNames::default();
        for number in 0..1000 {
            let name = format!("attribute {number}");
            let mut one = item(&[&name]);
            known.share_names(&mut one);
            assert_eq!(one, item(&[&name]));
        }
    }
}
