//! [`BatchGetItem`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html):
//! reads items of several tables by their keys.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use djamodb_core::expression::{ProjectionExpression, Renderer};
use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, Outcome, TableKeys};
use djamodb_core::value::Name;
use serde::Deserialize;

use crate::convert::capacity::{self, CapacityInBody, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::page::Items;
use crate::convert::{item, tables};
use crate::error::Failure;
use crate::request::Call;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    responses: Option<HashMap<String, Items>>,
    unprocessed_keys: Option<HashMap<String, UnprocessedKeys>>,
    consumed_capacity: Option<Vec<CapacityInBody>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UnprocessedKeys {
    keys: Items,
}

pub(super) async fn execute(call: &Call<'_>, batch: BatchGetItem) -> Result<Outcome, Failure> {
    let mut reads = Vec::with_capacity(batch.requests.len());
    let mut requests = HashMap::with_capacity(batch.requests.len());
    for TableKeys { table, keys, consistent, projection } in batch.requests {
        let mut renderer = Renderer::new();
        let expression = projection.as_ref().map(|projection| renderer.projection(projection));
        let request = KeysAndAttributes::builder()
            .set_keys(Some(keys.into_iter().map(item::to_sdk).collect()))
            .consistent_read(consistent)
            .set_projection_expression(expression)
            .set_expression_attribute_names(SdkPlaceholders::from(renderer).names)
            .build()?;
        if requests.insert(table.as_str().to_owned(), request).is_some() {
            return Err(Failure::duplicate_table(&table));
        }
        reads.push(TableRead { table, consistent, projection });
    }
    let request = call
        .client
        .batch_get_item()
        .set_request_items(Some(requests))
        .set_return_consumed_capacity(capacity::to_sdk(batch.return_consumed_capacity));

    let (response, metadata) = call.send_and_parse::<Response, _, _, _>(|| request.send()).await?;
    let mut responses = tables::of_response(response.responses, "items of the batch")?;
    let mut unprocessed = tables::of_response(response.unprocessed_keys, "unprocessed keys of the batch")?;
    let mut output = BatchGetItemOutput::default();
    for read in reads {
        let Items(items) = responses.take(&read.table).unwrap_or_default();
        output.items.push((read.table.clone(), items));
        output.unprocessed.extend(unprocessed.take(&read.table).map(|keys| read.into_unprocessed(keys)));
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
    fn into_unprocessed(self, UnprocessedKeys { keys: Items(keys) }: UnprocessedKeys) -> TableKeys {
        let Self { table, consistent, projection } = self;
        TableKeys { table, keys, consistent, projection }
    }
}
