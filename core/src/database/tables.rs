//! Tables of models: creating, deleting, looking up.
//!
//! Models that declare the same table share it. A call for several models creates such a table once, with the indexes of all of
//! them (`model_tables.rs`), and deletes it once.

use super::Database;
use super::call_span::CallSpan;
use super::model_tables::{ModelTable, tables_of};
use crate::driver::DriverError;
use crate::error::Error;
use crate::model::{Model, ModelSchema, managed};
use crate::plan::{DeleteTable, DescribeTable, TableDescription};
use crate::run::{TableCreation, TableWait, WaitFor, advance, step};
use crate::value::Name;

impl Database {
    /// Creates the table of a model, waits until it is active, applies the settings that `CreateTable` does not take (time to
    /// live, point-in-time recovery), and returns its name.
    ///
    /// The table has the indexes of this model only. Use [`create_tables`](Self::create_tables) for models that share a table.
    ///
    /// # Errors
    ///
    /// - [`Error::TableMismatch`], if the table already exists and lacks an index of the model or has another key.
    /// - [`Error::Driver`] of the kind `ResourceInUse`, if the table already exists otherwise, or of any other request that fails.
    pub async fn create_table<M: Model>(&self) -> Result<Name, Error> {
        let call = async {
            for mut pending in self.begin_creations::<M>().await? {
                advance(self.driver(), &mut pending.creation).await?;
            }
            Ok(self.table_name::<M>())
        };
        CallSpan::of_model::<M>(self, "create_table").run(call).await
    }

    /// Creates the table of a model and returns its name. Waits only if the table has settings that `CreateTable` does not take,
    /// since they require an active table.
    ///
    /// # Errors
    ///
    /// As for [`create_table`](Self::create_table).
    pub async fn start_create_table<M: Model>(&self) -> Result<Name, Error> {
        let call = async {
            for mut pending in self.begin_creations::<M>().await? {
                if pending.creation.has_settings() {
                    advance(self.driver(), &mut pending.creation).await?;
                }
            }
            Ok(self.table_name::<M>())
        };
        CallSpan::of_model::<M>(self, "start_create_table").run(call).await
    }

    /// Deletes the table of a model with all its items, waits until it no longer exists, and returns its name.
    ///
    /// # Errors
    ///
    /// [`Error::Driver`] of the kind `ResourceNotFound`, if the table does not exist, or of any other request that fails.
    pub async fn delete_table<M: Model>(&self) -> Result<Name, Error> {
        let call = async {
            for name in self.begin_deletions(M::schema()).await? {
                self.wait_until_gone(&name).await?;
            }
            Ok(self.table_name::<M>())
        };
        CallSpan::of_model::<M>(self, "delete_table").run(call).await
    }

    /// Deletes the table of a model with all its items and returns its name without waiting.
    ///
    /// # Errors
    ///
    /// As for [`delete_table`](Self::delete_table).
    pub async fn start_delete_table<M: Model>(&self) -> Result<Name, Error> {
        let call = async { self.begin_deletions(M::schema()).await.map(|_| self.table_name::<M>()) };
        CallSpan::of_model::<M>(self, "start_delete_table").run(call).await
    }

    /// Returns `true` if the table of a model exists, in any state.
    ///
    /// # Errors
    ///
    /// [`Error::Driver`], if the request fails for any other reason than a missing table.
    pub async fn table_exists<M: Model>(&self) -> Result<bool, Error> {
        let call = async { Ok(self.describe(&self.table_name::<M>()).await?.is_some()) };
        CallSpan::of_model::<M>(self, "table_exists").run(call).await
    }

    /// Creates the tables of all [registered](crate::model::registered) models, waits until they are active, and returns their
    /// names. Models with `#[model(managed = false)]` are skipped. Models of the same table are treated as by
    /// [`create_tables`](Self::create_tables).
    ///
    /// # Errors
    ///
    /// - [`Error::NoModels`], if no model is registered.
    /// - [`Error::TableConflict`], if two models exclude each other. Nothing is created.
    /// - [`Error::SomeTables`], if any table fails. The other tables are created nevertheless.
    pub async fn create_all_tables(&self) -> Result<Vec<Name>, Error> {
        CallSpan::of_tables("create_all_tables").run(async { self.create_each(&all_models()?).await }).await
    }

