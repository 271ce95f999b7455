//! What conditions and filters mean, which is the same.

use super::prelude::*;

case!("expression/a_missing_attribute_equals_nothing", Theme::Expression, missing);
case!("expression/values_of_two_types_are_neither_equal_nor_ordered", Theme::Expression, two_types);
case!("expression/equality_looks_into_documents_and_sets", Theme::Expression, equality);
case!("expression/texts_compare_by_their_bytes", Theme::TextOrder, order_of_texts);
case!("expression/numbers_compare_by_value", Theme::NumberOrder, order_of_numbers);
case!("expression/between_includes_both_ends", Theme::Expression, between);
case!("expression/in_is_equality_with_one_of_them", Theme::Expression, one_of);
case!("expression/begins_with_takes_texts_and_binary_data", Theme::Expression, begins_with);
case!("expression/contains_finds_parts_and_elements", Theme::Expression, contains);
case!("expression/size_counts_characters_bytes_or_elements", Theme::Expression, size);
case!("expression/attribute_type_tells_the_ten_types", Theme::Expression, attribute_type);
case!("expression/paths_reach_into_documents", Theme::Expression, paths);
case!("expression/not_turns_and_and_or_combine", Theme::Expression, combinations);
case!("expression/attributes_are_compared_with_each_other", Theme::Expression, attributes);

/// What all of these cases look at.
fn subject() -> Item {
    let list = || AttributeValue::l([AttributeValue::s("e"), AttributeValue::n(1), AttributeValue::ss(["x"])]);
    let map = AttributeValue::m([("k", AttributeValue::s("v")), ("l", list()), ("a.b", AttributeValue::n(1))]);
    user("a")
        .with("s", "hello")
        .with("upper", "HELLO")
        .with("u", "né😀")
        .with("n", 10)
        .with("m", map)
        .with("l", list())
        .with("b", AttributeValue::b(&b"\x00\xff\x01"[..]))
        .with("yes", true)
        .with("nothing", AttributeValue::null())
        .with("ss", AttributeValue::ss(["x", "y"]))
        .with("ns", AttributeValue::ns([1, 2]))
        .with("bs", AttributeValue::bs([&b"x"[..]]))
        .with("empty", "")
        .with("a.b", 2)
}

/// Each condition has to be true or false of the item: as a filter, and as the condition of a write.
async fn each(cx: &Context, conditions: impl IntoIterator<Item = (Condition, bool)>) -> CaseResult {
    let table = users(cx).await?;
    put_all(cx, &table, [subject()]).await?;
    for (condition, expected) in conditions {
        let filtered = Query { filter: Some(condition.clone()), ..partition(&table, "a") };
        same(format!("the filter {condition}"), cx.run(filtered).await?.count > 0, expected)?;
        let put = PutItem { condition: Some(condition.clone()), ..PutItem::new(&table, subject()) };
        if expected {
            cx.run(put).await.map_err(|_| Failure::new(format_args!("the condition {condition} fails")))?;
        } else {
            cx.condition_failed(put).await?;
        }
    }
    Ok(())
}

fn compare(left: &str, comparator: Comparator, right: impl Into<Operand>) -> Condition {
    Condition::compare(path(left), comparator, right)
}

fn eq(left: &str, right: impl Into<Operand>) -> Condition {
    compare(left, Comparator::Eq, right)
}

fn exists(text: &str) -> Condition {
    Condition::AttributeExists(path(text))
}

/// A missing attribute would count as null, as empty or as zero.
async fn missing(cx: Context) -> CaseResult {
    use Comparator::{Eq, Ge, Gt, Le, Lt, Ne};

    let compared = |comparator, expected| (compare("none", comparator, 0), expected);
    let negated = |comparator| (compare("none", comparator, 0).negate(), true);
    each(
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
            (Condition::BeginsWith(path("none"), "".into()), false),
            (Condition::Contains(path("none"), "x".into()), false),
            (Condition::In(path("none").into(), vec![1.into()]).negate(), true),
        ],
    )
    .await
}

