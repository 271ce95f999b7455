//! Expressions as trees: conditions, key conditions, updates and projections.
//!
//! | kind | tree | what DynamoDB calls it |
//! |---|---|---|
//! | [`Path`] | an attribute, or a place inside one | document path |
//! | [`Condition`] | what an item must satisfy | condition expression, filter expression |
//! | [`KeyCondition`] | which part of a partition is read | key condition expression |
//! | [`Update`] | what is changed | update expression |
//! | [`Projection`] | which parts are given back | projection expression |
//!
//! [`Renderer`] turns the trees into text with placeholders, for drivers that send text; [`Condition::matches`],
//! [`Update::apply`] and [`Projection::apply`] give them their meaning, for those that hold the items themselves and for
//! what the planner leaves to be done on this side.

mod apply;
mod compare;
mod condition;
mod evaluate;
mod key_condition;
mod path;
mod project;
mod projection;
mod render;
mod show;
mod size;
mod update;

pub use apply::UpdateError;
pub use compare::{compare, order};
pub use condition::{Comparator, Condition, Operand};
pub use evaluate::EvaluateError;
pub use key_condition::{KeyCondition, RangeCondition};
pub use path::{Path, PathError, PathStep};
pub use projection::Projection;
pub use render::{Placeholders, Renderer};
pub use size::ExpressionSize;
pub use update::{SetValue, Update, UpdateOperand};
