//! Expressions as trees: conditions, key conditions, updates and projections.
//!
//! | type | in DynamoDB | contents |
//! |---|---|---|
//! | [`Path`] | document path | an attribute or a value inside it |
//! | [`Condition`] | condition expression, filter expression | a condition on an item |
//! | [`KeyCondition`] | key condition expression | a partition and a range of it |
//! | [`Update`] | update expression | changes of an item |
//! | [`ProjectionExpression`] | projection expression | parts of an item |
//!
//! [`Renderer`] renders the trees with placeholders, for drivers that send text, and [`Parser`] parses such text. [`Condition::matches`], [`Update::apply`] and
//! [`ProjectionExpression::apply`] evaluate them, for drivers that store items themselves and for conditions that djamodb
//! evaluates on the client. [`ExpressionSize`] measures them against the limits of the service.

mod apply;
mod compare;
mod condition;
mod display;
mod evaluate;
mod key_condition;
mod kind;
mod parse;
mod path;
mod project;
mod projection;
mod render;
#[cfg(feature = "serde")]
mod serialize;
mod size;
pub(crate) mod tree;
mod update;

pub use apply::UpdateError;
pub(crate) use compare::compare;
pub use compare::order;
pub use condition::{Comparator, Condition, Operand};
pub use evaluate::EvaluateError;
pub use key_condition::{KeyCondition, RangeCondition};
pub use kind::ExpressionKind;
pub use parse::{ExpressionFault, ParseError, ParsedKeyCondition, Parser, PlaceholderMap};
pub use path::{Path, PathCollision, PathError, PathStep};
pub use projection::ProjectionExpression;
pub use render::{Placeholders, Renderer};
pub use size::ExpressionSize;
pub use update::{SetValue, Update, UpdateOperand};
