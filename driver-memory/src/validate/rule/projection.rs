//! Projections: not empty, no path inside another.

use djamodb_core::expression::{ExpressionSize, Path, PathStep, ProjectionExpression};
use djamodb_core::schema::TableSchema;

use super::{path, text};
use crate::error::{Invalid, Kind};

/// A projection by itself.
pub(crate) fn request(projection: Option<&ProjectionExpression>) -> Result<(), Invalid> {
    let Some(projection) = projection else {
        return Ok(());
    };
    let paths = &projection.paths;
    if paths.is_empty() {
        return Err(Invalid::EmptyExpression(Kind::Projection));
    }
    paths.iter().try_for_each(path::names)?;
    let size = ExpressionSize::of_projection(projection);
    text::within(Kind::Projection, size, |renderer| renderer.projection(projection))?;
    for (at, one) in paths.iter().enumerate() {
        paths.iter().skip(at + 1).try_for_each(|two| disjoint(one, two))?;
    }
    Ok(())
}

/// A projection of items of a table.
pub(crate) fn against(schema: &TableSchema, projection: Option<&ProjectionExpression>) -> Result<(), Invalid> {
    projection.map_or(Ok(()), |projection| path::outside_keys(schema, &projection.paths))
}

/// Two paths may not name one place, nor take one place for a map and for a list.
fn disjoint(one: &Path, two: &Path) -> Result<(), Invalid> {
    if one.name != two.name {
        return Ok(());
    }
    for (left, right) in one.steps.iter().zip(&two.steps) {
        match (left, right) {
            (PathStep::Key(_), PathStep::Index(_)) | (PathStep::Index(_), PathStep::Key(_)) => {
                return Err(Invalid::ProjectionConflict(path::listed(one), path::listed(two)));
            }
            _ if left != right => return Ok(()),
            _ => {}
        }
    }
    Err(Invalid::ProjectionOverlap(path::listed(one), path::listed(two)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(paths: &[&str]) -> String {
        let projection = ProjectionExpression::new(paths.iter().map(|path| Path::parse(path).unwrap()));
        request(Some(&projection)).map_or_else(|invalid| invalid.to_string(), |()| "accepted".into())
    }

    #[test]
    fn paths_inside_each_other_are_refused() {
        assert_eq!(message(&["a", "b", "m.a", "m.b", "l[0].a", "l[1].a"]), "accepted");
        assert!(message(&["a", "b", "a"]).ends_with(
            "overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]"
        ));
        assert!(message(&["m.a[0]", "m"]).ends_with("path one: [m, a, [0]], path two: [m]"));
        assert!(message(&["m.a", "m[0]"]).contains("Two document paths conflict"));
        assert!(message(&[]).ends_with("The expression can not be empty;"));
    }
}
