//! Settings shared by the tables of a database.

use crate::schema::{Billing, StreamView, TableSchema, Tag};
use crate::value::Name;

/// Settings shared by the tables of a database. They apply where a model has no setting of its own.
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
    /// Tags of all tables. `{table_name}` in a value is replaced by the name of the table. A tag of the model with the same key
    /// takes precedence.
    pub tags: Vec<Tag>,
    /// Images recorded by the streams of all tables. `None` for no stream.
    pub stream: Option<StreamView>,
    /// `true` if point-in-time recovery is enabled for all tables: restoring to any second of the last 35 days.
    pub point_in_time_recovery: bool,
}

impl TableDefaults {
    /// Returns the name of a table in this database: `{prefix}-{name}`, or `name` without a prefix.
    pub fn table_name(&self, name: &Name) -> Name {
        match &self.prefix {
            None => name.clone(),
            Some(prefix) => format!("{prefix}-{name}").into(),
        }
    }

    /// Returns the table as it is created in this database: with the prefix in its name, and these settings where it has none of
    /// its own.
    pub fn apply(&self, table: &TableSchema) -> TableSchema {
        let mut schema = TableSchema { name: self.table_name(&table.name), ..table.clone() };
        self.apply_settings(&mut schema);
        schema
    }

    /// Applies these settings where a table has none of its own. Its name is already the one in this database.
    pub(super) fn apply_settings(&self, schema: &mut TableSchema) {
        let name = &schema.name;
        let expanded = |tag: &Tag| Tag::new(&tag.key, tag.value.replace("{table_name}", name));
        for tag in &self.tags {
            if !schema.tags.iter().any(|own| own.key == tag.key) {
                schema.tags.push(tag.clone());
            }
        }
        schema.tags = schema.tags.iter().map(expanded).collect();
        schema.billing = self.billing_of(schema);
        schema.stream = schema.stream.or(self.stream);
        schema.point_in_time_recovery |= self.point_in_time_recovery;
    }

    /// Returns the billing of a table in this database.
    pub(super) fn billing_of(&self, table: &TableSchema) -> Billing {
        if table.billing == Billing::default() { self.billing } else { table.billing }
    }
}
