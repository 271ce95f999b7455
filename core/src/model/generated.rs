//! Fields that writes fill in: versions, times and identifiers.

use chrono::{DateTime, Utc};

use super::datetime::{PointInTime, truncated};
use super::ids::IdSource;
use super::{AttributeType, CodecError, CodecErrorKind, ModelSchema};
use crate::driver::Clock;
use crate::expression::{Comparator, Condition, Path, SetValue, Update, UpdateOperand};
use crate::value::{AttributeValue, Item, Name};

/// A field that writes fill in, as the options `version`, `created_at`, `updated_at` and `generate` of `#[derive(Model)]` declare.
#[derive(Debug)]
#[non_exhaustive]
pub struct GeneratedField {
    /// Name of the attribute in the table.
    pub name: Name,
    /// The value that writes give it.
    pub value: GeneratedValue,
}

/// The value that writes give to a field.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum GeneratedValue {
    /// The number of writes of the item.
    Version {
        /// Returns the version that follows this one, or the first one.
        next: NextVersion,
    },
    /// The time at which the item was created.
    CreatedAt(TimeCodec),
    /// The time of the last write.
    UpdatedAt(TimeCodec),
    /// An identifier.
    Id {
        /// Returns `true` for the value of a field that is not set.
        is_unset: fn(&AttributeValue) -> bool,
        /// Returns a new identifier.
        generate: fn(&IdSource) -> Result<AttributeValue, CodecError>,
    },
}

/// The function that returns the version that follows another one, or the first one.
pub type NextVersion = fn(Option<&AttributeValue>) -> Result<AttributeValue, CodecError>;

/// The functions for a field with a generated time.
#[derive(Clone, Copy, Debug)]
pub struct TimeCodec {
    /// Returns `true` for the value of a field that is not set.
    pub is_unset: fn(&AttributeValue) -> bool,
    /// Encodes a time, without the fractions that the attribute does not keep.
    pub encode: fn(DateTime<Utc>) -> Result<AttributeValue, CodecError>,
}

/// Types of fields with a generated time: each [`PointInTime`], and an `Option` of one.
///
/// A field is not set if it is `None`, or the start of 1970, which is the `Default` of these types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a generated time",
    note = "`created_at` and `updated_at` need a point in time, such as `DateTime<Utc>`, or an `Option` of one"
)]
pub trait GeneratedTime: AttributeType {
    /// Returns a time as a value of this type.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] if this type cannot hold the value.
    fn at(time: DateTime<Utc>) -> Result<Self, CodecError>;

    /// Returns `true` if a field with this value is not set.
    fn is_unset(&self) -> bool;
}

impl<T: AttributeType + PointInTime> GeneratedTime for T {
    fn at(time: DateTime<Utc>) -> Result<Self, CodecError> {
        T::from_date_time(truncated(time))
    }

    fn is_unset(&self) -> bool {
        self.to_date_time() == DateTime::UNIX_EPOCH
    }
}

impl<T: AttributeType + PointInTime> GeneratedTime for Option<T> {
    fn at(time: DateTime<Utc>) -> Result<Self, CodecError> {
        T::at(time).map(Some)
    }

    fn is_unset(&self) -> bool {
        self.as_ref().is_none_or(T::is_unset)
    }
}

/// Types of versions: `u32` and `u64`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a version",
    label = "expected `u64`",
    note = "a version is a `u64` or a `u32`; 0 is that of a value that was never stored"
)]
pub trait Version: AttributeType + Default {
    /// Returns the next version, or `None` after the last one.
    fn next(self) -> Option<Self>;
}

impl Version for u32 {
    fn next(self) -> Option<Self> {
        self.checked_add(1)
    }
}

impl Version for u64 {
    fn next(self) -> Option<Self> {
        self.checked_add(1)
    }
}

/// The effect of a write on the fields that are filled in once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WriteKind {
    /// The item is new.
    Create,
    /// The item may exist, and is replaced.
    Save,
}

impl GeneratedField {
    /// Returns the description of a version.
    pub(super) fn version<T: Version>(name: Name) -> Self {
        let next = |held: Option<&AttributeValue>| {
            let version = held.map_or_else(|| Ok(T::default()), T::decode)?;
            let text = version.encode()?.to_string();
            let next = version.next().ok_or_else(|| {
                CodecError::new(CodecErrorKind::OutOfRange {
                    number: text,
                    expected: "a version that another one can follow",
                })
            })?;
            next.encode()
        };
        Self { name, value: GeneratedValue::Version { next } }
    }

    /// Returns the description of a time of creation.
    pub(super) fn created_at<T: GeneratedTime>(name: Name) -> Self {
        Self { name, value: GeneratedValue::CreatedAt(TimeCodec::of::<T>()) }
    }

    /// Returns the description of a time of the last write.
    pub(super) fn updated_at<T: GeneratedTime>(name: Name) -> Self {
        Self { name, value: GeneratedValue::UpdatedAt(TimeCodec::of::<T>()) }
    }

    /// Returns the description of an identifier. A field with the default value of its type is not set.
    pub(super) fn id<T: AttributeType + Default + PartialEq>(
        name: Name,
        generate: fn(&IdSource) -> Result<AttributeValue, CodecError>,
    ) -> Self {
        let is_unset = |value: &AttributeValue| T::decode(value).is_ok_and(|value| value == T::default());
        Self { name, value: GeneratedValue::Id { is_unset, generate } }
    }
}

