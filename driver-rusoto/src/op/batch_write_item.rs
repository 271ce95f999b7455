//! [`BatchWriteItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html):
//! puts and deletes items of several tables, without atomicity.

use std::collections::HashMap;

use djamodb_core::plan::{BatchWriteItem, BatchWriteItemOutput, Outcome, TableWrites, WriteRequest};
use rusoto_dynamodb::{
    BatchWriteItemInput, DeleteRequest, DynamoDb, DynamoDbClient, PutRequest, WriteRequest as RusotoWrite,
};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::{InvalidResponse, item, item_collection, tables};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, batch: BatchWriteItem) -> Result<Outcome, Failure> {
    let mut tables = Vec::with_capacity(batch.requests.len());
    let mut requests = HashMap::with_capacity(batch.requests.len());
    for TableWrites { table, writes } in batch.requests {
        let writes = writes.into_iter().map(to_rusoto).collect();
        if requests.insert(table.to_string(), writes).is_some() {
            return Err(Failure::duplicate_table(&table));
        }
        tables.push(table);
    }
    let input = BatchWriteItemInput {
        request_items: requests,
        return_consumed_capacity: capacity::to_rusoto(batch.return_consumed_capacity),
        return_item_collection_metrics: item_collection::to_rusoto(batch.return_item_collection_metrics),
    };

    let (response, metadata) = send(client.batch_write_item(input)).await?;
    let mut unprocessed = tables::of_response(response.unprocessed_items, "unprocessed writes of the batch")?;
    let mut output = BatchWriteItemOutput {
        unprocessed: Vec::new(),
        item_collection_metrics: item_collection::by_table_from_rusoto(response.item_collection_metrics)?,
    };
    for table in tables {
        let writes = unprocessed.take(&table).unwrap_or_default();
        let writes = writes.into_iter().map(from_rusoto).collect::<Result<Vec<_>, _>>()?;
        if !writes.is_empty() {
            output.unprocessed.push(TableWrites { table, writes });
        }
    }
    tables::require_empty(unprocessed)?;
    Ok(Outcome {
        output: output.into(),
        metadata: with_consumed_capacity(metadata, response.consumed_capacity.unwrap_or_default()),
    })
}

fn to_rusoto(write: WriteRequest) -> RusotoWrite {
    let (put, delete) = match write {
        WriteRequest::Put(item) => (Some(PutRequest { item: item::to_rusoto(item) }), None),
        WriteRequest::Delete(key) => (None, Some(DeleteRequest { key: item::to_rusoto(key) })),
    };
    RusotoWrite { put_request: put, delete_request: delete }
}

fn from_rusoto(write: RusotoWrite) -> Result<WriteRequest, InvalidResponse> {
    match (write.put_request, write.delete_request) {
        (Some(put), _) => Ok(WriteRequest::Put(item::from_rusoto(put.item)?)),
        (None, Some(delete)) => Ok(WriteRequest::Delete(item::from_rusoto(delete.key)?)),
        (None, None) => Err(InvalidResponse::Missing("item or key of an unprocessed write")),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::value::Item;

    use super::*;

    #[test]
    fn writes_round_trip() {
        let item = Item::new().with("id", "a").with("n", 1);
        for write in [WriteRequest::Put(item.clone()), WriteRequest::Delete(item)] {
            assert_eq!(from_rusoto(to_rusoto(write.clone())), Ok(write));
        }
        assert!(from_rusoto(RusotoWrite::default()).is_err());
    }
}
