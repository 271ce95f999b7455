//! Projections of items.

use super::Path;

/// The parts of an item that a read returns.
///
/// See [projection expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html).
///
/// ```
/// use djamodb_core::expression::{Path, ProjectionExpression};
/// use djamodb_core::value::Item;
///
/// let projection = ProjectionExpression::new([Path::new("date")]);
/// let item = Item::new().with("location", "Seattle").with("date", "2012-01-01");
/// assert_eq!(projection.apply(&item), Item::new().with("date", "2012-01-01"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ProjectionExpression {
    /// Paths of the parts. The service refuses paths of which one contains another.
    pub paths: Vec<Path>,
}

impl ProjectionExpression {
    /// Creates a projection of the parts at `paths`.
    pub fn new(paths: impl IntoIterator<Item = Path>) -> Self {
        Self { paths: paths.into_iter().collect() }
    }
}
