//! Key conditions: texts that are no conditions. Those that are no conditions on a key are tested where keys are known.

use super::expect_messages;
use crate::expression::ExpressionKind::KeyCondition as KeyConditionText;

#[test]
fn texts_that_are_no_conditions_are_refused_as_such() {
    expect_messages(
        KeyConditionText,
        [
            ("id = :s, r = :s", "Syntax error; token: \",\", near: \":s, r\""),
            ("((id = :s))", "The expression has redundant parentheses;"),
            ("NOT name = :s", "Attribute name is a reserved keyword; reserved keyword: name"),
            ("id = :s AND size(r)", "The function is not allowed to be used this way in an expression; function: size"),
            (
                "id = :s AND r < :bool",
                "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
            ),
            (
                "id IN (:none)",
                "An expression attribute value used in expression is not defined; attribute value: :none",
            ),
        ],
    );
}