/// A number would be compared with a text by its digits.
async fn two_types(cx: Context) -> CaseResult {
    use Comparator::{Ge, Lt, Ne};

    each(
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

/// Documents would be equal or not by the order in which they were written.
async fn equality(cx: Context) -> CaseResult {
    let list = |third: &str| {
        AttributeValue::l([AttributeValue::s("e"), AttributeValue::N(Number::from(1)), AttributeValue::ss([third])])
    };
    let short = AttributeValue::l([AttributeValue::s("e"), AttributeValue::n(1)]);
    let map = AttributeValue::m([("a.b", AttributeValue::n(1)), ("l", list("x")), ("k", AttributeValue::s("v"))]);
    each(
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

/// Texts would compare without regard to case, or as a dictionary has them.
async fn order_of_texts(cx: Context) -> CaseResult {
    use Comparator::{Gt, Le, Lt};

    each(
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
            (Condition::BeginsWith(path("s"), "He".into()), false),
            (Condition::Contains(path("s"), "ELL".into()), false),
        ],
    )
    .await
}

/// Numbers would compare by their digits, or as floating point numbers.
async fn order_of_numbers(cx: Context) -> CaseResult {
    use Comparator::{Ge, Gt, Lt};

    let number = |text: &str| -> Result<AttributeValue, Failure> { Ok(AttributeValue::N(text.parse()?)) };
    each(
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

/// An end of the range would be left out.
async fn between(cx: Context) -> CaseResult {
    let within = |name: &str, low: AttributeValue, high: AttributeValue| {
        Condition::Between(path(name).into(), low.into(), high.into())
    };
    each(
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

/// Only the first value would be looked at.
async fn one_of(cx: Context) -> CaseResult {
    let among = |name: &str, values: Vec<Operand>| Condition::In(path(name).into(), values);
    let hundred = |last: i32| (100..199).map(Operand::from).chain([last.into()]).collect();
    each(
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

/// A beginning would be looked for in numbers, or anywhere in the text.
async fn begins_with(cx: Context) -> CaseResult {
    let begins = |name: &str, prefix: AttributeValue| Condition::BeginsWith(path(name), prefix.into());
    each(
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
            (Condition::BeginsWith(path("s"), path("empty").into()), true),
        ],
    )
    .await
}

/// Parts of a text would be found in a set, or a set in a set.
async fn contains(cx: Context) -> CaseResult {
    let contains = |name: &str, part: AttributeValue| Condition::Contains(path(name), part.into());
    each(
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
        ],
    )
    .await
}

/// The size of a text would be that of its bytes, and a number have one.
async fn size(cx: Context) -> CaseResult {
    let size = |name: &str, expected: i32| Condition::compare(Operand::Size(path(name)), Comparator::Eq, expected);
    let unequal = |name: &str| Condition::compare(Operand::Size(path(name)), Comparator::Ne, 1);
    each(
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

/// One type would be taken for another.
async fn attribute_type(cx: Context) -> CaseResult {
    use djamodb_core::value::ValueType;

    let names = ["s", "n", "b", "yes", "nothing", "m", "l", "ss", "ns", "bs"];
    let mut conditions = vec![(Condition::AttributeType(path("none"), ValueType::Null), false)];
    for (name, own) in names.into_iter().zip(ValueType::ALL) {
        for value_type in ValueType::ALL {
            conditions.push((Condition::AttributeType(path(name), value_type), own == value_type));
        }
    }
    // As filters alone would do; a third of them is enough for the writes too.
    each(&cx, conditions.into_iter().step_by(3)).await
}

/// A path through what is no document would be an error, or a dot in a name be taken for a step.
async fn paths(cx: Context) -> CaseResult {
    each(
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

/// Operators would bind otherwise than they stand in the tree.
async fn combinations(cx: Context) -> CaseResult {
    let (yes, no) = (|| eq("n", 10), || eq("n", 11));
    let or = |conditions: Vec<Condition>| Condition::Or(conditions);
    each(
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

/// An attribute would be compared with the name of another.
async fn attributes(cx: Context) -> CaseResult {
    each(
        &cx,
        [
            (eq("l", path("m.l")), true),
            (eq("s", path("upper")), false),
            (compare("s", Comparator::Gt, path("upper")), true),
            (compare("n", Comparator::Gt, path("l[1]")), true),
            (compare("n", Comparator::Gt, Operand::Size(path("s"))), true),
            (Condition::Contains(path("l"), path("m.l[0]").into()), true),
            (Condition::Between(path("n").into(), path("l[1]").into(), 10.into()), true),
            (Condition::In(path("l[1]").into(), vec![path("none").into(), path("m").key("a.b").into()]), true),
        ],
    )
    .await
}
