//! The pure core of djamodb.

pub mod database;
pub mod driver;
pub mod error;
pub mod expression;
pub mod model;
pub mod plan;
pub mod planner;
pub mod queryset;
pub mod run;
pub mod schema;
pub mod value;
