//! What `UpdateTable` refuses.

use std::collections::BTreeSet;

use djamodb_core::plan::{GlobalIndexUpdate, StreamUpdate, UpdateTable};
use djamodb_core::schema::{Billing, GlobalIndex, TableSchema, Throughput};
use djamodb_core::service::limits::GLOBAL_INDEXES_MAX;
use djamodb_core::value::Name;

use super::rule::{name, schema};
use crate::error::{Error, Invalid};
use crate::index::Index;
use crate::layout::Layout;
use crate::life::Life;
use crate::schema::IndexKind;

pub(crate) fn request(update: &UpdateTable) -> Result<(), Error> {
    name::table(&update.table)?;
    one_concern(update)?;
    if let Some(Billing::Provisioned(throughput)) = &update.billing {
        schema::throughput(throughput)?;
    }
    let mut seen = BTreeSet::new();
    let mut created_or_deleted = 0;
    for index in &update.global_indexes {
        let (index_name, throughput) = match index {
            GlobalIndexUpdate::Create(index) => (&index.name, index.throughput.as_ref()),
            GlobalIndexUpdate::Update { index, throughput } => (index, Some(throughput)),
            GlobalIndexUpdate::Delete(index) => (index, None),
        };
        name::check(index_name, || "globalSecondaryIndexUpdates.1.member.indexName".into())?;
        throughput.map_or(Ok(()), schema::throughput)?;
        created_or_deleted += usize::from(!matches!(index, GlobalIndexUpdate::Update { .. }));
        if !seen.insert(index_name) {
            return Err(Invalid::IndexUpdatedTwice(index_name.clone()).into());
        }
    }
    if created_or_deleted > 1 { Err(one_index_at_a_time()) } else { Ok(()) }
}

/// A request changes one thing, with few exceptions.
fn one_concern(update: &UpdateTable) -> Result<(), Invalid> {
    let creates_or_deletes = |index: &GlobalIndexUpdate| !matches!(index, GlobalIndexUpdate::Update { .. });
    let indexes = update.global_indexes.iter().any(creates_or_deletes);
    let units = matches!(update.billing, Some(Billing::Provisioned(_)));
    let others = update.billing.is_some() || update.stream.is_some() || !update.global_indexes.is_empty();
    let refused = match (update.deletion_protection.is_some(), others) {
        (false, false) => return Err(Invalid::NothingToUpdate),
        (true, true) => "DeletionProtection modification must be the only operation in the request",
        _ if update.stream.is_some() && units => "You cannot modify stream status while updating table IOPS",
        _ if indexes && units => "You cannot create or delete index while updating table IOPS",
        _ if indexes && update.stream.is_some() => "You cannot create or delete index while changing stream status",
        _ => return Ok(()),
    };
    Err(Invalid::OneChangeAtATime(refused))
}

pub(crate) fn against(update: &UpdateTable, layout: &Layout) -> Result<(), Error> {
    let table = &layout.schema.name;
    layout.can_change()?;
    // Protection is the one thing that can be changed at any time.
    if matches!(layout.life, Life::Updating { .. }) && update.deletion_protection.is_none() {
        return Err(Error::in_use(format_args!("Table is being updated: {table}")));
    }
    beside_an_index(update, layout)?;
    billing(update, &layout.schema)?;
    for index in &update.global_indexes {
        match index {
            GlobalIndexUpdate::Create(index) => created(update, index, layout)?,
            GlobalIndexUpdate::Update { index, throughput } => updated(update, index, *throughput, layout)?,
            GlobalIndexUpdate::Delete(index) => deleted(index, layout)?,
        }
    }
    match (update.stream, layout.schema.stream) {
        (Some(StreamUpdate::Enable(_)), Some(_)) => Err(Invalid::StreamEnabled(table.clone()).into()),
        (Some(StreamUpdate::Disable), None) => Err(Invalid::NoStream(table.clone()).into()),
        _ => Ok(()),
    }
}

/// While an index is being filled, the table is ready, but not for everything.
fn beside_an_index(update: &UpdateTable, layout: &Layout) -> Result<(), Error> {
    let what = match (update.billing, update.stream) {
        (Some(_), _) => "Can't change table IOPS",
        (None, Some(_)) => "Can't change stream status",
        (None, None) => return Ok(()),
    };
    match layout.indexes.iter().find(|index| matches!(index.life, Life::Creating { .. })) {
        None => Ok(()),
        Some(index) => Err(Error::in_use(format_args!(
            "{what} when an index is being created. Table: {} Indexes: [{}]",
            layout.schema.name, index.schema.name
        ))),
    }
}

