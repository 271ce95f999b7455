//! The traits and types that programs with models use most: `use djamodb::prelude::*;`.

#[cfg(feature = "bigdecimal")]
pub use bigdecimal::BigDecimal;
pub use bytes::Bytes;
pub use chrono::{DateTime, Utc};
pub use djamodb_core::database::{Database, ModelExt};
pub use djamodb_core::model::{
    Attribute, AttributeType, Edits, Expiring, F, Index, JoinedKey, KeyType, Model, Projection, Q, count,
};
pub use djamodb_core::planner::LastEvaluatedKey;
pub use djamodb_core::queryset::{
    BuilderMethods as _, Collection, CollectionItem, CustomQuerySet, Managed, Manager, ManagerOf, Page, Proxy,
    QuerySet, Terminal, TerminalMethods as _,
};
pub use djamodb_derive::{AttributeType, Collection, CustomQuerySet, Document, Model, Projection, Proxy};
pub use futures_util::{StreamExt as _, TryStreamExt as _};
#[cfg(feature = "decimal")]
pub use rust_decimal::Decimal;
pub use uuid::Uuid;
