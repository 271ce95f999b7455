//! Settings shared by the tables of a database.

use crate::model::ModelSchema;
use crate::schema::{Billing, Encryption, OnDemandMaximum, StreamView, TableClass, TableSchema, TableSettings, Tag};
use crate::value::Name;

/// Settings shared by the tables of a database. They apply where a model leaves a setting open.
/// [`TableSettings`] lists the precedence.
///
/// ```
/// use djamodb_core::database::TableDefaults;
/// use djamodb_core::schema::Tag;
///
/// let defaults = TableDefaults {
///     prefix: Some("staging".into()),
///     tags: vec![Tag::new("table", "{table_name}")],
///     ..TableDefaults::default()
/// };
/// assert_eq!(defaults.table_name(&"weather".into()), "staging-weather");
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TableDefaults {
    /// Prefix of all table names, joined with a hyphen. `None` for no prefix.
    pub prefix: Option<String>,
    /// Billing mode.
    pub billing: Billing,
    /// Maximums of the units per second of each table that is billed per request. Those of its indexes are not set.
    pub on_demand_maximum: OnDemandMaximum,
    /// Table class.
    pub table_class: TableClass,
    /// Key by which the tables are encrypted.
    pub encryption: Encryption,
    /// Tags of all tables. `{table_name}` in a value is replaced by the name of the table. A tag of the model with the same key
    /// takes precedence.
    pub tags: Vec<Tag>,
    /// Images recorded by the streams of all tables. `None` for no stream.
    pub stream: Option<StreamView>,
    /// `true` if point-in-time recovery is enabled for all tables: restoring to any second of the last 35 days.
    pub point_in_time_recovery: bool,
    /// `true` if all tables are protected from `DeleteTable`.
    pub deletion_protection: bool,
}

impl TableDefaults {
    /// Returns the name of a table in this database: `{prefix}-{name}`, or `name` without a prefix.
    pub fn table_name(&self, name: &Name) -> Name {
        match &self.prefix {
            None => name.clone(),
            Some(prefix) => format!("{prefix}-{name}").into(),
        }
    }

    /// Returns the table of a model as it is created in this database: with the prefix in its name, and these settings where the model
    /// leaves them open.
    pub fn apply(&self, model: &ModelSchema) -> TableSchema {
        let mut schema = TableSchema { name: self.table_name(&model.table.name), ..model.table.clone() };
        self.apply_settings(&mut schema, [&model.settings]);
        schema
    }

    /// Sets the settings of a table: those of its models, which do not contradict each other, and these where all of them leave a
    /// setting open. The name of the table is already the one in this database.
    pub(super) fn apply_settings<'a>(
        &self,
        schema: &mut TableSchema,
        models: impl IntoIterator<Item = &'a TableSettings>,
    ) {
        // All fields are named, so that a new setting is not forgotten here.
        let Self {
            prefix: _,
            billing,
            on_demand_maximum,
            table_class,
            encryption,
            tags,
            stream,
            point_in_time_recovery,
            deletion_protection,
        } = self;
        schema.billing = *billing;
        schema.on_demand_maximum = OnDemandMaximum::NONE;
        schema.table_class = *table_class;
        schema.encryption.clone_from(encryption);
        schema.tags.clone_from(tags);
        schema.stream = *stream;
        schema.point_in_time_recovery = *point_in_time_recovery;
        schema.deletion_protection = *deletion_protection;
        let mut is_maximum_open = true;
        for settings in models {
            is_maximum_open &= settings.on_demand_maximum.is_none();
            settings.apply(schema);
        }
        // The service refuses the maximums of a table with provisioned throughput, which a model may have chosen.
        if is_maximum_open && schema.billing == Billing::PayPerRequest {
            schema.on_demand_maximum = *on_demand_maximum;
        }
        if let Some(policy) = &mut schema.resource_policy {
            *policy = policy.replace("{table_name}", &schema.name);
        }
        for tag in &mut schema.tags {
            tag.value = tag.value.replace("{table_name}", &schema.name);
        }
    }
}
