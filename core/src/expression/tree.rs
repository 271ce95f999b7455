//! Copying, comparing, dropping and formatting of trees of any depth.
//!
//! A program can build conditions, operands and filters of any depth. The functions keep the parts that are still to be visited in a
//! vector, so that no depth exhausts the stack.

use std::fmt;

/// A node of a tree: a condition, an operand of an update, or a filter.
pub(crate) trait Tree: Sized {
    /// Returns the parts of the node, which are nodes themselves.
    fn parts(&self) -> &[Self];

    /// Returns mutable references to the parts.
    fn parts_mut(&mut self) -> &mut [Self];

    /// Returns a node without parts that needs no allocation, which takes the place of another node.
    fn placeholder() -> Self;

    /// Returns a copy of the node with as many placeholders as it has parts.
    fn without_parts(&self) -> Self;

    /// Returns `true` if the nodes are equal except for their parts, of which they have the same number.
    fn equals_without_parts(&self, other: &Self) -> bool;

    /// Writes the node. Of a node with parts, it writes the text before them.
    fn fmt_node(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

fn has_parts<T: Tree>(node: &T) -> bool {
    !node.parts().is_empty()
}

/// Copies a tree.
pub(crate) fn copy<T: Tree>(tree: &T) -> T {
    let mut copy = tree.without_parts();
    let mut pending = Vec::new();
    if has_parts(tree) {
        pending.push((tree, &mut copy));
    }
    while let Some((from, to)) = pending.pop() {
        for (from, to) in from.parts().iter().zip(to.parts_mut()) {
            *to = from.without_parts();
            if has_parts(from) {
                pending.push((from, to));
            }
        }
    }
    copy
}

/// Returns `true` if two trees are equal.
pub(crate) fn equal<T: Tree>(left: &T, right: &T) -> bool {
    if !left.equals_without_parts(right) {
        return false;
    }
    let mut pending = vec![(left.parts(), right.parts())];
    while let Some((left, right)) = pending.pop() {
        for (left, right) in left.iter().zip(right) {
            if !left.equals_without_parts(right) {
                return false;
            }
            if has_parts(left) {
                pending.push((left.parts(), right.parts()));
            }
        }
    }
    true
}

/// Drops the parts that have parts with parts, and leaves placeholders. What remains is dropped with a stack of constant depth.
pub(crate) fn take_deep<T: Tree>(tree: &mut T) {
    let mut pending = Vec::new();
    take_deep_parts(tree, &mut pending);
    while let Some(mut node) = pending.pop() {
        take_deep_parts(&mut node, &mut pending);
    }
}

fn take_deep_parts<T: Tree>(node: &mut T, pending: &mut Vec<T>) {
    for part in node.parts_mut() {
        if part.parts().iter().any(has_parts) {
            pending.push(std::mem::replace(part, T::placeholder()));
        }
    }
}

/// Returns the node and all nodes inside it, each before its parts, with the number of nodes around it.
pub(crate) fn nodes<T: Tree>(tree: &T) -> impl Iterator<Item = (&T, usize)> {
    let mut pending = Vec::new();
    let mut next = Some((tree, 0));
    std::iter::from_fn(move || {
        let (node, level) = next.take().or_else(|| pending.pop())?;
        pending.extend(node.parts().iter().rev().map(|part| (part, level + 1)));
        Some((node, level))
    })
}

/// Writes a tree as `Debug` does: `And([…, …])`.
pub(crate) fn debug<T: Tree>(tree: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    enum Piece<'a, T> {
        Node(&'a T),
        Text(&'static str),
    }
    let mut pending = vec![Piece::Node(tree)];
    while let Some(piece) = pending.pop() {
        let node = match piece {
            Piece::Text(text) => {
                f.write_str(text)?;
                continue;
            }
            Piece::Node(node) => node,
        };
        node.fmt_node(f)?;
        if has_parts(node) {
            f.write_str("([")?;
            pending.push(Piece::Text("])"));
            for (at, part) in node.parts().iter().enumerate().rev() {
                pending.push(Piece::Node(part));
                if at > 0 {
                    pending.push(Piece::Text(", "));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::expression::{Condition, ExpressionSize, Path, Renderer, SetValue, Update, UpdateOperand};
    use crate::value::small_stack::on_small_stack;
    use crate::value::{AttributeValue, Item};

    const LEVELS: usize = 100_000;

    /// Returns `NOT (a AND NOT (a AND …))`.
    fn deep(levels: usize) -> Condition {
        let exists = || Condition::AttributeExists(Path::new("a"));
        (0..levels).fold(exists(), |condition, _| Condition::And(vec![exists(), condition]).negate())
    }

    #[test]
    fn conditions_of_any_depth_are_copied_compared_and_dropped() {
        on_small_stack(|| {
            let condition = deep(LEVELS);
            let copy = condition.clone();
            assert!(copy == condition);
            assert!(copy != deep(LEVELS - 1));
            assert!(copy.clone().and(copy).and(condition).nodes().count() > 6 * LEVELS);
        });
    }

    #[test]
    fn conditions_of_any_depth_are_evaluated_rendered_and_measured() {
        on_small_stack(|| {
            let condition = deep(LEVELS);
            // Each level negates the one inside it, and there is an even number of them.
            assert_eq!(condition.matches(&Item::new().with("a", 1)), Ok(true));
            assert_eq!(deep(LEVELS - 1).matches(&Item::new().with("a", 1)), Ok(false));
            assert_eq!(deep(LEVELS - 1).matches(&Item::new()), Ok(true));
            assert_eq!(condition.paths().len(), LEVELS + 1);
            let size = ExpressionSize::of_condition(&condition);
            assert_eq!(size.operators, 3 * LEVELS + 1);
            let text = Renderer::new().condition(&condition);
            assert!(text.starts_with("NOT (attribute_exists(#0) AND NOT (") && text.len() <= size.text_bytes_max);
            assert!(format!("{condition:?}").starts_with("Not([And([AttributeExists("));
            assert_eq!(condition.to_string().len(), text.len() - 1 - LEVELS, "a name is shorter than its placeholder");
            assert!(serde_json::to_string(&condition).unwrap_err().to_string().contains("128 levels"));
        });
    }

    #[test]
    fn operands_of_an_update_have_any_depth() {
        on_small_stack(|| {
            let value = || UpdateOperand::value(AttributeValue::l([1.into()]));
            let otherwise =
                (0..LEVELS).fold(value(), |operand, _| UpdateOperand::if_not_exists(Path::new("none"), operand));
            assert!(otherwise.clone() == otherwise);
            let operand = UpdateOperand::list_append(value(), otherwise);
            assert!(format!("{operand:?}").starts_with("ListAppend([Value("));
            let update = Update::new().set(Path::new("a"), SetValue::Operand(operand));
            let item = update.apply(&Item::new()).unwrap();
            assert_eq!(item.get("a").and_then(AttributeValue::as_l).map(<[_]>::len), Some(2));
            assert!(Renderer::new().update(&update).starts_with("SET #0 = list_append(:0, if_not_exists(#1, "));
            assert_eq!(ExpressionSize::of_update(&update).operators, LEVELS + 1);
            assert!(serde_json::to_string(&update).unwrap_err().to_string().contains("128 levels"));
        });
    }

    #[test]
    fn a_serialized_condition_is_read_back() {
        let condition = deep(60);
        let json = serde_json::to_value(&condition).unwrap();
        assert!(json["Not"]["And"].is_array());
        assert_eq!(serde_json::from_value::<Condition>(json).unwrap(), condition);
    }
}
