//! Evaluation of updates.

use super::path::value_at;
use super::{Path, PathCollision, PathStep, SetValue, Update, UpdateOperand};
use crate::service::limits::ITEM_LEVELS_MAX;
use crate::value::{AttributeValue, Item, List, Map, Name, Number, NumberError, ValueType};

/// The reason for which an update is refused. The messages are those of the service.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// A path leads through a missing value or through a value that is neither a map nor a list.
    #[error("The document path provided in the update expression is invalid for update")]
    InvalidPath,
    /// An operand of the stored item has a type that the operation does not accept.
    #[error("An operand in the update expression has an incorrect data type")]
    IncorrectType,
    /// An operand refers to a path that the item lacks.
    #[error("The provided expression refers to an attribute that does not exist in the item")]
    MissingAttribute,
    /// A literal operand has a type that its operator or function never accepts.
    #[error(
        "Invalid UpdateExpression: Incorrect operand type for operator or function; \
         operator or function: {operator}, operand type: {operand}"
    )]
    OperandType {
        /// The operator or function.
        operator: &'static str,
        /// The operand's type.
        operand: ValueType,
    },
    /// Both operands of a function are the same path.
    #[error(
        "Invalid UpdateExpression: The first operand must be distinct from the remaining operands for this operator or function; \
         operator: {operator}, first operand: [{path}]"
    )]
    SameOperands {
        /// The function.
        operator: &'static str,
        /// Path of both operands, as the service lists its elements.
        path: String,
    },
    /// A function is an operand of a function or of a sum that does not accept it.
    #[error(
        "Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: {function}"
    )]
    FunctionNotAllowed {
        /// The function.
        function: &'static str,
    },
    /// A path has more than [`ITEM_LEVELS_MAX`] levels.
    #[error("Invalid UpdateExpression: The document path has too many nesting levels; nesting levels: {levels}")]
    PathTooDeep {
        /// Number of levels of the path.
        levels: usize,
    },
    /// The literal operand of an `ADD` or a `DELETE` has a type that the clause never accepts.
    #[error(
        "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: {clause}, operand type: {}, \
         typeSet: ALLOWED_FOR_{clause}_OPERAND",
        long_type_name(*.operand)
    )]
    ClauseOperandType {
        /// The keyword of the clause.
        clause: &'static str,
        /// The operand's type.
        operand: ValueType,
    },
    /// Two clauses change the same path, or one path contains the other.
    #[error(
        "Invalid UpdateExpression: Two document paths overlap with each other; \
         must remove or rewrite one of these paths; path one: [{0}], path two: [{1}]"
    )]
    Overlap(String, String),
    /// Two clauses use the same value as a map and as a list.
    #[error(
        "Invalid UpdateExpression: Two document paths conflict with each other; \
         must remove or rewrite one of these paths; path one: [{0}], path two: [{1}]"
    )]
    Conflict(String, String),
    /// A result is not a number that DynamoDB can store.
    #[error(transparent)]
    Number(#[from] NumberError),
}

crate::debug_by_message!(enum UpdateError {
    InvalidPath,
    IncorrectType,
    MissingAttribute,
    OperandType { operator, operand },
    ClauseOperandType { clause, operand },
    SameOperands { operator, path },
    FunctionNotAllowed { function },
    PathTooDeep { levels },
    Overlap(one, two),
    Conflict(one, two),
    Number(error),
});

/// Returns the name of a type in messages on `ADD` and `DELETE`.
pub(super) fn long_type_name(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::S => "STRING",
        ValueType::N => "NUMBER",
        ValueType::B => "BINARY",
        ValueType::Bool => "BOOLEAN",
        ValueType::Null => "NULL",
        ValueType::M => "MAP",
        ValueType::L => "LIST",
        ValueType::Ss => "STRING_SET",
        ValueType::Ns => "NUMBER_SET",
        ValueType::Bs => "BINARY_SET",
    }
}

