//! Rules for on-demand maximums and the warm throughput of tables and global indexes.

use djamodb_core::plan::{OnDemandMaximumUpdate, UnitsUpdate};
use djamodb_core::schema::{Billing, GlobalIndex, TableSchema, Throughput, WarmThroughput};
use djamodb_core::value::Name;

use crate::error::ValidationError;
use crate::warm_units::WarmUnits;

const MAX_READ: &str = "MaxReadRequestUnits";
const MAX_WRITE: &str = "MaxWriteRequestUnits";
const WARM_READ: &str = "ReadUnitsPerSecond";
const WARM_WRITE: &str = "WriteUnitsPerSecond";

/// Checks the on-demand maximums and the warm throughput of a new table and of its indexes.
pub(crate) fn of_new_table(table: &TableSchema) -> Result<(), ValidationError> {
    let is_provisioned = table.billing != Billing::PayPerRequest;
    let maximums = || {
        let of_indexes = table.global_indexes.iter().map(|index| (Some(&index.name), index.on_demand_maximum));
        std::iter::once((None, table.on_demand_maximum)).chain(of_indexes)
    };
    if is_provisioned {
        for (index, maximum) in maximums() {
            if let Some(member) = first_member(maximum.into()) {
                let of = index.map_or_else(String::new, |index| format!(" for index: {index}"));
                return Err(ValidationError::MaximumOfNewProvisionedTable { member, of });
            }
        }
    }
    for (index, maximum) in maximums() {
        maximum_range(index, maximum.into())?;
    }
    warm_of_new(None, table.warm_throughput, table.billing, None)?;
    table.global_indexes.iter().try_for_each(|index| warm_of_new_index(index, table.billing))
}

/// Checks that the indexes of a new on-demand table have no provisioned throughput.
pub(crate) fn of_indexes_of_new_table(table: &TableSchema) -> Result<(), ValidationError> {
    let with_throughput = table.global_indexes.iter().find(|index| index.throughput.is_some());
    match (table.billing, with_throughput) {
        (Billing::PayPerRequest, Some(index)) => Err(ValidationError::NewIndexThroughputOnDemand(index.name.clone())),
        _ => Ok(()),
    }
}

/// Checks the on-demand maximums and the warm throughput of an index that is added to a table of this billing.
pub(crate) fn of_new_index(index: &GlobalIndex, billing: Billing) -> Result<(), ValidationError> {
    on_demand_maximum(Some(&index.name), index.on_demand_maximum.into(), billing)?;
    warm_of_new_index(index, billing)
}

/// Checks a change of the on-demand maximums of a table, or of one of its indexes, which then has this billing.
pub(crate) fn on_demand_maximum(
    index: Option<&Name>,
    update: OnDemandMaximumUpdate,
    billing: Billing,
) -> Result<(), ValidationError> {
    if let (Billing::Provisioned(_), Some(member)) = (billing, first_member(update)) {
        let of = index.map_or_else(String::new, |index| format!(" for index : {index}"));
        return Err(ValidationError::MaximumOfProvisionedTable { member, of });
    }
    maximum_range(index, update)
}

/// Checks that the warm throughput of a table or an index is not lowered.
pub(crate) fn warm_throughput(
    index: Option<&Name>,
    requested: WarmThroughput,
    current: WarmUnits,
) -> Result<(), ValidationError> {
    lower_member(requested, current)
        .map_or(Ok(()), |member| Err(ValidationError::WarmThroughputLowered { member, of: warm_target(index) }))
}

/// Returns the first member of an update that the request contains.
fn first_member(update: OnDemandMaximumUpdate) -> Option<&'static str> {
    let is_present = |units| units != UnitsUpdate::Unchanged;
    is_present(update.read_units).then_some(MAX_READ).or(is_present(update.write_units).then_some(MAX_WRITE))
}

fn maximum_range(index: Option<&Name>, update: OnDemandMaximumUpdate) -> Result<(), ValidationError> {
    let range = 1..=i64::MAX.cast_unsigned();
    let is_outside = |update| matches!(update, UnitsUpdate::Set(units) if !range.contains(&units));
    let member = is_outside(update.read_units).then_some(MAX_READ);
    let Some(member) = member.or(is_outside(update.write_units).then_some(MAX_WRITE)) else {
        return Ok(());
    };
    let of = index.map_or_else(|| "table".to_owned(), |index| format!("index : {index}"));
    Err(ValidationError::MaximumRange { member, of })
}

fn warm_of_new_index(index: &GlobalIndex, billing: Billing) -> Result<(), ValidationError> {
    warm_of_new(Some(&index.name), index.warm_throughput, billing, index.throughput)
}

fn warm_of_new(
    index: Option<&Name>,
    requested: WarmThroughput,
    billing: Billing,
    of_index: Option<Throughput>,
) -> Result<(), ValidationError> {
    let Some(member) = lower_member(requested, WarmUnits::initial(billing, of_index)) else {
        return Ok(());
    };
    let of = warm_target(index);
    Err(match billing {
        Billing::PayPerRequest => ValidationError::WarmThroughputOnDemand { member, of },
        Billing::Provisioned(_) => {
            let units = if member == WARM_READ { "ReadCapacityUnits" } else { "WriteCapacityUnits" };
            ValidationError::WarmThroughputProvisioned { member, of, units }
        }
    })
}

/// Returns the first member of a warm throughput that is lower than `least`.
fn lower_member(requested: WarmThroughput, least: WarmUnits) -> Option<&'static str> {
    let is_lower = |units: Option<u64>, least| units.is_some_and(|units| units < least);
    let read = is_lower(requested.read_units, least.read).then_some(WARM_READ);
    read.or(is_lower(requested.write_units, least.write).then_some(WARM_WRITE))
}

fn warm_target(index: Option<&Name>) -> String {
    index.map_or_else(|| "table".to_owned(), |index| format!("index {index}"))
}
