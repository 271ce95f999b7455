//! Registry of the program's models.

use super::ModelSchema;
use super::codegen::RegisteredModel;

/// Returns the schemas of all models that are linked into this program, sorted by table name, then by model name.
///
/// The linker drops a crate of models that the program never refers to; `use models as _;` keeps it.
///
/// ```
/// # use djamodb_example_models as _;
/// assert!(djamodb::model::registered().iter().any(|schema| schema.model == "Weather"));
/// ```
pub fn registered() -> Vec<&'static ModelSchema> {
    let mut schemas: Vec<_> = inventory::iter::<RegisteredModel>.into_iter().map(|model| (model.schema)()).collect();
    schemas.sort_by(|left, right| (&left.table.name, left.model).cmp(&(&right.table.name, right.model)));
    schemas
}

/// Returns the schemas of the models whose tables are created and deleted together: all except those with
/// `#[model(managed = false)]`.
///
/// ```
/// # use djamodb::prelude::*;
/// #[derive(Model)]
/// #[model(table = "audit", managed = false)]
/// struct Audit {
///     #[model(hash_key)]
///     id: String,
/// }
///
/// assert!(djamodb::model::registered().iter().any(|schema| schema.model == "Audit"));
/// assert!(!djamodb::model::managed().iter().any(|schema| schema.model == "Audit"));
/// ```
pub fn managed() -> Vec<&'static ModelSchema> {
    registered().into_iter().filter(|schema| schema.managed).collect()
}
