//! The grammar of conditions and of the values of `SET`.
//!
//! An expression is read from left to right. Open parentheses, calls and lists are in a vector of [`Frame`]s, and complete parts are
//! written as [`Term`]s in postfix order.

use super::ExpressionFault;
use super::path::PathText;
use super::token::{Keyword, Symbol, Tokens};
use crate::expression::Comparator;
use crate::service::limits::OPERATORS_MAX;

/// The grammar of an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Grammar {
    /// A condition.
    Condition,
    /// The value of a `SET`: an operand, or the sum or difference of two.
    Value,
}

/// The place of a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// A whole condition or value.
    Whole,
    /// An operand of an operator or of another function.
    Operand,
}

/// An operand or an operator of an expression in postfix order. Positions are those of tokens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Term {
    Path(PathText),
    /// The placeholder of a value at a position.
    Value(usize),
    /// A call of the function whose name is at a position, with a number of operands.
    Call {
        name: usize,
        operands: usize,
        place: Place,
    },
    Compare(Comparator),
    Between,
    /// `IN` with a number of operands in its list.
    In(usize),
    /// A number of conditions joined by `AND`.
    And(usize),
    /// A number of conditions joined by `OR`.
    Or(usize),
    Not,
    Plus,
    Minus,
}

impl Term {
    /// Returns the number of operators that the service counts.
    fn operators(self) -> usize {
        match self {
            Self::Path(_) | Self::Value(_) => 0,
            Self::And(conditions) | Self::Or(conditions) => conditions.saturating_sub(1),
            _ => 1,
        }
    }
}

/// Checks the number of operators of an expression.
pub(super) fn check_operators<'a>(terms: impl IntoIterator<Item = &'a Term>) -> Result<(), ExpressionFault> {
    if terms.into_iter().map(|term| term.operators()).sum::<usize>() > OPERATORS_MAX {
        return Err(ExpressionFault::TooManyOperators);
    }
    Ok(())
}

/// Reads an expression from the current token to the first one that is not part of it, and returns it in postfix order.
pub(super) fn parse(tokens: &mut Tokens<'_>, grammar: Grammar) -> Result<Vec<Term>, ExpressionFault> {
    let reader = Reader {
        tokens,
        grammar,
        terms: Vec::new(),
        frames: Vec::new(),
        group: Group::default(),
        last_parentheses: None,
        has_redundant: false,
    };
    reader.read()
}

/// A place in an expression that is not complete yet.
#[derive(Debug)]
enum Frame {
    /// The expression around parentheses, in which a condition or a value is, or a first operand.
    Group(Group),
    /// Parentheses around an operand, by the position of the first one.
    Parentheses(usize),
    /// A call of the function whose name is at a position, with the number of operands until now.
    Call { name: usize, operands: usize },
    /// The list of an `IN`, with the number of operands until now.
    In { operands: usize },
}

/// A whole expression, or one in parentheses, until now.
#[derive(Debug, Default)]
struct Group {
    /// The position of the parenthesis around it.
    open: Option<usize>,
    wanted: Wanted,
    /// The number of `NOT` before the current condition.
    nots: usize,
    /// The number of complete conditions that the last `OR` precedes.
    conjuncts: usize,
    /// The number of complete operands of `OR`.
    disjuncts: usize,
}

impl Group {
    /// Returns `true` if the group is a single operand, as long as no operator follows it.
    fn is_single(&self) -> bool {
        self.nots == 0 && self.conjuncts == 0 && self.disjuncts == 0
    }
}

/// The operand that a group needs next.
#[derive(Clone, Copy, Debug, Default)]
enum Wanted {
    /// The first operand of a condition or value.
    #[default]
    First,
    /// The second operand of an operator.
    Second(Term),
    /// The lower bound of a `BETWEEN`.
    Low,
    /// The upper bound of a `BETWEEN`.
    High,
    /// An element of the list of an `IN`.
    Element,
}

/// The part of the grammar that the current token belongs to.
#[derive(Clone, Copy, Debug)]
enum State {
    /// An operand, or a condition that begins with one, starts here.
    Operand,
    /// An operand is complete.
    AfterOperand { is_call: bool },
    /// A condition or value is complete.
    AfterWhole,
    /// The expression is complete.
    Complete,
}

struct Reader<'a, 't> {
    tokens: &'a mut Tokens<'t>,
    grammar: Grammar,
    terms: Vec<Term>,
    /// The frames around the current group or operand, the innermost last.
    frames: Vec<Frame>,
    /// The innermost group.
    group: Group,
    /// The positions of the last parentheses that were closed.
    last_parentheses: Option<(usize, usize)>,
    /// Redundant parentheses are in the first operand of the current group, of which an operator or the end is not read yet.
    has_redundant: bool,
}

