//! The reasons for which a page token is rejected.

use super::CURSOR_BYTES_MAX;
use super::index_reason::source;
use crate::schema::ScalarType;
use crate::value::{Name, ValueType};

/// The reason for which a queryset rejects a page token.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageTokenError {
    /// The token lacks an attribute of the key of the table or the index.
    #[error("the token lacks the key attribute `{0}`")]
    MissingAttribute(Name),
    /// A key attribute of the token has another type than in the table.
    #[error("`{attribute}` of the token has type {found}, but the key attribute has type {expected}")]
    AttributeType {
        /// The key attribute.
        attribute: Name,
        /// The type in the token.
        found: ValueType,
        /// The type in the table.
        expected: ScalarType,
    },
    /// The token has other attributes than the key of the table and of the index that is read.
    #[error("the token has other attributes than the key of {}", source(.index.as_ref()))]
    OtherAttributes {
        /// Name of the index that is read; `None` for the table.
        index: Option<Name>,
    },
    /// The key of the token is outside the key conditions of the queryset.
    #[error("its key is outside of what the queryset reads")]
    OutsideOfQueryset,
    /// The cursor token is longer than [`CURSOR_BYTES_MAX`].
    #[error("the token is longer than {} bytes", CURSOR_BYTES_MAX)]
    TooLong,
    /// The cursor token is not URL-safe base64.
    #[error("the token is not URL-safe base64")]
    Encoding,
    /// The cursor token has an unknown version.
    #[error("the version of the token is unknown")]
    Version,
    /// The signature of the cursor token is not one of this database.
    #[error("the signature is wrong: the token was changed, or signed with another secret")]
    Signature,
    /// The cursor token is signed, and the database has no secret to verify it.
    #[error(
        "the token is signed, but the database has no secret to verify it; set one with Database::with_cursor_secret(…), which requires the \
         feature `signed-tokens`"
    )]
    NoSecret,
    /// The cursor token is not signed, and the database has a secret.
    #[error("the token is not signed, but the database signs its tokens")]
    Unsigned,
    /// The cursor token ends before its key.
    #[error("the token is incomplete")]
    Incomplete,
    /// The cursor token was made by a queryset with another model, table, index, hash key, filter, order or direction.
    #[error("the token was made by a queryset with other lookups, another index or another order, or of another table")]
    OtherQueryset,
    /// The cursor token has no attributes of a key.
    #[error("the key in the token cannot be decoded")]
    Key,
}

crate::debug_by_message!(enum PageTokenError {
    MissingAttribute(name),
    AttributeType { attribute, found, expected },
    OtherAttributes { index },
    OutsideOfQueryset,
    TooLong,
    Encoding,
    Version,
    Signature,
    NoSecret,
    Unsigned,
    Incomplete,
    OtherQueryset,
    Key,
});