    /// Creates the tables of several models, waits until they are active, and returns their names. An empty list creates nothing.
    ///
    /// Models that declare the same table share it. It is created once, with the indexes, the tags, the time to live and the
    /// [settings](crate::schema::TableSettings) of all of them. Their keys must be equal, and so must an index, a tag, a time to live or
    /// a setting that several of them give. A model that leaves a setting open agrees with all others.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// #[derive(Model)]
    /// #[model(table = "shop", global_index(by_email, hash_key = email))]
    /// struct Customer {
    ///     #[model(hash_key)]
    ///     pk: String,
    ///     email: Option<String>,
    /// }
    ///
    /// #[derive(Model)]
    /// #[model(table = "shop", global_index(by_status, hash_key = status))]
    /// struct Order {
    ///     #[model(hash_key)]
    ///     pk: String,
    ///     status: Option<String>,
    /// }
    ///
    /// let db = djamodb::connect("memory://").await?;
    /// let created = db.create_tables(&[Customer::schema(), Order::schema()]).await?;
    /// assert_eq!(created, ["shop"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Error::TableConflict`], if two models exclude each other. Nothing is created.
    /// - [`Error::SomeTables`], if any table fails. The other tables are created nevertheless.
    pub async fn create_tables(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        CallSpan::of_tables("create_tables").run(self.create_each(models)).await
    }

    /// Deletes the tables of all [registered](crate::model::registered) models with all their items, waits until they no longer
    /// exist, and returns their names. Models with `#[model(managed = false)]` are skipped.
    ///
    /// # Errors
    ///
    /// - [`Error::NoModels`], if no model is registered.
    /// - [`Error::SomeTables`], if any table fails. The other tables are deleted nevertheless.
    pub async fn delete_all_tables(&self) -> Result<Vec<Name>, Error> {
        CallSpan::of_tables("delete_all_tables").run(async { self.delete_each(&all_models()?).await }).await
    }

    /// Deletes the tables of several models with all their items, waits until they no longer exist, and returns their names. A
    /// table that several models share is deleted once. An empty list deletes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::SomeTables`], if any table fails. The other tables are deleted nevertheless.
    pub async fn delete_tables(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        CallSpan::of_tables("delete_tables").run(self.delete_each(models)).await
    }

    async fn create_each(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        let tables = self.tables_of(models)?;
        let mut results = TableResults::default();
        // The service creates all tables at the same time, so all requests are sent before the first wait.
        let mut all_pending = Vec::new();
        for table in tables {
            match self.begin_creation(table).await {
                Ok(pending) => all_pending.push(pending),
                Err(error) => results.add(Err(error)),
            }
        }
        for PendingTable { name, mut creation } in all_pending {
            let created = advance(self.driver(), &mut creation).await;
            results.add(created.map(|_| name).map_err(Error::from));
        }
        results.into_result()
    }

    async fn delete_each(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        let mut names: Vec<Name> = Vec::new();
        let mut guard_names: Vec<Name> = Vec::new();
        let add = |names: &mut Vec<Name>, name: &Name| {
            let name = self.defaults().table_name(name);
            if !names.contains(&name) {
                names.push(name);
            }
        };
        for schema in models {
            add(&mut names, &schema.table.name);
            if let Some(guards) = schema.guard_table() {
                add(&mut guard_names, &guards.name);
            }
        }
        let mut begun = TableResults::default();
        for name in names {
            begun.add(self.begin_deletion(name).await);
        }
        for name in guard_names {
            if let Some(result) = self.begin_deletion_of_guards(name).await.transpose() {
                begun.add(result);
            }
        }
        let mut results = TableResults { done: Vec::new(), ..begun };
        for name in begun.done {
            results.add(self.wait_until_gone(&name).await.map(|()| name));
        }
        results.into_result()
    }

