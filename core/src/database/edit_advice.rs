//! Advice on edits that the stored item does not allow.

use std::fmt::Write;

use crate::driver::DriverError;
use crate::expression::{Path, PathStep, SetValue, Update, UpdateError, UpdateOperand};
use crate::model::{Model, ModelSchema};

/// Maximum number of paths in a message.
const PATHS_SHOWN_MAX: usize = 3;

/// Returns the error of an update with the paths of the edits that can be its cause, and with the remedy.
pub(crate) fn with_edit_advice<M: Model>(error: DriverError, update: &Update) -> DriverError {
    let Some(reason) = error.update_refusal() else { return error };
    let schema = M::schema();
    let advice = match reason {
        UpdateError::InvalidPath => missing_parent(schema, update),
        UpdateError::MissingAttribute => missing_operand(update),
        UpdateError::IncorrectType => other_type(update),
        _ => None,
    };
    match advice {
        Some(advice) => error.with_advice(advice),
        None => error,
    }
}

/// Returns the advice for an update of which one path leads through a missing value.
fn missing_parent(schema: &ModelSchema, update: &Update) -> Option<String> {
    let nested: Vec<&Path> = update.targets().filter(|path| !path.steps.is_empty()).collect();
    let first = parent(nested.first()?);
    let mut advice = format!("the item lacks the map or list around {}", quoted(&nested));
    match schema.attribute(&first.name).filter(|_| first.steps.is_empty()) {
        Some(attribute) => {
            let constant = format!("{}::{}", schema.model, attribute.field.to_uppercase());
            let _ = write!(advice, "; write the parent `{first}` first, for example with {constant}.set(…)");
        }
        None => {
            let _ = write!(advice, "; write the parent `{first}` first, for example by setting `{}`", first.name);
        }
    }
    Some(advice)
}

/// Returns the advice for an update of which one operand is missing.
fn missing_operand(update: &Update) -> Option<String> {
    let paths = operands(update);
    (!paths.is_empty()).then(|| {
        format!(
            "the edits read {}, which the item lacks at least in part; write it first, for example with \
             set_if_not_exists(…), or use add(…), which counts a missing number as 0",
            quoted(&paths)
        )
    })
}

/// Returns the advice for an update that combines a stored value of another type.
fn other_type(update: &Update) -> Option<String> {
    let mut paths: Vec<&Path> = update.add.iter().chain(&update.delete).map(|(path, _)| path).collect();
    paths.extend(operands(update));
    (!paths.is_empty()).then(|| {
        format!(
            "the edits change {}, and the item holds a value of another type there than the model declares; replace it \
             with set(…)",
            quoted(&paths)
        )
    })
}

/// Returns the paths whose stored values the update reads.
fn operands(update: &Update) -> Vec<&Path> {
    let mut paths = Vec::new();
    for (_, value) in &update.set {
        match value {
            SetValue::Operand(operand) => push_paths(operand, &mut paths),
            SetValue::Plus(left, right) | SetValue::Minus(left, right) => {
                push_paths(left, &mut paths);
                push_paths(right, &mut paths);
            }
        }
    }
    paths
}

fn push_paths<'a>(operand: &'a UpdateOperand, paths: &mut Vec<&'a Path>) {
    paths.extend(operand.nodes().filter_map(|node| match node {
        UpdateOperand::Path(path) | UpdateOperand::IfNotExists(path, _) => Some(path),
        UpdateOperand::Value(_) | UpdateOperand::ListAppend(_) => None,
    }));
}

/// Returns the path of the map or list that a nested path leads into.
fn parent(path: &Path) -> Path {
    let steps: Vec<PathStep> = path.steps.iter().take(path.steps.len().saturating_sub(1)).cloned().collect();
    Path { name: path.name.clone(), steps: steps.into() }
}

fn quoted(paths: &[&Path]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for path in paths {
        let path = format!("`{path}`");
        if !shown.contains(&path) {
            shown.push(path);
        }
    }
    let more = if shown.len() > PATHS_SHOWN_MAX { ", …" } else { "" };
    shown.truncate(PATHS_SHOWN_MAX);
    format!("{}{more}", shown.join(", "))
}
