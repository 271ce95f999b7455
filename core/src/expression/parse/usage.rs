//! Checks of names, indexes and functions, in the order of the text.

use super::ExpressionFault;
use super::function::Function;
use super::syntax::{Grammar, Term};
use super::token::Tokens;

/// Returns the misuses in the terms with their positions.
pub(super) fn misuses(
    tokens: &Tokens<'_>,
    grammar: Grammar,
    terms: &[Term],
) -> impl Iterator<Item = (usize, ExpressionFault)> {
    terms.iter().filter_map(move |term| match *term {
        Term::Path(path) => path.misuse(tokens),
        Term::Call { name, place, .. } => {
            Function::at(tokens.text_at(name), grammar, place).err().map(|fault| (name, fault))
        }
        _ => None,
    })
}

/// Returns the misuse with the first position in the text as an error.
pub(super) fn first(misuses: impl Iterator<Item = (usize, ExpressionFault)>) -> Result<(), ExpressionFault> {
    misuses.min_by_key(|(at, _)| *at).map_or(Ok(()), |(_, fault)| Err(fault))
}
