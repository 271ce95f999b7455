//! Tables of models: creating, deleting, looking up.

use super::Database;
use super::call_span::CallSpan;
use crate::error::Error;
use crate::model::{Model, ModelSchema, managed};
use crate::plan::{DeleteTable, DescribeTable};
use crate::run::{TableCreation, TableWait, WaitFor, advance, step};
use crate::value::Name;

impl Database {
    /// Creates the table of a model, waits until it is active, applies the settings that `CreateTable` does not take (time to
    /// live, point-in-time recovery), and returns its name.
    ///
    /// # Errors
    ///
    /// [`Error::Driver`] of the kind `ResourceInUse`, if the table already exists, or of any other request that fails.
    pub async fn create_table<M: Model>(&self) -> Result<Name, Error> {
        let call = async {
            let mut pending = self.begin_creation(M::schema()).await?;
            advance(self.driver(), &mut pending.creation).await?;
            Ok(pending.name)
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
            let mut pending = self.begin_creation(M::schema()).await?;
            if pending.creation.has_settings() {
                advance(self.driver(), &mut pending.creation).await?;
            }
            Ok(pending.name)
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
            let name = self.begin_deletion(M::schema()).await?;
            self.wait_until_gone(&name).await?;
            Ok(name)
        };
        CallSpan::of_model::<M>(self, "delete_table").run(call).await
    }

    /// Deletes the table of a model with all its items and returns its name without waiting.
    ///
    /// # Errors
    ///
    /// As for [`delete_table`](Self::delete_table).
    pub async fn start_delete_table<M: Model>(&self) -> Result<Name, Error> {
        CallSpan::of_model::<M>(self, "start_delete_table").run(self.begin_deletion(M::schema())).await
    }

    /// Returns `true` if the table of a model exists, in any state.
    ///
    /// # Errors
    ///
    /// [`Error::Driver`], if the request fails for any other reason than a missing table.
    pub async fn table_exists<M: Model>(&self) -> Result<bool, Error> {
        let call = async {
            match self.run(DescribeTable::new(self.table_name::<M>())).await {
                Ok(_) => Ok(true),
                Err(error) if error.is_resource_not_found() => Ok(false),
                Err(error) => Err(error.into()),
            }
        };
        CallSpan::of_model::<M>(self, "table_exists").run(call).await
    }

    /// Creates the tables of all [registered](crate::model::registered) models, waits until they are active, and returns their
    /// names. Models with `#[model(managed = false)]` are skipped.
    ///
    /// # Errors
    ///
    /// - [`Error::NoModels`], if no model is registered.
    /// - [`Error::SomeTables`], if any table fails. The other tables are created nevertheless.
    pub async fn create_all_tables(&self) -> Result<Vec<Name>, Error> {
        CallSpan::of_tables("create_all_tables").run(self.create_each(&managed())).await
    }

    /// Creates the tables of several models, waits until they are active, and returns their names.
    ///
    /// # Errors
    ///
    /// As for [`create_all_tables`](Self::create_all_tables).
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
        CallSpan::of_tables("delete_all_tables").run(self.delete_each(&managed())).await
    }

    /// Deletes the tables of several models with all their items, waits until they no longer exist, and returns their names.
    ///
    /// # Errors
    ///
    /// As for [`delete_all_tables`](Self::delete_all_tables).
    pub async fn delete_tables(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        CallSpan::of_tables("delete_tables").run(self.delete_each(models)).await
    }

    async fn create_each(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        let mut results = TableResults::of(models)?;
        // The service creates all tables at the same time, so all requests are sent before the first wait.
        let mut all_pending = Vec::new();
        for schema in models {
            match self.begin_creation(schema).await {
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
        let mut begun = TableResults::of(models)?;
        for schema in models {
            begun.add(self.begin_deletion(schema).await);
        }
        let mut results = TableResults { done: Vec::new(), ..begun };
        for name in begun.done {
            results.add(self.wait_until_gone(&name).await.map(|()| name));
        }
        results.into_result()
    }

    /// Sends the request that creates a table. The rest of its creation, waiting and settings, is in the result.
    async fn begin_creation(&self, schema: &ModelSchema) -> Result<PendingTable, Error> {
        let schema = self.defaults().apply(&schema.table);
        let name = schema.name.clone();
        let mut creation = TableCreation::new(schema, self.driver().capability().create_table_with_tags);
        step(self.driver(), &mut creation).await?;
        Ok(PendingTable { name, creation })
    }

    async fn begin_deletion(&self, schema: &ModelSchema) -> Result<Name, Error> {
        let name = self.defaults().table_name(&schema.table.name);
        self.run(DeleteTable::new(name.clone())).await?;
        Ok(name)
    }

    async fn wait_until_gone(&self, table: &Name) -> Result<(), Error> {
        advance(self.driver(), &mut TableWait::new(table.clone(), WaitFor::Gone)).await?;
        Ok(())
    }
}

/// A table for which `CreateTable` was sent.
struct PendingTable {
    name: Name,
    creation: TableCreation,
}

/// Results of one call for several tables.
#[derive(Default)]
struct TableResults {
    done: Vec<Name>,
    failed: usize,
    first_error: Option<Error>,
}

impl TableResults {
    /// Returns empty results, or an error if there are no models.
    fn of(models: &[&ModelSchema]) -> Result<Self, Error> {
        if models.is_empty() { Err(Error::NoModels) } else { Ok(Self::default()) }
    }

    fn add(&mut self, result: Result<Name, Error>) {
        match result {
            Ok(name) => self.done.push(name),
            Err(error) => {
                self.failed += 1;
                self.first_error.get_or_insert(error);
            }
        }
    }

    fn into_result(self) -> Result<Vec<Name>, Error> {
        match self.first_error {
            None => Ok(self.done),
            Some(error) => Err(Error::SomeTables { done: self.done, failed: self.failed, error: Box::new(error) }),
        }
    }
}
