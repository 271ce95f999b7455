//! Creation of the tables that do not exist yet.

use super::Database;
use super::call_span::CallSpan;
use super::model_tables::ModelTable;
use super::tables::{PendingTable, TableResults, all_models};
use crate::error::Error;
use crate::plan::TableStatus;
use crate::run::{WaitFor, advance, wait_for_table};
use crate::value::Name;

/// A table after the first request about it.
enum FoundTable<'a> {
    /// It did not exist, and its creation has begun.
    Pending(PendingTable),
    /// It exists, perhaps since a moment ago.
    Existing(ModelTable<'a>),
}

impl Database {
    /// Creates those tables of all [registered](crate::model::registered) models that do not exist, waits until all tables are
    /// active, and returns the names of those that were created. Models with `#[model(managed = false)]` are skipped. Models of the
    /// same table are treated as by [`create_tables`](Self::create_tables).
    ///
    /// Existing tables are not changed. Their key and indexes are compared with the models, because requests depend on them. Their
    /// other settings (billing, tags, stream, time to live) are not compared. Several processes can call this at the same time, such
    /// as at their start: each table is created by one of them.
    ///
    /// ```standalone_crate
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::Weather;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = djamodb::connect("memory://").await?;
    /// db.create_table::<Weather>().await?;
    /// let created = db.create_missing_tables().await?;
    /// assert!(!created.iter().any(|name| *name == "weather"));
    /// assert!(db.create_missing_tables().await?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Error::NoModels`], if no model is registered.
    /// - [`Error::TableConflict`], if two models exclude each other. Nothing is created.
    /// - [`Error::SomeTables`], if any table fails. The other tables are created nevertheless. For an existing table that lacks an
    ///   index or has another key, the error of that table is [`Error::TableMismatch`], which names the index.
    pub async fn create_missing_tables(&self) -> Result<Vec<Name>, Error> {
        CallSpan::of_tables("create_missing_tables").run(self.create_missing()).await
    }

    async fn create_missing(&self) -> Result<Vec<Name>, Error> {
        let models = all_models()?;
        let mut results = TableResults::default();
        // The service creates all tables at the same time, so all requests are sent before the first wait.
        let mut found = Vec::new();
        for table in self.tables_of(&models)? {
            match self.find_or_begin(table).await {
                Ok(table) => found.push(table),
                Err(error) => results.add(Err(error)),
            }
        }
        for table in found {
            match table {
                FoundTable::Pending(PendingTable { name, mut creation }) => {
                    let created = advance(self.driver(), &mut creation).await;
                    results.add(created.map(|_| name).map_err(Error::from));
                }
                FoundTable::Existing(table) => {
                    if let Err(error) = self.check_existing(&table).await {
                        results.add(Err(error));
                    }
                }
            }
        }
        results.into_result()
    }

    /// Begins the creation of a table, unless it exists.
    async fn find_or_begin<'a>(&self, table: ModelTable<'a>) -> Result<FoundTable<'a>, Error> {
        match self.describe(&table.schema.name).await? {
            None => {}
            Some(description) if description.status == TableStatus::Deleting => {
                self.wait_until_gone(&table.schema.name).await?;
            }
            Some(_) => return Ok(FoundTable::Existing(table)),
        }
        match self.send_creation(&table).await {
            Ok(pending) => Ok(FoundTable::Pending(pending)),
            // Another process was faster.
            Err(error) if error.is_resource_in_use() => Ok(FoundTable::Existing(table)),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits until an existing table can be used, and compares it with its models.
    async fn check_existing(&self, table: &ModelTable<'_>) -> Result<(), Error> {
        let name = &table.schema.name;
        let mut description = self.describe(name).await?;
        if description.as_ref().is_none_or(|description| description.status == TableStatus::Creating) {
            wait_for_table(self.driver(), name.clone(), WaitFor::Active).await?;
            description = self.describe(name).await?;
        }
        match description.and_then(|description| table.mismatch(&description)) {
            None => Ok(()),
            Some(mismatch) => Err(Error::TableMismatch(Box::new(mismatch))),
        }
    }
}
