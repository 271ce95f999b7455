//! The size by which an `UpdateItem` is limited, which is not the size of the item.
//!
//! The service counts the attributes that the update changes, as they are afterwards, and a charge for each action. Key attributes and
//! attributes that the update leaves alone do not count. The charges were measured on AWS and published:
//! <https://github.com/nubo-db/dynoxide/issues/187> and <https://github.com/nubo-db/dynoxide/issues/210>.

use std::collections::BTreeSet;

use djamodb_core::expression::{Path, PathStep, SetValue, Update};
use djamodb_core::service::limits::ITEM_BYTES_MAX;
use djamodb_core::value::Item;
use djamodb_core::value::size::value_bytes;

use crate::error::ValidationError;

const UPDATE_BYTES: usize = 3;
/// Charge of an action that writes a value.
const WRITE_BYTES: usize = 19;
/// Further charge of an assignment to an element of a list.
const LIST_ELEMENT_BYTES: usize = 1;
/// Further charge of an assignment of a sum or a difference.
const ARITHMETIC_BYTES: usize = 50;
/// Charge of an action that removes a value.
const REMOVAL_BYTES: usize = 2;

/// Checks the size of an update that results in `item`, which has `item_bytes` bytes.
pub(crate) fn check(update: &Update, item: &Item, item_bytes: usize) -> Result<(), ValidationError> {
    // Most items are so small that no update of them reaches the limit.
    let charges_max = UPDATE_BYTES + update.targets().count() * (WRITE_BYTES + LIST_ELEMENT_BYTES + ARITHMETIC_BYTES);
    if item_bytes + charges_max > ITEM_BYTES_MAX && charged_bytes(update, item) > ITEM_BYTES_MAX {
        return Err(ValidationError::ItemTooLargeAfterUpdate);
    }
    Ok(())
}

fn charged_bytes(update: &Update, item: &Item) -> usize {
    let assignments = update.set.iter().map(|(path, value)| {
        let of_element = if ends_in_list(path) { LIST_ELEMENT_BYTES } else { 0 };
        let of_sum = if matches!(value, SetValue::Operand(_)) { 0 } else { ARITHMETIC_BYTES };
        WRITE_BYTES + of_element + of_sum
    });
    let charges = assignments.sum::<usize>()
        + (update.add.len() + update.delete.len()) * WRITE_BYTES
        + update.remove.len() * REMOVAL_BYTES;
    let changed: BTreeSet<&str> = update.targets().map(|path| path.name.as_str()).collect();
    let values = changed.into_iter().filter_map(|name| Some(name.len() + value_bytes(item.get(name)?)));
    UPDATE_BYTES + charges + values.sum::<usize>()
}

fn ends_in_list(path: &Path) -> bool {
    matches!(path.steps.last(), Some(PathStep::Index(_)))
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::UpdateOperand;
    use djamodb_core::value::AttributeValue;

    use super::*;

    fn set(path: &str) -> Update {
        Update::new().set(Path::parse(path).unwrap(), UpdateOperand::value("x"))
    }

    #[test]
    fn unchanged_attributes_and_keys_do_not_count() {
        let item = Item::new().with("key", "x".repeat(1_000)).with("left", "x".repeat(1_000)).with("a", "abc");
        assert_eq!(charged_bytes(&set("a"), &item), 3 + 19 + 4);
        assert_eq!(charged_bytes(&Update::new(), &item), 3);
    }

    #[test]
    fn each_action_has_a_charge() {
        let item = Item::new().with("list", AttributeValue::l(["x".into()])).with("n", 1);
        assert_eq!(charged_bytes(&set("list[0]"), &item), 3 + 19 + 1 + 4 + 3 + 2);
        let one = || UpdateOperand::value(1);
        let sum = Update::new().set(Path::new("n"), SetValue::Plus(one(), one()));
        assert_eq!(charged_bytes(&sum, &item), 3 + 19 + 50 + 1 + 2);
        assert_eq!(charged_bytes(&Update::new().remove(Path::new("gone")), &item), 3 + 2);
        assert_eq!(charged_bytes(&Update::new().add(Path::new("n"), 1), &item), 3 + 19 + 3);
    }

    #[test]
    fn an_update_is_limited_to_409600_bytes() {
        let of = |bytes: usize| check(&set("a"), &Item::new().with("a", "x".repeat(bytes - 1)), bytes);
        assert_eq!(of(409_600 - 22), Ok(()));
        assert_eq!(of(409_600 - 21), Err(ValidationError::ItemTooLargeAfterUpdate));
    }
}