    pub(super) fn tables_of<'a>(&self, models: &[&'a ModelSchema]) -> Result<Vec<ModelTable<'a>>, Error> {
        tables_of(models, self.defaults()).map_err(Error::TableConflict)
    }

    /// Sends the requests that create the table of a model, and that of its guard items.
    async fn begin_creations<M: Model>(&self) -> Result<Vec<PendingTable>, Error> {
        let mut pending = Vec::new();
        for table in self.tables_of(&[M::schema()])? {
            pending.push(self.begin_creation(table).await?);
        }
        Ok(pending)
    }

    /// Sends the requests that delete the table of a model, and that of its guard items. Returns their names.
    async fn begin_deletions(&self, schema: &ModelSchema) -> Result<Vec<Name>, Error> {
        let mut names = vec![self.begin_deletion(self.defaults().table_name(&schema.table.name)).await?];
        if let Some(guards) = schema.guard_table() {
            names.extend(self.begin_deletion_of_guards(self.defaults().table_name(&guards.name)).await?);
        }
        Ok(names)
    }

    /// Deletes a table of guard items. Returns `None` if there is none, as for a model whose table is older than its unique attributes.
    async fn begin_deletion_of_guards(&self, name: Name) -> Result<Option<Name>, Error> {
        match self.begin_deletion(name).await {
            Ok(name) => Ok(Some(name)),
            Err(Error::Driver(error)) if error.is_resource_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends the request that creates a table. The rest of its creation, waiting and settings, is in the result.
    ///
    /// # Errors
    ///
    /// [`Error::TableMismatch`] for an existing table that does not serve the models, else the error of the request.
    async fn begin_creation(&self, table: ModelTable<'_>) -> Result<PendingTable, Error> {
        match self.send_creation(&table).await {
            Err(error) if error.is_resource_in_use() => Err(self.explain_existing(&table, error).await),
            result => Ok(result?),
        }
    }

    pub(super) async fn send_creation(&self, table: &ModelTable<'_>) -> Result<PendingTable, DriverError> {
        let tags_at_creation = self.driver().capability().create_table_with_tags;
        let mut creation = TableCreation::new(table.schema.clone(), tags_at_creation);
        step(self.driver(), &mut creation).await?;
        Ok(PendingTable { name: table.schema.name.clone(), creation })
    }

    /// Returns the differences between an existing table and its models as an error, or `error` if there are none.
    async fn explain_existing(&self, table: &ModelTable<'_>, error: DriverError) -> Error {
        let described = self.describe(&table.schema.name).await.ok().flatten();
        let mismatch = described.and_then(|description| table.mismatch(&description));
        mismatch.map_or_else(|| error.into(), |mismatch| Error::TableMismatch(Box::new(mismatch)))
    }

    /// Returns the description of a table, or `None` if it does not exist.
    pub(super) async fn describe(&self, table: &Name) -> Result<Option<TableDescription>, DriverError> {
        match self.run(DescribeTable::new(table.clone())).await {
            Ok(output) => Ok(Some(output.table)),
            Err(error) if error.is_resource_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn begin_deletion(&self, name: Name) -> Result<Name, Error> {
        self.run(DeleteTable::new(name.clone())).await?;
        Ok(name)
    }

    pub(super) async fn wait_until_gone(&self, table: &Name) -> Result<(), Error> {
        advance(self.driver(), &mut TableWait::new(table.clone(), WaitFor::Gone)).await?;
        Ok(())
    }
}

/// Returns the models whose tables are created and deleted together.
pub(super) fn all_models() -> Result<Vec<&'static ModelSchema>, Error> {
    let models = managed();
    if models.is_empty() { Err(Error::NoModels) } else { Ok(models) }
}

/// A table for which `CreateTable` was sent.
pub(super) struct PendingTable {
    pub(super) name: Name,
    pub(super) creation: TableCreation,
}

/// Results of one call for several tables.
#[derive(Default)]
pub(super) struct TableResults {
    done: Vec<Name>,
    failed: usize,
    first_error: Option<Error>,
}

impl TableResults {
    pub(super) fn add(&mut self, result: Result<Name, Error>) {
        match result {
            Ok(name) => self.done.push(name),
            Err(error) => {
                self.failed += 1;
                self.first_error.get_or_insert(error);
            }
        }
    }

    pub(super) fn into_result(self) -> Result<Vec<Name>, Error> {
        match self.first_error {
            None => Ok(self.done),
            Some(error) => Err(Error::SomeTables { done: self.done, failed: self.failed, error: Box::new(error) }),
        }
    }
}