impl Update {
    /// Returns `item` with this update applied.
    ///
    /// Every clause reads the item as it was before the update. The clauses are then applied in the order SET, REMOVE, ADD,
    /// DELETE. List indexes refer to the list as it was before the update.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`validate`](Self::validate), and
    ///
    /// - [`UpdateError::InvalidPath`] if a path leads through a value that is missing or of another type,
    /// - [`UpdateError::MissingAttribute`] if an operand refers to a path that the item lacks,
    /// - [`UpdateError::IncorrectType`] if an operand of the item has a type that the clause does not accept,
    /// - [`UpdateError::Number`] if a sum or difference is out of the range of numbers.
    pub fn apply(&self, item: &Item) -> Result<Item, UpdateError> {
        self.validate()?;
        let mut set = Vec::with_capacity(self.set.len());
        for (path, value) in &self.set {
            check_target(item, path)?;
            set.push((path, value.evaluate(item)?));
        }
        // Elements past the end of a list are appended in the order of their indexes.
        set.sort_by_key(|(path, _)| *path);
        let mut removed: Vec<&Path> = self.remove.iter().collect();
        // Elements are removed from the end, so that no removal moves an element that is still to be removed.
        removed.sort_by(|left, right| right.cmp(left));

        let mut changed = item.clone();
        let map = changed.as_map_mut();
        for (path, value) in set {
            UpdateTarget::of(map, path)?.set(value);
        }
        for path in removed {
            UpdateTarget::of(map, path)?.remove();
        }
        for (path, value) in &self.add {
            let sum = match path.get(item) {
                None => value.clone(),
                Some(present) => add(present, value)?,
            };
            UpdateTarget::of(map, path)?.set(sum);
        }
        for (path, value) in &self.delete {
            let target = UpdateTarget::of(map, path)?;
            if let Some(present) = path.get(item) {
                match without(present, value)? {
                    Some(rest) => target.set(rest),
                    None => target.remove(),
                }
            }
        }
        Ok(changed)
    }

    /// Checks the update independently of any item, in the order in which the service checks it.
    ///
    /// # Errors
    ///
    /// - [`UpdateError::SameOperands`] if both operands of `if_not_exists` are the same path,
    /// - [`UpdateError::FunctionNotAllowed`] if `list_append` is an operand of a function, of a sum or of a difference,
    /// - [`UpdateError::PathTooDeep`] if a path has more than [`ITEM_LEVELS_MAX`] levels,
    /// - [`UpdateError::OperandType`] or [`UpdateError::ClauseOperandType`] if a literal operand has a type that its operator or clause never
    ///   accepts,
    /// - [`UpdateError::Overlap`] if two clauses change the same path, or one path contains the other,
    /// - [`UpdateError::Conflict`] if two clauses use the same value as a map and as a list,
    /// - [`UpdateError::OperandType`] or [`UpdateError::ClauseOperandType`] if a literal operand has a type that its operator, function
    ///   or clause never accepts.
    pub fn validate(&self) -> Result<(), UpdateError> {
        self.set.iter().try_for_each(|(_, value)| value.check_functions())?;
        self.targets().try_for_each(check_levels)?;
        for (at, one) in self.targets().enumerate() {
            self.targets().skip(at + 1).try_for_each(|two| disjoint(one, two))?;
        }
        self.read_paths().try_for_each(check_levels)?;
        self.set.iter().try_for_each(|(_, value)| value.check_types())?;
        for (_, value) in &self.add {
            if !is_set(value) && value.as_n().is_none() {
                return Err(UpdateError::ClauseOperandType { clause: "ADD", operand: value.value_type() });
            }
        }
        for (_, value) in &self.delete {
            if !is_set(value) {
                return Err(UpdateError::ClauseOperandType { clause: "DELETE", operand: value.value_type() });
            }
        }
        Ok(())
    }
}

/// Checks that the item has the map or the list that a path changes.
fn check_target(item: &Item, path: &Path) -> Result<(), UpdateError> {
    let Some((step, outer)) = path.steps.split_last() else { return Ok(()) };
    match (step, value_at(item, &path.name, outer)) {
        (PathStep::Key(_), Some(AttributeValue::M(_))) | (PathStep::Index(_), Some(AttributeValue::L(_))) => Ok(()),
        _ => Err(UpdateError::InvalidPath),
    }
}

fn check_levels(path: &Path) -> Result<(), UpdateError> {
    let levels = path.levels();
    if levels > ITEM_LEVELS_MAX { Err(UpdateError::PathTooDeep { levels }) } else { Ok(()) }
}

/// Checks that two paths of one update neither overlap nor use the same value as a map and as a list.
fn disjoint(one: &Path, two: &Path) -> Result<(), UpdateError> {
    match one.collision(two) {
        None => Ok(()),
        Some(PathCollision::Overlap) => Err(UpdateError::Overlap(one.listed(), two.listed())),
        Some(PathCollision::Conflict) => Err(UpdateError::Conflict(one.listed(), two.listed())),
    }
}

/// The value of an item that an update sets or removes.
enum UpdateTarget<'a> {
    Entry(&'a mut Map, &'a Name),
    Element(&'a mut List, usize),
}

