//! Items and item keys.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use djamodb_core::value::{Item, Map};

use super::{InvalidResponse, value};

pub(crate) fn to_sdk(item: Item) -> HashMap<String, SdkValue> {
    map_to_sdk(item.into_map(), value::LEVELS_MAX)
}

pub(crate) fn from_sdk(item: HashMap<String, SdkValue>) -> Result<Item, InvalidResponse> {
    Ok(map_from_sdk(item)?.into())
}

pub(super) fn map_to_sdk(map: Map, levels: usize) -> HashMap<String, SdkValue> {
    map.into_iter().map(|(name, value)| (name.as_str().to_owned(), value::with_levels(value, levels))).collect()
}

pub(super) fn map_from_sdk(map: HashMap<String, SdkValue>) -> Result<Map, InvalidResponse> {
    // A collection through `Result` has no size hint, so that its vector would grow.
    let mut entries = Vec::with_capacity(map.len());
    for (name, value) in map {
        entries.push((name, value::from_sdk(value)?));
    }
    Ok(entries.into_iter().collect())
}
