//! Rules for projections: not empty, no path too deep, no path within another.

use djamodb_core::expression::{ExpressionKind, ExpressionSize, Path, PathCollision, ProjectionExpression};
use djamodb_core::schema::TableSchema;
use djamodb_core::service::limits::ITEM_LEVELS_MAX;

use super::expression::Expression;
use super::expression_size;
use super::path;
use crate::error::ValidationError;

/// Checks a projection by itself. `before` are the expressions of the request that a driver renders before it.
pub(crate) fn request<'a>(
    before: impl IntoIterator<Item = Expression<'a>>,
    projection: &ProjectionExpression,
) -> Result<(), ValidationError> {
    let paths = &projection.paths;
    if paths.is_empty() {
        return Err(ValidationError::EmptyExpression(ExpressionKind::Projection));
    }
    paths.iter().try_for_each(path::names)?;
    let size = ExpressionSize::of_projection(projection);
    expression_size::check(ExpressionKind::Projection, size, before, Expression::Projection(projection))?;
    if let Some(path) = paths.iter().find(|path| path.levels() > ITEM_LEVELS_MAX) {
        return Err(ValidationError::ProjectionTooDeep(path.levels()));
    }
    for (at, one) in paths.iter().enumerate() {
        paths.iter().skip(at + 1).try_for_each(|two| disjoint(one, two))?;
    }
    Ok(())
}

/// Checks a projection against the schema of its table.
pub(crate) fn against(schema: &TableSchema, projection: Option<&ProjectionExpression>) -> Result<(), ValidationError> {
    projection.map_or(Ok(()), |projection| path::outside_keys(schema, &projection.paths))
}

/// Checks that neither path is within the other and that they do not use one value both as a map and as a list.
fn disjoint(one: &Path, two: &Path) -> Result<(), ValidationError> {
    match one.collision(two) {
        None => Ok(()),
        Some(PathCollision::Overlap) => Err(ValidationError::ProjectionOverlap(one.listed(), two.listed())),
        Some(PathCollision::Conflict) => Err(ValidationError::ProjectionConflict(one.listed(), two.listed())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(paths: &[&str]) -> String {
        let projection = ProjectionExpression::new(paths.iter().map(|path| Path::parse(path).unwrap()));
        request([], &projection).map_or_else(|invalid| invalid.to_string(), |()| "accepted".into())
    }

    #[test]
    fn rejects_overlapping_and_conflicting_paths() {
        assert_eq!(message(&["a", "b", "m.a", "m.b", "l[0].a", "l[1].a"]), "accepted");
        assert!(message(&["a", "b", "a"]).ends_with(
            "overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]"
        ));
        assert!(message(&["m.a[0]", "m"]).ends_with("path one: [m, a, [0]], path two: [m]"));
        assert!(message(&["m.a", "m[0]"]).contains("Two document paths conflict"));
        assert!(message(&[]).ends_with("The expression can not be empty;"));
    }
}
