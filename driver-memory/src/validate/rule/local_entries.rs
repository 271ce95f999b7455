//! The limit of the size of an item together with its entries in local indexes.

use djamodb_core::schema::TableSchema;
use djamodb_core::service::limits::ITEM_BYTES_MAX;
use djamodb_core::value::Item;
use djamodb_core::value::size::item_bytes;

use crate::error::ValidationError;
use crate::index_schema::{IndexKind, IndexSchema, indexes};

/// Checks an item that is put.
pub(crate) fn put(schema: &TableSchema, item: &Item) -> Result<(), ValidationError> {
    if fits(schema, item) { Ok(()) } else { Err(ValidationError::ItemTooLarge) }
}

/// Checks the item that an update results in.
pub(crate) fn updated(schema: &TableSchema, item: &Item) -> Result<(), ValidationError> {
    if fits(schema, item) { Ok(()) } else { Err(ValidationError::ItemTooLargeAfterUpdate) }
}

fn fits(schema: &TableSchema, item: &Item) -> bool {
    if schema.local_indexes.is_empty() {
        return true;
    }
    let bytes = item_bytes(item);
    // No entry is larger than its item, so that most items fit whatever the indexes project.
    if bytes * (1 + schema.local_indexes.len()) <= ITEM_BYTES_MAX {
        return true;
    }
    let local = indexes(schema).filter(|index| index.kind == IndexKind::Local);
    let entries = local.filter(|index| index.key.names().all(|name| item.contains_key(name)));
    let entry_bytes =
        |index: IndexSchema| index.project(&schema.key, item).map_or(bytes, |projected| item_bytes(&projected));
    bytes + entries.map(entry_bytes).sum::<usize>() <= ITEM_BYTES_MAX
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::{IndexProjection, KeyAttribute, KeySchema, LocalIndex};

    use super::*;

    fn schema(projection: IndexProjection) -> TableSchema {
        let key = |range| KeySchema::hash_and_range(KeyAttribute::s("id"), KeyAttribute::s(range));
        let mut schema = TableSchema::new("table", key("at"));
        schema.local_indexes = vec![LocalIndex::new("local", key("kind"), projection)];
        schema
    }

    fn item_of(bytes: usize) -> Item {
        let item = Item::new().with("id", "a").with("at", "b").with("kind", "c");
        let rest = bytes - item_bytes(&item) - 1;
        item.with("x", "x".repeat(rest))
    }

    #[test]
    fn entries_count_with_the_attributes_that_they_project() {
        let all = schema(IndexProjection::All);
        assert_eq!(put(&all, &item_of(ITEM_BYTES_MAX / 2)), Ok(()));
        assert_eq!(put(&all, &item_of(ITEM_BYTES_MAX / 2 + 1)), Err(ValidationError::ItemTooLarge));
        assert_eq!(updated(&all, &item_of(ITEM_BYTES_MAX / 2 + 1)), Err(ValidationError::ItemTooLargeAfterUpdate));
        let keys = schema(IndexProjection::KeysOnly);
        let key_bytes = "idaatbkindc".len();
        assert_eq!(put(&keys, &item_of(ITEM_BYTES_MAX - key_bytes)), Ok(()));
        assert_eq!(put(&keys, &item_of(ITEM_BYTES_MAX - key_bytes + 1)), Err(ValidationError::ItemTooLarge));
    }

    #[test]
    fn an_item_outside_of_the_index_has_no_entry() {
        let item = Item::new().with("id", "a").with("at", "b").with("x", "x".repeat(ITEM_BYTES_MAX / 2));
        assert_eq!(put(&schema(IndexProjection::All), &item), Ok(()));
    }
}
