//! The error of values that validators refuse.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{Model, ModelSchema, ValidationError, ValidationErrors, message_dict};
use crate::value::{Item, describe_key};

/// Values that validators refuse. They ran before the first request, so nothing was written.
///
/// ```
/// use djamodb::Error;
/// use djamodb::prelude::*;
/// use djamodb::queryset::OnConflict;
///
/// #[derive(Model)]
/// #[model(table = "orders")]
/// struct Order {
///     #[model(hash_key)]
///     id: u32,
///     #[model(validate = min_value(1))]
///     total: i64,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Order>().await?;
/// let mut orders = [Order { id: 7, total: 20 }, Order { id: 8, total: -5 }];
/// let error = Order::objects().bulk_create(&mut orders, OnConflict::Fail, &db).await.unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "bulk_create failed: Order at index 1 with the key id = 8 is invalid: `total`: must be at least 1; nothing was sent",
/// );
/// let Error::ValidationFailed(failed) = error else { unreachable!() };
/// let value = &failed.values[0];
/// assert_eq!((value.position, value.errors[0].path(), value.errors[0].code()), (Some(1), "total", Some("min_value")));
/// assert_eq!(djamodb::serde_json::to_string(&failed.message_dict())?, r#"{"[1].total":["must be at least 1"]}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct ValidationFailed {
    /// Name of the method: `save`, `create`, `bulk_create`, `update`, `transaction`, …
    pub operation: &'static str,
    /// The values that are refused, in the order in which they were given. At least one.
    pub values: Vec<FailedValue>,
}

/// A value that validators refuse, or edits that set refused values.
#[derive(Clone, PartialEq)]
pub struct FailedValue {
    /// The model.
    pub model: &'static str,
    /// Position of the value among those that were given, from 0. `None` if the method writes one value.
    pub position: Option<usize>,
    /// Key of the value's item. `None` if the key cannot be encoded, and for edits of several items.
    pub key: Option<Item>,
    /// The errors of all validators, each with its path. At least one.
    pub errors: Vec<ValidationError>,
}

crate::debug_by_message!(struct ValidationFailed { operation, values });
crate::debug_by_message!(struct FailedValue { model, position, key, errors });

/// Maximum number of values, and of errors of a value, in a message.
const SHOWN_MAX: usize = 10;

/// Maximum number of characters of a key in a message.
const KEY_SHOWN_MAX: usize = 256;

impl ValidationFailed {
    /// Iterates over the errors of all values.
    pub fn errors(&self) -> impl Iterator<Item = &ValidationError> {
        self.values.iter().flat_map(|value| &value.errors)
    }

    /// Returns the messages by path, as Django's `message_dict`, which can be written as JSON. The path of a value among several begins with
    /// its position: `[1].total`. The key of errors about a whole value that was given alone is
    /// [`NON_FIELD_ERRORS`](crate::model::NON_FIELD_ERRORS).
    pub fn message_dict(&self) -> BTreeMap<String, Vec<String>> {
        message_dict(self.values.iter().flat_map(|value| {
            value.errors.iter().map(|error| match value.position {
                None => (error.path().to_owned(), error),
                Some(position) => (error.clone().at_index(position).path().to_owned(), error),
            })
        }))
    }
}

impl FailedValue {
    /// Returns the value as a failed one, or `None` if there are no errors.
    pub(crate) fn new<M: ?Sized>(
        schema: &'static ModelSchema,
        position: Option<usize>,
        errors: ValidationErrors<M>,
        key: impl FnOnce() -> Option<Item>,
    ) -> Option<Self> {
        let errors = errors.into_vec();
        (!errors.is_empty()).then(|| Self { model: schema.model, position, key: key(), errors })
    }
}

impl<M: Model> From<ValidationErrors<M>> for super::Error {
    fn from(errors: ValidationErrors<M>) -> Self {
        let value = FailedValue { model: M::schema().model, position: None, key: None, errors: errors.into_vec() };
        Self::ValidationFailed(Box::new(ValidationFailed { operation: "full_clean", values: vec![value] }))
    }
}

impl std::error::Error for ValidationFailed {}

impl fmt::Display for ValidationFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed: ", self.operation)?;
        for value in self.values.iter().take(SHOWN_MAX) {
            write!(f, "{value}; ")?;
        }
        if let Some(more @ 1..) = self.values.len().checked_sub(SHOWN_MAX) {
            write!(f, "and {more} more; ")?;
        }
        f.write_str("nothing was sent")
    }
}

impl fmt::Display for FailedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.model)?;
        if let Some(position) = self.position {
            write!(f, " at index {position}")?;
        }
        if let Some(key) = &self.key {
            let key = describe_key(key);
            match key.char_indices().nth(KEY_SHOWN_MAX) {
                None => write!(f, " with the key {key}")?,
                Some((end, _)) => write!(f, " with the key {}…", &key[..end])?,
            }
        }
        f.write_str(" is invalid: ")?;
        for (position, error) in self.errors.iter().take(SHOWN_MAX).enumerate() {
            write!(f, "{}{error}", if position == 0 { "" } else { "; " })?;
        }
        match self.errors.len().checked_sub(SHOWN_MAX) {
            Some(more @ 1..) => write!(f, "; and {more} more"),
            _ => Ok(()),
        }
    }
}
