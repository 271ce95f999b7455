//! Tokens of the text of an expression.

use super::ExpressionFault;
use crate::expression::Comparator;

/// The kind of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Symbol {
    /// A name: a letter with letters, digits and underscores after it. Names of functions are names too.
    Name,
    /// A placeholder of a name, such as `#n`.
    NamePlaceholder,
    /// A placeholder of a value, such as `:v`.
    ValuePlaceholder,
    /// A whole number without leading zeros.
    Number,
    Keyword(Keyword),
    Comparator(Comparator),
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Dot,
    Comma,
    Plus,
    Minus,
    /// A character that begins no token.
    Unknown,
    /// The end of the text.
    End,
}

/// A word that is no name in any expression, in capital or small letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Keyword {
    And,
    Or,
    Not,
    Between,
    In,
    Set,
    Remove,
    Add,
    Delete,
}

impl Keyword {
    const ALL: [Self; 9] =
        [Self::And, Self::Or, Self::Not, Self::Between, Self::In, Self::Set, Self::Remove, Self::Add, Self::Delete];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
            Self::Between => "BETWEEN",
            Self::In => "IN",
            Self::Set => "SET",
            Self::Remove => "REMOVE",
            Self::Add => "ADD",
            Self::Delete => "DELETE",
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Token {
    symbol: Symbol,
    start: usize,
    end: usize,
}

/// The tokens of a text, with a position in them. The last token is the end of the text.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    list: Vec<Token>,
    at: usize,
}

impl<'t> Tokens<'t> {
    /// Splits a text into tokens.
    pub(super) fn of(text: &'t str) -> Self {
        let mut tokens = Vec::new();
        let mut start = 0;
        while let Some(first) = text[start..].chars().next() {
            if matches!(first, ' ' | '\t' | '\n' | '\r') {
                start += 1;
                continue;
            }
            let (symbol, length) = token_at(&text[start..], first);
            tokens.push(Token { symbol, start, end: start + length });
            start += length;
        }
        tokens.push(Token { symbol: Symbol::End, start: text.len(), end: text.len() });
        Self { text, list: tokens, at: 0 }
    }

    /// Returns the position of the current token.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Returns the current token.
    pub(super) fn symbol(&self) -> Symbol {
        self.symbol_at(self.at)
    }

    /// Returns the token after the current one.
    pub(super) fn next_symbol(&self) -> Symbol {
        self.symbol_at(self.at + 1)
    }

    /// Returns the token at a position.
    pub(super) fn symbol_at(&self, at: usize) -> Symbol {
        self.list.get(at).map_or(Symbol::End, |token| token.symbol)
    }

    /// Returns the text of the token at a position.
    pub(super) fn text_at(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// Moves to the next token and returns the position of the one before it.
    pub(super) fn advance(&mut self) -> usize {
        self.at += 1;
        self.at - 1
    }

    /// Moves past the current token and returns its position, if it is `symbol`.
    pub(super) fn expect(&mut self, symbol: Symbol) -> Result<usize, ExpressionFault> {
        if self.symbol() == symbol { Ok(self.advance()) } else { Err(self.syntax_error()) }
    }

    /// Checks that no token is left.
    pub(super) fn check_end(&self) -> Result<(), ExpressionFault> {
        if self.symbol() == Symbol::End { Ok(()) } else { Err(self.syntax_error()) }
    }

    /// Returns the error that the current token cannot follow those before it. It quotes the text from the token before it to the end
    /// of the token after it.
    pub(super) fn syntax_error(&self) -> ExpressionFault {
        let start = self.at.checked_sub(1).and_then(|before| self.list.get(before)).map_or(0, |token| token.start);
        let end = self.list.get(self.at + 1).map_or(self.text.len(), |token| token.end);
        let token = match self.symbol() {
            Symbol::End => "<EOF>",
            _ => self.text_at(self.at),
        };
        ExpressionFault::Syntax { token: token.into(), near: self.text[start..end].into() }
    }
}

/// Returns the token at the start of `text`, whose first character is `first`, and its length in bytes.
fn token_at(text: &str, first: char) -> (Symbol, usize) {
    let comparator = |comparator: Comparator| (Symbol::Comparator(comparator), comparator.as_str().len());
    match first {
        'A'..='Z' | 'a'..='z' => {
            let length = word_length(text);
            let keyword =
                Keyword::ALL.into_iter().find(|keyword| keyword.as_str().eq_ignore_ascii_case(&text[..length]));
            (keyword.map_or(Symbol::Name, Symbol::Keyword), length)
        }
        '#' | ':' => match (first, word_length(&text[1..])) {
            (_, 0) => (Symbol::Unknown, 1),
            ('#', length) => (Symbol::NamePlaceholder, 1 + length),
            (_, length) => (Symbol::ValuePlaceholder, 1 + length),
        },
        '0' => (Symbol::Number, 1),
        '1'..='9' => (Symbol::Number, text.bytes().take_while(u8::is_ascii_digit).count()),
        '=' => comparator(Comparator::Eq),
        '<' if text.starts_with("<>") => comparator(Comparator::Ne),
        '<' if text.starts_with("<=") => comparator(Comparator::Le),
        '<' => comparator(Comparator::Lt),
        '>' if text.starts_with(">=") => comparator(Comparator::Ge),
        '>' => comparator(Comparator::Gt),
        '(' => (Symbol::Open, 1),
        ')' => (Symbol::Close, 1),
        '[' => (Symbol::OpenBracket, 1),
        ']' => (Symbol::CloseBracket, 1),
        '.' => (Symbol::Dot, 1),
        ',' => (Symbol::Comma, 1),
        '+' => (Symbol::Plus, 1),
        '-' => (Symbol::Minus, 1),
        other => (Symbol::Unknown, other.len_utf8()),
    }
}

/// Returns the number of letters, digits and underscores at the start of `text`.
pub(super) fn word_length(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}