impl<'a> UpdateTarget<'a> {
    fn of(map: &'a mut Map, path: &'a Path) -> Result<Self, UpdateError> {
        let Some((last, parents)) = path.steps.split_last() else {
            return Ok(Self::Entry(map, &path.name));
        };
        let mut value = map.get_mut(&path.name).ok_or(UpdateError::InvalidPath)?;
        for step in parents {
            value = match (step, value) {
                (PathStep::Key(name), AttributeValue::M(map)) => map.get_mut(name),
                (PathStep::Index(index), AttributeValue::L(values)) => values.get_mut(*index),
                _ => None,
            }
            .ok_or(UpdateError::InvalidPath)?;
        }
        match (last, value) {
            (PathStep::Key(name), AttributeValue::M(map)) => Ok(Self::Entry(map, name)),
            (PathStep::Index(index), AttributeValue::L(values)) => Ok(Self::Element(values, *index)),
            _ => Err(UpdateError::InvalidPath),
        }
    }

    fn set(self, value: AttributeValue) {
        match self {
            Self::Entry(map, name) => {
                map.insert(name, value);
            }
            Self::Element(values, index) => match values.get_mut(index) {
                Some(element) => *element = value,
                None => values.push(value),
            },
        }
    }

    fn remove(self) {
        match self {
            Self::Entry(map, name) => {
                map.remove(name);
            }
            Self::Element(values, index) => {
                values.remove(index);
            }
        }
    }
}

impl SetValue {
    fn evaluate(&self, item: &Item) -> Result<AttributeValue, UpdateError> {
        type Arithmetic = fn(Number, Number) -> Result<Number, NumberError>;
        let (left, right, operation): (_, _, Arithmetic) = match self {
            Self::Operand(operand) => return operand.evaluate(item),
            Self::Plus(left, right) => (left, right, Number::checked_add),
            Self::Minus(left, right) => (left, right, Number::checked_sub),
        };
        match (left.evaluate(item)?, right.evaluate(item)?) {
            (AttributeValue::N(left), AttributeValue::N(right)) => Ok(AttributeValue::N(operation(left, right)?)),
            _ => Err(UpdateError::IncorrectType),
        }
    }

    /// Returns the operands from the left.
    pub(super) fn operands(&self) -> impl Iterator<Item = &UpdateOperand> {
        let (left, right) = match self {
            Self::Operand(operand) => (operand, None),
            Self::Plus(left, right) | Self::Minus(left, right) => (left, Some(right)),
        };
        std::iter::once(left).chain(right)
    }

    /// Checks that `list_append` is the whole value, if there is one, and that the operands of `if_not_exists` differ.
    fn check_functions(&self) -> Result<(), UpdateError> {
        let outermost = usize::from(matches!(self, Self::Operand(_)));
        for operand in self.operands().flat_map(UpdateOperand::nodes) {
            if let UpdateOperand::IfNotExists(path, otherwise) = operand
                && matches!(&**otherwise, UpdateOperand::Path(other) if other == path)
            {
                return Err(UpdateError::SameOperands { operator: "if_not_exists", path: path.listed() });
            }
        }
        let mut inner = self.operands().flat_map(|operand| operand.nodes().skip(outermost));
        if inner.any(|operand| matches!(operand, UpdateOperand::ListAppend(_))) {
            return Err(UpdateError::FunctionNotAllowed { function: "list_append" });
        }
        Ok(())
    }

    fn check_types(&self) -> Result<(), UpdateError> {
        let operator = match self {
            Self::Operand(operand) => return operand.check_types(),
            Self::Plus(..) => "+",
            Self::Minus(..) => "-",
        };
        self.operands().try_for_each(|operand| match operand {
            UpdateOperand::Value(value) if value.as_n().is_none() => {
                Err(UpdateError::OperandType { operator, operand: value.value_type() })
            }
            _ => Ok(()),
        })
    }
}

impl UpdateOperand {
    fn evaluate(&self, item: &Item) -> Result<AttributeValue, UpdateError> {
        let Self::ListAppend(lists) = self else {
            return self.single_value(item).cloned();
        };
        let [first, second] = &**lists;
        match (first.single_value(item)?, second.single_value(item)?) {
            (AttributeValue::L(first), AttributeValue::L(second)) => {
                Ok(AttributeValue::l(first.iter().chain(second.iter()).cloned()))
            }
            _ => Err(UpdateError::IncorrectType),
        }
    }

