//! Conditions: their trees, and the texts that are refused.

use super::{defined, expect_accepted, expect_messages, filter, message};
use crate::expression::ExpressionKind::{Condition as ConditionText, Filter};
use crate::expression::{Comparator, Condition, Operand, Parser, Path};
use crate::value::{AttributeValue, ValueType};

fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

/// Returns `left = right` on attributes.
fn equal(left: &str, right: &str) -> Condition {
    Condition::compare(path(left), Comparator::Eq, path(right))
}

#[test]
fn every_condition_becomes_its_tree() {
    let a = || Operand::Path(path("a"));
    for (text, tree) in [
        ("a = b", equal("a", "b")),
        ("#a.#dotted[3] <= :n", Condition::compare(Path::new("a").key("x.y").index(3), Comparator::Le, 1)),
        (":n > a", Condition::compare(AttributeValue::n(1), Comparator::Gt, path("a"))),
        ("a BETWEEN :n AND :m", Condition::Between(a(), 1.into(), 2.into())),
        ("a IN (:n, b, :n)", Condition::In(a(), vec![1.into(), path("b").into(), 1.into()])),
        ("attribute_exists(a)", Condition::AttributeExists(path("a"))),
        ("attribute_not_exists (a[0])", Condition::AttributeNotExists(path("a[0]"))),
        ("attribute_type(a, :type)", Condition::AttributeType(a(), ValueType::Ss)),
        ("attribute_type(:n, :type)", Condition::AttributeType(1.into(), ValueType::Ss)),
        ("begins_with(:s, a)", Condition::BeginsWith("x".into(), a())),
        ("contains(:ss, size(a))", Condition::Contains(AttributeValue::ss(["a"]).into(), Operand::Size(path("a")))),
        ("contains(size(a), b)", Condition::Contains(Operand::Size(path("a")), path("b").into())),
        (
            "size(:s) < size(a)",
            Condition::compare(Operand::SizeOf("x".into()), Comparator::Lt, Operand::Size(path("a"))),
        ),
    ] {
        assert_eq!(filter(text), tree, "{text}");
    }
}

#[test]
fn chains_are_flat_and_parentheses_keep_their_conditions_together() {
    let [ab, cd, ef] = [equal("a", "b"), equal("c", "d"), equal("e", "f")];
    let and = |conditions: &[&Condition]| Condition::And(conditions.iter().copied().cloned().collect());
    let or = |conditions: &[&Condition]| Condition::Or(conditions.iter().copied().cloned().collect());
    for (text, tree) in [
        ("a = b AND c = d AND e = f", and(&[&ab, &cd, &ef])),
        ("(a = b AND c = d) AND e = f", and(&[&and(&[&ab, &cd]), &ef])),
        ("a = b AND (c = d AND e = f)", and(&[&ab, &and(&[&cd, &ef])])),
        ("(a = b)", ab.clone()),
        ("((a) = b)", ab.clone()),
        ("a = (b) AND (c) = d", and(&[&ab, &cd])),
        ("a = b OR c = d AND e = f", or(&[&ab, &and(&[&cd, &ef])])),
        ("a = b AND c = d OR e = f", or(&[&and(&[&ab, &cd]), &ef])),
        ("(a = b OR c = d) AND e = f", and(&[&or(&[&ab, &cd]), &ef])),
        ("NOT a = b AND c = d", and(&[&ab.clone().negate(), &cd])),
        ("NOT (a = b AND c = d)", and(&[&ab, &cd]).negate()),
        ("a = b OR NOT NOT c = d", or(&[&ab, &cd.clone().negate().negate()])),
        ("NOT (a) = b", ab.clone().negate()),
        ("a = b AND (NOT c = d OR e = f)", and(&[&ab, &or(&[&cd.negate(), &ef])])),
    ] {
        assert_eq!(filter(text), tree, "{text}");
    }
    let between = Condition::Between(path("a").into(), path("b").into(), path("c").into());
    assert_eq!(filter("a BETWEEN b AND c AND a = b"), and(&[&between, &ab]));
}

