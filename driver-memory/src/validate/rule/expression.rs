//! An expression of a request.

use djamodb_core::expression::{Condition, ExpressionKind, KeyCondition, ProjectionExpression, Renderer, Update};

/// An expression of a request.
#[derive(Clone, Copy)]
pub(crate) enum Expression<'a> {
    Condition(&'a Condition),
    Filter(&'a Condition),
    KeyCondition(&'a KeyCondition),
    Projection(&'a ProjectionExpression),
    Update(&'a Update),
}

impl Expression<'_> {
    pub(crate) const fn kind(self) -> ExpressionKind {
        match self {
            Self::Condition(_) => ExpressionKind::Condition,
            Self::Filter(_) => ExpressionKind::Filter,
            Self::KeyCondition(_) => ExpressionKind::KeyCondition,
            Self::Projection(_) => ExpressionKind::Projection,
            Self::Update(_) => ExpressionKind::Update,
        }
    }

    pub(crate) fn render(self, renderer: &mut Renderer) -> String {
        match self {
            Self::Condition(condition) | Self::Filter(condition) => renderer.condition(condition),
            Self::KeyCondition(condition) => renderer.key_condition(condition),
            Self::Projection(projection) => renderer.projection(projection),
            Self::Update(update) => renderer.update(update),
        }
    }
}
