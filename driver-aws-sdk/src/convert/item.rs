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

pub(crate) fn all_from_sdk(items: Vec<HashMap<String, SdkValue>>) -> Result<Vec<Item>, InvalidResponse> {
    items.into_iter().map(from_sdk).collect()
}

pub(super) fn map_to_sdk(map: Map, levels: usize) -> HashMap<String, SdkValue> {
    map.into_iter().map(|(name, value)| (name.as_str().to_owned(), value::with_levels(value, levels))).collect()
}

pub(super) fn map_from_sdk(map: HashMap<String, SdkValue>) -> Result<Map, InvalidResponse> {
    map.into_iter().map(|(name, value)| Ok((name, value::from_sdk(value)?))).collect()
}
