//! Document paths in the text of an expression.

use super::ExpressionFault;
use super::placeholders::References;
use super::reserved_words::is_reserved;
use super::token::{Symbol, Tokens};
use crate::expression::{Path, PathStep};
use crate::service::limits::ITEM_LEVELS_MAX;

/// Greatest index of a list element in an expression.
const LIST_INDEX_MAX: usize = 2_147_483_647;

/// A document path in a text: the positions of its first token and of the token after its last one.
#[derive(Clone, Copy, Debug)]
pub(super) struct PathText {
    start: usize,
    end: usize,
}

impl PathText {
    /// Reads a path from the current token on.
    pub(super) fn read(tokens: &mut Tokens<'_>) -> Result<Self, ExpressionFault> {
        let start = tokens.position();
        read_name(tokens)?;
        loop {
            match tokens.symbol() {
                Symbol::Dot => {
                    tokens.advance();
                    read_name(tokens)?;
                }
                Symbol::OpenBracket => {
                    tokens.advance();
                    tokens.expect(Symbol::Number)?;
                    tokens.expect(Symbol::CloseBracket)?;
                }
                _ => return Ok(Self { start, end: tokens.position() }),
            }
        }
    }

    /// Returns the first reserved word or excessive index in the path, with its position.
    pub(super) fn misuse(self, tokens: &Tokens<'_>) -> Option<(usize, ExpressionFault)> {
        (self.start..self.end).find_map(|at| {
            let text = tokens.text_at(at);
            match tokens.symbol_at(at) {
                Symbol::Name if is_reserved(text) => Some((at, ExpressionFault::ReservedWord { word: text.into() })),
                Symbol::Number if list_index(text).is_none() => {
                    Some((at, ExpressionFault::ListIndex { index: text.into() }))
                }
                _ => None,
            }
        })
    }

    /// Looks up the placeholders of the path.
    ///
    /// # Errors
    ///
    /// - [`ExpressionFault::PathTooDeep`] if the path has more levels than an item,
    /// - [`ExpressionFault::UndefinedName`] if a placeholder is not defined,
    /// - [`ExpressionFault::ListIndex`] if an index is too great.
    pub(super) fn resolve(self, references: &mut References<'_>, tokens: &Tokens<'_>) -> Result<Path, ExpressionFault> {
        let is_level =
            |at: &usize| matches!(tokens.symbol_at(*at), Symbol::Name | Symbol::NamePlaceholder | Symbol::Number);
        let levels = (self.start..self.end).filter(is_level).count();
        if levels > ITEM_LEVELS_MAX {
            return Err(ExpressionFault::PathTooDeep { levels });
        }
        let mut path: Option<Path> = None;
        for at in self.start..self.end {
            let text = tokens.text_at(at);
            let name = match tokens.symbol_at(at) {
                Symbol::Name => text.into(),
                Symbol::NamePlaceholder => references.name(text)?.clone(),
                Symbol::Number => {
                    let index = list_index(text).ok_or_else(|| ExpressionFault::ListIndex { index: text.into() })?;
                    path = path.map(|path| path.index(index));
                    continue;
                }
                _ => continue,
            };
            path = Some(match path {
                None => Path::new(name),
                Some(mut path) => {
                    path.steps.to_mut().push(PathStep::Key(name));
                    path
                }
            });
        }
        path.ok_or_else(|| tokens.syntax_error())
    }
}

fn read_name(tokens: &mut Tokens<'_>) -> Result<(), ExpressionFault> {
    match tokens.symbol() {
        Symbol::Name | Symbol::NamePlaceholder => {
            tokens.advance();
            Ok(())
        }
        _ => Err(tokens.syntax_error()),
    }
}

fn list_index(digits: &str) -> Option<usize> {
    digits.parse().ok().filter(|index| *index <= LIST_INDEX_MAX)
}
