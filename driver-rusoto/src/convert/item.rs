//! Items and item keys.

use std::collections::HashMap;

use djamodb_core::value::{Item, Map};
use rusoto_dynamodb::AttributeValue as RusotoValue;

use super::shared_names::SharedNames;
use super::{InvalidResponse, number, value};

pub(crate) fn to_rusoto(item: Item) -> HashMap<String, RusotoValue> {
    map_to_rusoto(item.into_map(), value::LEVELS_MAX)
}

pub(crate) fn from_rusoto(item: HashMap<String, RusotoValue>) -> Result<Item, InvalidResponse> {
    Ok(map_from_rusoto(item)?.into())
}

pub(crate) fn all_from_rusoto(items: Vec<HashMap<String, RusotoValue>>) -> Result<Vec<Item>, InvalidResponse> {
    let mut names = SharedNames::default();
    // A collection through `Result` has no size hint, so that its vector would grow.
    let mut converted = Vec::with_capacity(items.len());
    for item in items {
        converted.push(names.item(item, value::from_rusoto)?);
    }
    Ok(converted)
}

/// Converts the items of a page, whose number the response states. `is_count` means that only the number was requested.
pub(crate) fn counted_from_rusoto(
    items: Option<Vec<HashMap<String, RusotoValue>>>,
    count: Option<i64>,
    is_count: bool,
) -> Result<Vec<Item>, InvalidResponse> {
    let count = Some(count.ok_or(InvalidResponse::Missing("count of the items"))?);
    if is_count {
        return Ok(Vec::new());
    }
    let items = items.ok_or(InvalidResponse::Missing("items of the page"))?;
    let (count, returned) = (number::to_u64(count), items.len());
    if u64::try_from(returned) != Ok(count) {
        return Err(InvalidResponse::MiscountedItems { count, returned });
    }
    all_from_rusoto(items)
}

pub(super) fn map_to_rusoto(map: Map, levels: usize) -> HashMap<String, RusotoValue> {
    map.into_iter().map(|(name, value)| (name.as_str().to_owned(), value::with_levels(value, levels))).collect()
}

pub(super) fn map_from_rusoto(map: HashMap<String, RusotoValue>) -> Result<Map, InvalidResponse> {
    let mut entries = Vec::with_capacity(map.len());
    for (name, value) in map {
        entries.push((name, value::from_rusoto(value)?));
    }
    Ok(entries.into_iter().collect())
}
