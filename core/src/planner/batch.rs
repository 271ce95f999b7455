//! Splitting of many writes into requests of `BatchWriteItem`.

use std::collections::HashMap;
use std::io;

use super::PlanError;
use crate::model::ModelSchema;
use crate::plan::WriteRequest;
use crate::service::limits::{BATCH_WRITE_BYTES_MAX, BATCH_WRITES_MAX};
use crate::value::size::item_bytes;
use crate::value::{Item, Name};

/// Size of an item in bytes up to which its length in JSON needs no measuring. A number such as 1E-130 is the value that grows most: 2
/// bytes become 135. So 25 items of this size have less than 10 MB in JSON.
const UNMEASURED_BYTES_MAX: usize = 4 * 1024;
/// Maximum length of a write in JSON beside its item: the name of the table and of the request.
const WRITE_OVERHEAD_BYTES: usize = 1024;

/// One write of a batch on an item of a model.
#[derive(Clone, Debug)]
pub(crate) struct BatchAction {
    pub(crate) schema: &'static ModelSchema,
    pub(crate) key: Item,
    pub(crate) write: WriteRequest,
}

impl BatchAction {
    /// Returns the name of the method that requests this write.
    pub(crate) fn method(&self) -> &'static str {
        match self.write {
            WriteRequest::Put(_) => "save",
            WriteRequest::Delete(_) => "delete",
        }
    }
}

/// One write to a table, with the key of its item.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct KeyedWrite {
    pub(crate) table: Name,
    pub(crate) key: Item,
    pub(crate) write: WriteRequest,
}

/// Returns the writes of the actions, in their order. `table_name` returns the name of a model's table in the database. Refuses two
/// writes of one item, whose order would be undefined.
pub(crate) fn batch_write(
    actions: &[BatchAction],
    table_name: impl Fn(&Name) -> Name,
) -> Result<Vec<KeyedWrite>, PlanError> {
    let mut models = HashMap::with_capacity(actions.len());
    for BatchAction { schema, key, .. } in actions {
        // Models that share a table share its items.
        if let Some(other) = models.insert((&schema.table.name, key), schema.model) {
            return Err(PlanError::BatchItemTwice { model: schema.model, other, key: key.clone() });
        }
    }
    let keyed = |action: &BatchAction| KeyedWrite {
        table: table_name(&action.schema.table.name),
        key: action.key.clone(),
        write: action.write.clone(),
    };
    Ok(actions.iter().map(keyed).collect())
}

/// Splits writes into requests that the service accepts: at most 25 writes and 16 MB each. The writes keep their order.
pub(crate) fn split_into_requests(writes: Vec<KeyedWrite>) -> Vec<Vec<KeyedWrite>> {
    let mut requests: Vec<Vec<KeyedWrite>> = Vec::with_capacity(writes.len().div_ceil(BATCH_WRITES_MAX));
    let mut bytes = 0;
    for write in writes {
        let added = request_bytes(&write.write);
        match requests.last_mut() {
            Some(request) if request.len() < BATCH_WRITES_MAX && bytes + added <= BATCH_WRITE_BYTES_MAX => {
                bytes += added;
                request.push(write);
            }
            _ => {
                bytes = added;
                requests.push(vec![write]);
            }
        }
    }
    requests
}

/// Returns an upper bound of the bytes that a write adds to a request, whose limit is that of its JSON. Returns 0 for a small item, of
/// which any 25 fit into one request.
fn request_bytes(write: &WriteRequest) -> usize {
    if item_bytes(write.item()) <= UNMEASURED_BYTES_MAX {
        return 0;
    }
    let mut counter = Counter(WRITE_OVERHEAD_BYTES);
    match serde_json::to_writer(&mut counter, write.item()) {
        Ok(()) => counter.0,
        // An item that has no JSON is sent alone, and the driver reports it.
        Err(_) => BATCH_WRITE_BYTES_MAX,
    }
}

/// A writer that counts bytes.
struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(number: usize, text: String) -> KeyedWrite {
        let key = Item::new().with("id", i64::try_from(number).unwrap());
        let write = WriteRequest::Put(key.clone().with("text", text));
        KeyedWrite { table: "t".into(), key, write }
    }

    fn lengths(writes: &[KeyedWrite]) -> Vec<usize> {
        let requests = split_into_requests(writes.to_vec());
        assert_eq!(requests.concat(), writes, "all writes, in their order");
        requests.iter().map(Vec::len).collect()
    }

    #[test]
    fn requests_have_at_most_25_writes() {
        let writes = |count| (0..count).map(|number| put(number, "a".repeat(390_000))).collect::<Vec<_>>();
        assert_eq!(lengths(&writes(0)), [0; 0]);
        assert_eq!(lengths(&writes(25)), [25]);
        assert_eq!(lengths(&writes(60)), [25, 25, 10]);
    }

    #[test]
    fn requests_have_at_most_16_megabytes_of_json() {
        // A control character is six bytes in JSON.
        let writes: Vec<_> = (0..20).map(|number| put(number, "\u{1}".repeat(390_000))).collect();
        assert_eq!(lengths(&writes), [7, 7, 6]);
        for request in split_into_requests(writes) {
            let json = serde_json::to_vec(&request.iter().map(|write| &write.write).collect::<Vec<_>>()).unwrap();
            assert!(json.len() <= BATCH_WRITE_BYTES_MAX, "{}", json.len());
        }
    }

    #[test]
    fn unmeasured_items_fit_into_one_request() {
        let number: crate::value::Number = "1E-130".parse().unwrap();
        let numbers = vec![crate::value::AttributeValue::N(number); 1360];
        let item = Item::new().with("l", crate::value::AttributeValue::L(numbers.into()));
        let bytes = item_bytes(&item);
        assert!((UNMEASURED_BYTES_MAX - 100..=UNMEASURED_BYTES_MAX).contains(&bytes), "{bytes}");
        let json = serde_json::to_vec(&item).unwrap();
        assert!(25 * (json.len() + WRITE_OVERHEAD_BYTES) <= BATCH_WRITE_BYTES_MAX, "{}", json.len());
    }
}
