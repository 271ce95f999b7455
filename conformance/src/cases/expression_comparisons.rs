//! Comparisons in condition and filter expressions, whose semantics are the same.

use super::expression_sample::{compare, ensure_each, eq, exists};
use super::prelude::*;

case!("expression/a_missing_attribute_equals_nothing", Theme::Expression, a_missing_attribute_equals_nothing);
case!(
    "expression/values_of_different_types_are_unequal_and_unordered",
    Theme::Expression,
    values_of_different_types_are_unequal_and_unordered
);
case!(
    "expression/equality_compares_documents_and_sets_by_value",
    Theme::Expression,
    equality_compares_documents_and_sets_by_value
);
case!("expression/strings_compare_by_utf8_bytes", Theme::StringOrder, strings_compare_by_utf8_bytes);
case!("expression/numbers_compare_by_value", Theme::NumberOrder, numbers_compare_by_value);
case!("expression/between_includes_both_bounds", Theme::Expression, between_includes_both_bounds);
case!("expression/in_compares_with_every_value", Theme::Expression, in_compares_with_every_value);

/// Fails if a missing attribute compares like null, like an empty string or like zero.
async fn a_missing_attribute_equals_nothing(cx: Context) -> CaseResult {
    use Comparator::{Eq, Ge, Gt, Le, Lt, Ne};

    let compared = |comparator, expected| (compare("none", comparator, 0), expected);
    let negated = |comparator| (compare("none", comparator, 0).negate(), true);
    ensure_each(
        &cx,
        [
            compared(Eq, false),
            compared(Ne, true),
            compared(Lt, false),
            compared(Le, false),
            compared(Gt, false),
            compared(Ge, false),
            negated(Eq),
            negated(Lt),
            (eq("none", AttributeValue::null()), false),
            (eq("none", path("neither")), false),
            (compare("none", Ne, path("neither")), true),
            (compare("s", Ne, path("none")), true),
            (exists("none"), false),
            (Condition::AttributeNotExists(path("none")), true),
            (exists("nothing"), true),
            (exists("empty"), true),
            (Condition::BeginsWith(path("none").into(), "".into()), false),
            (Condition::Contains(path("none").into(), "x".into()), false),
            (Condition::In(path("none").into(), vec![1.into()]).negate(), true),
        ],
    )
    .await
}

/// Fails if a number is compared with a string by its digits.
async fn values_of_different_types_are_unequal_and_unordered(cx: Context) -> CaseResult {
    use Comparator::{Ge, Lt, Ne};

    ensure_each(
        &cx,
        [
            (eq("n", "10"), false),
            (compare("n", Ne, "10"), true),
            (compare("n", Lt, "9"), false),
            (compare("n", Ge, "1"), false),
            (compare("s", Lt, 1), false),
            (compare("s", Lt, 1).negate(), true),
            (eq("nothing", false), false),
            (eq("yes", "true"), false),
            (compare("yes", Lt, path("nothing")), false),
            (compare("yes", Lt, path("nothing")).negate(), true),
            (compare("l", Lt, path("m")), false),
        ],
    )
    .await
}

/// Fails if the order of map entries or set elements affects equality.
async fn equality_compares_documents_and_sets_by_value(cx: Context) -> CaseResult {
    let list = |third: &str| {
        AttributeValue::l([AttributeValue::s("e"), AttributeValue::N(Number::from(1)), AttributeValue::ss([third])])
    };
    let short = AttributeValue::l([AttributeValue::s("e"), AttributeValue::n(1)]);
    let map = AttributeValue::m([("a.b", AttributeValue::n(1)), ("l", list("x")), ("k", AttributeValue::s("v"))]);
    ensure_each(
        &cx,
        [
            (eq("l", list("x")), true),
            (eq("l", list("y")), false),
            (eq("l", short), false),
            (eq("m", map), true),
            (eq("ss", AttributeValue::ss(["y", "x"])), true),
            (eq("ss", AttributeValue::ss(["x"])), false),
            (eq("ns", AttributeValue::ns([2, 1])), true),
            (eq("bs", AttributeValue::bs([&b"x"[..]])), true),
            (eq("n", AttributeValue::N("1e1".parse()?)), true),
            (eq("n", AttributeValue::N("10.000".parse()?)), true),
            (eq("yes", true), true),
            (eq("nothing", AttributeValue::null()), true),
            (eq("b", AttributeValue::b(&b"\x00\xff\x01"[..])), true),
        ],
    )
    .await
}

