//! [`BatchGetItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html):
//! reads items of several tables by their keys.

use std::collections::HashMap;

use djamodb_core::expression::{ProjectionExpression, Renderer};
use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, Outcome, TableKeys};
use djamodb_core::value::Name;
use rusoto_dynamodb::{BatchGetItemInput, DynamoDb, DynamoDbClient, KeysAndAttributes};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{InvalidResponse, item, tables};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, batch: BatchGetItem) -> Result<Outcome, Failure> {
    let mut reads = Vec::with_capacity(batch.requests.len());
    let mut requests = HashMap::with_capacity(batch.requests.len());
    for TableKeys { table, keys, consistent, projection } in batch.requests {
        let mut renderer = Renderer::new();
        let expression = projection.as_ref().map(|projection| renderer.projection(projection));
        let request = KeysAndAttributes {
            keys: keys.into_iter().map(item::to_rusoto).collect(),
            consistent_read: Some(consistent),
            projection_expression: expression,
            expression_attribute_names: RusotoPlaceholders::from(renderer).names,
            ..KeysAndAttributes::default()
        };
        if requests.insert(table.to_string(), request).is_some() {
            return Err(Failure::duplicate_table(&table));
        }
        reads.push(TableRead { table, consistent, projection });
    }
    let input = BatchGetItemInput {
        request_items: requests,
        return_consumed_capacity: capacity::to_rusoto(batch.return_consumed_capacity),
    };

    let (response, metadata) = send(client.batch_get_item(input)).await?;
    let mut responses = tables::of_response(response.responses, "items of the batch")?;
    let mut unprocessed = tables::of_response(response.unprocessed_keys, "unprocessed keys of the batch")?;
    let mut output = BatchGetItemOutput::default();
    for read in reads {
        let items = responses.take(&read.table).unwrap_or_default();
        output.items.push((read.table.clone(), item::all_from_rusoto(items)?));
        output.unprocessed.extend(unprocessed.take(&read.table).map(|keys| read.into_unprocessed(keys)).transpose()?);
    }
    tables::require_empty(responses)?;
    tables::require_empty(unprocessed)?;
    Ok(Outcome {
        output: output.into(),
        metadata: with_consumed_capacity(metadata, response.consumed_capacity.unwrap_or_default()),
    })
}

/// The parameters of one table's read, from which an unprocessed part is converted back to a plan without parsing expressions.
struct TableRead {
    table: Name,
    consistent: bool,
    projection: Option<ProjectionExpression>,
}

impl TableRead {
    fn into_unprocessed(self, unprocessed: KeysAndAttributes) -> Result<TableKeys, InvalidResponse> {
        let Self { table, consistent, projection } = self;
        Ok(TableKeys { table, keys: item::all_from_rusoto(unprocessed.keys)?, consistent, projection })
    }
}
