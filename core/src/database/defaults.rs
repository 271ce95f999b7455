//! What all tables of a database have in common.

use crate::schema::{Billing, StreamView, TableSchema, Tag};
use crate::value::Name;

/// What all tables of a database have in common, where a model does not say otherwise.
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
    /// What comes before every table's name, with a hyphen in between; nothing when absent.
    pub prefix: Option<String>,
    /// How capacity is paid for.
    pub billing: Billing,
    /// Labels on every table; `{table_name}` in a value stands for the table's name.
    pub tags: Vec<Tag>,
    /// What every table's stream records, if tables have one.
    pub stream: Option<StreamView>,
    /// Whether every table can be restored to any point of the last 35 days.
    pub point_in_time_recovery: bool,
}

impl TableDefaults {
    /// A table's name after the prefix: `{prefix}-{name}`.
    pub fn table_name(&self, name: &Name) -> Name {
        match &self.prefix {
            None => name.clone(),
            Some(prefix) => format!("{prefix}-{name}").into(),
        }
    }

    /// A table with its name after the prefix, and with these defaults where it has no setting of its own.
    pub fn apply(&self, table: &TableSchema) -> TableSchema {
        let name = self.table_name(&table.name);
        let filled = |tag: &Tag| Tag::new(&tag.key, tag.value.replace("{table_name}", &name));
        let mut schema = table.clone();
        for tag in &self.tags {
            if !schema.tags.iter().any(|own| own.key == tag.key) {
                schema.tags.push(tag.clone());
            }
        }
        schema.tags = schema.tags.iter().map(filled).collect();
        if schema.billing == Billing::default() {
            schema.billing = self.billing;
        }
        schema.stream = schema.stream.or(self.stream);
        schema.point_in_time_recovery |= self.point_in_time_recovery;
        schema.name = name;
        schema
    }
}
