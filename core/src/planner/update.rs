//! Update expressions of edits.

use super::PlanError;
use crate::expression::Update;
use crate::model::{IntoEdits, Model};

/// Returns the update expression of edits, or [`PlanError::Edit`] if an edit is invalid.
pub(crate) fn update_of<M: Model>(edits: impl IntoEdits<M>) -> Result<Update, PlanError> {
    let schema = M::schema();
    edits.into_edits().into_update(schema).map_err(|error| PlanError::Edit { model: schema.model, error })
}
