//! The attributes that are read.

use super::ReadPlanner;
use crate::expression::{Condition, Path, PathStep, ProjectionExpression};
use crate::plan::Select;
use crate::planner::{PlanError, ResultKind};
use crate::value::Name;

impl ReadPlanner<'_> {
    /// Returns the attributes to read that a global index does not hold.
    pub(super) fn lacking_to_read(&self) -> Vec<Name> {
        if self.result_kind != ResultKind::Items || self.index.local {
            return Vec::new();
        }
        let mut lacking = Vec::new();
        for name in self.request.names_to_read() {
            if !self.holds(name) && !lacking.contains(name) {
                lacking.push(name.clone());
            }
        }
        lacking
    }

    /// Checks that no attribute lacks in the index that is read, unless it is fetched from the table.
    pub(super) fn check_projection(&self, lacking: Vec<Name>) -> Result<(), PlanError> {
        match &self.index.name {
            Some(index) if !lacking.is_empty() && !self.hydrates => {
                Err(PlanError::ProjectionLacks { model: self.model(), index: index.clone(), attributes: lacking })
            }
            _ => Ok(()),
        }
    }

    pub(super) fn holds(&self, attribute: &str) -> bool {
        self.index.holds(attribute, self.table_key())
    }

    pub(super) fn select(&self, residual: Option<&Condition>) -> Option<Select> {
        match (self.result_kind, residual) {
            _ if self.hydrates => Some(Select::SpecificAttributes(ProjectionExpression::new(to_read(
                &self.index.token_key,
                residual,
                &[],
            )))),
            (ResultKind::Items, _) if self.request.parts.is_none() => {
                let holds_all = self.request.schema.attributes.iter().all(|attribute| self.holds(&attribute.name));
                (!holds_all).then_some(Select::AllAttributes)
            }
            (ResultKind::Count | ResultKind::Exists, None) => Some(Select::Count),
            (_, residual) => self.projection(residual).map(Select::SpecificAttributes),
        }
    }

    /// Returns the keys, of which page tokens are made, the attributes that the residual evaluates, and the parts to read.
    /// Returns `None` if whole items are read.
    pub(super) fn projection(&self, residual: Option<&Condition>) -> Option<ProjectionExpression> {
        let parts = match (self.result_kind, &self.request.parts) {
            (ResultKind::Items, parts) => parts.as_deref()?,
            _ => &[],
        };
        Some(ProjectionExpression::new(to_read(&self.index.token_key, residual, parts)))
    }
}

/// Returns the paths of keys, of a condition and of parts, in a form that the service accepts as one projection.
pub(super) fn to_read(keys: &[Name], check: Option<&Condition>, parts: &[Path]) -> Vec<Path> {
    let checked = check.map(Condition::paths).unwrap_or_default();
    let names = keys.iter().chain(checked.iter().map(|path| &path.name));
    outermost(names.map(Path::new).chain(parts.iter().map(without_indexes)))
}

/// Returns the path up to its first list index. The service closes the gaps between projected list elements, so that whole
/// lists are read.
fn without_indexes(path: &Path) -> Path {
    let steps = path.steps.iter().take_while(|step| matches!(step, PathStep::Key(_)));
    Path { name: path.name.clone(), steps: steps.cloned().collect() }
}

/// Removes duplicates and paths inside other paths, which the service rejects.
fn outermost(paths: impl Iterator<Item = Path>) -> Vec<Path> {
    let mut sorted: Vec<(Path, usize)> = paths.enumerate().map(|(position, path)| (path, position)).collect();
    // A path comes before those inside it, and no other path comes between them.
    sorted.sort();
    let mut kept: Vec<(Path, usize)> = Vec::new();
    for (path, position) in sorted {
        let is_inside = |(outer, _): &(Path, usize)| path.name == outer.name && path.steps.starts_with(&outer.steps);
        if !kept.last().is_some_and(is_inside) {
            kept.push((path, position));
        }
    }
    kept.sort_by_key(|(_, position)| *position);
    kept.into_iter().map(|(path, _)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projections_have_whole_lists_and_no_path_inside_another() {
        let paths = ["a.b", "key", "a.b.c", "l[2].x", "l[0]", "m.k[1]", "key", "a", "ab"];
        let paths = paths.map(|path| without_indexes(&Path::parse(path).unwrap()));
        let kept: Vec<_> = outermost(paths.into_iter()).iter().map(ToString::to_string).collect();
        assert_eq!(kept, ["key", "l", "m.k", "a", "ab"]);
    }
}
