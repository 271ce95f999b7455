//! Models with a default manager.

use super::Manager;
use crate::model::{Index, Model};

/// A model with a default manager, for code that works on any model. `#[derive(Model)]` implements it.
///
/// ```
/// # use djamodb::prelude::*;
/// # use djamodb_example_models::{Weather, weather_database};
/// /// Returns the number of items of any model, as its default manager sees them.
/// async fn count_all<M: Managed>(db: &Database) -> Result<u64, djamodb::Error> {
///     M::default_manager().scan().count(db).await
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = weather_database().await?;
/// assert_eq!(count_all::<Weather>(&db).await?, 3);
/// # Ok(())
/// # }
/// ```
///
/// A manager that is declared as `objects` replaces the one over the table. It is the default manager, unless `default_manager` names
/// another. Items that it filters out are then missing wherever no other manager is named.
///
/// ```
/// use djamodb::prelude::*;
///
/// #[derive(Model, Clone, Debug, PartialEq)]
/// #[model(table = "articles", default_manager = objects)]
/// #[model(manager(objects, filter = Self::WITHDRAWN.eq(false)), manager(everything))]
/// struct Article {
///     #[model(hash_key)]
///     id: u32,
///     withdrawn: bool,
/// }
///
/// async fn count_all<M: Managed>(db: &Database) -> Result<u64, djamodb::Error> {
///     M::default_manager().scan().count(db).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Article>().await?;
/// # for (id, withdrawn) in [(1, false), (2, true), (3, false)] {
/// #     Article { id, withdrawn }.save(&db).await?;
/// # }
/// assert_eq!(count_all::<Article>(&db).await?, 2);
/// assert_eq!(Article::everything().scan().count(&db).await?, 3);
/// # Ok(())
/// # }
/// ```
pub trait Managed: Model {
    /// The table or index that the default manager reads.
    type Default: Index<Model = Self>;

    /// Returns the default manager: the one named by `#[model(default_manager = …)]`, or else `objects`, which is the manager over the
    /// table unless another is declared as `objects`.
    ///
    /// Of a manager with a [custom queryset](super::CustomQuerySet), it has the index and the lookups, without the type: generic code knows
    /// no state and no overridden methods.
    fn default_manager() -> Manager<Self, Self::Default>;
}