impl Reader<'_, '_> {
    fn read(mut self) -> Result<Vec<Term>, ExpressionFault> {
        let mut state = State::Operand;
        loop {
            state = match state {
                State::Operand => self.operand()?,
                State::AfterOperand { is_call } => self.after_operand(is_call)?,
                State::AfterWhole => self.after_whole()?,
                State::Complete => return Ok(self.terms),
            };
        }
    }

    /// Reads the start of an operand, or a whole operand if it is a path or a placeholder.
    fn operand(&mut self) -> Result<State, ExpressionFault> {
        match self.tokens.symbol() {
            Symbol::Keyword(Keyword::Not) if self.grammar == Grammar::Condition && self.begins_group() => {
                self.tokens.advance();
                self.group.nots += 1;
                Ok(State::Operand)
            }
            Symbol::Open => {
                let open = self.tokens.advance();
                let frame = if self.begins_group() {
                    let inside = Group { open: Some(open), ..Group::default() };
                    Frame::Group(std::mem::replace(&mut self.group, inside))
                } else {
                    Frame::Parentheses(open)
                };
                self.frames.push(frame);
                Ok(State::Operand)
            }
            Symbol::Name if self.tokens.next_symbol() == Symbol::Open => {
                let name = self.tokens.advance();
                self.tokens.advance();
                self.frames.push(Frame::Call { name, operands: 1 });
                Ok(State::Operand)
            }
            Symbol::ValuePlaceholder => {
                let at = self.tokens.advance();
                self.terms.push(Term::Value(at));
                Ok(State::AfterOperand { is_call: false })
            }
            _ => {
                let path = PathText::read(self.tokens)?;
                self.terms.push(Term::Path(path));
                Ok(State::AfterOperand { is_call: false })
            }
        }
    }

    /// Returns `true` if the current token begins a condition or value, not another operand of one.
    fn begins_group(&self) -> bool {
        matches!(self.frames.last(), None | Some(Frame::Group(_))) && self.is_in_first_operand()
    }

    /// Returns `true` if the current token belongs to the first operand of the current group.
    fn is_in_first_operand(&self) -> bool {
        matches!(self.group.wanted, Wanted::First)
    }

    /// Continues after an operand, which the innermost frame or group contains.
    fn after_operand(&mut self, is_call: bool) -> Result<State, ExpressionFault> {
        let symbol = self.tokens.symbol();
        match (self.frames.last_mut(), symbol) {
            (None | Some(Frame::Group(_)), _) => self.after_operand_of_group(is_call),
            (Some(Frame::Call { operands, .. } | Frame::In { operands }), Symbol::Comma) => {
                *operands += 1;
                self.tokens.advance();
                Ok(State::Operand)
            }
            (Some(Frame::Call { name, operands }), Symbol::Close) => {
                let call = Term::Call { name: *name, operands: *operands, place: Place::Operand };
                self.tokens.advance();
                self.frames.pop();
                self.terms.push(call);
                Ok(State::AfterOperand { is_call: true })
            }
            (Some(Frame::In { operands }), Symbol::Close) => {
                let list = Term::In(*operands);
                self.tokens.advance();
                self.frames.pop();
                self.terms.push(list);
                Ok(self.complete())
            }
            (Some(Frame::Parentheses(open)), Symbol::Close) => {
                let open = *open;
                let close = self.tokens.advance();
                self.frames.pop();
                self.close_parentheses(open, close, self.is_in_first_operand())?;
                Ok(State::AfterOperand { is_call })
            }
            _ => Err(self.tokens.syntax_error()),
        }
    }

    fn after_operand_of_group(&mut self, is_call: bool) -> Result<State, ExpressionFault> {
        match self.group.wanted {
            Wanted::First => self.after_first_operand(is_call),
            Wanted::Second(operator) => {
                self.terms.push(operator);
                Ok(self.complete())
            }
            Wanted::Low => {
                self.tokens.expect(Symbol::Keyword(Keyword::And))?;
                self.group.wanted = Wanted::High;
                Ok(State::Operand)
            }
            Wanted::High => {
                self.terms.push(Term::Between);
                Ok(self.complete())
            }
            // A list has a frame of its own.
            Wanted::Element => Err(self.tokens.syntax_error()),
        }
    }

