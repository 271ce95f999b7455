//! [`TransactGetItems`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html):
//! reads several items atomically.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, TransactGet, TransactGetItems, TransactGetItemsOutput};
use djamodb_core::value::Item;
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, Get, ItemResponse, TransactGetItem, TransactGetItemsInput};

use crate::convert::capacity::{self, with_consumed_capacity};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{InvalidResponse, item};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, transaction: TransactGetItems) -> Result<Outcome, Failure> {
    let requested_count = transaction.transact_items.len();
    let input = TransactGetItemsInput {
        transact_items: transaction.transact_items.into_iter().map(to_rusoto).collect(),
        return_consumed_capacity: capacity::to_rusoto(transaction.return_consumed_capacity),
    };

    let (response, metadata) = send(client.transact_get_items(input)).await?;
    let output =
        TransactGetItemsOutput { responses: from_rusoto(response.responses.unwrap_or_default(), requested_count)? };
    Ok(Outcome {
        output: output.into(),
        metadata: with_consumed_capacity(metadata, response.consumed_capacity.unwrap_or_default()),
    })
}

fn to_rusoto(get: TransactGet) -> TransactGetItem {
    let mut renderer = Renderer::new();
    let projection = get.projection.as_ref().map(|projection| renderer.projection(projection));
    let get = Get {
        table_name: get.table.to_string(),
        key: item::to_rusoto(get.key),
        projection_expression: projection,
        expression_attribute_names: RusotoPlaceholders::from(renderer).names,
    };
    TransactGetItem { get }
}

/// Converts the responses, which are matched to the requested items by position only.
fn from_rusoto(responses: Vec<ItemResponse>, requested_count: usize) -> Result<Vec<Option<Item>>, InvalidResponse> {
    if responses.len() != requested_count {
        return Err(InvalidResponse::Missing("response to each item of the transaction"));
    }
    responses.into_iter().map(|response| response.item.map(item::from_rusoto).transpose()).collect()
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::{Path, ProjectionExpression};

    use super::*;

    #[test]
    fn rejects_missing_responses() {
        let item = Item::new().with("id", "a");
        let responses = || {
            let found = ItemResponse { item: Some(item::to_rusoto(item.clone())) };
            vec![ItemResponse { item: None }, found, ItemResponse { item: None }]
        };
        assert_eq!(from_rusoto(responses(), 3), Ok(vec![None, Some(item.clone()), None]));
        for requested_count in [0, 2, 4] {
            assert!(from_rusoto(responses(), requested_count).is_err());
        }
    }

    #[test]
    fn each_item_has_its_own_attribute_names() {
        let key = Item::new().with("id", "a");
        let projection = Some(ProjectionExpression::new([Path::new("kind")]));
        let part = to_rusoto(TransactGet { projection, ..TransactGet::new("weather", key.clone()) }).get;
        assert_eq!(part.projection_expression.as_deref(), Some("#0"));
        assert_eq!(part.expression_attribute_names, Some([("#0".to_owned(), "kind".to_owned())].into()));
        let whole = to_rusoto(TransactGet::new("weather", key)).get;
        assert_eq!((whole.projection_expression, whole.expression_attribute_names), (None, None));
    }
}
