//! Texts of all sorts are accepted or refused, with a stack of constant depth.

use proptest::prelude::*;

use super::{message, parse};
use crate::expression::ExpressionKind::{self, Condition, Filter, KeyCondition, Projection, Update};
use crate::value::small_stack::on_small_stack;

const KINDS: [ExpressionKind; 5] = [Condition, Filter, KeyCondition, Projection, Update];

/// Pieces of expressions, and characters that are none.
const PIECES: [&str; 44] = [
    "a",
    "b",
    "#a",
    "#none",
    ":n",
    ":s",
    ":none",
    "name",
    "(",
    ")",
    "[",
    "]",
    "[0]",
    "[2147483648]",
    ".",
    ",",
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    " AND ",
    " OR ",
    " NOT ",
    " BETWEEN ",
    " IN ",
    "SET ",
    " REMOVE ",
    " ADD ",
    " DELETE ",
    "size(",
    "contains(",
    "attribute_exists(",
    "begins_with(",
    "attribute_type(",
    "if_not_exists(",
    "list_append(",
    "foo(",
    " ",
    "é",
    "0",
];

#[test]
fn texts_of_any_depth_need_no_deep_stack() {
    on_small_stack(|| {
        let nested = |open: &str, inside: &str, close: &str| {
            let count = (4096 - inside.len()) / (open.len() + close.len());
            format!("{}{inside}{}", open.repeat(count), close.repeat(count))
        };
        let redundant = "The expression has redundant parentheses;";
        let too_many = "The expression contains too many operators; operator count: 301";
        for (text, expected) in [
            ("(".repeat(4096), "Syntax error; token: \"<EOF>\", near: \"(\""),
            (nested("(", "a = b", ")"), redundant),
            (nested("(", "a", ")"), "Syntax error; token: \"<EOF>\", near: \")\""),
            (nested("NOT ", "a = b", ""), too_many),
            (nested("NOT(", "a = b", ")"), too_many),
            (nested("(", "a", ")=b"), "Syntax error; token: \"=\", near: \")=b\""),
            (
                nested("size(", "a", ")"),
                "The function is not allowed to be used this way in an expression; function: size",
            ),
            (
                nested("contains(a,", "a", ")"),
                "The function is not allowed to be used this way in an expression; function: contains",
            ),
            (nested("a IN(", "a", ")"), "Syntax error; token: \"IN\", near: \"a IN(\""),
            (nested("a=b OR(c=d AND ", "e=f", ")"), too_many),
        ] {
            assert_eq!(message(Filter, &text), expected);
        }
        let set = |value: String| message(Update, &format!("SET a={value}"));
        assert_eq!(set("(".repeat(4090)), "Syntax error; token: \"<EOF>\", near: \"(\"");
        assert_eq!(set(format!("{}b{}", "(".repeat(2000), ")".repeat(2000))), redundant);
        let calls = |count: usize| format!("{}b{}", "list_append(b,".repeat(count), ")".repeat(count));
        assert!(set(calls(250)).ends_with("function: list_append"));
        assert!(message(Projection, &format!("a{}", "[0]".repeat(1300))).ends_with("nesting levels: 1301"));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_pieces_are_accepted_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40)) {
        let text = pieces.concat();
        for kind in KINDS {
            let _ = parse(kind, &text);
        }
    }

    #[test]
    fn random_characters_are_accepted_or_refused(text in any::<String>()) {
        for kind in KINDS {
            let _ = parse(kind, &text);
        }
    }

    #[test]
    fn a_syntax_error_quotes_the_text(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..12)) {
        let text = pieces.concat();
        for kind in KINDS {
            let message = message(kind, &text);
            if let Some((_, near)) = message.split_once("near: \"") {
                prop_assert!(text.contains(near.trim_end_matches('"')), "{} of {}", message, text);
            }
        }
    }
}