    /// Continues after the first operand of a condition or value: with an operator, with the end of parentheses around the operand
    /// alone, or with what follows a condition or value that is the operand itself.
    fn after_first_operand(&mut self, is_call: bool) -> Result<State, ExpressionFault> {
        let wanted = match (self.grammar, self.tokens.symbol()) {
            (Grammar::Condition, Symbol::Comparator(comparator)) => Wanted::Second(Term::Compare(comparator)),
            (Grammar::Condition, Symbol::Keyword(Keyword::Between)) => Wanted::Low,
            (Grammar::Condition, Symbol::Keyword(Keyword::In)) => {
                self.check_parentheses()?;
                self.tokens.advance();
                self.tokens.expect(Symbol::Open)?;
                self.group.wanted = Wanted::Element;
                self.frames.push(Frame::In { operands: 1 });
                return Ok(State::Operand);
            }
            (Grammar::Value, Symbol::Plus) => Wanted::Second(Term::Plus),
            (Grammar::Value, Symbol::Minus) => Wanted::Second(Term::Minus),
            (_, Symbol::Close) if self.group.is_single() && self.group.open.is_some() => {
                self.close_group(true)?;
                return Ok(State::AfterOperand { is_call });
            }
            (Grammar::Condition, _) if !is_call => return Err(self.tokens.syntax_error()),
            (Grammar::Value, _) if self.group.open.is_some() => return Err(self.tokens.syntax_error()),
            // Parentheses that are still open have to be closed, or the condition in them continues.
            (Grammar::Condition, symbol) if self.group.open.is_some() && !continues_condition(symbol) => {
                return Err(self.tokens.syntax_error());
            }
            _ => {
                self.check_parentheses()?;
                if let Some(Term::Call { place, .. }) = self.terms.last_mut() {
                    *place = Place::Whole;
                }
                return Ok(self.complete());
            }
        };
        self.check_parentheses()?;
        self.tokens.advance();
        self.group.wanted = wanted;
        Ok(State::Operand)
    }

    /// Continues after a condition or value.
    fn after_whole(&mut self) -> Result<State, ExpressionFault> {
        match (self.grammar, self.tokens.symbol()) {
            (Grammar::Condition, Symbol::Keyword(Keyword::And)) => {
                self.tokens.advance();
                Ok(State::Operand)
            }
            (Grammar::Condition, Symbol::Keyword(Keyword::Or)) => {
                self.tokens.advance();
                self.join_conjuncts();
                Ok(State::Operand)
            }
            (_, Symbol::Close) if self.group.open.is_some() => {
                self.join();
                self.close_group(false)?;
                Ok(self.complete())
            }
            _ if self.group.open.is_some() => Err(self.tokens.syntax_error()),
            _ => {
                self.join();
                Ok(State::Complete)
            }
        }
    }

    /// Ends a condition or value of the current group, with the `NOT` before it.
    fn complete(&mut self) -> State {
        self.group.wanted = Wanted::First;
        self.terms.extend(std::iter::repeat_n(Term::Not, self.group.nots));
        self.group.nots = 0;
        self.group.conjuncts += 1;
        State::AfterWhole
    }

    fn join_conjuncts(&mut self) {
        if self.group.conjuncts > 1 {
            self.terms.push(Term::And(self.group.conjuncts));
        }
        self.group.conjuncts = 0;
        self.group.disjuncts += 1;
    }

    fn join(&mut self) {
        self.join_conjuncts();
        if self.group.disjuncts > 1 {
            self.terms.push(Term::Or(self.group.disjuncts));
        }
    }

    /// Moves past the parenthesis that ends the current group, which is an operand or a condition.
    fn close_group(&mut self, is_operand: bool) -> Result<(), ExpressionFault> {
        let (Some(open), Some(Frame::Group(around))) = (self.group.open, self.frames.pop()) else {
            return Err(self.tokens.syntax_error());
        };
        let close = self.tokens.advance();
        self.group = around;
        self.close_parentheses(open, close, is_operand)
    }

    /// Checks that parentheses are not around other parentheses only. In a first operand this is an error later, because the service
    /// first reads on to find out if the parentheses are around an operand or a condition, and may find a syntax error.
    fn close_parentheses(&mut self, open: usize, close: usize, is_later: bool) -> Result<(), ExpressionFault> {
        let is_redundant = self.last_parentheses == Some((open + 1, close - 1));
        self.last_parentheses = Some((open, close));
        self.has_redundant |= is_redundant;
        if is_later { Ok(()) } else { self.check_parentheses() }
    }

    fn check_parentheses(&self) -> Result<(), ExpressionFault> {
        if self.has_redundant { Err(ExpressionFault::RedundantParentheses) } else { Ok(()) }
    }
}

/// Returns `true` if a condition in parentheses can go on with the symbol, or ends with it.
fn continues_condition(symbol: Symbol) -> bool {
    matches!(symbol, Symbol::Close | Symbol::Keyword(Keyword::And | Keyword::Or))
}
