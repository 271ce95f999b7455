//! Single settings of tables: billing, table class, tags and streams.

use std::fmt;

use super::Throughput;

/// The billing mode of a table.
///
/// See [throughput capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Billing {
    /// Billing per request (`PAY_PER_REQUEST`).
    #[default]
    PayPerRequest,
    /// Billing of provisioned throughput (`PROVISIONED`).
    Provisioned(Throughput),
}

impl Billing {
    /// Returns the billing of provisioned throughput, in units per second, at least 1 each. The service refuses fewer.
    ///
    /// ```
    /// use djamodb_core::schema::Billing;
    ///
    /// const STEADY: Billing = Billing::provisioned(5, 1);
    /// assert_eq!(STEADY.to_string(), "PROVISIONED, 5 read and 1 write units");
    /// ```
    pub const fn provisioned(read_units: u64, write_units: u64) -> Self {
        Self::Provisioned(Throughput { read_units, write_units })
    }
}

/// The class of a table (`TableClass`).
///
/// See [table classes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.TableClasses.html) and
/// [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html). The class of a table can be
/// changed twice within 30 days.
///
/// ```
/// use djamodb_core::schema::TableClass;
///
/// assert_eq!(TableClass::default(), TableClass::Standard);
/// assert_eq!(TableClass::StandardInfrequentAccess.to_string(), "STANDARD_INFREQUENT_ACCESS");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
pub enum TableClass {
    /// The class of most tables (`STANDARD`).
    #[default]
    Standard,
    /// Cheaper storage and dearer requests, for tables whose storage costs more than their requests
    /// (`STANDARD_INFREQUENT_ACCESS`).
    StandardInfrequentAccess,
}

/// Writes DynamoDB's name of the mode, and the throughput: `PROVISIONED, 5 read and 1 write units`.
impl fmt::Display for Billing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PayPerRequest => f.write_str("PAY_PER_REQUEST"),
            Self::Provisioned(throughput) => write!(f, "PROVISIONED, {throughput}"),
        }
    }
}

/// Writes DynamoDB's name of the class.
impl fmt::Display for TableClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Standard => "STANDARD",
            Self::StandardInfrequentAccess => "STANDARD_INFREQUENT_ACCESS",
        })
    }
}

/// A tag of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tag {
    /// Key of the tag, 1 to 128 characters.
    pub key: String,
    /// Value of the tag, up to 256 characters.
    pub value: String,
}

impl Tag {
    /// Creates a tag.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// The images that a stream records of each change, in addition to the key (`StreamViewType`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "SCREAMING_SNAKE_CASE"))]
pub enum StreamView {
    /// No images, only the key.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// The item before and after the change.
    NewAndOldImages,
}
