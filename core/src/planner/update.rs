//! What a write changes.

use super::PlanError;
use crate::expression::Update;
use crate::model::{IntoEdits, Model};

/// Edits as an update, if they can be made.
pub(crate) fn update_of<M: Model>(edits: impl IntoEdits<M>) -> Result<Update, PlanError> {
    let schema = M::schema();
    edits.into_edits().into_update(schema).map_err(|error| PlanError::Edit { model: schema.model, error })
}
