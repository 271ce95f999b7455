//! Booleans that can be keys, stored as the texts `True` and `False`.
//!
//! DynamoDB's BOOL cannot be a key. This is the encoding of pydjamodb's `BooleanUnicodeAttribute`. A field is of the type [`Stored`]:
//!
//! ```
//! use djamodb::prelude::*;
//!
//! #[derive(Model, Clone, Debug, PartialEq)]
//! #[model(table = "accounts", global_index(by_active, hash_key = active, range_key = name))]
//! struct Account {
//!     #[model(hash_key)]
//!     name: String,
//!     active: djamodb::model::boolean_text::Stored,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let db = djamodb::connect("memory://").await?;
//! # db.create_table::<Account>().await?;
//! Account { name: "ada".to_owned(), active: true.into() }.save(&db).await?;
//! let active = Account::objects().set_index(Account::BY_ACTIVE).set_hash_key(true);
//! assert_eq!(active.count(&db).await?, 1);
//! assert_eq!(active.filter(Account::ACTIVE.eq(false)).count(&db).await?, 0);
//! # Ok(())
//! # }
//! ```

use super::{AttributeType, CodecError, Comparable, IntoOperand, KeyType, MapKey, Structure, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

const NAME: &str = "true or false as text";
const TRUE: &str = "True";
const FALSE: &str = "False";

/// A boolean that is stored as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Stored(
    /// The boolean.
    pub bool,
);

/// Returns the form in which a boolean is stored.
///
/// # Errors
///
/// Never fails. The result is that of every module that the option `with` can name.
pub fn to_stored(value: &bool) -> Result<Stored, CodecError> {
    Ok(Stored(*value))
}

/// Returns the boolean.
///
/// # Errors
///
/// Never fails. The result is that of every module that the option `with` can name.
pub fn from_stored(stored: Stored) -> Result<bool, CodecError> {
    Ok(stored.0)
}

impl AttributeType for Stored {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::s(if self.0 { TRUE } else { FALSE }))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        match value.as_s() {
            Some(TRUE) => Ok(Self(true)),
            Some(FALSE) => Ok(Self(false)),
            Some(text) => Err(CodecError::invalid(text, NAME, format!("expected `{TRUE}` or `{FALSE}`"))),
            None => Err(CodecError::wrong_type(NAME, value.value_type())),
        }
    }

    fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
        Self::decode(value)
    }

    /// As text, lookups accept `true` and `false` as those of a boolean do, and the stored texts.
    fn type_info() -> TypeInfo {
        TypeInfo {
            name: NAME,
            value_type: ValueType::S,
            parse: |text| match text {
                "true" | TRUE => Self(true).encode(),
                "false" | FALSE => Self(false).encode(),
                _ => Err(CodecError::invalid(text, NAME, "write `true` or `false`")),
            },
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

impl Comparable for Stored {}

impl KeyType for Stored {
    const SCALAR: ScalarType = ScalarType::S;
}

impl MapKey for Stored {}

impl IntoOperand<Stored> for bool {
    fn into_operand(self) -> Stored {
        Stored(self)
    }
}

impl From<bool> for Stored {
    fn from(value: bool) -> Self {
        Self(value)
    }
}

impl From<Stored> for bool {
    fn from(stored: Stored) -> Self {
        stored.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::check_key_codec;

    #[test]
    fn a_boolean_is_stored_as_the_text_of_python() {
        for (value, text) in [(true, "True"), (false, "False")] {
            assert_eq!(Stored(value).encode(), Ok(AttributeValue::s(text)));
            assert_eq!(Stored::decode(&AttributeValue::s(text)).and_then(from_stored), Ok(value));
            assert_eq!(to_stored(&value).and_then(|stored| check_key_codec(&stored)), Ok(()));
        }
        for other in [AttributeValue::s("true"), AttributeValue::s(""), AttributeValue::Bool(true)] {
            assert!(Stored::decode(&other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_lookup_accepts_both_spellings() {
        let parse = Stored::type_info().parse;
        assert_eq!(parse("true"), parse("True"));
        assert_eq!(parse("false"), parse("False"));
        assert!(parse("yes").is_err());
    }
}