#[test]
fn parentheses_around_parentheses_are_redundant() {
    let redundant = "The expression has redundant parentheses;";
    for text in [
        "((a = :s))",
        "((a)) = :s",
        "a = ((:s))",
        "NOT ((a = b))",
        "((a = b OR c = d)) AND e = f",
        "a IN (((b)), c)",
        "contains(((a)), b)",
        "((size(a))) > :n",
        "(((a) = b))",
        "((a IN (b)))",
    ] {
        assert_eq!(message(Filter, text), redundant, "{text}");
    }
    // Parentheses that are still open are reported first.
    for (text, near) in [("(((contains(a, b)))", ")"), ("(((contains(a, b))) c", ") c")] {
        let syntax = format!("near: \"{near}\"");
        assert!(message(Filter, text).ends_with(&syntax), "{}", message(Filter, text));
    }
    expect_accepted(
        Filter,
        [
            "(a = :s)",
            "(a) = (:s)",
            "((a = :s) AND (b = :s))",
            "NOT (NOT (a = :s))",
            "(NOT (a = b))",
            "a IN ((b))",
            "contains((a), (b))",
            "(size((a))) > :n",
            "(contains(a, b)) AND d = e",
            "((a) IN (b))",
        ],
    );
}

#[test]
fn functions_have_their_names_places_and_operands() {
    let not_here =
        |function| format!("The function is not allowed to be used this way in an expression; function: {function}");
    for (text, function) in [
        ("size(a)", "size"),
        ("NOT size(a)", "size"),
        ("(size(a)) AND b = c", "size"),
        ("attribute_exists(a) = :s", "attribute_exists"),
        ("(contains(a, b)) = c", "contains"),
        ("c = contains(a, b)", "contains"),
        ("a IN (contains(a, b))", "contains"),
        ("a BETWEEN contains(a, b) AND d", "contains"),
        ("size(contains(a, :s)) > :n", "contains"),
        ("contains(contains(a, name), b)", "contains"),
    ] {
        assert_eq!(message(Filter, text), not_here(function), "{text}");
    }
    expect_messages(
        ConditionText,
        [
            ("foo(a)", "Invalid function name; function: foo"),
            ("SIZE(a) > :n", "Invalid function name; function: SIZE"),
            ("Begins_With(a, :s)", "Invalid function name; function: Begins_With"),
            ("name(a)", "Invalid function name; function: name"),
            ("a = b (c)", "Invalid function name; function: b"),
            (
                "if_not_exists(a, :s) = :s",
                "The function is not allowed in a condition expression; function: if_not_exists",
            ),
            ("list_append(a, b)", "The function is not allowed in a condition expression; function: list_append"),
            (
                "contains(a)",
                "Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1",
            ),
            (
                "size(a, b) > :n",
                "Incorrect number of operands for operator or function; operator or function: size, number of operands: 2",
            ),
            (
                "attribute_type(a, b, c)",
                "Incorrect number of operands for operator or function; operator or function: attribute_type, number of \
                 operands: 3",
            ),
            (
                "attribute_exists(:s)",
                "Operator or function requires a document path; operator or function: attribute_exists",
            ),
            (
                "attribute_not_exists(size(a))",
                "Operator or function requires a document path; operator or function: attribute_not_exists",
            ),
            (
                "attribute_type(a, :s)",
                "Invalid attribute type name found; type: x, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}",
            ),
        ],
    );
    assert!(message(Filter, "attribute_type(a, b)").ends_with("attribute_type, operand type: {B,HDS,HD,DICT,S,DOUBLESET,INTSET,INT,BS,FLOAT,SS,FS,NULL,BOOL,M,DECIMALSET,DOUBLE,L,DECIMAL,N,NS}"));
}

