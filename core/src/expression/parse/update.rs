//! Updates.

use super::ExpressionFault;
use super::condition::{exactly, last};
use super::function::Function;
use super::path::PathText;
use super::placeholders::References;
use super::projection::resolve_disjoint;
use super::syntax::{self, Grammar, Term};
use super::token::{Keyword, Symbol, Tokens};
use super::usage;
use crate::expression::apply::is_set;
use crate::expression::evaluate::operand_type;
use crate::expression::{Comparator, EvaluateError, SetValue, Update, UpdateOperand};
use crate::value::AttributeValue;

/// A change in the text of an update, before its placeholders are looked up.
#[derive(Debug)]
struct Action {
    target: PathText,
    change: Change,
}

#[derive(Debug)]
enum Change {
    /// `SET` to a value in postfix order.
    Set(Vec<Term>),
    Remove,
    /// `ADD` of the value at a position.
    Add(usize),
    /// `DELETE` of the value at a position.
    Delete(usize),
}

/// Parses an update expression.
pub(super) fn parse(references: &mut References<'_>, tokens: &mut Tokens<'_>) -> Result<Update, ExpressionFault> {
    let mut actions = Vec::new();
    let mut sections = Vec::new();
    while tokens.symbol() != Symbol::End || actions.is_empty() {
        let Symbol::Keyword(section @ (Keyword::Set | Keyword::Remove | Keyword::Add | Keyword::Delete)) =
            tokens.symbol()
        else {
            return Err(tokens.syntax_error());
        };
        tokens.advance();
        actions.push(read_action(tokens, section)?);
        while tokens.symbol() == Symbol::Comma {
            tokens.advance();
            actions.push(read_action(tokens, section)?);
        }
        sections.push((section, tokens.position()));
    }

    let tokens = &*tokens;
    // A section is compared with those before it where it ends.
    let repeated = sections.iter().enumerate().filter_map(|(nth, (section, end))| {
        let is_repeated = sections.iter().take(nth).any(|(earlier, _)| earlier == section);
        is_repeated.then(|| (*end, ExpressionFault::SectionTwice { section: section.as_str() }))
    });
    let in_targets = actions.iter().filter_map(|action| action.target.misuse(tokens));
    let in_values = actions.iter().flat_map(|action| usage::misuses(tokens, Grammar::Value, action.value()));
    usage::first(repeated.chain(in_targets).chain(in_values))?;

    let update = build(references, tokens, &actions)?;
    syntax::check_operators(actions.iter().flat_map(Action::value))?;
    Ok(update)
}

impl Action {
    /// Returns the terms of the value of a `SET`.
    fn value(&self) -> &[Term] {
        match &self.change {
            Change::Set(terms) => terms,
            Change::Remove | Change::Add(_) | Change::Delete(_) => &[],
        }
    }
}

fn read_action(tokens: &mut Tokens<'_>, section: Keyword) -> Result<Action, ExpressionFault> {
    let target = PathText::read(tokens)?;
    let change = match section {
        Keyword::Remove => Change::Remove,
        Keyword::Add => Change::Add(tokens.expect(Symbol::ValuePlaceholder)?),
        Keyword::Delete => Change::Delete(tokens.expect(Symbol::ValuePlaceholder)?),
        _ => {
            tokens.expect(Symbol::Comparator(Comparator::Eq))?;
            Change::Set(syntax::parse(tokens, Grammar::Value)?)
        }
    };
    Ok(Action { target, change })
}

/// Builds an update. As in the service, the targets are looked up before the values, both from the last action to the first.
fn build(references: &mut References<'_>, tokens: &Tokens<'_>, actions: &[Action]) -> Result<Update, ExpressionFault> {
    let texts: Vec<PathText> = actions.iter().map(|action| action.target).collect();
    let targets = resolve_disjoint(references, tokens, &texts)?;
    let mut update = Update::new();
    for (action, target) in actions.iter().zip(targets).rev() {
        match &action.change {
            Change::Set(terms) => update.set.push((target, set_value(references, tokens, terms)?)),
            Change::Remove => update.remove.push(target),
            Change::Add(at) => {
                let value = references.value(tokens.text_at(*at))?;
                check_section_operand("ADD", value, is_set(value) || value.as_n().is_some())?;
                update.add.push((target, value.clone()));
            }
            Change::Delete(at) => {
                let value = references.value(tokens.text_at(*at))?;
                check_section_operand("DELETE", value, is_set(value))?;
                update.delete.push((target, value.clone()));
            }
        }
    }
    update.set.reverse();
    update.remove.reverse();
    update.add.reverse();
    update.delete.reverse();
    Ok(update)
}

fn check_section_operand(
    section: &'static str,
    value: &AttributeValue,
    is_accepted: bool,
) -> Result<(), ExpressionFault> {
    if is_accepted { Ok(()) } else { Err(ExpressionFault::SectionOperand { section, operand: value.value_type() }) }
}

fn set_value(
    references: &mut References<'_>,
    tokens: &Tokens<'_>,
    terms: &[Term],
) -> Result<SetValue, ExpressionFault> {
    let mut operands: Vec<UpdateOperand> = Vec::new();
    for term in terms {
        let operand = match *term {
            Term::Path(path) => UpdateOperand::Path(path.resolve(references, tokens)?),
            Term::Value(at) => UpdateOperand::Value(references.value(tokens.text_at(at))?.clone()),
            Term::Call { name, operands: count, place } => {
                let function = Function::at(tokens.text_at(name), Grammar::Value, place)?;
                call(function, last(&mut operands, count))?
            }
            Term::Plus => return sum("+", SetValue::Plus, operands),
            Term::Minus => return sum("-", SetValue::Minus, operands),
            // The grammar of values has no conditions.
            _ => return Err(tokens.syntax_error()),
        };
        operands.push(operand);
    }
    let [operand] = exactly("=", operands)?;
    Ok(SetValue::Operand(operand))
}

/// Returns the sum or difference of two operands. It ends the value.
fn sum(
    operator: &'static str,
    join: fn(UpdateOperand, UpdateOperand) -> SetValue,
    operands: Vec<UpdateOperand>,
) -> Result<SetValue, ExpressionFault> {
    let [left, right] = exactly(operator, operands)?;
    check_literals(operator, [&left, &right], |value| value.as_n().is_some())?;
    Ok(join(left, right))
}

fn call(function: Function, operands: Vec<UpdateOperand>) -> Result<UpdateOperand, ExpressionFault> {
    let name = function.name();
    let [first, second] = exactly(name, operands)?;
    if function == Function::ListAppend {
        check_literals(name, [&first, &second], |value| value.as_l().is_some())?;
        return Ok(UpdateOperand::list_append(first, second));
    }
    let UpdateOperand::Path(path) = &first else { return Err(ExpressionFault::PathRequired { function: name }) };
    if first == second {
        return Err(EvaluateError::SameOperands { operator: name, path: path.listed() }.into());
    }
    Ok(UpdateOperand::if_not_exists(path.clone(), second))
}

fn check_literals(
    operator: &'static str,
    operands: [&UpdateOperand; 2],
    is_accepted: impl Fn(&AttributeValue) -> bool,
) -> Result<(), ExpressionFault> {
    operands.into_iter().try_for_each(|operand| match operand {
        UpdateOperand::Value(value) if !is_accepted(value) => Err(operand_type(operator, value.value_type()).into()),
        _ => Ok(()),
    })
}
