//! Functions, paths and logical operators in condition and filter expressions, whose semantics are the same.

use super::expression_sample::{compare, ensure_each, eq, exists};
use super::prelude::*;

case!("expression/begins_with_accepts_strings_and_binary", Theme::Expression, begins_with_accepts_strings_and_binary);
case!("expression/contains_finds_substrings_and_elements", Theme::Expression, contains_finds_substrings_and_elements);
case!(
    "expression/size_counts_characters_bytes_or_elements",
    Theme::Expression,
    size_counts_characters_bytes_or_elements
);
case!("expression/attribute_type_distinguishes_ten_types", Theme::Expression, attribute_type_distinguishes_ten_types);
case!("expression/paths_address_values_in_documents", Theme::Expression, paths_address_values_in_documents);
case!("expression/not_and_or_combine_conditions", Theme::Expression, not_and_or_combine_conditions);
case!("expression/attributes_compare_with_each_other", Theme::Expression, attributes_compare_with_each_other);

/// Fails if a prefix is matched against a number, or anywhere in a string.
async fn begins_with_accepts_strings_and_binary(cx: Context) -> CaseResult {
    let begins = |name: &str, prefix: AttributeValue| Condition::BeginsWith(path(name).into(), prefix.into());
    ensure_each(
        &cx,
        [
            (begins("s", "hel".into()), true),
            (begins("s", "hello".into()), true),
            (begins("s", "hello!".into()), false),
            (begins("s", "ello".into()), false),
            (begins("s", "".into()), true),
            (begins("u", "né".into()), true),
            (begins("b", AttributeValue::b(&b"\x00\xff"[..])), true),
            (begins("b", AttributeValue::b(&b"\xff"[..])), false),
            (begins("b", "\u{0}".into()), false),
            (begins("n", "1".into()), false),
            (begins("ss", "x".into()), false),
            (Condition::BeginsWith(path("s").into(), path("empty").into()), true),
            (Condition::BeginsWith("hello!".into(), path("s").into()), true),
            (Condition::BeginsWith("hello!".into(), path("absent").into()), false),
        ],
    )
    .await
}

/// Fails if a substring is found in the elements of a set, or a set in a set.
async fn contains_finds_substrings_and_elements(cx: Context) -> CaseResult {
    let contains = |name: &str, part: AttributeValue| Condition::Contains(path(name).into(), part.into());
    ensure_each(
        &cx,
        [
            (contains("s", "ell".into()), true),
            (contains("s", "elo".into()), false),
            (contains("s", 1.into()), false),
            (contains("u", "😀".into()), true),
            (contains("b", AttributeValue::b(&b"\xff\x01"[..])), true),
            (contains("ss", "x".into()), true),
            (contains("ss", "xy".into()), false),
            (contains("ss", AttributeValue::ss(["x", "y"])), false),
            (contains("ns", 2.into()), true),
            (contains("ns", "2".into()), false),
            (contains("bs", AttributeValue::b(&b"x"[..])), true),
            (contains("l", "e".into()), true),
            (contains("l", 1.into()), true),
            (contains("l", AttributeValue::ss(["x"])), true),
            (contains("l", "x".into()), false),
            (contains("m", "k".into()), false),
            (contains("n", 1.into()), false),
            (Condition::Contains("oh, hello".into(), path("s").into()), true),
            (Condition::Contains("hell".into(), path("s").into()), false),
        ],
    )
    .await
}

/// Fails if the size of a string is its number of bytes, or if a number has a size.
async fn size_counts_characters_bytes_or_elements(cx: Context) -> CaseResult {
    let size = |name: &str, expected: i32| Condition::compare(Operand::Size(path(name)), Comparator::Eq, expected);
    let unequal = |name: &str| Condition::compare(Operand::Size(path(name)), Comparator::Ne, 1);
    ensure_each(
        &cx,
        [
            (size("s", 5), true),
            (size("empty", 0), true),
            (size("b", 3), true),
            (size("ss", 2), true),
            (size("ns", 2), true),
            (size("l", 3), true),
            (size("m", 3), true),
            (size("m.l", 3), true),
            (Condition::compare(Operand::Size(path("s")), Comparator::Lt, path("n")), true),
            (Condition::compare(Operand::SizeOf("world".into()), Comparator::Eq, Operand::Size(path("s"))), true),
            (
                Condition::compare(Operand::SizeOf(AttributeValue::l([])), Comparator::Ge, Operand::Size(path("s"))),
                false,
            ),
            (size("n", 2), false),
            (size("n", 2).negate(), true),
            (size("yes", 1), false),
            (size("none", 0), false),
            (unequal("n"), true),
            (unequal("none"), true),
        ],
    )
    .await
}