fn billing(update: &UpdateTable, schema: &TableSchema) -> Result<(), Invalid> {
    let Some(Billing::Provisioned(Throughput { read_units, write_units })) = update.billing else {
        return Ok(());
    };
    if update.billing == Some(schema.billing) {
        return Err(Invalid::SameThroughput { read: read_units, write: write_units });
    }
    let names_it = |index: &GlobalIndex| {
        let same = |update: &GlobalIndexUpdate| matches!(update, GlobalIndexUpdate::Update { index: name, .. } if *name == index.name);
        update.global_indexes.iter().any(same)
    };
    // Indexes that were paid for by request have to be told theirs.
    let untold = schema.global_indexes.iter().find(|index| !names_it(index));
    match untold {
        Some(index) if schema.billing == Billing::PayPerRequest => {
            Err(Invalid::IndexThroughputMissing(index.name.clone()))
        }
        _ => Ok(()),
    }
}

/// Whether the table is paid for by throughput once the update is made.
fn is_provisioned(update: &UpdateTable, schema: &TableSchema) -> bool {
    matches!(update.billing.unwrap_or(schema.billing), Billing::Provisioned(_))
}

fn created(update: &UpdateTable, index: &GlobalIndex, layout: &Layout) -> Result<(), Error> {
    if let Ok((_, present)) = layout.index(&index.name) {
        in_progress(present)?;
        return Err(Invalid::IndexExists.into());
    }
    no_other_index(layout)?;
    if layout.schema.global_indexes.len() >= GLOBAL_INDEXES_MAX {
        let message = "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20";
        return Err(Error::LimitExceeded(message.to_owned()));
    }
    match (is_provisioned(update, &layout.schema), index.throughput) {
        (true, None) => return Err(Invalid::IndexThroughputMissing(index.name.clone()).into()),
        (false, Some(_)) => return Err(Invalid::IndexThroughputOnDemand(index.name.clone()).into()),
        _ => {}
    }
    let mut with_index = layout.schema.clone();
    with_index.global_indexes.push(index.clone());
    schema::global_indexes(&with_index)?;
    schema::attributes(&with_index).map_err(|invalid| match invalid {
        Invalid::AttributeTwice => Invalid::AttributeRedefined(index.name.clone()),
        invalid => invalid,
    })?;
    Ok(schema::projections(&with_index)?)
}

fn updated(update: &UpdateTable, name: &Name, throughput: Throughput, layout: &Layout) -> Result<(), Error> {
    let index = global(name, layout, Invalid::UpdateLocalIndex)?;
    in_progress(index)?;
    if !is_provisioned(update, &layout.schema) {
        return Err(Invalid::IndexThroughputOnDemand(name.clone()).into());
    }
    let present = layout.schema.global_indexes.iter().find(|index| index.name == *name);
    if update.billing.is_none() && present.and_then(|index| index.throughput) == Some(throughput) {
        let Throughput { read_units: read, write_units: write } = throughput;
        return Err(Invalid::SameIndexThroughput { index: name.clone(), read, write }.into());
    }
    Ok(())
}

fn deleted(name: &Name, layout: &Layout) -> Result<(), Error> {
    in_progress(global(name, layout, Invalid::DeleteLocalIndex)?)?;
    no_other_index(layout)
}

/// One index at a time is created or deleted; others may get another throughput meanwhile.
fn no_other_index(layout: &Layout) -> Result<(), Error> {
    let comes_or_goes = |index: &Index| matches!(index.life, Life::Creating { .. } | Life::Deleting { .. });
    if layout.indexes.iter().any(comes_or_goes) { Err(one_index_at_a_time()) } else { Ok(()) }
}

/// A global index by its name.
fn global<'a>(name: &Name, layout: &'a Layout, if_local: fn(Name) -> Invalid) -> Result<&'a Index, Error> {
    let not_found = || Error::IndexNotFound { index: name.clone(), table: layout.schema.name.clone() };
    let (_, index) = layout.index(name).map_err(|_| not_found())?;
    if index.schema.kind == IndexKind::Local { Err(if_local(name.clone()).into()) } else { Ok(index) }
}

/// An index that is in the middle of something is left alone until that is done.
fn in_progress(index: &Index) -> Result<(), Error> {
    let name = &index.schema.name;
    match index.life {
        Life::Active => Ok(()),
        Life::Creating { .. } => Err(Error::in_use(format_args!("Index is being created: {name}"))),
        Life::Updating { .. } => Err(Error::in_use(format_args!("Index is being updated: {name}"))),
        Life::Deleting { .. } => Err(Error::in_use(format_args!("Index is being deleted: {name}"))),
    }
}

fn one_index_at_a_time() -> Error {
    let message = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    Error::LimitExceeded(message.to_owned())
}
