//! Legacy parameters: conditions and updates by attribute, which expressions have replaced.
//!
//! [`Expected`], `QueryFilter`, `ScanFilter`, `KeyConditions`, `AttributeUpdates` and `AttributesToGet` become the same trees as
//! expressions. See
//! [the legacy parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html).

mod comparison;
mod expected;
mod projection;
mod update;

pub(crate) use comparison::{Comparison, Junction, comparisons, filter, key_conditions, operator};
pub(crate) use expected::{Expected, SentExpected, condition_of, expected};
pub(crate) use projection::attributes_to_get;
pub(crate) use update::{AttributeUpdate, update_of, updates};
