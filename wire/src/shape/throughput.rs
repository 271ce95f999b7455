//! Billing, provisioned throughput, on-demand maximums and warm throughput.

use djamodb_core::plan::{OnDemandMaximumUpdate, UnitsUpdate, WarmThroughputDescription};
use djamodb_core::schema::{Billing, OnDemandMaximum, Throughput, WarmThroughput};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::json::{Long, Structure, Text, TypeName};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct ProvisionedThroughput {
    read_capacity_units: Option<Long>,
    write_capacity_units: Option<Long>,
    number_of_decreases_today: Option<Long>,
}

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct OnDemandThroughput {
    max_read_request_units: Option<Long>,
    max_write_request_units: Option<Long>,
}

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentWarmThroughput {
    read_units_per_second: Option<Long>,
    write_units_per_second: Option<Long>,
    status: Option<Text>,
}

impl TypeName for ProvisionedThroughput {
    const NAME: &'static str = "ProvisionedThroughput";
}

impl TypeName for OnDemandThroughput {
    const NAME: &'static str = "OnDemandThroughput";
}

impl TypeName for SentWarmThroughput {
    const NAME: &'static str = "WarmThroughput";
}

/// The value of `OnDemandThroughput` that stands for no maximum.
const NO_MAXIMUM: i64 = -1;

