//! Tables of models: created, deleted, looked for.

use super::Database;
use crate::error::Error;
use crate::model::{Model, ModelSchema, registered};
use crate::plan::{CreateTable, DeleteTable, DescribeTable};
use crate::run::{TableWait, WaitFor, advance};
use crate::value::Name;

impl Database {
    /// Creates a model's table and waits until it can be used. Gives its name.
    pub async fn create_table<M: Model>(&self) -> Result<Name, Error> {
        let name = self.start_create_table::<M>().await?;
        self.wait(&name, WaitFor::Active).await?;
        Ok(name)
    }

    /// Creates a model's table and does not wait.
    pub async fn start_create_table<M: Model>(&self) -> Result<Name, Error> {
        self.start_create(M::schema()).await
    }

    /// Deletes a model's table with everything in it, and waits until it is gone. Gives its name.
    pub async fn delete_table<M: Model>(&self) -> Result<Name, Error> {
        let name = self.start_delete_table::<M>().await?;
        self.wait(&name, WaitFor::Gone).await?;
        Ok(name)
    }

    /// Deletes a model's table with everything in it, and does not wait.
    pub async fn start_delete_table<M: Model>(&self) -> Result<Name, Error> {
        self.start_delete(M::schema()).await
    }

    /// Whether a model's table exists, in whatever state.
    pub async fn table_exists<M: Model>(&self) -> Result<bool, Error> {
        match self.run(DescribeTable::new(self.table_name::<M>())).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_resource_not_found() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Creates the tables of all models of the program, then waits until they can be used. Gives their names.
    ///
    /// No models is an error: see [`registered`]. If some fail, the others are created all the same.
    pub async fn create_all_tables(&self) -> Result<Vec<Name>, Error> {
        self.create_tables(&registered()).await
    }

    /// The same for some models.
    pub async fn create_tables(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        let mut started = Several::of(models)?;
        for schema in models {
            started.add(self.start_create(schema).await);
        }
        self.wait_for_all(started, WaitFor::Active).await
    }

    /// Deletes the tables of all models of the program, then waits until they are gone. Gives their names.
    pub async fn delete_all_tables(&self) -> Result<Vec<Name>, Error> {
        self.delete_tables(&registered()).await
    }

    /// The same for some models.
    pub async fn delete_tables(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        let mut started = Several::of(models)?;
        for schema in models {
            started.add(self.start_delete(schema).await);
        }
        self.wait_for_all(started, WaitFor::Gone).await
    }

    async fn start_create(&self, schema: &ModelSchema) -> Result<Name, Error> {
        let schema = self.defaults().apply(&schema.table);
        let name = schema.name.clone();
        self.run(CreateTable::new(schema)).await?;
        Ok(name)
    }

    async fn start_delete(&self, schema: &ModelSchema) -> Result<Name, Error> {
        let name = self.defaults().table_name(&schema.table.name);
        self.run(DeleteTable::new(name.clone())).await?;
        Ok(name)
    }

    async fn wait(&self, table: &Name, wait_for: WaitFor) -> Result<(), Error> {
        advance(self.driver(), &mut TableWait::new(table.clone(), wait_for)).await?;
        Ok(())
    }

    async fn wait_for_all(&self, started: Several, wait_for: WaitFor) -> Result<Vec<Name>, Error> {
        let mut ready = Several { done: Vec::new(), ..started };
        for name in started.done {
            ready.add(self.wait(&name, wait_for).await.map(|()| name));
        }
        ready.result()
    }
}

/// What became of several tables.
#[derive(Default)]
struct Several {
    done: Vec<Name>,
    failed: usize,
    error: Option<Error>,
}

impl Several {
    /// Nothing has become of them yet.
    fn of(models: &[&ModelSchema]) -> Result<Self, Error> {
        if models.is_empty() { Err(Error::NoModels) } else { Ok(Self::default()) }
    }

    fn add(&mut self, result: Result<Name, Error>) {
        match result {
            Ok(name) => self.done.push(name),
            Err(error) => {
                self.failed += 1;
                self.error.get_or_insert(error);
            }
        }
    }

    fn result(self) -> Result<Vec<Name>, Error> {
        match self.error {
            None => Ok(self.done),
            Some(error) => Err(Error::SomeTables { done: self.done, failed: self.failed, error: Box::new(error) }),
        }
    }
}
