//! `TransactGetItems`: items as they were at one moment.

use djamodb_core::expression::Renderer;
use djamodb_core::plan::{Outcome, TransactGet, TransactGetItems, TransactGetItemsOutput};
use djamodb_core::value::Item;
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, Get, ItemResponse, TransactGetItem, TransactGetItemsInput};

use crate::convert::capacity::{asked, charged};
use crate::convert::expression::RusotoPlaceholders;
use crate::convert::{Unreadable, item};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, transaction: TransactGetItems) -> Result<Outcome, Failure> {
    let asked_for = transaction.transact_items.len();
    let input = TransactGetItemsInput {
        transact_items: transaction.transact_items.into_iter().map(to_rusoto).collect(),
        return_consumed_capacity: asked(transaction.return_consumed_capacity),
    };

    let (answer, metadata) = send(client.transact_get_items(input)).await?;
    let output = TransactGetItemsOutput { responses: from_rusoto(answer.responses.unwrap_or_default(), asked_for)? };
    Ok(Outcome { output: output.into(), metadata: charged(metadata, answer.consumed_capacity.unwrap_or_default()) })
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

/// The items, each in the place in which it was asked for: their order is all that tells them apart.
fn from_rusoto(responses: Vec<ItemResponse>, asked_for: usize) -> Result<Vec<Option<Item>>, Unreadable> {
    if responses.len() != asked_for {
        return Err(Unreadable::Missing("response to each item of the transaction"));
    }
    responses.into_iter().map(|response| response.item.map(item::from_rusoto).transpose()).collect()
}

#[cfg(test)]
mod tests {
    use djamodb_core::expression::{Path, ProjectionExpression};

    use super::*;

    #[test]
    fn items_keep_their_places() {
        let item = Item::new().with("id", "a");
        let responses = || {
            let found = ItemResponse { item: Some(item::to_rusoto(item.clone())) };
            vec![ItemResponse { item: None }, found, ItemResponse { item: None }]
        };
        assert_eq!(from_rusoto(responses(), 3), Ok(vec![None, Some(item.clone()), None]));
        for asked_for in [0, 2, 4] {
            assert!(from_rusoto(responses(), asked_for).is_err());
        }
    }

    #[test]
    fn each_item_has_names_of_its_own() {
        let key = Item::new().with("id", "a");
        let projection = Some(ProjectionExpression::new([Path::new("kind")]));
        let part = to_rusoto(TransactGet { projection, ..TransactGet::new("weather", key.clone()) }).get;
        assert_eq!(part.projection_expression.as_deref(), Some("#0"));
        assert_eq!(part.expression_attribute_names, Some([("#0".to_owned(), "kind".to_owned())].into()));
        let whole = to_rusoto(TransactGet::new("weather", key)).get;
        assert_eq!((whole.projection_expression, whole.expression_attribute_names), (None, None));
    }
}
