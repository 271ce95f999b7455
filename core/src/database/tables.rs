//! Tables of models: created, deleted, looked for.

use super::Database;
use crate::error::Error;
use crate::model::{Model, ModelSchema, managed};
use crate::plan::{DeleteTable, DescribeTable};
use crate::run::{TableCreation, TableWait, WaitFor, advance, step};
use crate::value::Name;

impl Database {
    /// Creates a model's table, waits until it can be used, and then makes its settings: time to live, point-in-time
    /// recovery. Gives its name.
    pub async fn create_table<M: Model>(&self) -> Result<Name, Error> {
        let mut started = self.start_create(M::schema()).await?;
        advance(self.driver(), &mut started.creation).await?;
        Ok(started.name)
    }

    /// Creates a model's table and does not wait, unless the table has settings that can only be made once it can be used.
    pub async fn start_create_table<M: Model>(&self) -> Result<Name, Error> {
        let mut started = self.start_create(M::schema()).await?;
        if started.creation.has_settings() {
            advance(self.driver(), &mut started.creation).await?;
        }
        Ok(started.name)
    }

    /// Deletes a model's table with everything in it, and waits until it is gone. Gives its name.
    pub async fn delete_table<M: Model>(&self) -> Result<Name, Error> {
        let name = self.start_delete_table::<M>().await?;
        self.wait_until_gone(&name).await?;
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

    /// Creates the tables of all models of the program, then waits until they can be used. Gives their names. Models with
    /// `#[model(managed = false)]` are passed over.
    ///
    /// No models is an error: see [`registered`](crate::model::registered). If some fail, the others are created all the same.
    pub async fn create_all_tables(&self) -> Result<Vec<Name>, Error> {
        self.create_tables(&managed()).await
    }

    /// The same for some models.
    pub async fn create_tables(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        let mut ready = Several::of(models)?;
        // All are started before the first is waited for.
        let mut started = Vec::new();
        for schema in models {
            match self.start_create(schema).await {
                Ok(creation) => started.push(creation),
                Err(error) => ready.add(Err(error)),
            }
        }
        for Started { name, mut creation } in started {
            let created = advance(self.driver(), &mut creation).await;
            ready.add(created.map(|_| name).map_err(Error::from));
        }
        ready.result()
    }

    /// Deletes the tables of all models of the program, then waits until they are gone. Gives their names. Models with
    /// `#[model(managed = false)]` are passed over.
    pub async fn delete_all_tables(&self) -> Result<Vec<Name>, Error> {
        self.delete_tables(&managed()).await
    }

    /// The same for some models.
    pub async fn delete_tables(&self, models: &[&ModelSchema]) -> Result<Vec<Name>, Error> {
        let mut started = Several::of(models)?;
        for schema in models {
            started.add(self.start_delete(schema).await);
        }
        self.wait_for_all_gone(started).await
    }

    /// Sends the request that creates a table; what remains is waiting and settings.
    async fn start_create(&self, schema: &ModelSchema) -> Result<Started, Error> {
        let schema = self.defaults().apply(&schema.table);
        let name = schema.name.clone();
        let mut creation = TableCreation::new(schema, self.driver().capability().create_table_with_tags);
        step(self.driver(), &mut creation).await?;
        Ok(Started { name, creation })
    }

    async fn start_delete(&self, schema: &ModelSchema) -> Result<Name, Error> {
        let name = self.defaults().table_name(&schema.table.name);
        self.run(DeleteTable::new(name.clone())).await?;
        Ok(name)
    }

    async fn wait_until_gone(&self, table: &Name) -> Result<(), Error> {
        advance(self.driver(), &mut TableWait::new(table.clone(), WaitFor::Gone)).await?;
        Ok(())
    }

    async fn wait_for_all_gone(&self, started: Several) -> Result<Vec<Name>, Error> {
        let mut ready = Several { done: Vec::new(), ..started };
        for name in started.done {
            ready.add(self.wait_until_gone(&name).await.map(|()| name));
        }
        ready.result()
    }
}

/// A table whose creation has begun.
struct Started {
    name: Name,
    creation: TableCreation,
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
