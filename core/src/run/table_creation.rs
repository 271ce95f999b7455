//! Creation of a table with all its settings.

use std::collections::VecDeque;

use super::{Machine, Step, TableWait, WaitFor};
use crate::driver::{DriverError, DriverErrorKind, output_of};
use crate::plan::{CreateTable, Operation, Outcome, QueryPlan, TagResource, UpdateContinuousBackups, UpdateTimeToLive};
use crate::schema::TableSchema;

/// Creates a table, waits until it is active, and applies the settings that `CreateTable` does not take: time to live,
/// point-in-time recovery, and tags if the driver cannot create a table with tags.
#[derive(Debug)]
pub(crate) struct TableCreation {
    state: TableCreationState,
    schema: TableSchema,
    wait: TableWait,
    /// `true` if tags are added after creation, when the ARN of the table is known.
    late_tags: bool,
    settings: VecDeque<QueryPlan>,
}

#[derive(Debug)]
enum TableCreationState {
    Create,
    Wait,
    Settings,
}

impl TableCreation {
    /// `tags_at_creation` is `true` if the driver can create a table with tags.
    pub(crate) fn new(mut schema: TableSchema, tags_at_creation: bool) -> Self {
        let wait = TableWait::new(schema.name.clone(), WaitFor::Active);
        let late_tags = !tags_at_creation && !schema.tags.is_empty();
        let mut settings = VecDeque::new();
        if let Some(attribute) = schema.time_to_live.take() {
            settings.push_back(UpdateTimeToLive::enable(schema.name.clone(), attribute).into());
        }
        if std::mem::take(&mut schema.point_in_time_recovery) {
            settings.push_back(UpdateContinuousBackups::enable(schema.name.clone()).into());
        }
        Self { state: TableCreationState::Create, schema, wait, late_tags, settings }
    }

    /// Returns `true` if settings are applied after the table is active.
    pub(crate) fn has_settings(&self) -> bool {
        self.late_tags || !self.settings.is_empty()
    }
}

impl Machine for TableCreation {
    /// Yields nothing. It is done when all settings are applied.
    type Emit = std::convert::Infallible;

    fn next(&mut self) -> Step<Self::Emit> {
        match self.state {
            TableCreationState::Create => {
                let mut schema = self.schema.clone();
                if self.late_tags {
                    schema.tags.clear();
                }
                Step::Execute(CreateTable::new(schema).into())
            }
            TableCreationState::Wait => match self.wait.next() {
                Step::Execute(plan) => Step::Execute(plan),
                Step::Sleep(duration) => Step::Sleep(duration),
                Step::Emit(()) | Step::Done => {
                    self.state = TableCreationState::Settings;
                    self.next()
                }
            },
            TableCreationState::Settings => self.settings.front().cloned().map_or(Step::Done, Step::Execute),
        }
    }

    fn supply(&mut self, outcome: Result<Outcome, DriverError>) -> Result<(), DriverError> {
        match self.state {
            TableCreationState::Create => {
                let created = output_of::<CreateTable>(outcome?)?.table;
                if self.late_tags {
                    let arn = created.arn.ok_or_else(|| {
                        let message = "the table was created, but its tags cannot be added: the driver returned no ARN";
                        DriverError::new(DriverErrorKind::Contract, TagResource::NAME, message)
                            .on_table(Some(&self.schema.name))
                    })?;
                    self.settings.push_back(TagResource::new(arn, std::mem::take(&mut self.schema.tags)).into());
                }
                self.state = TableCreationState::Wait;
                Ok(())
            }
            TableCreationState::Wait => self.wait.supply(outcome),
            TableCreationState::Settings => {
                outcome?;
                self.settings.pop_front();
                Ok(())
            }
        }
    }
}
