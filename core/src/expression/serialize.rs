//! Serialization of the trees that can have any depth.
//!
//! The derived implementations need a stack as deep as the tree. They are inherent functions (`serde(remote = "Self")`), which the
//! implementations here call after they have checked the depth.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::tree::{Tree, nodes};
use super::{Condition, UpdateOperand};

/// Maximum number of nodes inside each other that are serialized.
const LEVELS_MAX: usize = 128;

fn check_depth<T: Tree, E: serde::ser::Error>(tree: &T) -> Result<(), E> {
    if nodes(tree).all(|(_, level)| level < LEVELS_MAX) {
        return Ok(());
    }
    Err(E::custom(format_args!(
        "an expression of more than {LEVELS_MAX} levels cannot be serialized; write it flatter"
    )))
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        check_depth(self)?;
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl Serialize for UpdateOperand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        check_depth(self)?;
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for UpdateOperand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}
