//! `BatchGetItem`: items of several tables by their keys.

use std::collections::HashMap;

use djamodb_core::expression::{ProjectionExpression, Renderer};
use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, Outcome, TableKeys};
use djamodb_core::value::Name;
use rusoto_dynamodb::{BatchGetItemInput, DynamoDb, DynamoDbClient, KeysAndAttributes};

use crate::convert::capacity::{asked, charged};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{Unreadable, item};
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
            return Err(Failure::table_twice(&table));
        }
        reads.push(Read { table, consistent, projection });
    }
    let input =
        BatchGetItemInput { request_items: requests, return_consumed_capacity: asked(batch.return_consumed_capacity) };

    let (answer, metadata) = send(client.batch_get_item(input)).await?;
    let mut responses = answer.responses.unwrap_or_default();
    let mut unprocessed = answer.unprocessed_keys.unwrap_or_default();
    let mut output = BatchGetItemOutput::default();
    for read in reads {
        let items = responses.remove(read.table.as_str()).unwrap_or_default();
        output.items.push((read.table.clone(), item::all_from_rusoto(items)?));
        output.unprocessed.extend(unprocessed.remove(read.table.as_str()).map(|keys| read.again(keys)).transpose()?);
    }
    Ok(Outcome { output: output.into(), metadata: charged(metadata, answer.consumed_capacity.unwrap_or_default()) })
}

/// How a table is read: kept so that what was left unprocessed is told in the terms of the plan, not of its
/// expressions.
struct Read {
    table: Name,
    consistent: bool,
    projection: Option<ProjectionExpression>,
}

impl Read {
    fn again(self, unprocessed: KeysAndAttributes) -> Result<TableKeys, Unreadable> {
        let Self { table, consistent, projection } = self;
        Ok(TableKeys { table, keys: item::all_from_rusoto(unprocessed.keys)?, consistent, projection })
    }
}
