//! Settings of tables as constants, which models name and other settings extend.

use super::table_tags::{TableTags, TagSetting};
use super::{Billing, StreamView, TableClass, TableSchema, Tag};

/// Settings of a table, each of which is given or left open.
///
/// A model names settings with `#[model(settings = …)]`. Other settings extend them by further calls: a later call replaces an
/// earlier one, and tags are replaced by their keys.
///
/// A table has each setting from the first of these that gives it: the option of the model, the settings that the model names, the
/// [`TableDefaults`](crate::database::TableDefaults) of the database, DynamoDB's default. A setting that is given as off is given,
/// too: it is not taken from the database.
///
/// See [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html).
///
/// ```
/// # use djamodb::prelude::*;
/// use djamodb::schema::{Billing, StreamView, TableSettings};
///
/// const SHOP: TableSettings =
///     TableSettings::new().billing(Billing::provisioned(5, 1)).tag("team", "shop").point_in_time_recovery(true);
/// const ORDERS: TableSettings = SHOP.stream(StreamView::NewImage).tag("data", "orders");
///
/// #[derive(Model)]
/// #[model(table = "orders", settings = ORDERS, billing = pay_per_request, deletion_protection)]
/// struct Order {
///     #[model(hash_key)]
///     id: u32,
/// }
///
/// let table = &Order::schema().table;
/// assert_eq!(table.billing, Billing::PayPerRequest, "the option of the model");
/// assert_eq!(table.stream, Some(StreamView::NewImage));
/// assert_eq!(table.tags.len(), 2);
/// assert!(table.point_in_time_recovery && table.deletion_protection);
/// ```
#[derive(Clone, PartialEq, Debug)]
#[must_use = "settings take effect where a model names them"]
pub struct TableSettings {
    pub(crate) billing: Option<Billing>,
    pub(crate) table_class: Option<TableClass>,
    tags: TableTags,
    pub(crate) stream: Option<StreamSetting>,
    pub(crate) point_in_time_recovery: Option<bool>,
    pub(crate) deletion_protection: Option<bool>,
}

/// A stream that settings give a table or leave out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StreamSetting {
    Enabled(StreamView),
    Disabled,
}

impl TableSettings {
    /// Creates settings that leave everything open.
    pub const fn new() -> Self {
        Self {
            billing: None,
            table_class: None,
            tags: TableTags::NONE,
            stream: None,
            point_in_time_recovery: None,
            deletion_protection: None,
        }
    }

    /// Sets the billing mode.
    pub const fn billing(mut self, billing: Billing) -> Self {
        self.billing = Some(billing);
        self
    }

    /// Sets the table class.
    pub const fn table_class(mut self, class: TableClass) -> Self {
        self.table_class = Some(class);
        self
    }

    /// Adds a tag, or replaces the one with the same key. `{table_name}` in `value` is replaced by the name of the table, including the
    /// prefix.
    ///
    /// # Panics
    ///
    /// If there are more than 50 tags, those of [`without_tag`](Self::without_tag) included. A constant does not compile then.
    pub const fn tag(mut self, key: &'static str, value: &'static str) -> Self {
        self.tags = self.tags.with(TagSetting { key, value: Some(value) });
        self
    }

    /// Leaves out a tag that these settings or the database have.
    ///
    /// # Panics
    ///
    /// As [`tag`](Self::tag).
    pub const fn without_tag(mut self, key: &'static str) -> Self {
        self.tags = self.tags.with(TagSetting { key, value: None });
        self
    }

    /// Enables a stream that records these images.
    pub const fn stream(mut self, view: StreamView) -> Self {
        self.stream = Some(StreamSetting::Enabled(view));
        self
    }

    /// Leaves out the stream that these settings or the database have.
    pub const fn without_stream(mut self) -> Self {
        self.stream = Some(StreamSetting::Disabled);
        self
    }

    /// Enables or disables point-in-time recovery: restoring to any second of the last 35 days.
    pub const fn point_in_time_recovery(mut self, enabled: bool) -> Self {
        self.point_in_time_recovery = Some(enabled);
        self
    }

    /// Enables or disables the protection from `DeleteTable`.
    pub const fn deletion_protection(mut self, enabled: bool) -> Self {
        self.deletion_protection = Some(enabled);
        self
    }

    /// Returns the tags, each key once.
    pub(crate) fn tags(&self) -> &[TagSetting] {
        self.tags.as_slice()
    }

    /// Replaces the settings of a table by those that are given here.
    pub(crate) fn apply(&self, table: &mut TableSchema) {
        // All fields are named, so that a new setting is not forgotten here.
        let Self { billing, table_class, tags, stream, point_in_time_recovery, deletion_protection } = self;
        table.billing = billing.unwrap_or(table.billing);
        table.table_class = table_class.unwrap_or(table.table_class);
        table.stream = stream.map_or(table.stream, StreamSetting::view);
        table.point_in_time_recovery = point_in_time_recovery.unwrap_or(table.point_in_time_recovery);
        table.deletion_protection = deletion_protection.unwrap_or(table.deletion_protection);
        for TagSetting { key, value } in tags.as_slice() {
            let present = table.tags.iter().position(|tag| tag.key == *key);
            match (present, value) {
                (Some(position), Some(value)) => (*value).clone_into(&mut table.tags[position].value),
                (Some(position), None) => drop(table.tags.remove(position)),
                (None, Some(value)) => table.tags.push(Tag::new(*key, *value)),
                (None, None) => {}
            }
        }
    }
}

impl Default for TableSettings {
    fn default() -> Self {
        Self::new()
    }
}

impl StreamSetting {
    /// Returns the images that the stream records, or `None` for no stream.
    pub(crate) const fn view(self) -> Option<StreamView> {
        match self {
            Self::Enabled(view) => Some(view),
            Self::Disabled => None,
        }
    }
}