    /// Returns the stored or literal value of an operand that is not `list_append`.
    ///
    /// The second operand of `if_not_exists` is evaluated in either case, so that it must exist.
    fn single_value<'a>(&'a self, item: &'a Item) -> Result<&'a AttributeValue, UpdateError> {
        let (mut operand, mut present) = (self, None);
        while let Self::IfNotExists(path, otherwise) = operand {
            present = present.or_else(|| path.get(item));
            operand = otherwise;
        }
        let otherwise = match operand {
            Self::Value(value) => value,
            Self::Path(path) => path.get(item).ok_or(UpdateError::MissingAttribute)?,
            Self::IfNotExists(..) | Self::ListAppend(_) => {
                return Err(UpdateError::FunctionNotAllowed { function: "list_append" });
            }
        };
        Ok(present.unwrap_or(otherwise))
    }

    fn check_types(&self) -> Result<(), UpdateError> {
        let Self::ListAppend(lists) = self else {
            return Ok(());
        };
        lists.iter().try_for_each(|list| match list {
            Self::Value(value) if value.as_l().is_none() => {
                Err(UpdateError::OperandType { operator: "list_append", operand: value.value_type() })
            }
            _ => Ok(()),
        })
    }
}

pub(super) fn is_set(value: &AttributeValue) -> bool {
    matches!(value, AttributeValue::Ss(_) | AttributeValue::Ns(_) | AttributeValue::Bs(_))
}

fn add(present: &AttributeValue, value: &AttributeValue) -> Result<AttributeValue, UpdateError> {
    match (present, value) {
        (AttributeValue::N(present), AttributeValue::N(value)) => Ok(AttributeValue::N(present.checked_add(*value)?)),
        (AttributeValue::Ss(present), AttributeValue::Ss(value)) => Ok(AttributeValue::Ss(present | value)),
        (AttributeValue::Ns(present), AttributeValue::Ns(value)) => Ok(AttributeValue::Ns(present | value)),
        (AttributeValue::Bs(present), AttributeValue::Bs(value)) => Ok(AttributeValue::Bs(present | value)),
        _ => Err(UpdateError::IncorrectType),
    }
}

