//! The error of models that declare one table differently.

use crate::value::Name;

/// Two models that declare the same table in ways that exclude each other. Nothing was sent.
///
/// ```
/// use djamodb_core::error::TableConflict;
///
/// let conflict = TableConflict {
///     table: "shop".into(),
///     setting: "the time to live".to_owned(),
///     models: ["Order", "Customer"],
///     values: ["expires".to_owned(), "gone_at".to_owned()],
/// };
/// assert_eq!(
///     conflict.to_string(),
///     "models Order and Customer declare table shop differently: the time to live is expires in Order, and gone_at in Customer"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "models {first} and {second} declare table {table} differently: {setting} is {} in {first}, and {} in {second}",
    values[0], values[1], first = models[0], second = models[1]
)]
pub struct TableConflict {
    /// Name of the table in the database.
    pub table: Name,
    /// Part of the table that differs, such as ``the key of index `by_kind` ``.
    pub setting: String,
    /// The two models.
    pub models: [&'static str; 2],
    /// The values of the two models, in the same order.
    pub values: [String; 2],
}
