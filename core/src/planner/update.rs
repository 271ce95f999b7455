//! Update expressions of edits and of changes.

use super::PlanError;
use crate::expression::{Path, Update};
use crate::model::{IntoEdits, Model, check_changes, copying};
use crate::value::Item;

/// Returns the update expression of edits, or [`PlanError::Edit`] if an edit is invalid.
pub(crate) fn update_of<M: Model>(edits: impl IntoEdits<M>) -> Result<Update, PlanError> {
    let schema = M::schema();
    edits.into_edits().into_update(schema).map_err(|error| PlanError::Edit { model: schema.model, error })
}

/// Returns an update that copies values at these paths from the item of a value, or [`PlanError::Edit`] if it is invalid.
pub(crate) fn update_of_copy<M: Model>(item: &Item, paths: Vec<Path>) -> Result<Update, PlanError> {
    let schema = M::schema();
    copying(item, paths, schema).map_err(|error| PlanError::Edit { model: schema.model, error })
}

/// Returns an update that changes one item of a model into another one, or [`PlanError::Edit`] if it is invalid.
pub(crate) fn update_of_changes<M: Model>(update: Update) -> Result<Update, PlanError> {
    let schema = M::schema();
    let checked = check_changes(&update, schema);
    checked.map(|()| update).map_err(|error| PlanError::Edit { model: schema.model, error })
}
