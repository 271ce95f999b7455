//! All models of the program.

use super::ModelSchema;

/// A model's entry in the list of all models. The derive writes one.
#[derive(Debug)]
pub struct Registration {
    /// The model's schema.
    pub schema: fn() -> &'static ModelSchema,
}

inventory::collect!(Registration);

/// The schemas of all models that are linked into this program, by table name.
///
/// A crate of models that the program never mentions is left out by the linker; `use models as _;` keeps it.
///
/// ```
/// # use djamodb::prelude::*;
/// # #[derive(Model)]
/// # #[model(table = "weather")]
/// # struct Weather {
/// #     #[model(hash_key)]
/// #     location: String,
/// # }
/// assert!(djamodb::model::registered().iter().any(|schema| schema.model == "Weather"));
/// ```
pub fn registered() -> Vec<&'static ModelSchema> {
    let mut schemas: Vec<_> = inventory::iter::<Registration>.into_iter().map(|entry| (entry.schema)()).collect();
    schemas.sort_by(|left, right| left.table.name.cmp(&right.table.name));
    schemas
}

/// Those whose tables are created and deleted together: all but the models with `#[model(managed = false)]`.
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
