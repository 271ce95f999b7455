//! A type of `serde` as an attribute.

use std::ops::{Deref, DerefMut};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{from_value, to_value};
use crate::model::codegen::no_text_form;
use crate::model::{AttributeType, CodecError, Comparable, Structure, TypeInfo};
use crate::value::{AttributeValue, ValueType};

/// An attribute of any type of `serde`, stored in the types of DynamoDB as the [module](super) says.
///
/// `eq` and `ne` compare the stored values: two equal `HashSet`s inside of `T` are stored as lists in any order, and may differ.
///
/// ```
/// use djamodb::model::bridge::Serde;
/// use djamodb::prelude::*;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, PartialEq, Debug)]
/// struct Address {
///     street: String,
///     number: Option<u32>,
/// }
///
/// #[derive(Model)]
/// #[model(table = "people")]
/// struct Person {
///     #[model(hash_key)]
///     name: String,
///     address: Serde<Address>,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = djamodb::connect("memory://").await?;
/// # db.create_table::<Person>().await?;
/// let address = Address { street: "Mill Lane".into(), number: Some(7) };
/// Person { name: "Ada".into(), address: Serde(address) }.save(&db).await?;
/// let ada = Person::get_by_key("Ada", &db).await?;
/// assert_eq!((ada.address.street.as_str(), ada.address.number), ("Mill Lane", Some(7)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Serde<T>(pub T);

impl<T> Deref for Serde<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Serde<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Serde<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Comparable for Serde<T> {}

impl<T: Serialize + DeserializeOwned> AttributeType for Serde<T> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        to_value(&self.0)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        from_value(value).map(Self)
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: "a value of a type of serde",
            value_type: ValueType::M,
            parse: |_| no_text_form("a value of a type of serde"),
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}