impl TimeCodec {
    fn of<T: GeneratedTime>() -> Self {
        Self {
            is_unset: |value| T::decode(value).is_ok_and(|value| value.is_unset()),
            encode: |time| T::at(time)?.encode(),
        }
    }
}

impl ModelSchema {
    /// Returns the version, if the model has one.
    fn version(&self) -> Option<(&Name, NextVersion)> {
        self.generated.iter().find_map(|field| match field.value {
            GeneratedValue::Version { next } => Some((&field.name, next)),
            _ => None,
        })
    }

    /// Returns the name of the attribute with the version, if the model has one.
    pub(crate) fn version_name(&self) -> Option<&Name> {
        self.version().map(|(name, _)| name)
    }

    /// Sets the version of an item that is to be written: the first one for a new item, else the next one. Returns the condition
    /// that the stored item has the version that the given one had.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] if no version follows that of the item.
    pub(crate) fn count_write(&self, item: &mut Item, kind: WriteKind) -> Result<Option<Condition>, CodecError> {
        let Some((name, next)) = self.version() else { return Ok(None) };
        let held = item.remove(name);
        let (held, condition) = match kind {
            WriteKind::Create => (None, None),
            WriteKind::Save => (held.as_ref(), self.holds_version(held.as_ref())),
        };
        item.insert(name.clone(), next(held).map_err(|error| error.at(name))?);
        Ok(condition)
    }

    /// Returns the condition that the stored item has this version. A value without a version, or with the version 0, was never
    /// stored, or was stored before the model had a version.
    pub(crate) fn holds_version(&self, held: Option<&AttributeValue>) -> Option<Condition> {
        let path = Path::new(self.version_name()?);
        Some(match held {
            Some(held) if !is_zero(held) => Condition::compare(path, Comparator::Eq, held.clone()),
            _ => Condition::AttributeNotExists(path),
        })
    }

    /// Returns `true` if an item, or `None` for no item, has this version.
    pub(crate) fn has_version(&self, item: Option<&Item>, held: &AttributeValue) -> bool {
        let stored = self.version_name().and_then(|name| item?.get(name));
        stored.map_or_else(|| is_zero(held), |stored| stored == held)
    }

    /// Adds 1 to the version in an update, so that the holders of earlier versions notice it.
    pub(crate) fn count_update(&self, update: &mut Update) {
        if let Some(name) = self.version_name() {
            update.add.push((Path::new(name), AttributeValue::n(1)));
        }
    }

    /// Fills in the times and identifiers of an item that is to be written.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if its type cannot hold the value.
    pub(crate) fn fill_in(&self, item: &mut Item, kind: WriteKind, clock: &dyn Clock) -> Result<(), CodecError> {
        let needs_time = |field: &GeneratedField| !matches!(field.value, GeneratedValue::Version { .. });
        if !self.generated.iter().any(needs_time) {
            return Ok(());
        }
        let now = clock.now();
        for GeneratedField { name, value } in &self.generated {
            let is_set = |is_unset: fn(&AttributeValue) -> bool| item.get(name).is_some_and(|value| !is_unset(value));
            let filled_in = match value {
                GeneratedValue::Version { .. } => continue,
                GeneratedValue::CreatedAt(codec) if kind == WriteKind::Save && is_set(codec.is_unset) => continue,
                GeneratedValue::CreatedAt(codec) | GeneratedValue::UpdatedAt(codec) => (codec.encode)(now),
                GeneratedValue::Id { is_unset, .. } if is_set(*is_unset) => continue,
                GeneratedValue::Id { generate, .. } => generate(&IdSource::new(now, clock)),
            };
            item.insert(name.clone(), filled_in.map_err(|error| error.at(name))?);
        }
        // A generated identifier can be a part of a key.
        self.compose(item)
    }

    /// Sets the time of the last write in an update, unless an edit sets it.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] that names the attribute if its type cannot hold the time.
    pub(crate) fn date_update(&self, update: &mut Update, clock: &dyn Clock) -> Result<(), CodecError> {
        for GeneratedField { name, value } in &self.generated {
            let GeneratedValue::UpdatedAt(codec) = value else { continue };
            if update.targets().any(|path| path.name == *name) {
                continue;
            }
            let now = (codec.encode)(clock.now()).map_err(|error| error.at(name))?;
            update.set.push((Path::new(name), SetValue::from(now)));
        }
        Ok(())
    }

    /// Copies the time of the last write from an update to the item of the value that is updated.
    pub(crate) fn copy_date(&self, update: &Update, item: &mut Item) {
        for GeneratedField { name, value } in &self.generated {
            let set = update.set.iter().find(|(path, _)| path.as_attribute() == Some(name));
            if let (GeneratedValue::UpdatedAt(_), Some((_, SetValue::Operand(UpdateOperand::Value(time))))) =
                (value, set)
            {
                item.insert(name.clone(), time.clone());
            }
        }
    }
}

/// Returns `true` for the number 0.
fn is_zero(value: &AttributeValue) -> bool {
    *value == AttributeValue::n(0)
}
