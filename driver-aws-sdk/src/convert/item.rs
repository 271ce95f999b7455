//! Items and item keys.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use djamodb_core::driver::SharedNames;
use djamodb_core::value::{Item, Map};

use super::{InvalidResponse, number, value};

pub(crate) fn to_sdk(item: Item) -> HashMap<String, SdkValue> {
    map_to_sdk(item.into_map(), value::LEVELS_MAX)
}

pub(crate) fn from_sdk(item: HashMap<String, SdkValue>) -> Result<Item, InvalidResponse> {
    Ok(map_from_sdk(item)?.into())
}

pub(crate) fn all_from_sdk(items: Vec<HashMap<String, SdkValue>>) -> Result<Vec<Item>, InvalidResponse> {
    let mut names = SharedNames::default();
    // A collection through `Result` has no size hint, so that its vector would grow.
    let mut converted = Vec::with_capacity(items.len());
    for item in items {
        converted.push(names.item(item, value::from_sdk)?);
    }
    Ok(converted)
}

/// Converts the items of a page, whose number the response states. `is_count` means that only the number was requested.
pub(crate) fn counted_from_sdk(
    items: Option<Vec<HashMap<String, SdkValue>>>,
    count: i32,
    is_count: bool,
) -> Result<Vec<Item>, InvalidResponse> {
    if is_count {
        return Ok(Vec::new());
    }
    let items = items.ok_or(InvalidResponse::Missing("items of the page"))?;
    let (count, returned) = (number::to_u64(count), items.len());
    if u64::try_from(returned) != Ok(count) {
        return Err(InvalidResponse::MiscountedItems { count, returned });
    }
    all_from_sdk(items)
}

pub(super) fn map_to_sdk(map: Map, levels: usize) -> HashMap<String, SdkValue> {
    map.into_iter().map(|(name, value)| (name.as_str().to_owned(), value::with_levels(value, levels))).collect()
}

pub(super) fn map_from_sdk(map: HashMap<String, SdkValue>) -> Result<Map, InvalidResponse> {
    let mut entries = Vec::with_capacity(map.len());
    for (name, value) in map {
        entries.push((name, value::from_sdk(value)?));
    }
    Ok(entries.into_iter().collect())
}
