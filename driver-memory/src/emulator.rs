//! The state of the emulated service: tables, streams, client request tokens and the clock.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use djamodb_core::driver::Clock;
use djamodb_core::value::Name;

use crate::adversary::{Adversary, Trouble};
use crate::arns::Arns;
use crate::client_token::TokenRegistry;
use crate::error::{Error, ValidationError};
use crate::options::MemoryOptions;
use crate::resource_policy::ResourcePolicy;
use crate::stream::{StreamLog, StreamRegistry};
use crate::table::Table;
use crate::table_registry::TableRegistry;

/// The state that all operations share.
#[derive(Debug)]
pub(crate) struct Emulator {
    pub(crate) tables: Arc<TableRegistry>,
    pub(crate) streams: Arc<StreamRegistry>,
    pub(crate) tokens: Arc<TokenRegistry>,
    pub(crate) options: MemoryOptions,
    pub(crate) arns: Arns,
    /// `Some` in the adversarial mode.
    pub(crate) trouble: Option<Trouble>,
}

impl Emulator {
    pub(crate) fn new(options: MemoryOptions) -> Self {
        Self {
            tables: Arc::default(),
            streams: Arc::default(),
            tokens: Arc::default(),
            trouble: options.adversary.clone().map(Trouble::new),
            arns: Arns::new(&options),
            options,
        }
    }

    /// Returns a copy of the state at one moment, with other options. The copy shares the rows until either is written to, and has the
    /// region and the account of this state.
    ///
    /// All tables are locked at once, in the order of their numbers, so that no request is seen in part.
    pub(crate) fn copy(&self, options: MemoryOptions) -> Self {
        let mut tables = self.tables.all();
        tables.sort_by_key(|table| table.number);
        let layouts: Vec<_> = tables.iter().map(|table| table.layout.write()).collect();
        let streams = self.streams.copy();
        let copies = tables.iter().zip(&layouts).map(|(table, layout)| table.copy(layout, &streams));
        Self {
            tables: Arc::new(TableRegistry::of(copies)),
            tokens: Arc::new(self.tokens.copy()),
            trouble: options.adversary.clone().map(Trouble::new),
            streams: Arc::new(streams),
            arns: self.arns.clone(),
            options: MemoryOptions {
                region: self.options.region.clone(),
                account: self.options.account.clone(),
                ..options
            },
        }
    }

    /// Returns an emulator of the same tables, streams and tokens in another mode.
    pub(crate) fn with_adversary(&self, adversary: Option<Adversary>) -> Self {
        Self {
            tables: Arc::clone(&self.tables),
            streams: Arc::clone(&self.streams),
            tokens: Arc::clone(&self.tokens),
            trouble: adversary.clone().map(Trouble::new),
            arns: self.arns.clone(),
            options: MemoryOptions { adversary, ..self.options.clone() },
        }
    }

    /// Replaces the tables, the streams and the tokens by those of `other`.
    pub(crate) fn replace(&self, other: &Self) {
        self.tables.replace(&other.tables);
        self.streams.replace(&other.streams);
        self.tokens.replace(&other.tokens);
    }

    /// Returns the number of rows at which a page ends, given the limit of the request.
    pub(crate) fn page_limit(&self, limit: Option<u32>) -> Option<u32> {
        self.trouble.as_ref().map_or(limit, |trouble| trouble.page_limit(limit))
    }

    /// Returns the number of keys or writes of a batch of `count` that are processed.
    pub(crate) fn batch_limit(&self, count: usize) -> usize {
        self.trouble.as_ref().map_or(count, |trouble| trouble.batch_limit(count))
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.options.clock
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock().now()
    }

    /// Returns a table after its due transitions.
    ///
    /// # Errors
    ///
    /// [`Error::TableNotFound`] if there is none of this name. The methods below return the error that the service
    /// returns to other groups of operations.
    pub(crate) fn table(&self, name: &Name) -> Result<Arc<Table>, Error> {
        let table = self.tables.get(name).ok_or(Error::TableNotFound)?;
        if self.apply_due_transitions(&table) { Ok(table) } else { Err(Error::TableNotFound) }
    }

    /// Returns a table for an operation on the table itself.
    pub(crate) fn named_table(&self, name: &Name) -> Result<Arc<Table>, Error> {
        self.table(name).map_err(|_| Error::NamedTableNotFound(name.clone()))
    }

    /// Returns a table for an operation on its backups.
    pub(crate) fn backed_up_table(&self, name: &Name) -> Result<Arc<Table>, Error> {
        self.table(name).map_err(|_| Error::BackedUpTableNotFound(name.clone()))
    }

    /// Returns a table for an operation on its tags.
    pub(crate) fn table_by_arn(&self, arn: &str) -> Result<Arc<Table>, Error> {
        let name = self.arns.resource(arn).unwrap_or_default();
        self.table(&Name::from(name)).map_err(|_| Error::ResourceNotFound(arn.to_owned()))
    }

    /// Returns the table or the stream of an ARN that a policy can have, which `validate` has checked.
    pub(crate) fn policy_holder(&self, arn: &str) -> Result<PolicyHolder, Error> {
        let Some(resource) = self.arns.resource(arn) else {
            return Err(ValidationError::ForeignArn(arn.to_owned()).into());
        };
        if resource.contains('/') {
            let stream = self.streams.get(arn, self.now());
            return stream.map(PolicyHolder::Stream).ok_or_else(|| Error::StreamNotFound(arn.to_owned()));
        }
        self.named_table(&Name::from(resource)).map(PolicyHolder::Table)
    }

    /// Applies the due transitions of every table.
    pub(crate) fn apply_all_due_transitions(&self) {
        for table in self.tables.all() {
            self.apply_due_transitions(&table);
        }
    }

    /// Applies the due transitions of a table. Returns `false` if that deleted it.
    fn apply_due_transitions(&self, table: &Table) -> bool {
        let Some(now) = table.next_deadline.if_due(|| self.now()) else {
            return true;
        };
        let exists = table.apply_due_transitions(self.clock(), now);
        if !exists {
            self.tables.remove(table);
        }
        exists
    }
}

/// A resource that can have a policy.
pub(crate) enum PolicyHolder {
    Table(Arc<Table>),
    Stream(Arc<StreamLog>),
}

impl PolicyHolder {
    /// Changes the policy. `change` takes it together with the name of the table.
    ///
    /// # Errors
    ///
    /// The error of `change`, or that of a table that is being created or deleted.
    pub(crate) fn change<T>(
        &self,
        change: impl FnOnce(&mut ResourcePolicy, &str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::Stream(stream) => change(&mut stream.policy.lock(), &stream.identity.table),
            Self::Table(table) => {
                let mut layout = table.layout.write();
                // A table that is being created is not found by these operations.
                layout.check_changeable_or(|name| Error::NamedTableNotFound(name.clone()))?;
                change(&mut layout.policy, &table.name)
            }
        }
    }
}