/// Returns the set `present` without the elements of `value`, or `None` if none remain, because no stored set is empty.
fn without(present: &AttributeValue, value: &AttributeValue) -> Result<Option<AttributeValue>, UpdateError> {
    let (rest, is_empty) = match (present, value) {
        (AttributeValue::Ss(present), AttributeValue::Ss(value)) => {
            let rest = present - value;
            (AttributeValue::Ss(rest.clone()), rest.is_empty())
        }
        (AttributeValue::Ns(present), AttributeValue::Ns(value)) => {
            let rest = present - value;
            (AttributeValue::Ns(rest.clone()), rest.is_empty())
        }
        (AttributeValue::Bs(present), AttributeValue::Bs(value)) => {
            let rest = present - value;
            (AttributeValue::Bs(rest.clone()), rest.is_empty())
        }
        _ => return Err(UpdateError::IncorrectType),
    };
    Ok((!is_empty).then_some(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        Path::parse(text).unwrap()
    }

    fn list(values: impl IntoIterator<Item = &'static str>) -> AttributeValue {
        AttributeValue::l(values.into_iter().map(AttributeValue::s))
    }

    fn item() -> Item {
        Item::new()
            .with("a", "a")
            .with("n", 5)
            .with("l", list(["0", "1", "2", "3"]))
            .with(
                "m",
                AttributeValue::m([
                    ("x", AttributeValue::n(1)),
                    ("y", AttributeValue::m([("z", AttributeValue::n(2))])),
                ]),
            )
            .with("ss", AttributeValue::ss(["x", "y"]))
    }

    #[test]
    fn every_clause_reads_the_item_before_the_update() {
        let swapped = Update::new().set(path("a"), path("n")).set(path("n"), path("a")).apply(&item()).unwrap();
        assert_eq!((swapped.get("a"), swapped.get("n")), (Some(&5.into()), Some(&"a".into())));
    }

    #[test]
    fn list_indexes_refer_to_the_list_before_the_update() {
        let after = |update: Update| update.apply(&item()).unwrap().get("l").cloned().unwrap();
        assert_eq!(after(Update::new().remove(path("l[0]")).remove(path("l[1]"))), list(["2", "3"]));
        assert_eq!(
            after(
                Update::new()
                    .set(path("l[9]"), UpdateOperand::value("nine"))
                    .set(path("l[7]"), UpdateOperand::value("seven"))
            ),
            list(["0", "1", "2", "3", "seven", "nine"])
        );
        assert_eq!(
            after(Update::new().remove(path("l[0]")).set(path("l[1]"), UpdateOperand::value("new"))),
            list(["new", "2", "3"])
        );
        assert_eq!(after(Update::new().remove(path("l[9]"))), list(["0", "1", "2", "3"]));
    }

    #[test]
    fn add_and_delete_change_numbers_and_sets() {
        let update = Update::new().add(path("n"), -7).add(path("m.new"), 3).add(path("ss"), AttributeValue::ss(["z"]));
        let after = update.apply(&item()).unwrap();
        assert_eq!(after.get("n"), Some(&(-2).into()));
        assert_eq!(path("m.new").get(&after), Some(&3.into()));
        assert_eq!(after.get("ss"), Some(&AttributeValue::ss(["x", "y", "z"])));

        let emptied = Update::new().delete(path("ss"), AttributeValue::ss(["x", "y", "q"])).apply(&item()).unwrap();
        assert!(!emptied.contains_key("ss"), "an emptied set is removed");
    }

    #[test]
    fn set_evaluates_its_operands() {
        let update = Update::new()
            .set(path("p"), SetValue::Minus(path("n").into(), UpdateOperand::value(7)))
            .set(path("q"), UpdateOperand::if_not_exists(path("none"), path("a")))
            .set(path("l"), UpdateOperand::list_append(list(["-1"]), path("l")));
        let after = update.apply(&item()).unwrap();
        assert_eq!(after.get("p"), Some(&(-2).into()));
        assert_eq!(after.get("q"), Some(&"a".into()));
        assert_eq!(after.get("l"), Some(&list(["-1", "0", "1", "2", "3"])));
    }

    #[test]
    fn list_append_is_the_whole_value_of_an_assignment() {
        let lists = || UpdateOperand::list_append(path("l"), path("l"));
        let refused = UpdateError::FunctionNotAllowed { function: "list_append" };
        for value in [
            SetValue::from(UpdateOperand::list_append(lists(), path("l"))),
            UpdateOperand::list_append(path("l"), UpdateOperand::if_not_exists(path("l"), lists())).into(),
            UpdateOperand::if_not_exists(path("none"), lists()).into(),
            SetValue::Plus(lists(), path("n").into()),
            SetValue::Minus(path("n").into(), lists()),
        ] {
            assert_eq!(Update::new().set(path("q"), value.clone()).validate(), Err(refused.clone()), "{value:?}");
        }
        assert_eq!(Update::new().set(path("q"), lists()).validate(), Ok(()));
    }

    #[test]
    fn paths_of_every_clause_have_at_most_32_levels() {
        let of = |levels: usize| Path::parse("a").map(|path| (1..levels).fold(path, Path::index)).unwrap();
        let updates: [fn(Path) -> Update; 6] = [
            |path| Update::new().set(path, UpdateOperand::value(1)),
            |path| Update::new().set(Path::new("q"), path),
            |path| Update::new().set(Path::new("q"), UpdateOperand::if_not_exists(path, UpdateOperand::value(1))),
            |path| Update::new().remove(path),
            |path| Update::new().add(path, 1),
            |path| Update::new().delete(path, AttributeValue::ns([1])),
        ];
        for update in updates {
            assert_eq!(update(of(32)).validate(), Ok(()));
            assert_eq!(update(of(33)).validate(), Err(UpdateError::PathTooDeep { levels: 33 }));
        }
    }

    #[test]
    fn invalid_updates_are_refused_with_the_messages_of_the_service() {
        let refused = |update: Update| update.apply(&item()).unwrap_err();
        for text in ["none.a", "m.none.a", "a.b", "none[0]", "m[0]", "l.a", "l[9].q"] {
            assert_eq!(
                refused(Update::new().set(path(text), UpdateOperand::value(1))),
                UpdateError::InvalidPath,
                "{text}"
            );
            assert_eq!(refused(Update::new().remove(path(text))), UpdateError::InvalidPath, "{text}");
        }
        assert_eq!(refused(Update::new().add(path("a"), 1)), UpdateError::IncorrectType);
        assert_eq!(refused(Update::new().add(path("ss"), AttributeValue::ns([1]))), UpdateError::IncorrectType);
        assert_eq!(refused(Update::new().set(path("q"), path("none"))), UpdateError::MissingAttribute);
        assert_eq!(
            refused(Update::new().add(path("a"), "x")),
            UpdateError::ClauseOperandType { clause: "ADD", operand: ValueType::S }
        );
        assert_eq!(
            refused(Update::new().set(path("m.x"), UpdateOperand::value(1)).remove(path("m"))).to_string(),
            "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these \
             paths; path one: [m, x], path two: [m]"
        );
        assert!(matches!(
            refused(Update::new().set(path("m.x"), UpdateOperand::value(1)).remove(path("m[0]"))),
            UpdateError::Conflict(..)
        ));
        assert!(matches!(
            refused(Update::new().add(path("n"), AttributeValue::N("1e100".parse().unwrap()))),
            UpdateError::Number(_)
        ));
    }
}
