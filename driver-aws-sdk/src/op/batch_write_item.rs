//! [`BatchWriteItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html):
//! puts and deletes items of several tables, without atomicity.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest as SdkWrite};
use djamodb_core::plan::{BatchWriteItem, BatchWriteItemOutput, Outcome, TableWrites, WriteRequest};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::{InvalidResponse, item, item_collection, tables};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, batch: BatchWriteItem) -> Result<Outcome, Failure> {
    let mut tables = Vec::with_capacity(batch.requests.len());
    let mut requests = HashMap::with_capacity(batch.requests.len());
    for TableWrites { table, writes } in batch.requests {
        let writes = writes.into_iter().map(to_sdk).collect::<Result<Vec<_>, _>>()?;
        if requests.insert(table.as_str().to_owned(), writes).is_some() {
            return Err(Failure::duplicate_table(&table));
        }
        tables.push(table);
    }
    let request = call
        .client
        .batch_write_item()
        .set_request_items(Some(requests))
        .set_return_consumed_capacity(capacity::to_sdk(batch.return_consumed_capacity))
        .set_return_item_collection_metrics(item_collection::to_sdk(batch.return_item_collection_metrics));

    let (response, metadata) = call.send(|| request.send()).await?;
    let mut unprocessed = tables::of_response(response.unprocessed_items, "unprocessed writes of the batch")?;
    let mut output = BatchWriteItemOutput {
        item_collection_metrics: item_collection::by_table_from_sdk(response.item_collection_metrics)?,
        ..BatchWriteItemOutput::default()
    };
    for table in tables {
        let writes = unprocessed.take(&table).unwrap_or_default();
        let writes = writes.into_iter().map(from_sdk).collect::<Result<Vec<_>, _>>()?;
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

fn to_sdk(write: WriteRequest) -> Result<SdkWrite, BuildError> {
    let request = SdkWrite::builder();
    Ok(match write {
        WriteRequest::Put(item) => {
            request.put_request(PutRequest::builder().set_item(Some(item::to_sdk(item))).build()?).build()
        }
        WriteRequest::Delete(key) => {
            request.delete_request(DeleteRequest::builder().set_key(Some(item::to_sdk(key))).build()?).build()
        }
    })
}

fn from_sdk(write: SdkWrite) -> Result<WriteRequest, InvalidResponse> {
    match (write.put_request, write.delete_request) {
        (Some(put), _) => Ok(WriteRequest::Put(item::from_sdk(put.item)?)),
        (None, Some(delete)) => Ok(WriteRequest::Delete(item::from_sdk(delete.key)?)),
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
            assert_eq!(from_sdk(to_sdk(write.clone()).unwrap()), Ok(write));
        }
        assert!(from_sdk(SdkWrite::builder().build()).is_err());
    }
}
