//! Settings of tables as constants, which models name and other settings extend.

use super::table_tags::{TableTags, TagSetting};
use super::{Billing, Encryption, OnDemandMaximum, StreamView, TableClass, TableSchema, Tag, WarmThroughput};

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
    pub(crate) on_demand_maximum: Option<OnDemandMaximum>,
    pub(crate) warm_throughput: Option<WarmThroughput>,
    pub(crate) table_class: Option<TableClass>,
    pub(crate) encryption: Option<EncryptionSetting>,
    pub(crate) resource_policy: Option<PolicySetting>,
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

/// The encryption that settings give a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EncryptionSetting {
    AwsOwned,
    AwsManaged,
    CustomerManaged(&'static str),
}

/// A resource-based policy that settings give a table or leave out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PolicySetting {
    Text(&'static str),
    None,
}

impl TableSettings {
    /// Creates settings that leave everything open.
    pub const fn new() -> Self {
        Self {
            billing: None,
            on_demand_maximum: None,
            warm_throughput: None,
            table_class: None,
            encryption: None,
            resource_policy: None,
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

    /// Sets the maximums of the units per second of a table that is billed per request. [`OnDemandMaximum::NONE`] removes those of the
    /// database.
    pub const fn on_demand_maximum(mut self, maximum: OnDemandMaximum) -> Self {
        self.on_demand_maximum = Some(maximum);
        self
    }

    /// Sets the warm throughput of the new table.
    pub const fn warm_throughput(mut self, throughput: WarmThroughput) -> Self {
        self.warm_throughput = Some(throughput);
        self
    }

    /// Sets the table class.
    pub const fn table_class(mut self, class: TableClass) -> Self {
        self.table_class = Some(class);
        self
    }

    /// Encrypts the table by a key that DynamoDB owns.
    pub const fn aws_owned_key(mut self) -> Self {
        self.encryption = Some(EncryptionSetting::AwsOwned);
        self
    }

    /// Encrypts the table by the key `alias/aws/dynamodb`, which AWS manages.
    pub const fn aws_managed_key(mut self) -> Self {
        self.encryption = Some(EncryptionSetting::AwsManaged);
        self
    }

    /// Encrypts the table by a key of the account: its identifier, its ARN, the name or the ARN of an alias.
    pub const fn customer_managed_key(mut self, key: &'static str) -> Self {
        self.encryption = Some(EncryptionSetting::CustomerManaged(key));
        self
    }

    /// Sets the resource-based policy, a document in JSON of at most 20 KB. `{table_name}` in it is replaced by the name of the table,
    /// including the prefix.
    pub const fn resource_policy(mut self, policy: &'static str) -> Self {
        self.resource_policy = Some(PolicySetting::Text(policy));
        self
    }

    /// Leaves out the resource-based policy that these settings have.
    pub const fn without_resource_policy(mut self) -> Self {
        self.resource_policy = Some(PolicySetting::None);
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
        let Self {
            billing,
            on_demand_maximum,
            warm_throughput,
            table_class,
            encryption,
            resource_policy,
            tags,
            stream,
            point_in_time_recovery,
            deletion_protection,
        } = self;
        table.billing = billing.unwrap_or(table.billing);
        table.on_demand_maximum = on_demand_maximum.unwrap_or(table.on_demand_maximum);
        table.warm_throughput = warm_throughput.unwrap_or(table.warm_throughput);
        table.table_class = table_class.unwrap_or(table.table_class);
        if let Some(encryption) = encryption {
            table.encryption = encryption.value();
        }
        if let Some(policy) = resource_policy {
            table.resource_policy = policy.text().map(str::to_owned);
        }
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

impl EncryptionSetting {
    /// Returns the encryption of the table.
    pub(crate) fn value(self) -> Encryption {
        match self {
            Self::AwsOwned => Encryption::AwsOwned,
            Self::AwsManaged => Encryption::AwsManaged,
            Self::CustomerManaged(key) => Encryption::CustomerManaged(key.to_owned()),
        }
    }
}

impl PolicySetting {
    /// Returns the policy, or `None` for no policy.
    pub(crate) const fn text(self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            Self::None => None,
        }
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
