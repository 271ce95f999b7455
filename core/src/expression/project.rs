//! Evaluation of projections.

use std::collections::BTreeMap;

use super::{Path, PathStep, ProjectionExpression};
use crate::service::limits::ITEM_LEVELS_MAX;
use crate::value::{AttributeValue, Item};

/// The paths of a projection below one attribute or value, as a tree.
#[derive(Default)]
struct ProjectionTree<'a> {
    /// `true` if the whole value is projected.
    whole: bool,
    parts: BTreeMap<&'a PathStep, ProjectionTree<'a>>,
}

impl ProjectionExpression {
    /// Returns the projected parts of `item`. Parts that the item lacks are omitted.
    ///
    /// Maps keep their structure. Lists keep only the projected elements, in order and without gaps. A path of more than 32 steps is one
    /// that an item lacks.
    pub fn apply(&self, item: &Item) -> Item {
        if self.paths.iter().all(|path| path.steps.is_empty()) {
            return item.pick(self.paths.iter().map(|path| &path.name));
        }
        let mut attributes: BTreeMap<_, ProjectionTree<'_>> = BTreeMap::new();
        for path in self.paths.iter().filter(|path| path.steps.len() <= ITEM_LEVELS_MAX) {
            attributes.entry(&path.name).or_default().add(path);
        }
        attributes.into_iter().filter_map(|(name, tree)| Some((name.clone(), tree.project(item.get(name)?)?))).collect()
    }
}

impl<'a> ProjectionTree<'a> {
    fn add(&mut self, path: &'a Path) {
        let mut node = self;
        for step in path.steps.iter() {
            node = node.parts.entry(step).or_default();
        }
        node.whole = true;
    }

    fn project(&self, value: &AttributeValue) -> Option<AttributeValue> {
        if self.whole {
            return Some(value.clone());
        }
        match value {
            AttributeValue::M(map) => {
                let entries: Vec<_> = self
                    .parts
                    .iter()
                    .filter_map(|(step, tree)| match step {
                        PathStep::Key(name) => Some((name.clone(), tree.project(map.get(name)?)?)),
                        PathStep::Index(_) => None,
                    })
                    .collect();
                (!entries.is_empty()).then(|| AttributeValue::m(entries))
            }
            AttributeValue::L(values) => {
                let elements: Vec<_> = self
                    .parts
                    .iter()
                    .filter_map(|(step, tree)| match step {
                        PathStep::Index(index) => tree.project(values.get(*index)?),
                        PathStep::Key(_) => None,
                    })
                    .collect();
                (!elements.is_empty()).then(|| AttributeValue::l(elements))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_parts_keep_their_path_and_lists_have_no_gaps() {
        let list = AttributeValue::l((0..5).map(AttributeValue::n));
        let item = Item::new().with("m", AttributeValue::m([("l", list), ("x", AttributeValue::n(1))])).with("y", 2);
        let projection =
            ProjectionExpression::new(["m.l[3]", "m.l[1]", "m.none", "z"].map(|path| Path::parse(path).unwrap()));
        let expected = AttributeValue::m([("l", AttributeValue::l([AttributeValue::n(1), AttributeValue::n(3)]))]);
        assert_eq!(projection.apply(&item), Item::new().with("m", expected));
    }

    #[test]
    fn a_path_of_any_length_is_projected() {
        crate::value::small_stack::on_small_stack(|| {
            let value = (0..100_000).fold(AttributeValue::n(1), |value, _| AttributeValue::l([value]));
            let item = Item::new().with("a", value);
            let path = (0..100_000).fold(Path::new("a"), |path, _| path.index(0));
            assert_eq!(path.get(&item), Some(&AttributeValue::n(1)));
            assert_eq!(ProjectionExpression::new([path]).apply(&item), Item::new());
        });
    }

    #[test]
    fn parts_that_are_missing_or_of_another_type_are_omitted() {
        let item = Item::new().with("s", "text").with("m", AttributeValue::m([("k", AttributeValue::n(1))]));
        let projection =
            ProjectionExpression::new(["s.k", "s[0]", "m[0]", "m.other"].map(|path| Path::parse(path).unwrap()));
        assert_eq!(projection.apply(&item), Item::new());
    }
}
