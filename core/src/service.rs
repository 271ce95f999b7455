//! Facts about DynamoDB that more than one part of djamodb relies on: the limits of requests and the arithmetic of capacity.
//!
//! | module or type | contents |
//! |---|---|
//! | [`limits`] | sizes and counts beyond which the service refuses a request or splits its result |
//! | [`CapacityUnits`] | read and write units that a number of bytes consumes |
//!
//! The module has no dependency inside the crate. It is the lowest one, so that values, expressions, plans, the planner and
//! drivers all refer to the same figures. Sizes that need the data itself are computed next to that data: the size of a
//! value in [`value::size`](crate::value::size), the size of an expression by
//! [`ExpressionSize`](crate::expression::ExpressionSize). The range of numbers belongs to [`Number`](crate::value::Number),
//! and limits that only a server enforces belong to the in-memory driver.

mod capacity;
pub mod limits;

pub use capacity::CapacityUnits;
