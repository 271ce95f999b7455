//! `BatchGetItem`: items of several tables by their keys.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use djamodb_core::expression::{ProjectionExpression, Renderer};
use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, Outcome, TableKeys};
use djamodb_core::value::Name;

use crate::convert::capacity::{self, charged};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::{Unreadable, item};
use crate::error::Failure;
use crate::request::Call;

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
            return Err(Failure::table_twice(&table));
        }
        reads.push(Read { table, consistent, projection });
    }
    let request = call
        .client
        .batch_get_item()
        .set_request_items(Some(requests))
        .set_return_consumed_capacity(capacity::to_sdk(batch.return_consumed_capacity));

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let mut responses = answer.responses.unwrap_or_default();
    let mut unprocessed = answer.unprocessed_keys.unwrap_or_default();
    let mut output = BatchGetItemOutput::default();
    for read in reads {
        let items = responses.remove(read.table.as_str()).unwrap_or_default();
        output.items.push((read.table.clone(), item::all_from_sdk(items)?));
        output.unprocessed.extend(unprocessed.remove(read.table.as_str()).map(|keys| read.again(keys)).transpose()?);
    }
    Ok(Outcome { output: output.into(), metadata: charged(metadata, answer.consumed_capacity.unwrap_or_default()) })
}

/// How a table is read: kept so that what was left unprocessed is told in the terms of the plan, not of its expressions.
struct Read {
    table: Name,
    consistent: bool,
    projection: Option<ProjectionExpression>,
}

impl Read {
    fn again(self, unprocessed: KeysAndAttributes) -> Result<TableKeys, Unreadable> {
        let Self { table, consistent, projection } = self;
        Ok(TableKeys { table, keys: item::all_from_sdk(unprocessed.keys)?, consistent, projection })
    }
}