#[test]
fn operands_have_types_that_their_operator_or_function_accepts() {
    let refused = |operator, operand| {
        format!(
            "Incorrect operand type for operator or function; operator or function: {operator}, operand type: {operand}"
        )
    };
    for (text, operator, operand) in [
        ("a < :ss", "<", "SS"),
        ("a >= :bool", ">=", "BOOL"),
        (":null <= a", "<=", "NULL"),
        ("a BETWEEN :ss AND :ss", "BETWEEN", "SS"),
        ("begins_with(a, :n)", "begins_with", "N"),
        ("begins_with(:list, a)", "begins_with", "L"),
        ("begins_with(size(a), :s)", "begins_with", "N"),
        ("begins_with(a, size(b))", "begins_with", "N"),
        ("size(:n) > :n", "size", "N"),
        ("size(:bool) > :n", "size", "BOOL"),
        ("size(size(a)) > :n", "size", "N"),
        ("contains(:s, size(:n))", "size", "N"),
        ("attribute_type(a, :n)", "attribute_type", "N"),
        ("attribute_type(a, size(b))", "attribute_type", "N"),
    ] {
        assert_eq!(message(Filter, text), refused(operator, operand), "{text}");
    }
    expect_accepted(
        Filter,
        [
            "a = :list",
            "a <> :map",
            ":s < :n",
            "size(a) > :s",
            "begins_with(:s, :b)",
            "contains(:bool, a)",
            "contains(:ss, :n)",
            "attribute_type(size(a), :type)",
            ":s BETWEEN :s AND :t",
            "size(:list) = size(:map)",
        ],
    );
}

#[test]
fn bounds_are_in_order_and_the_first_operand_differs_from_the_others() {
    let same = |operator, operand| {
        format!(
            "The first operand must be distinct from the remaining operands for this operator or function; operator: \
             {operator}, first operand: [{operand}]"
        )
    };
    for (text, operator, operand) in [
        ("a = a", "=", "a"),
        ("a.b[1] <> #a.#b[1]", "<>", "a, b, [1]"),
        ("a BETWEEN b AND a", "BETWEEN", "a"),
        ("a IN (b, a)", "IN", "a"),
        ("contains((a), a)", "contains", "a"),
        ("begins_with(a, a)", "begins_with", "a"),
        ("attribute_type(a, a)", "attribute_type", "a"),
    ] {
        assert_eq!(message(Filter, text), same(operator, operand), "{text}");
    }
    expect_accepted(Filter, ["size(a) = size(a)", ":s = :s", "a BETWEEN b AND b", "contains(:s, :s)"]);
    let bounds = "lower bound operand: AttributeValue: {S:y}, upper bound operand: AttributeValue: {S:x}";
    assert!(message(Filter, "a BETWEEN :t AND :s").ends_with(bounds));
    assert!(message(Filter, "a BETWEEN a AND :map").ends_with("operator or function: BETWEEN, operand type: M"));
    assert!(message(Filter, "a BETWEEN :s AND :n").starts_with("The BETWEEN operator requires same data type"));
}

#[test]
fn names_indexes_and_levels_are_limited() {
    let levels = |levels: usize| format!("{} = :s", vec!["a"; levels].join("."));
    let indexes = |levels: usize| format!("a{} = :s", "[0]".repeat(levels));
    assert_eq!(message(Filter, &levels(32)), "accepted");
    assert_eq!(message(Filter, &indexes(31)), "accepted");
    let too_deep = "The document path has too many nesting levels; nesting levels:";
    assert_eq!(message(Filter, &levels(33)), format!("{too_deep} 33"));
    assert_eq!(message(Filter, &indexes(39)), format!("{too_deep} 40"));
    assert_eq!(message(Filter, &format!("#none.{}", levels(32))), format!("{too_deep} 33"));
    expect_messages(
        Filter,
        [
            ("a[2147483647] = :s", "accepted"),
            ("a[2147483648] = :s", "List index is not within the allowable range; index: [2147483648]"),
            (
                "a[99999999999999999999] = :s",
                "List index is not within the allowable range; index: [99999999999999999999]",
            ),
            ("Name = :s", "Attribute name is a reserved keyword; reserved keyword: Name"),
            ("a[0].name = :s", "Attribute name is a reserved keyword; reserved keyword: name"),
            ("a = true", "Attribute name is a reserved keyword; reserved keyword: true"),
            ("#reserved = :s", "accepted"),
            (
                "#none = :s",
                "An expression attribute name used in the document path is not defined; attribute name: #none",
            ),
            ("a = :none", "An expression attribute value used in expression is not defined; attribute value: :none"),
        ],
    );
}

