//! Projections: their paths, and the texts that are refused.

use super::{defined, expect_accepted, expect_messages, message};
use crate::expression::ExpressionKind::Projection;
use crate::expression::{Parser, Path, ProjectionExpression};

#[test]
fn paths_are_parsed_in_their_order() {
    let expected = [Path::new("c").key("d").index(1).key("x.y"), Path::new("a"), Path::new("b").index(0)];
    let placeholders = defined();
    let parsed = Parser::new(&placeholders).unwrap().projection("c . d [1].#dotted,#a, b[0]");
    assert_eq!(parsed.unwrap(), ProjectionExpression::new(expected));
}

#[test]
fn paths_are_apart_from_each_other() {
    expect_accepted(Projection, ["a, b", "a.b, a.c", "a[0], a[1]", "a, ab, a_b"]);
    let collision = |how, one, two| {
        format!(
            "Two document paths {how} with each other; must remove or rewrite one of these paths; path one: [{one}], path \
             two: [{two}]"
        )
    };
    for (text, how, one, two) in [
        ("a, #a", "overlap", "a", "a"),
        ("a, a.b", "overlap", "a", "a, b"),
        ("c, a.b, a", "overlap", "a, b", "a"),
        ("a.b, a[0]", "conflict", "a, b", "a, [0]"),
        ("a.b.c, a.b[0]", "conflict", "a, b, c", "a, b, [0]"),
        ("b, b, a, a", "overlap", "a", "a"),
        ("#none, a, a", "overlap", "a", "a"),
    ] {
        assert_eq!(message(Projection, text), collision(how, one, two), "{text}");
    }
}

#[test]
fn names_indexes_and_levels_are_checked() {
    expect_messages(
        Projection,
        [
            ("#none, name", "Attribute name is a reserved keyword; reserved keyword: name"),
            ("a[2147483648]", "List index is not within the allowable range; index: [2147483648]"),
            (
                "a, a, #none",
                "An expression attribute name used in the document path is not defined; attribute name: #none",
            ),
        ],
    );
    let deep = vec!["a"; 33].join(".");
    assert_eq!(message(Projection, &deep), "The document path has too many nesting levels; nesting levels: 33");
}
