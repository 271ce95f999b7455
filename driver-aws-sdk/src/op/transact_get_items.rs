//! [`TransactGetItems`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html):
//! reads several items atomically.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{Get, ItemResponse, TransactGetItem};
use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, TransactGet, TransactGetItems, TransactGetItemsOutput};
use djamodb_core::value::Item;

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::SdkPlaceholders;
use crate::convert::{InvalidResponse, item};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, get: TransactGetItems) -> Result<Outcome, Failure> {
    let requested_count = get.transact_items.len();
    let gets = get.transact_items.into_iter().map(to_sdk).collect::<Result<Vec<_>, _>>()?;
    let request = call
        .client
        .transact_get_items()
        .set_transact_items(Some(gets))
        .set_return_consumed_capacity(capacity::to_sdk(get.return_consumed_capacity));

    let (response, metadata) = call.send(|| request.send()).await?;
    let output =
        TransactGetItemsOutput { responses: from_sdk(response.responses.unwrap_or_default(), requested_count)? };
    Ok(Outcome {
        output: output.into(),
        metadata: with_consumed_capacity(metadata, response.consumed_capacity.unwrap_or_default()),
    })
}

/// Converts the responses, which are matched to the requested items by position only.
fn from_sdk(responses: Vec<ItemResponse>, requested_count: usize) -> Result<Vec<Option<Item>>, InvalidResponse> {
    if responses.len() != requested_count {
        return Err(InvalidResponse::Missing("response to each item of the transaction"));
    }
    responses.into_iter().map(|response| response.item.map(item::from_sdk).transpose()).collect()
}

fn to_sdk(get: TransactGet) -> Result<TransactGetItem, BuildError> {
    let mut renderer = Renderer::new();
    let projection = get.projection.as_ref().map(|projection| renderer.projection(projection));
    let get = Get::builder()
        .table_name(get.table.as_str())
        .set_key(Some(item::to_sdk(get.key)))
        .set_projection_expression(projection)
        .set_expression_attribute_names(SdkPlaceholders::from(renderer).names)
        .build()?;
    Ok(TransactGetItem::builder().get(get).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_missing_responses() {
        let responses = || vec![ItemResponse::builder().build(); 3];
        assert_eq!(from_sdk(responses(), 3), Ok(vec![None, None, None]));
        for requested_count in [0, 2, 4] {
            assert!(from_sdk(responses(), requested_count).is_err());
        }
    }
}