/// Fails if strings compare without regard to case or by a locale.
async fn strings_compare_by_utf8_bytes(cx: Context) -> CaseResult {
    use Comparator::{Gt, Le, Lt};

    ensure_each(
        &cx,
        [
            (eq("s", "hello"), true),
            (eq("s", "HELLO"), false),
            (eq("upper", path("s")), false),
            (compare("s", Gt, "HELLO"), true),
            (compare("s", Gt, "Z"), true),
            (compare("s", Lt, "hello!"), true),
            (compare("s", Lt, "é"), true),
            (compare("s", Le, "hello"), true),
            (compare("empty", Lt, "\u{0}"), true),
            (Condition::BeginsWith(path("s").into(), "He".into()), false),
            (Condition::Contains(path("s").into(), "ELL".into()), false),
        ],
    )
    .await
}

/// Fails if numbers compare by their digits or as floating-point numbers.
async fn numbers_compare_by_value(cx: Context) -> CaseResult {
    use Comparator::{Ge, Gt, Lt};

    let number = |text: &str| -> Result<AttributeValue, Failure> { Ok(AttributeValue::N(text.parse()?)) };
    ensure_each(
        &cx,
        [
            (compare("n", Gt, 9), true),
            (compare("n", Gt, -20), true),
            (compare("n", Lt, 100), true),
            (compare("n", Ge, 10), true),
            (compare("n", Gt, 10), false),
            (compare("n", Gt, number("9.9999999999999999999999999999999999999")?), true),
            (compare("n", Lt, number("10.000000000000000000000000000000000001")?), true),
            (eq("n", number("10.000000000000000000000000000000000001")?), false),
            (compare("n", Gt, number("-9.9E+125")?), true),
        ],
    )
    .await
}

/// Fails if a bound is excluded from the range.
async fn between_includes_both_bounds(cx: Context) -> CaseResult {
    let within = |name: &str, low: AttributeValue, high: AttributeValue| {
        Condition::Between(path(name).into(), low.into(), high.into())
    };
    ensure_each(
        &cx,
        [
            (within("n", 10.into(), 20.into()), true),
            (within("n", 0.into(), 10.into()), true),
            (within("n", 10.into(), 10.into()), true),
            (within("n", 11.into(), 20.into()), false),
            (within("n", "1".into(), "2".into()), false),
            (within("s", "h".into(), "hello".into()), true),
            (within("s", "a".into(), "h".into()), false),
            (within("none", 0.into(), 9.into()), false),
            (within("none", 0.into(), 9.into()).negate(), true),
        ],
    )
    .await
}

/// Fails if only the first value is compared.
async fn in_compares_with_every_value(cx: Context) -> CaseResult {
    let among = |name: &str, values: Vec<Operand>| Condition::In(path(name).into(), values);
    let hundred = |last: i32| (100..199).map(Operand::from).chain([last.into()]).collect();
    ensure_each(
        &cx,
        [
            (among("s", vec!["x".into(), "y".into(), "hello".into()]), true),
            (among("s", vec!["x".into()]), false),
            (among("n", vec!["10".into(), 10.into()]), true),
            (among("n", hundred(10)), true),
            (among("n", hundred(11)), false),
            (among("none", vec!["x".into()]), false),
            (among("upper", vec![path("s").into(), path("upper.none").into()]), false),
            (among("nothing", vec![AttributeValue::null().into()]), true),
        ],
    )
    .await
}
