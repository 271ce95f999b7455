//! Updates: their trees, and the texts that are refused.

use super::{defined, expect_accepted, expect_messages, message};
use crate::expression::ExpressionKind::Update as UpdateText;
use crate::expression::{Parser, Path, SetValue, Update, UpdateOperand};
use crate::value::AttributeValue;

fn update(text: &str) -> Update {
    Parser::new(&defined()).unwrap().update(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

#[test]
fn every_action_becomes_its_tree() {
    let one = || UpdateOperand::value(1);
    let list = || UpdateOperand::value(AttributeValue::l([]));
    let a = || UpdateOperand::Path(path("a"));
    let set = |value: SetValue| Update::new().set(path("p"), value);
    for (text, tree) in [
        ("SET p = a", set(a().into())),
        ("SET p = :n", set(one().into())),
        ("SET p = a + :n", set(SetValue::Plus(a(), one()))),
        ("SET p = (:n - a)", set(SetValue::Minus(one(), a()))),
        ("SET p = if_not_exists(a, :n)", set(UpdateOperand::if_not_exists(path("a"), one()).into())),
        ("SET p = list_append(:list, a)", set(UpdateOperand::list_append(list(), a()).into())),
        (
            "SET p = list_append(if_not_exists(a, :list), (:list))",
            set(UpdateOperand::list_append(UpdateOperand::if_not_exists(path("a"), list()), list()).into()),
        ),
        (
            "SET p = if_not_exists(a, if_not_exists(b, :n)) + (:n)",
            set(SetValue::Plus(
                UpdateOperand::if_not_exists(path("a"), UpdateOperand::if_not_exists(path("b"), one())),
                one(),
            )),
        ),
        (
            "DELETE d :ss ADD c :n, e[0] :ss REMOVE b, #a.#dotted SET q = :n, p = :n",
            Update::new()
                .set(path("q"), one())
                .set(path("p"), one())
                .remove(path("b"))
                .remove(Path::new("a").key("x.y"))
                .add(path("c"), 1)
                .add(path("e[0]"), AttributeValue::ss(["a"]))
                .delete(path("d"), AttributeValue::ss(["a"])),
        ),
    ] {
        assert_eq!(update(text), tree, "{text}");
    }
}

#[test]
fn a_section_occurs_once() {
    let twice = |section| format!("The \"{section}\" section can only be used once in an update expression;");
    for (text, section) in [
        ("SET a = :n SET b = :n", "SET"),
        ("SET a = :n REMOVE b SET c = :n", "SET"),
        ("remove a Remove b", "REMOVE"),
        ("ADD a :n ADD b :n", "ADD"),
        ("DELETE a :ss DELETE b :ss", "DELETE"),
        ("SET e = :n REMOVE a REMOVE b SET f = :n", "REMOVE"),
        ("SET e = :none SET f = :n", "SET"),
    ] {
        assert_eq!(message(UpdateText, text), twice(section), "{text}");
    }
}

#[test]
fn functions_of_updates_have_their_places_and_operands() {
    expect_messages(
        UpdateText,
        [
            ("SET a = foo(b)", "Invalid function name; function: foo"),
            ("SET a = LIST_APPEND(a, :list)", "Invalid function name; function: LIST_APPEND"),
            ("SET a = size(b) + :n", "The function is not allowed in an update expression; function: size"),
            ("SET a = contains(foo(b), c)", "The function is not allowed in an update expression; function: contains"),
            (
                "SET a = if_not_exists(a)",
                "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of \
                 operands: 1",
            ),
            (
                "SET a = list_append(a, b, c)",
                "Incorrect number of operands for operator or function; operator or function: list_append, number of \
                 operands: 3",
            ),
            (
                "SET a = if_not_exists(:s, :n)",
                "Operator or function requires a document path; operator or function: if_not_exists",
            ),
            (
                "SET a = if_not_exists(if_not_exists(a, b), :n)",
                "Operator or function requires a document path; operator or function: if_not_exists",
            ),
            (
                "SET a = if_not_exists(b, b)",
                "The first operand must be distinct from the remaining operands for this operator or function; operator: \
                 if_not_exists, first operand: [b]",
            ),
            ("SET a = b REMOVE c SET name = :n", "Attribute name is a reserved keyword; reserved keyword: name"),
            ("SET a = b SET c = :n REMOVE name", "The \"SET\" section can only be used once in an update expression;"),
        ],
    );
    for text in [
        "SET a = list_append(list_append(a, :list), :list)",
        "SET a = list_append((list_append(a, :list)), :list)",
        "SET a = if_not_exists(a, list_append(b, :list))",
        "SET a = :n + list_append(a, :list)",
        "SET a = (list_append(a, :list)) + :n",
        "SET a = (list_append(a, :list) + :n)",
    ] {
        assert_eq!(
            message(UpdateText, text),
            "The function is not allowed to be used this way in an expression; function: list_append",
            "{text}"
        );
    }
    expect_accepted(
        UpdateText,
        ["SET a = (list_append(a, :list))", "SET a = list_append(a, a)", "SET if_not_exists = :n"],
    );
}

#[test]
fn operands_of_updates_have_types_that_their_operator_or_section_accepts() {
    let refused = |operator, operand| {
        format!(
            "Incorrect operand type for operator or function; operator or function: {operator}, operand type: {operand}"
        )
    };
    for (text, operator, operand) in [
        ("SET a = :s + :n", "+", "S"),
        ("SET a = :n - :ss", "-", "SS"),
        ("SET a = list_append(a, :s)", "list_append", "S"),
        ("SET a = list_append(:n, :s)", "list_append", "N"),
    ] {
        assert_eq!(message(UpdateText, text), refused(operator, operand), "{text}");
    }
    expect_messages(
        UpdateText,
        [
            (
                "ADD a :s",
                "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: \
                 ALLOWED_FOR_ADD_OPERAND",
            ),
            (
                "ADD a :bool",
                "Incorrect operand type for operator or function; operator: ADD, operand type: BOOLEAN, typeSet: \
                 ALLOWED_FOR_ADD_OPERAND",
            ),
            (
                "DELETE a :n",
                "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: \
                 ALLOWED_FOR_DELETE_OPERAND",
            ),
        ],
    );
    expect_accepted(UpdateText, ["ADD a :n, b :ss", "DELETE a :ss", "SET a = if_not_exists(a, :s) + :n"]);
}

#[test]
fn targets_are_apart_from_each_other() {
    let collision = |how, one, two| {
        format!(
            "Two document paths {how} with each other; must remove or rewrite one of these paths; path one: [{one}], path \
             two: [{two}]"
        )
    };
    for (text, how, one, two) in [
        ("SET a = :n, a = :n", "overlap", "a", "a"),
        ("SET #a = :n, a.b = :n", "overlap", "a", "a, b"),
        ("SET a.b = :n REMOVE a", "overlap", "a, b", "a"),
        ("ADD a.b :n DELETE a :ss", "overlap", "a, b", "a"),
        ("SET a.b = :n, a[0] = :n", "conflict", "a, b", "a, [0]"),
        ("REMOVE a.b.c, a.b, a", "overlap", "a, b", "a"),
        ("SET a = :n, b = :n REMOVE b, a", "overlap", "b", "b"),
    ] {
        assert_eq!(message(UpdateText, text), collision(how, one, two), "{text}");
    }
    expect_accepted(UpdateText, ["REMOVE a.b, a.c, b[0], b[1]", "SET a = b, b = a"]);
}

#[test]
fn targets_are_checked_before_values_and_the_last_action_first() {
    let first_of = |text: &str, expected: &str| {
        assert_eq!(message(UpdateText, text), message(UpdateText, expected), "{text}");
    };
    first_of("SET a = :none, #none = :n", "SET #none = :n");
    first_of("SET a = :none, b = if_not_exists(:n, :n)", "SET b = if_not_exists(:n, :n)");
    first_of("ADD a :s DELETE b :n", "DELETE b :n");
    first_of("REMOVE #none SET a = :n, a = :n", "SET a = :n, a = :n");
    first_of("SET a = :n, a = :n REMOVE #none", "REMOVE #none");
    first_of("SET a = :none + #none", "SET a = :none");
    first_of("SET name = foo(a)", "REMOVE name");
    first_of("SET a = ((b)) SET a = :n", "SET a = ((b))");
}

#[test]
fn sums_and_functions_are_limited_to_300() {
    let sums = |count: usize| {
        let actions: Vec<_> = (0..count).map(|at| format!("z{at}=z+:n")).collect();
        format!("SET {}", actions.join(","))
    };
    assert_eq!(message(UpdateText, &sums(300)), "accepted");
    assert_eq!(message(UpdateText, &sums(301)), "The expression contains too many operators; operator count: 301");
    let nested = format!("SET a = {}:n{}", "if_not_exists(a,".repeat(230), ")".repeat(230));
    assert_eq!(message(UpdateText, &nested), "accepted");
}
