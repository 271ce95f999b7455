//! Random trees are rendered and parsed to the same trees.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::expression::{
    Comparator, Condition, Operand, Parser, Path, ProjectionExpression, Renderer, SetValue, Update, UpdateOperand,
};
use crate::value::{AttributeValue, ValueType};

/// Generates paths, few of which are equal.
fn path() -> impl Strategy<Value = Path> {
    let step = prop_oneof![".{1,4}".prop_map(Ok::<String, usize>), (0..2_147_483_648_usize).prop_map(Err)];
    (".{1,4}", prop::collection::vec(step, 0..3)).prop_map(|(name, steps)| {
        steps.into_iter().fold(Path::new(name), |path, step| match step {
            Ok(name) => path.key(name),
            Err(index) => path.index(index),
        })
    })
}

/// Generates values that have an order and a size.
fn text() -> impl Strategy<Value = AttributeValue> {
    ".{0,4}".prop_map(AttributeValue::s)
}

fn operand() -> impl Strategy<Value = Operand> {
    prop_oneof![
        path().prop_map(Operand::Path),
        text().prop_map(Operand::Value),
        any::<i32>().prop_map(Operand::from),
        path().prop_map(Operand::Size),
        text().prop_map(Operand::SizeOf),
    ]
}

fn comparator() -> impl Strategy<Value = Comparator> {
    use Comparator::{Eq, Ge, Gt, Le, Lt, Ne};
    prop::sample::select(vec![Eq, Ne, Lt, Le, Gt, Ge])
}

fn leaf() -> impl Strategy<Value = Condition> {
    prop_oneof![
        (operand(), comparator(), operand()).prop_map(|(left, by, right)| Condition::Compare(left, by, right)),
        (operand(), path(), text()).prop_map(|(operand, low, high)| Condition::Between(
            operand,
            low.into(),
            high.into()
        )),
        (operand(), prop::collection::vec(operand(), 1..4)).prop_map(|(operand, list)| Condition::In(operand, list)),
        path().prop_map(Condition::AttributeExists),
        path().prop_map(Condition::AttributeNotExists),
        (operand(), prop::sample::select(ValueType::ALL.to_vec()))
            .prop_map(|(operand, value_type)| Condition::AttributeType(operand, value_type)),
        (path(), text()).prop_map(|(path, prefix)| Condition::BeginsWith(path.into(), prefix.into())),
        (operand(), operand()).prop_map(|(operand, part)| Condition::Contains(operand, part)),
    ]
    .prop_filter("operands differ", |condition| condition.validate().is_ok())
}

fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_recursive(5, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::Or),
            inner.prop_map(Condition::negate),
        ]
    })
}

/// Generates operands of `SET` that are lists, or stand for lists.
fn update_operand() -> impl Strategy<Value = UpdateOperand> {
    let leaf = prop_oneof![
        path().prop_map(UpdateOperand::Path),
        Just(UpdateOperand::value(AttributeValue::l([]))),
        prop::collection::vec(text(), 0..3).prop_map(|texts| UpdateOperand::value(AttributeValue::l(texts))),
    ];
    leaf.prop_recursive(4, 8, 1, |inner| {
        (path(), inner).prop_map(|(path, otherwise)| UpdateOperand::if_not_exists(path, otherwise))
    })
    .prop_filter("operands differ", |operand| {
        operand.nodes().all(|node| match node {
            UpdateOperand::IfNotExists(path, otherwise) => **otherwise != UpdateOperand::Path(path.clone()),
            _ => true,
        })
    })
}

fn set_value() -> impl Strategy<Value = SetValue> {
    let number = prop_oneof![path().prop_map(UpdateOperand::Path), any::<i32>().prop_map(UpdateOperand::from)].boxed();
    prop_oneof![
        update_operand().prop_map(SetValue::Operand),
        (update_operand(), update_operand())
            .prop_map(|(first, second)| SetValue::Operand(UpdateOperand::list_append(first, second))),
        (number.clone(), number.clone()).prop_map(|(left, right)| SetValue::Plus(left, right)),
        (number.clone(), number).prop_map(|(left, right)| SetValue::Minus(left, right)),
    ]
}

/// Generates an update. Each action changes an attribute of its own, so that no paths collide.
fn update() -> impl Strategy<Value = Update> {
    let action = (0..4, prop::collection::vec(0..9_usize, 0..2), set_value(), any::<i32>());
    prop::collection::vec(action, 1..6).prop_map(|actions| {
        actions.into_iter().enumerate().fold(Update::new(), |update, (at, (section, steps, value, number))| {
            let target = steps.into_iter().fold(Path::new(format!("target {at}")), Path::index);
            match section {
                0 => update.set(target, value),
                1 => update.remove(target),
                2 => update.add(target, number),
                _ => update.delete(target, AttributeValue::ns([number])),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rendered_condition_is_parsed_to_the_same_condition(condition in condition()) {
        let mut renderer = Renderer::new();
        let text = renderer.condition(&condition);
        let placeholders = renderer.finish();
        let mut parser = Parser::new(&placeholders).unwrap();
        prop_assert_eq!(parser.filter(&text).unwrap(), condition);
        prop_assert_eq!(parser.finish(), Ok(()));
    }

    #[test]
    fn a_rendered_update_is_parsed_to_the_same_update(update in update()) {
        let mut renderer = Renderer::new();
        let text = renderer.update(&update);
        let placeholders = renderer.finish();
        let mut parser = Parser::new(&placeholders).unwrap();
        prop_assert_eq!(parser.update(&text).unwrap(), update);
        prop_assert_eq!(parser.finish(), Ok(()));
    }

    #[test]
    fn a_rendered_projection_is_parsed_to_the_same_projection(names in prop::collection::btree_set(".{1,4}", 1..6)) {
        let paths = names.iter().map(|name| Path::new(name.as_str()).key("inside").index(names.len()));
        let projection = ProjectionExpression::new(paths.collect::<BTreeSet<_>>());
        let mut renderer = Renderer::new();
        let text = renderer.projection(&projection);
        let placeholders = renderer.finish();
        let mut parser = Parser::new(&placeholders).unwrap();
        prop_assert_eq!(parser.projection(&text).unwrap(), projection);
        prop_assert_eq!(parser.finish(), Ok(()));
    }
}
