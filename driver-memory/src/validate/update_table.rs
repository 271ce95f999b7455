//! Validation of `UpdateTable`.

use std::collections::BTreeSet;

use djamodb_core::plan::{GlobalIndexUpdate, IndexUpdate, StreamUpdate, UpdateTable};
use djamodb_core::schema::{Billing, Encryption, GlobalIndex, TableSchema, Throughput, WarmThroughput};
use djamodb_core::service::limits::GLOBAL_INDEXES_MAX;
use djamodb_core::value::Name;

use super::constraints::Constraints;
use super::rule::{schema, throughput};
use super::table_constraints::GLOBAL_INDEX_KEY_ATTRIBUTES_MAX;
use crate::error::{Error, ValidationError};
use crate::index::Index;
use crate::index_schema::IndexKind;
use crate::layout::Layout;
use crate::lifecycle::Lifecycle;

pub(crate) fn request(update: &UpdateTable) -> Result<(), Error> {
    constraints(update)?;
    one_concern(update)?;
    let mut seen = BTreeSet::new();
    let mut created_or_deleted = 0;
    for index in &update.global_indexes {
        let index_name = match index {
            GlobalIndexUpdate::Create(index) => &index.name,
            GlobalIndexUpdate::Update(IndexUpdate { index, .. }) | GlobalIndexUpdate::Delete(index) => index,
        };
        created_or_deleted += usize::from(!matches!(index, GlobalIndexUpdate::Update(_)));
        if !seen.insert(index_name) {
            return Err(ValidationError::IndexUpdatedTwice(index_name.clone()).into());
        }
    }
    if created_or_deleted > 1 { Err(one_index_at_a_time()) } else { Ok(()) }
}

fn constraints(update: &UpdateTable) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.table(&update.table, || "tableName".into());
    if let Some(Billing::Provisioned(throughput)) = update.billing {
        constraints.throughput(throughput, || "provisionedThroughput".into());
    }
    for (at, index) in update.global_indexes.iter().enumerate() {
        let member = |action: &str| format!("globalSecondaryIndexUpdates.{}.member.{action}", at + 1);
        let throughput = |action: &str| format!("{}.provisionedThroughput", member(action));
        match index {
            GlobalIndexUpdate::Create(index) => {
                let described = (&index.name, &index.key, &index.projection);
                constraints.index(described, GLOBAL_INDEX_KEY_ATTRIBUTES_MAX, || member("create"));
                if let Some(units) = index.throughput {
                    constraints.throughput(units, || throughput("create"));
                }
            }
            GlobalIndexUpdate::Update(update) => {
                constraints.name(&update.index, || format!("{}.indexName", member("update")));
                if let Some(units) = update.throughput {
                    constraints.throughput(units, || throughput("update"));
                }
            }
            GlobalIndexUpdate::Delete(index) => constraints.name(index, || format!("{}.indexName", member("delete"))),
        }
    }
    if let Some(encryption) = &update.encryption {
        constraints.encryption(encryption);
    }
    constraints.check()
}

/// Checks that the request changes one aspect of the table, with few exceptions.
fn one_concern(update: &UpdateTable) -> Result<(), ValidationError> {
    let creates_or_deletes = |index: &GlobalIndexUpdate| !matches!(index, GlobalIndexUpdate::Update(_));
    let creates = |index: &GlobalIndexUpdate| matches!(index, GlobalIndexUpdate::Create(_));
    let indexes = update.global_indexes.iter().any(creates_or_deletes);
    let units = matches!(update.billing, Some(Billing::Provisioned(_)));
    let protection = update.deletion_protection.is_some();
    let encryption = update.encryption.is_some();
    let class = update.table_class.is_some();
    let warm = update.warm_throughput != WarmThroughput::UNSPECIFIED;
    let maximum = !update.on_demand_maximum.is_unchanged();
    let changes = [
        update.billing.is_some(),
        update.stream.is_some(),
        !update.global_indexes.is_empty(),
        protection,
        encryption,
        class,
        warm,
        maximum,
    ];
    let changes = changes.into_iter().filter(|is_present| *is_present).count();
    let maximum_alone = if update.billing.is_some() { 2 } else { 1 };
    let refused = match changes {
        0 => return Err(ValidationError::NothingToUpdate),
        1 => return Ok(()),
        _ if protection => "DeletionProtection modification must be the only operation in the request",
        _ if encryption => "Server-Side Encryption modification must be the only operation in the request",
        _ if class => "TableClass modification must be the only operation in the request",
        _ if maximum && changes > maximum_alone => {
            "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"
        }
        _ if warm && update.global_indexes.iter().any(creates) => {
            "Create global secondary index cannot be specified when updating WarmThroughput"
        }
        _ if warm => "WarmThroughput must be the only operation in the request",
        _ if update.stream.is_some() && units => "You cannot modify stream status while updating table IOPS",
        _ if indexes && units => "You cannot create or delete index while updating table IOPS",
        _ if indexes && update.stream.is_some() => "You cannot create or delete index while changing stream status",
        _ => return Ok(()),
    };
    Err(ValidationError::OneChangeAtATime(refused))
}

