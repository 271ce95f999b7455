//! What all operations work on: the tables, the streams, the tokens of transactions, the time.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use djamodb_core::driver::Clock;
use djamodb_core::value::Name;

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::options::MemoryOptions;
use crate::stream::Streams;
use crate::table::{ARN_PREFIX, Table};
use crate::token::Tokens;

#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) tables: Catalogue,
    pub(crate) streams: Streams,
    pub(crate) tokens: Tokens,
    pub(crate) options: MemoryOptions,
}

impl Service {
    pub(crate) fn new(options: MemoryOptions) -> Self {
        Self { tables: Catalogue::default(), streams: Streams::default(), tokens: Tokens::default(), options }
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.options.clock
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock().now()
    }

    /// A table as it is now: what is due by the clock is done before.
    pub(crate) fn table(&self, name: &Name) -> Result<Arc<Table>, Error> {
        let table = self.tables.get(name).ok_or(Error::TableNotFound)?;
        if self.settle(&table) { Ok(table) } else { Err(Error::TableNotFound) }
    }

    /// The same for operations on the table itself, which say more when there is none.
    pub(crate) fn named_table(&self, name: &Name) -> Result<Arc<Table>, Error> {
        self.table(name).map_err(|_| Error::NamedTableNotFound(name.clone()))
    }

    /// The same for operations on its backups, which say it in yet another way.
    pub(crate) fn backed_up_table(&self, name: &Name) -> Result<Arc<Table>, Error> {
        self.table(name).map_err(|_| Error::BackedUpTableNotFound(name.clone()))
    }

    /// The same by ARN.
    pub(crate) fn table_by_arn(&self, arn: &str) -> Result<Arc<Table>, Error> {
        let name = arn.strip_prefix(ARN_PREFIX).unwrap_or_default();
        self.table(&Name::from(name)).map_err(|_| Error::ResourceNotFound(arn.to_owned()))
    }

    /// Lets everything happen that is due, in all tables.
    pub(crate) fn settle_all(&self) {
        for table in self.tables.all() {
            self.settle(&table);
        }
    }

    /// Whether the table is still there after what was due.
    fn settle(&self, table: &Table) -> bool {
        let Some(now) = table.alarm.rings(|| self.now()) else {
            return true;
        };
        let is_here = table.settle(self.clock(), now);
        if !is_here {
            self.tables.remove(table);
        }
        is_here
    }
}