pub(crate) fn long(number: u64) -> Long {
    Long(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Returns the number, of which a negative one is 0: the driver refuses it as it refuses 0.
pub(crate) fn unsigned(Long(number): Long) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// Reads a provisioned throughput. `member` is its path in the request.
pub(crate) fn read(
    throughput: Option<Structure<ProvisionedThroughput>>,
    member: &str,
    violations: &mut Violations,
) -> Option<Throughput> {
    let Structure(throughput) = throughput?;
    let mut units = |name: &str, value: Option<Long>| {
        let path = format!("{member}.{name}");
        if let Some(value) = value {
            return violations.units(&path, value);
        }
        violations.null(&path);
        1
    };
    // In the order in which the service reports them.
    let write_units = units("writeCapacityUnits", throughput.write_capacity_units);
    let read_units = units("readCapacityUnits", throughput.read_capacity_units);
    Some(Throughput { read_units, write_units })
}

pub(crate) fn write(throughput: Throughput) -> Structure<ProvisionedThroughput> {
    Structure(ProvisionedThroughput {
        read_capacity_units: Some(long(throughput.read_units)),
        write_capacity_units: Some(long(throughput.write_units)),
        number_of_decreases_today: None,
    })
}

/// Returns the description of a throughput. That of an on-demand table is 0.
pub(crate) fn describe(throughput: Option<Throughput>) -> Structure<ProvisionedThroughput> {
    let mut described = write(throughput.unwrap_or(Throughput { read_units: 0, write_units: 0 }));
    described.0.number_of_decreases_today = Some(Long(0));
    described
}

/// Returns the throughput of a description.
pub(crate) fn described(throughput: Option<Structure<ProvisionedThroughput>>) -> Option<Throughput> {
    let Structure(throughput) = throughput?;
    let (read, write) = throughput.read_capacity_units.zip(throughput.write_capacity_units)?;
    Some(Throughput { read_units: unsigned(read), write_units: unsigned(write) })
}

/// The value of `BillingMode`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BillingMode {
    Provisioned,
    PayPerRequest,
}

pub(crate) fn read_mode(text: Option<Text>, violations: &mut Violations) -> Option<BillingMode> {
    let values = [("PROVISIONED", BillingMode::Provisioned), ("PAY_PER_REQUEST", BillingMode::PayPerRequest)];
    violations.one_of("billingMode", text, &values)
}

/// Returns the billing of a mode and a throughput, and `None` if a request changes neither.
pub(crate) fn billing(
    mode: Option<BillingMode>,
    throughput: Option<Throughput>,
) -> Result<Option<Billing>, RequestError> {
    match (mode, throughput) {
        (None, None) => Ok(None),
        (Some(BillingMode::PayPerRequest), None) => Ok(Some(Billing::PayPerRequest)),
        (None | Some(BillingMode::Provisioned), Some(throughput)) => Ok(Some(Billing::Provisioned(throughput))),
        (Some(BillingMode::Provisioned), None) => Err(RequestError::validation(
            "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when \
             BillingMode is PROVISIONED",
        )),
        (Some(BillingMode::PayPerRequest), Some(_)) => Err(RequestError::validation(
            "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when \
             BillingMode is PAY_PER_REQUEST",
        )),
    }
}

/// Returns the billing mode and the throughput of a billing.
pub(crate) fn write_billing(billing: Billing) -> (Text, Option<Structure<ProvisionedThroughput>>) {
    match billing {
        Billing::PayPerRequest => (Text("PAY_PER_REQUEST".to_owned()), None),
        Billing::Provisioned(throughput) => (Text("PROVISIONED".to_owned()), Some(write(throughput))),
    }
}

pub(crate) fn read_maximum(maximum: Option<Structure<OnDemandThroughput>>) -> OnDemandMaximum {
    let update = read_maximum_update(maximum);
    update.apply(OnDemandMaximum::NONE)
}

pub(crate) fn read_maximum_update(maximum: Option<Structure<OnDemandThroughput>>) -> OnDemandMaximumUpdate {
    let Some(Structure(maximum)) = maximum else { return OnDemandMaximumUpdate::UNCHANGED };
    let units = |units: Option<Long>| match units {
        None => UnitsUpdate::Unchanged,
        Some(Long(NO_MAXIMUM)) => UnitsUpdate::Remove,
        Some(units) => UnitsUpdate::Set(unsigned(units)),
    };
    OnDemandMaximumUpdate {
        read_units: units(maximum.max_read_request_units),
        write_units: units(maximum.max_write_request_units),
    }
}

/// Returns `None` for an update without changes.
pub(crate) fn write_maximum(update: impl Into<OnDemandMaximumUpdate>) -> Option<Structure<OnDemandThroughput>> {
    let update = update.into();
    let units = |update| match update {
        UnitsUpdate::Unchanged => None,
        UnitsUpdate::Set(units) => Some(long(units)),
        UnitsUpdate::Remove => Some(Long(NO_MAXIMUM)),
    };
    (!update.is_unchanged()).then(|| {
        Structure(OnDemandThroughput {
            max_read_request_units: units(update.read_units),
            max_write_request_units: units(update.write_units),
        })
    })
}

pub(crate) fn read_warm(warm: Option<Structure<SentWarmThroughput>>) -> WarmThroughput {
    let Structure(warm) = warm.unwrap_or_default();
    WarmThroughput {
        read_units: warm.read_units_per_second.map(unsigned),
        write_units: warm.write_units_per_second.map(unsigned),
    }
}

/// Returns `None` for a warm throughput without values.
pub(crate) fn write_warm(warm: WarmThroughput) -> Option<Structure<SentWarmThroughput>> {
    (warm != WarmThroughput::UNSPECIFIED).then(|| {
        Structure(SentWarmThroughput {
            read_units_per_second: warm.read_units.map(long),
            write_units_per_second: warm.write_units.map(long),
            status: None,
        })
    })
}

/// Returns the description of a warm throughput with the name of its status.
pub(crate) fn describe_warm<S>(
    warm: &WarmThroughputDescription<S>,
    status: &'static str,
) -> Structure<SentWarmThroughput> {
    Structure(SentWarmThroughput {
        read_units_per_second: Some(long(warm.read_units)),
        write_units_per_second: Some(long(warm.write_units)),
        status: Some(Text(status.to_owned())),
    })
}

/// Returns a described warm throughput, if the description is complete.
pub(crate) fn described_warm<S>(
    warm: Option<Structure<SentWarmThroughput>>,
    status: impl FnOnce(&str) -> Option<S>,
) -> Option<WarmThroughputDescription<S>> {
    let Structure(warm) = warm?;
    let (read, write) = warm.read_units_per_second.zip(warm.write_units_per_second)?;
    let Text(text) = warm.status?;
    Some(WarmThroughputDescription { read_units: unsigned(read), write_units: unsigned(write), status: status(&text)? })
}