#[test]
fn operators_and_operands_of_in_are_limited() {
    let joined = |condition: &str, times: usize| vec![condition; times].join(" AND ");
    let too_many = "The expression contains too many operators; operator count: 301";
    for (text, expected) in [
        (joined("b<c", 150), "accepted"),
        (joined("b<c", 151), too_many),
        (joined("size(a)<b", 100), "accepted"),
        (joined("size(a)<b", 101), too_many),
        (joined("a IN (b,c,d)", 151), too_many),
        (format!("{}a = b", "NOT ".repeat(299)), "accepted"),
        (format!("{}a = b", "NOT ".repeat(300)), too_many),
        (joined("(a=b AND c=d)", 75), "accepted"),
        (joined("(a=b AND c=d)", 76), too_many),
    ] {
        assert_eq!(message(Filter, &text), expected, "{text}");
    }
    let one_of = |count: usize| format!("a IN ({})", vec![":n"; count].join(","));
    assert_eq!(message(Filter, &one_of(100)), "accepted");
    assert_eq!(
        message(Filter, &one_of(101)),
        "The IN operator is provided with too many operands; number of operands: 101"
    );
}

/// Each row has an error and one that the service reports first.
#[test]
fn an_error_of_an_earlier_step_wins_wherever_it_is() {
    let too_many = format!("{}a = b", "NOT ".repeat(300));
    for (later, earlier) in [
        ("name = :s", "a = = b"),
        ("name = :s", "((a = :s))"),
        ("#none = :s", "name = :s"),
        ("contains(a)", "foo(a)"),
        ("a < :ss", "a[2147483648] = :s"),
        ("a = :none", "size(a)"),
        (too_many.as_str(), "a = a"),
    ] {
        for text in [format!("{later} AND {earlier}"), format!("{earlier} AND {later}")] {
            let expected = message(Filter, earlier);
            let (start, _) = expected.split_once(", near").unwrap_or((expected.as_str(), ""));
            assert!(message(Filter, &text).starts_with(start), "{text}");
        }
    }
    // Within one step, the order of the text decides. Parentheses are a part of the grammar.
    let redundant = message(Filter, "((a = :s))");
    for text in ["((a = :s)) AND AND", "((a)) = AND", "((a)) IN", "attribute_exists(((a)))]", "a IN (((b)) c"] {
        assert_eq!(message(Filter, text), redundant, "{text}");
    }
    for text in ["((a))", "((a)) AND b = c", "size(((a))", "b = c AND ((:s))"] {
        assert!(message(Filter, text).starts_with("Syntax error"), "{text}");
    }
    for (first, second) in [("name = :s", "foo(a)"), ("#none = :s", "a = :none"), ("contains(a)", "a < :ss")] {
        assert_eq!(message(Filter, &format!("{first} AND {second}")), message(Filter, first));
        assert_eq!(message(Filter, &format!("{second} AND {first}")), message(Filter, second));
    }
    assert_eq!(message(Filter, "contains(name)"), message(Filter, "name = :s"));
    assert_eq!(message(Filter, "foo(name)"), message(Filter, "foo(a)"));
    assert_eq!(message(Filter, "attribute_exists(#none, :none)"), message(Filter, "#none = :s"));
}

#[test]
fn a_value_can_be_referred_to_until_the_copies_are_too_large() {
    let mut placeholders = defined();
    placeholders.values.insert(":s".into(), AttributeValue::s("x".repeat(1024 * 1024)));
    let text = |count: usize| format!("a IN ({})", vec![":s"; count].join(","));
    assert!(Parser::new(&placeholders).unwrap().filter(&text(32)).is_ok());
    let refused = Parser::new(&placeholders).unwrap().filter(&text(33)).unwrap_err();
    assert!(refused.to_string().contains("refer to large values less often"), "{refused}");
}