/// Fails if one type matches another.
async fn attribute_type_distinguishes_ten_types(cx: Context) -> CaseResult {
    use djamodb_core::value::ValueType;

    let names = ["s", "n", "b", "yes", "nothing", "m", "l", "ss", "ns", "bs"];
    let mut conditions = vec![(Condition::AttributeType(path("none").into(), ValueType::Null), false)];
    for (name, own) in names.into_iter().zip(ValueType::ALL) {
        for value_type in ValueType::ALL {
            conditions.push((Condition::AttributeType(path(name).into(), value_type), own == value_type));
        }
    }
    conditions.push((Condition::AttributeType(Operand::Size(path("s")), ValueType::N), true));
    conditions.push((Condition::AttributeType("s".into(), ValueType::S), true));
    ensure_each(&cx, conditions).await
}

/// Fails if a path through a scalar causes an error, or if a dot in an attribute name separates path elements.
async fn paths_address_values_in_documents(cx: Context) -> CaseResult {
    ensure_each(
        &cx,
        [
            (eq("m.k", "v"), true),
            (eq("m.l[0]", "e"), true),
            (eq("l[1]", 1), true),
            (exists("l[3]"), false),
            (exists("m.none"), false),
            (exists("s.k"), false),
            (exists("ss[0]"), false),
            (exists("m[0]"), false),
            (exists("l.k"), false),
            (compare("s.k", Comparator::Ne, 1), true),
            (Condition::AttributeNotExists(path("l[9].k.x")), true),
            (Condition::compare(Path::new("a.b"), Comparator::Eq, 2), true),
            (Condition::compare(path("m").key("a.b"), Comparator::Eq, 1), true),
            (exists("a.b"), false),
        ],
    )
    .await
}

/// Fails if operators are evaluated with another precedence than in the tree.
async fn not_and_or_combine_conditions(cx: Context) -> CaseResult {
    let (yes, no) = (|| eq("n", 10), || eq("n", 11));
    let or = |conditions: Vec<Condition>| Condition::Or(conditions);
    ensure_each(
        &cx,
        [
            (yes().negate(), false),
            (no().negate(), true),
            (yes().negate().negate(), true),
            (yes().and(no()), false),
            (or(vec![no(), no(), yes()]), true),
            (or(vec![yes(), no()]).and(no()), false),
            (or(vec![yes(), no().and(no())]), true),
            (no().and(or(vec![yes(), yes()])), false),
            (or(vec![no(), yes()]).negate(), false),
            (no().and(yes()).negate(), true),
            (yes().negate().and(no()), false),
            (or(vec![yes().negate(), yes()]), true),
        ],
    )
    .await
}

/// Fails if an attribute is compared with the name of another.
async fn attributes_compare_with_each_other(cx: Context) -> CaseResult {
    ensure_each(
        &cx,
        [
            (eq("l", path("m.l")), true),
            (eq("s", path("upper")), false),
            (compare("s", Comparator::Gt, path("upper")), true),
            (compare("n", Comparator::Gt, path("l[1]")), true),
            (compare("n", Comparator::Gt, Operand::Size(path("s"))), true),
            (Condition::Contains(path("l").into(), path("m.l[0]").into()), true),
            (Condition::Between(path("n").into(), path("l[1]").into(), 10.into()), true),
            (Condition::In(path("l[1]").into(), vec![path("none").into(), path("m").key("a.b").into()]), true),
        ],
    )
    .await
}
