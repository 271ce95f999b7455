//! The token and its surroundings in the messages of syntax errors.

use super::{expect_accepted, message};
use crate::expression::ExpressionKind::{self, Filter, Projection, Update};

/// Checks that each text is refused at a token, whose surroundings the message quotes.
fn expect_errors<'a>(kind: ExpressionKind, rows: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) {
    for (text, token, near) in rows {
        let expected = format!("Syntax error; token: \"{token}\", near: \"{near}\"");
        assert_eq!(message(kind, text), expected, "{text}");
    }
}

#[test]
fn an_error_quotes_the_text_from_the_token_before_to_the_token_after() {
    expect_errors(
        Filter,
        [
            ("a = AND b", "AND", "= AND b"),
            ("= a", "=", "= a"),
            ("  = a", "=", "  = a"),
            ("a b", "b", "a b"),
            ("a = b c", "c", "b c"),
            ("a  =   =   b", "=", "=   =   b"),
            ("a = b)", ")", "b)"),
            ("a = b )  ", ")", "b )  "),
            ("a IN (:s :t)", ":t", ":s :t)"),
            ("a = b AND OR c = d", "OR", "AND OR c"),
            (")", ")", ")"),
        ],
    );
}

#[test]
fn the_end_of_the_text_is_a_token() {
    expect_errors(
        Filter,
        [
            (" ", "<EOF>", " "),
            ("a", "<EOF>", "a"),
            ("a\t=", "<EOF>", "="),
            ("a = b AND", "<EOF>", "AND"),
            ("  a = b AND  ", "<EOF>", "AND  "),
            ("a = :s AND (b = :s", "<EOF>", ":s"),
            ("(", "<EOF>", "("),
            ("NOT", "<EOF>", "NOT"),
            ("contains(a,", "<EOF>", ","),
            ("a IN", "<EOF>", "IN"),
            ("a IN (b", "<EOF>", "b"),
            ("a BETWEEN :s", "<EOF>", ":s"),
            ("a BETWEEN b AND", "<EOF>", "AND"),
            ("a.", "<EOF>", "."),
            ("(a)", "<EOF>", ")"),
        ],
    );
}

#[test]
fn characters_outside_the_grammar_are_tokens_of_their_own() {
    expect_errors(
        Filter,
        [
            ("a & b", "&", "a & b"),
            ("a != b", "!", "a !="),
            ("a = 'x'", "'", "= 'x"),
            ("a = \"x\"", "\"", "= \"x"),
            ("$a = :s", "$", "$a"),
            ("_a = :s", "_", "_a"),
            ("1a = :s", "1", "1a"),
            ("a = 10a", "10", "= 10a"),
            ("a-b = :s", "-", "a-b"),
            ("a = :", ":", "= :"),
            ("# = :s", "#", "# ="),
            ("#é = :s", "#", "#é"),
            ("aé = c", "é", "aé ="),
            ("a == b", "=", "== b"),
            ("a = = :", "=", "= = :"),
            ("a >< :s", "<", ">< :s"),
            ("a< >b", ">", "< >b"),
            ("a=>b", ">", "=>b"),
            ("a\u{a0}= b", "\u{a0}", "a\u{a0}="),
            ("a\u{c}= b", "\u{c}", "a\u{c}="),
            ("a = @", "@", "= @"),
            ("a b & c", "b", "a b &"),
        ],
    );
    expect_accepted(Filter, ["a\n=\r\tb", "a<>b", "a<=b", "a>=b", "a=b"]);
}

#[test]
fn operators_need_operands_on_both_sides() {
    expect_errors(
        Filter,
        [
            ("a = b = c", "=", "b = c"),
            ("a < b < c", "<", "b < c"),
            ("a + b = :n", "+", "a + b"),
            ("a = b - :n", "-", "b - :n"),
            ("a AND b = :s", "AND", "a AND b"),
            ("(a) AND b = c", "AND", ") AND b"),
            ("(a AND b)", "AND", "a AND b"),
            ("NOT (a) AND b = c", "AND", ") AND b"),
            ("(a = b) = c", "=", ") = c"),
            ("(NOT a) = b", ")", "a) ="),
            ("(NOT contains(a, b)) = c", "=", ") = c"),
            ("a = NOT b", "NOT", "= NOT b"),
            ("a NOT IN (b)", "NOT", "a NOT IN"),
            ("a IS NULL", "IS", "a IS NULL"),
            ("a = b NOT c = d", "NOT", "b NOT c"),
            ("(a = b)(c = d)", "(", ")(c"),
            ("a = b (c = d)", "=", "c = d"),
            ("(a = b) c = d", "c", ") c ="),
            ("()", ")", "()"),
            ("a = b, c = d", ",", "b, c"),
            ("(a, b) = c", ",", "a, b"),
        ],
    );
}