pub(crate) fn against(update: &UpdateTable, layout: &Layout) -> Result<(), Error> {
    let table = &layout.schema.name;
    layout.check_changeable()?;
    // Deletion protection can be changed while the table is `UPDATING`.
    if matches!(layout.lifecycle, Lifecycle::Updating { .. }) && update.deletion_protection.is_none() {
        return Err(Error::in_use(format_args!("Table is being updated: {table}")));
    }
    during_index_creation(update, layout)?;
    billing(update, &layout.schema)?;
    encryption(update, layout)?;
    throughput::on_demand_maximum(None, update.on_demand_maximum, billing_after(update, &layout.schema))?;
    throughput::warm_throughput(None, update.warm_throughput, *layout.warm.current())?;
    for index in &update.global_indexes {
        match index {
            GlobalIndexUpdate::Create(index) => check_create(update, index, layout)?,
            GlobalIndexUpdate::Update(index) => check_update(update, index, layout)?,
            GlobalIndexUpdate::Delete(index) => check_delete(index, layout)?,
        }
    }
    match (update.stream, layout.schema.stream) {
        (Some(StreamUpdate::Enable(_)), Some(_)) => Err(ValidationError::StreamEnabled(table.clone()).into()),
        (Some(StreamUpdate::Disable), None) => Err(ValidationError::NoStream(table.clone()).into()),
        _ => Ok(()),
    }
}

/// Checks that billing and stream are not changed while an index is being created.
fn during_index_creation(update: &UpdateTable, layout: &Layout) -> Result<(), Error> {
    let refused = match (update.billing, update.stream) {
        (Some(_), _) => "Can't change table IOPS",
        (None, Some(_)) => "Can't change stream status",
        (None, None) => return Ok(()),
    };
    match layout.indexes.iter().find(|index| matches!(index.lifecycle, Lifecycle::Creating { .. })) {
        None => Ok(()),
        Some(index) => Err(Error::in_use(format_args!(
            "{refused} when an index is being created. Table: {} Indexes: [{}]",
            layout.schema.name, index.schema.name
        ))),
    }
}

fn billing(update: &UpdateTable, schema: &TableSchema) -> Result<(), ValidationError> {
    let Some(Billing::Provisioned(Throughput { read_units, write_units })) = update.billing else {
        return Ok(());
    };
    if update.billing == Some(schema.billing) {
        return Err(ValidationError::SameThroughput { read: read_units, write: write_units });
    }
    let is_updated = |index: &GlobalIndex| {
        let same = |update: &GlobalIndexUpdate| matches!(update, GlobalIndexUpdate::Update(update) if update.index == index.name && update.throughput.is_some());
        update.global_indexes.iter().any(same)
    };
    // A table that becomes provisioned needs a throughput for every index.
    let missing = schema.global_indexes.iter().find(|index| !is_updated(index));
    match missing {
        Some(index) if schema.billing == Billing::PayPerRequest => {
            Err(ValidationError::IndexThroughputMissing(index.name.clone()))
        }
        _ => Ok(()),
    }
}

fn encryption(update: &UpdateTable, layout: &Layout) -> Result<(), ValidationError> {
    match (&update.encryption, layout.encryption.current()) {
        (Some(Encryption::AwsOwned), Encryption::AwsOwned) => Err(ValidationError::EncryptedByDefault),
        // The service compares the text, so that another name of the present key is accepted.
        (Some(Encryption::CustomerManaged(key)), Encryption::CustomerManaged(current)) if key == current => {
            Err(ValidationError::SameEncryptionKey)
        }
        _ => Ok(()),
    }
}

/// Returns the billing of the table after the update.
fn billing_after(update: &UpdateTable, schema: &TableSchema) -> Billing {
    update.billing.unwrap_or(schema.billing)
}

/// Returns `true` if the table has provisioned throughput after the update.
fn is_provisioned(update: &UpdateTable, schema: &TableSchema) -> bool {
    matches!(billing_after(update, schema), Billing::Provisioned(_))
}

