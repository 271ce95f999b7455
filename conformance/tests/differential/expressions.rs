//! Random expressions, valid and invalid.

use djamodb_core::expression::{
    Comparator, Condition, KeyCondition, Operand, Path, ProjectionExpression, RangeCondition, SetValue, Update,
    UpdateOperand,
};
use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::value::{AttributeValue, ValueType};
use fastrand::Rng;

use crate::values::{ATTRIBUTES, key, number, once_in, one_of, text, value};

pub(crate) fn path(random: &mut Rng) -> Path {
    let name = if once_in(random, 8) { one_of(random, &["h", "r", "missing"]) } else { one_of(random, &ATTRIBUTES) };
    let mut path = Path::new(name);
    // Paths into attributes that are keys of an index are refused, by the server not in each transaction.
    while !matches!(name, "a" | "b" | "h" | "r") && once_in(random, 3) && path.steps.len() < 4 {
        path = if random.bool() { path.key(one_of(random, &["a", "b", "x"])) } else { path.index(random.usize(..3)) };
    }
    if !matches!(name, "a" | "b" | "h" | "r") && once_in(random, 300) {
        path = (0..random.usize(30..34)).fold(path, |path, _| path.key("x"));
    }
    path
}

fn operand(random: &mut Rng) -> Operand {
    match random.u32(..8) {
        0 | 1 => Operand::Path(path(random)),
        2 => Operand::Size(path(random)),
        _ => Operand::Value(value(random)),
    }
}

fn comparator(random: &mut Rng) -> Comparator {
    one_of(random, &[Comparator::Eq, Comparator::Ne, Comparator::Lt, Comparator::Le, Comparator::Gt, Comparator::Ge])
}

/// Returns a condition of at most three levels.
pub(crate) fn condition(random: &mut Rng) -> Condition {
    nested(random, 3)
}

fn nested(random: &mut Rng, levels: u32) -> Condition {
    match random.u32(..if levels == 0 { 11 } else { 15 }) {
        0..=2 => Condition::Compare(left(random), comparator(random), operand(random)),
        3 => Condition::Between(left(random), operand(random), operand(random)),
        4 => Condition::In(left(random), (0..random.usize(1..4)).map(|_| operand(random)).collect()),
        5 | 6 => Condition::AttributeExists(path(random)),
        7 => Condition::AttributeNotExists(path(random)),
        8 => Condition::AttributeType(left(random), one_of(random, &ValueType::ALL)),
        9 => Condition::BeginsWith(
            left(random),
            Operand::Value(if random.bool() { text(random) } else { value(random) }),
        ),
        10 => Condition::Contains(left(random), operand(random)),
        11 | 12 => Condition::And((0..random.usize(2..4)).map(|_| nested(random, levels - 1)).collect()),
        13 => Condition::Or((0..random.usize(2..4)).map(|_| nested(random, levels - 1)).collect()),
        _ => Condition::Not(Box::new(nested(random, levels - 1))),
    }
}

fn left(random: &mut Rng) -> Operand {
    if once_in(random, 6) { operand(random) } else { Operand::Path(path(random)) }
}

pub(crate) fn projection(random: &mut Rng) -> ProjectionExpression {
    ProjectionExpression::new((0..random.usize(1..4)).map(|_| path(random)))
}

pub(crate) fn update(random: &mut Rng) -> Update {
    let mut update = Update::new();
    for _ in 0..random.usize(..4) {
        let target = path(random);
        update = match random.u32(..8) {
            0..=3 => update.set(target, set_value(random)),
            4 | 5 => update.remove(target),
            6 => update.add(target, if random.bool() { number(random) } else { value(random) }),
            _ => update.delete(target, value(random)),
        };
    }
    update
}

fn set_value(random: &mut Rng) -> SetValue {
    match random.u32(..6) {
        0 => SetValue::Plus(update_operand(random, 1), update_operand(random, 1)),
        1 => SetValue::Minus(update_operand(random, 1), update_operand(random, 1)),
        _ => SetValue::Operand(update_operand(random, 2)),
    }
}

fn update_operand(random: &mut Rng, levels: u32) -> UpdateOperand {
    match random.u32(..if levels == 0 { 5 } else { 7 }) {
        0 | 1 => UpdateOperand::Path(path(random)),
        2 => UpdateOperand::Value(number(random)),
        3 | 4 => UpdateOperand::Value(value(random)),
        5 => UpdateOperand::if_not_exists(path(random), update_operand(random, levels - 1)),
        _ => UpdateOperand::list_append(update_operand(random, levels - 1), update_operand(random, levels - 1)),
    }
}

/// Returns a condition on the key of a table or index.
pub(crate) fn key_condition(random: &mut Rng, schema: &KeySchema) -> KeyCondition {
    let hash = schema.hash.iter().map(|attribute| (attribute.name.clone(), key(random, attribute.scalar))).collect();
    let mut condition = KeyCondition { hash, range: Vec::new() };
    if let Some(attribute) = schema.range.first().filter(|_| random.bool()) {
        condition = condition.range(attribute.name.clone(), range_condition(random, attribute));
    } else if once_in(random, 40) {
        condition = condition.range("c", RangeCondition::Eq(value(random)));
    }
    condition
}

fn range_condition(random: &mut Rng, attribute: &KeyAttribute) -> RangeCondition {
    let mut operand = || -> AttributeValue { key(random, attribute.scalar) };
    let (one, two) = (operand(), operand());
    match random.u32(..8) {
        0 | 1 => RangeCondition::Eq(one),
        2 => RangeCondition::Lt(one),
        3 => RangeCondition::Le(one),
        4 => RangeCondition::Gt(one),
        5 => RangeCondition::Ge(one),
        6 => RangeCondition::Between(one, two),
        _ => RangeCondition::BeginsWith(one),
    }
}