#[test]
fn lists_ranges_and_calls_have_operands_only() {
    expect_errors(
        Filter,
        [
            ("a IN ()", ")", "()"),
            ("a IN (:s, :t,)", ")", ",)"),
            ("a IN :s", ":s", "IN :s"),
            ("a IN (b = c)", "=", "b = c"),
            ("a IN (b) = c", "=", ") = c"),
            ("a = b IN (c)", "IN", "b IN ("),
            ("a BETWEEN :s OR :t", "OR", ":s OR :t"),
            ("a BETWEEN (b AND c)", "AND", "b AND c"),
            ("a BETWEEN b = c AND d", "=", "b = c"),
            ("a BETWEEN b AND c BETWEEN d AND e", "BETWEEN", "c BETWEEN d"),
            ("size() > :n", ")", "() >"),
            ("contains a", "a", "contains a"),
            ("contains(,a)", ",", "(,a"),
            ("contains(a b)", "b", "a b)"),
            ("contains(a))", ")", "))"),
            ("contains(a, NOT b)", "NOT", ", NOT b"),
            ("contains(a, (b = c))", "=", "b = c"),
            ("contains(a AND b)", "AND", "a AND b"),
            ("a(b)(c)", "(", ")(c"),
            ("#a(b)", "(", "#a(b"),
            (":s(b)", "(", ":s(b"),
        ],
    );
}

#[test]
fn paths_have_names_after_dots_and_whole_numbers_in_brackets() {
    expect_errors(
        Projection,
        [
            ("a..b", ".", "..b"),
            (".a", ".", ".a"),
            ("a.1", "1", ".1"),
            ("a[-1]", "-", "[-1"),
            ("a[x]", "x", "[x]"),
            ("a[:s]", ":s", "[:s]"),
            ("a[]", "]", "[]"),
            ("a[01]", "1", "01]"),
            ("a[1.5]", ".", "1.5"),
            ("a[0]b", "b", "]b"),
            ("a.:s", ":s", ".:s"),
            ("a.(b)", "(", ".(b"),
            ("a.and", "and", ".and"),
            ("#a#b", "#b", "#a#b"),
            ("a,", "<EOF>", ","),
            (", a", ",", ", a"),
            ("a b", "b", "a b"),
            ("(a)", "(", "(a"),
            ("size(a)", "(", "size(a"),
            ("a = b", "=", "a = b"),
            ("*", "*", "*"),
            ("SET", "SET", "SET"),
        ],
    );
    expect_accepted(Projection, ["a . b , c [ 1 ]", "a[0][1].#b.c", "#dotted"]);
}

#[test]
fn keywords_have_capital_or_small_letters_and_are_no_names() {
    expect_accepted(Filter, ["not a = :s and b = :s or c = :s", "a bEtWeEn b aNd c", "a in (b)", "in_ = b"]);
    expect_errors(
        Filter,
        [("oR = a", "oR", "oR ="), ("a.in = b", "in", ".in ="), ("set = a", "set", "set ="), ("and(a)", "and", "and(")],
    );
    expect_accepted(Update, ["set a = :n add b :n", "Remove a delete b :ss"]);
}

#[test]
fn updates_have_sections_of_actions() {
    expect_errors(
        Update,
        [
            (" ", "<EOF>", " "),
            ("a = :n", "a", "a ="),
            ("SETa = :n", "SETa", "SETa ="),
            ("SET a", "<EOF>", "a"),
            ("SET a = :n,", "<EOF>", ","),
            ("SET a = :n,, b = :n", ",", ",, b"),
            ("SET a = :n b = :n", "b", ":n b ="),
            ("SET a = :n, REMOVE b", "REMOVE", ", REMOVE b"),
            ("SET a = :n REMOVE", "<EOF>", "REMOVE"),
            ("SET SET a = :n", "SET", "SET SET a"),
            ("SET :n = a", ":n", "SET :n ="),
            ("SET (a) = b", "(", "SET (a"),
            ("SET foo(a) = :n", "(", "foo(a"),
            ("SET a > b", ">", "a > b"),
            ("SET a = b = c", "=", "b = c"),
            ("SET a = b AND c", "AND", "b AND c"),
            ("SET a = NOT b", "NOT", "= NOT b"),
            ("SET a = :nREMOVE b", "b", ":nREMOVE b"),
            ("REMOVE a b", "b", "a b"),
            ("REMOVE :n", ":n", "REMOVE :n"),
            ("REMOVE (a)", "(", "REMOVE (a"),
            ("ADD a", "<EOF>", "a"),
            ("ADD a b", "b", "a b"),
            ("ADD a = :n", "=", "a = :n"),
            ("ADD a (:n)", "(", "a (:n"),
            ("ADD a size(b)", "size", "a size("),
            ("ADD a :n b :n", "b", ":n b :n"),
            ("DELETE a, b", ",", "a, b"),
        ],
    );
}

#[test]
fn a_value_is_an_operand_or_the_sum_of_two() {
    expect_errors(
        Update,
        [
            ("SET a = b + c + d", "+", "c + d"),
            ("SET a = (b + c) + d", "+", ") + d"),
            ("SET a = b + (c + d)", "+", "c + d"),
            ("SET a = ((b + c) + d)", "+", ") + d"),
            ("SET a = b * c", "*", "b * c"),
            ("SET a = -b", "-", "= -b"),
            ("SET a = b +", "<EOF>", "+"),
            ("SET a = a + 1", "1", "+ 1"),
            ("SET a = ()", ")", "()"),
            ("SET a = (a", "<EOF>", "a"),
            ("SET a = (a, b)", ",", "a, b"),
            ("SET a = :n(b)", "(", ":n(b"),
            ("SET a = list_append(a, :list)) ", ")", ")) "),
            ("SET a = if_not_exists(a, :n + :n)", "+", ":n + :n"),
        ],
    );
    expect_accepted(
        Update,
        ["SET a = (b)", "SET a = (b + c)", "SET a = ((b) + (c))", "SET a = (b) - (c)", "SET a = b-c", "SET a=b+c,d=e"],
    );
}
