//! The pure core of djamodb.

pub mod driver;
pub mod expression;
pub mod plan;
pub mod run;
pub mod schema;
pub mod value;
