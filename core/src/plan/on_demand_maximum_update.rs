//! Changes of the on-demand maximums of tables and global indexes.

use crate::schema::OnDemandMaximum;

/// A change of the maximums of units of a table or a global index that is billed per request.
///
/// See [OnDemandThroughput](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OnDemandMaximumUpdate {
    /// Change of the maximum of read units.
    pub read_units: UnitsUpdate,
    /// Change of the maximum of write units.
    pub write_units: UnitsUpdate,
}

/// A change of one maximum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum UnitsUpdate {
    /// Leaves the maximum as it is.
    #[default]
    Unchanged,
    /// Sets the maximum, at least 1 unit per second.
    Set(u64),
    /// Removes the maximum. Drivers send -1.
    Remove,
}

impl OnDemandMaximumUpdate {
    /// No change.
    pub const UNCHANGED: Self = Self { read_units: UnitsUpdate::Unchanged, write_units: UnitsUpdate::Unchanged };

    /// Removes both maximums.
    pub const REMOVE: Self = Self { read_units: UnitsUpdate::Remove, write_units: UnitsUpdate::Remove };

    /// Returns `true` if neither maximum is changed.
    pub fn is_unchanged(self) -> bool {
        self == Self::UNCHANGED
    }

    /// Returns the maximums after the change of `present`.
    ///
    /// ```
    /// use djamodb_core::plan::{OnDemandMaximumUpdate, UnitsUpdate};
    /// use djamodb_core::schema::OnDemandMaximum;
    ///
    /// let update = OnDemandMaximumUpdate { write_units: UnitsUpdate::Remove, ..OnDemandMaximumUpdate::UNCHANGED };
    /// assert_eq!(update.apply(OnDemandMaximum::new(500, 100)), OnDemandMaximum::read(500));
    /// ```
    pub fn apply(self, present: OnDemandMaximum) -> OnDemandMaximum {
        let apply = |update, present| match update {
            UnitsUpdate::Unchanged => present,
            UnitsUpdate::Set(units) => Some(units),
            UnitsUpdate::Remove => None,
        };
        OnDemandMaximum {
            read_units: apply(self.read_units, present.read_units),
            write_units: apply(self.write_units, present.write_units),
        }
    }
}

/// Sets the maximums that are given, and leaves the others as they are.
impl From<OnDemandMaximum> for OnDemandMaximumUpdate {
    fn from(maximum: OnDemandMaximum) -> Self {
        let set = |units: Option<u64>| units.map_or(UnitsUpdate::Unchanged, UnitsUpdate::Set);
        Self { read_units: set(maximum.read_units), write_units: set(maximum.write_units) }
    }
}
