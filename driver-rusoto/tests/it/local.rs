//! A connection to DynamoDB Local that deletes its tables.

use std::sync::{Arc, Mutex, PoisonError};

use djamodb_core::driver::{Driver, DriverExt};
use djamodb_core::plan::{CreateTable, DeleteTable, PutItem, TableDescription};
use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};
use djamodb_core::value::{Item, Name};
use djamodb_driver_rusoto::{RusotoConfig, RusotoDriver};

/// A driver connected to DynamoDB Local, together with the tables that a case created.
#[derive(Clone)]
pub(crate) struct Local {
    pub(crate) driver: RusotoDriver,
    tables: Arc<Mutex<Vec<Name>>>,
}

impl Local {
    pub(crate) async fn connect(url: String) -> Self {
        // The variable holds a database URL, of which the driver takes the endpoint.
        let url = url.replacen("dynamodb://", "http://", 1);
        let config = RusotoConfig { endpoint: Some(url), ..RusotoConfig::default() };
        let driver = RusotoDriver::connect(config).await.expect("DJAMODB_TEST_URL is an endpoint");
        Self { driver, tables: Arc::default() }
    }

    /// Returns a table name that no other case uses.
    pub(crate) fn unique_name(&self) -> Name {
        format!("djamodb-it-{:016x}", self.driver.clock().seed()).into()
    }

    /// Creates a table that is deleted when the case ends.
    pub(crate) async fn create(&self, schema: TableSchema) -> TableDescription {
        let name = schema.name.clone();
        let created = self.driver.run(CreateTable::new(schema)).await.expect("a table can be created");
        self.tables.lock().unwrap_or_else(PoisonError::into_inner).push(name);
        created.table
    }

    /// Creates a [`weather`] table that contains `items`.
    pub(crate) async fn weather(&self, items: impl IntoIterator<Item = Item>) -> Name {
        let name = self.unique_name();
        self.create(weather(name.clone())).await;
        for item in items {
            self.driver.run(PutItem::new(&name, item)).await.expect("an item can be put");
        }
        name
    }

    pub(crate) async fn delete_tables(&self) {
        let tables = std::mem::take(&mut *self.tables.lock().unwrap_or_else(PoisonError::into_inner));
        for table in tables {
            // A case may have deleted its table itself.
            let _ = self.driver.run(DeleteTable::new(table)).await;
        }
    }
}

/// Returns the schema of a table of days by location and date. It has a global index by kind and temperature and a local index
/// by temperature.
pub(crate) fn weather(name: Name) -> TableSchema {
    let [location, date, kind] = ["location", "date", "kind"].map(KeyAttribute::s);
    let temperature = KeyAttribute::n("temperature");
    let mut schema = TableSchema::new(name, KeySchema::hash_and_range(location.clone(), date));
    let by_kind = KeySchema::hash_and_range(kind, temperature.clone());
    schema.global_indexes.push(GlobalIndex::new("by_kind", by_kind, IndexProjection::Include(vec!["wind".into()])));
    let by_temperature = KeySchema::hash_and_range(location, temperature);
    schema.local_indexes.push(LocalIndex::new("by_temperature", by_temperature, IndexProjection::KeysOnly));
    schema
}

/// Returns the key of a day in Seattle.
pub(crate) fn key(day: i32) -> Item {
    Item::new().with("location", "Seattle").with("date", format!("2015-01-{day:02}"))
}

/// Returns a day in Seattle.
pub(crate) fn day(day: i32, kind: &str) -> Item {
    key(day).with("kind", kind).with("temperature", 10 - day)
}
