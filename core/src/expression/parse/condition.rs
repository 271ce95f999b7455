//! Conditions from terms in postfix order.

use super::ExpressionFault;
use super::function::Function;
use super::placeholders::References;
use super::syntax::{Grammar, Term};
use super::token::Tokens;
use crate::expression::evaluate::{distinct, operand_type, sized};
use crate::expression::{Comparator, Condition, Operand};
use crate::value::{AttributeValue, ValueType};

/// Builds a condition. Operands are checked in the order of the text, each before the operator that it belongs to.
pub(super) fn build(
    references: &mut References<'_>,
    tokens: &Tokens<'_>,
    terms: &[Term],
) -> Result<Condition, ExpressionFault> {
    let mut operands: Vec<Operand> = Vec::new();
    let mut conditions: Vec<Condition> = Vec::new();
    for term in terms {
        let condition = match *term {
            Term::Path(path) => {
                operands.push(Operand::Path(path.resolve(references, tokens)?));
                continue;
            }
            Term::Value(at) => {
                operands.push(Operand::Value(references.value(tokens.text_at(at))?.clone()));
                continue;
            }
            Term::Call { name, operands: count, place } => {
                let function = Function::at(tokens.text_at(name), Grammar::Condition, place)?;
                match call(function, last(&mut operands, count))? {
                    Called::Operand(operand) => {
                        operands.push(operand);
                        continue;
                    }
                    Called::Condition(condition) => condition,
                }
            }
            Term::Compare(comparator) => comparison(comparator, last(&mut operands, 2))?,
            Term::Between => {
                let [operand, low, high] = exactly("BETWEEN", last(&mut operands, 3))?;
                Condition::Between(operand, low, high)
            }
            Term::In(count) => {
                let list = last(&mut operands, count);
                let [operand] = exactly("IN", last(&mut operands, 1))?;
                Condition::In(operand, list)
            }
            Term::And(count) => Condition::And(last(&mut conditions, count)),
            Term::Or(count) => Condition::Or(last(&mut conditions, count)),
            Term::Not => {
                let inner = last(&mut conditions, 1);
                conditions.extend(inner.into_iter().map(Condition::negate));
                continue;
            }
            // The grammar of conditions has no sums.
            Term::Plus | Term::Minus => return Err(tokens.syntax_error()),
        };
        condition.validate_node()?;
        conditions.push(condition);
    }
    conditions.pop().ok_or(ExpressionFault::Empty)
}

/// A call with its operands: a condition, or the operand of one.
enum Called {
    Operand(Operand),
    Condition(Condition),
}

fn call(function: Function, operands: Vec<Operand>) -> Result<Called, ExpressionFault> {
    let name = function.name();
    let condition = match function {
        Function::Size => {
            let [operand] = exactly(name, operands)?;
            return size(operand).map(Called::Operand);
        }
        Function::AttributeExists | Function::AttributeNotExists => {
            let [operand] = exactly(name, operands)?;
            let Operand::Path(path) = operand else { return Err(ExpressionFault::PathRequired { function: name }) };
            match function {
                Function::AttributeExists => Condition::AttributeExists(path),
                _ => Condition::AttributeNotExists(path),
            }
        }
        Function::AttributeType => {
            let [operand, value_type] = exactly(name, operands)?;
            distinct(name, &operand, [&value_type])?;
            Condition::AttributeType(operand, type_named(value_type)?)
        }
        Function::BeginsWith => {
            let [operand, prefix] = exactly(name, operands)?;
            Condition::BeginsWith(operand, prefix)
        }
        Function::Contains => {
            let [operand, part] = exactly(name, operands)?;
            Condition::Contains(operand, part)
        }
        // `Function::at` has refused the functions of updates.
        Function::IfNotExists | Function::ListAppend => return Err(ExpressionFault::FunctionPlace { function: name }),
    };
    Ok(Called::Condition(condition))
}

fn size(operand: Operand) -> Result<Operand, ExpressionFault> {
    let size = match operand {
        Operand::Path(path) => Operand::Size(path),
        Operand::Value(value) => Operand::SizeOf(value),
        Operand::Size(_) | Operand::SizeOf(_) => return Err(operand_type("size", ValueType::N).into()),
    };
    sized([&size])?;
    Ok(size)
}

/// Returns the type that the second operand of `attribute_type` names.
fn type_named(operand: Operand) -> Result<ValueType, ExpressionFault> {
    let other_type = |value_type| Err(operand_type("attribute_type", value_type).into());
    match operand {
        Operand::Value(AttributeValue::S(name)) => {
            let named = ValueType::ALL.into_iter().find(|value_type| value_type.as_str() == name);
            named.ok_or(ExpressionFault::UnknownType { name })
        }
        Operand::Value(value) => other_type(value.value_type()),
        Operand::Size(_) | Operand::SizeOf(_) => other_type(ValueType::N),
        Operand::Path(_) => Err(ExpressionFault::TypeInPath),
    }
}

fn comparison(comparator: Comparator, operands: Vec<Operand>) -> Result<Condition, ExpressionFault> {
    let [left, right] = exactly(comparator.as_str(), operands)?;
    Ok(Condition::Compare(left, comparator, right))
}

/// Removes the last parts, which the operator after them joins.
pub(super) fn last<T>(parts: &mut Vec<T>, count: usize) -> Vec<T> {
    parts.split_off(parts.len().saturating_sub(count))
}

/// Checks the number of operands of an operator or function.
pub(super) fn exactly<T, const COUNT: usize>(
    operator: &'static str,
    operands: Vec<T>,
) -> Result<[T; COUNT], ExpressionFault> {
    <[T; COUNT]>::try_from(operands)
        .map_err(|operands| ExpressionFault::OperandCount { operator, count: operands.len() })
}