fn check_create(update: &UpdateTable, index: &GlobalIndex, layout: &Layout) -> Result<(), Error> {
    if let Ok((_, present)) = layout.index(&index.name) {
        check_active(present)?;
        return Err(ValidationError::IndexExists.into());
    }
    check_no_index_created_or_deleted(layout)?;
    if layout.schema.global_indexes.len() >= GLOBAL_INDEXES_MAX {
        let message = "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20";
        return Err(Error::LimitExceeded(message.to_owned()));
    }
    match (is_provisioned(update, &layout.schema), index.throughput) {
        (true, None) => return Err(ValidationError::IndexThroughputMissing(index.name.clone()).into()),
        (false, Some(_)) => return Err(ValidationError::IndexThroughputOnDemand(index.name.clone()).into()),
        _ => {}
    }
    throughput::of_new_index(index, billing_after(update, &layout.schema))?;
    let mut with_index = layout.schema.clone();
    with_index.global_indexes.push(index.clone());
    schema::global_indexes(&with_index)?;
    schema::attributes(&with_index).map_err(|invalid| match invalid {
        ValidationError::AttributeTwice => ValidationError::AttributeRedefined(index.name.clone()),
        invalid => invalid,
    })?;
    Ok(schema::projections(&with_index)?)
}

fn check_update(update: &UpdateTable, change: &IndexUpdate, layout: &Layout) -> Result<(), Error> {
    let name = &change.index;
    let index = global_index(name, layout, ValidationError::UpdateLocalIndex)?;
    check_active(index)?;
    let billing = billing_after(update, &layout.schema);
    throughput::on_demand_maximum(Some(name), change.on_demand_maximum, billing)?;
    if let Some(warm) = &index.warm {
        throughput::warm_throughput(Some(name), change.warm_throughput, *warm.current())?;
    }
    let changes_others =
        !change.on_demand_maximum.is_unchanged() || change.warm_throughput != WarmThroughput::UNSPECIFIED;
    let throughput = match (change.throughput, billing) {
        (Some(throughput), Billing::Provisioned(_)) => throughput,
        (Some(_), Billing::PayPerRequest) => return Err(ValidationError::IndexThroughputOnDemand(name.clone()).into()),
        (None, _) if changes_others => return Ok(()),
        (None, Billing::PayPerRequest) => return Err(ValidationError::NothingToUpdateOnDemand(name.clone()).into()),
        (None, Billing::Provisioned(_)) => {
            return Err(ValidationError::NothingToUpdateProvisioned(name.clone()).into());
        }
    };
    let present = layout.schema.global_indexes.iter().find(|index| index.name == *name);
    if update.billing.is_none() && present.and_then(|index| index.throughput) == Some(throughput) {
        let Throughput { read_units: read, write_units: write } = throughput;
        return Err(ValidationError::SameIndexThroughput { index: name.clone(), read, write }.into());
    }
    Ok(())
}

fn check_delete(name: &Name, layout: &Layout) -> Result<(), Error> {
    check_active(global_index(name, layout, ValidationError::DeleteLocalIndex)?)?;
    check_no_index_created_or_deleted(layout)
}

/// Checks that no index is being created or deleted.
fn check_no_index_created_or_deleted(layout: &Layout) -> Result<(), Error> {
    let is_created_or_deleted =
        |index: &Index| matches!(index.lifecycle, Lifecycle::Creating { .. } | Lifecycle::Deleting { .. });
    if layout.indexes.iter().any(is_created_or_deleted) { Err(one_index_at_a_time()) } else { Ok(()) }
}

/// Returns a global index by its name, or the error `if_local` for a local one.
fn global_index<'a>(
    name: &Name,
    layout: &'a Layout,
    if_local: fn(Name) -> ValidationError,
) -> Result<&'a Index, Error> {
    let not_found = || Error::IndexNotFound { index: name.clone(), table: layout.schema.name.clone() };
    let (_, index) = layout.index(name).map_err(|_| not_found())?;
    if index.schema.kind == IndexKind::Local { Err(if_local(name.clone()).into()) } else { Ok(index) }
}

/// Checks that an index is active.
fn check_active(index: &Index) -> Result<(), Error> {
    let name = &index.schema.name;
    match index.lifecycle {
        Lifecycle::Active => Ok(()),
        Lifecycle::Creating { .. } => Err(Error::in_use(format_args!("Index is being created: {name}"))),
        Lifecycle::Updating { .. } => Err(Error::in_use(format_args!("Index is being updated: {name}"))),
        Lifecycle::Deleting { .. } => Err(Error::in_use(format_args!("Index is being deleted: {name}"))),
    }
}

fn one_index_at_a_time() -> Error {
    let message = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    Error::LimitExceeded(message.to_owned())
}
