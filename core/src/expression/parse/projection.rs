//! Projections.

use super::ExpressionFault;
use super::path::PathText;
use super::placeholders::References;
use super::token::{Symbol, Tokens};
use super::usage;
use crate::expression::{Path, PathCollision, ProjectionExpression};

/// Parses a projection expression.
pub(super) fn parse(
    references: &mut References<'_>,
    tokens: &mut Tokens<'_>,
) -> Result<ProjectionExpression, ExpressionFault> {
    let mut texts = vec![PathText::read(tokens)?];
    while tokens.symbol() == Symbol::Comma {
        tokens.advance();
        texts.push(PathText::read(tokens)?);
    }
    tokens.check_end()?;
    usage::first(texts.iter().filter_map(|text| text.misuse(tokens)))?;
    Ok(ProjectionExpression { paths: resolve_disjoint(references, tokens, &texts)? })
}

/// Looks up the placeholders of paths that must not collide, from the last path to the first, as the service does.
pub(super) fn resolve_disjoint(
    references: &mut References<'_>,
    tokens: &Tokens<'_>,
    texts: &[PathText],
) -> Result<Vec<Path>, ExpressionFault> {
    let mut reversed: Vec<Path> = Vec::with_capacity(texts.len());
    for text in texts.iter().rev() {
        let path = text.resolve(references, tokens)?;
        if let Some((collision, other)) = reversed.iter().find_map(|other| Some((path.collision(other)?, other))) {
            let (one, two) = (path.listed(), other.listed());
            return Err(match collision {
                PathCollision::Overlap => ExpressionFault::Overlap { one, two },
                PathCollision::Conflict => ExpressionFault::Conflict { one, two },
            });
        }
        reversed.push(path);
    }
    reversed.reverse();
    Ok(reversed)
}
