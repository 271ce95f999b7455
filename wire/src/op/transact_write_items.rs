//! [`TransactWriteItems`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html): writes several items
//! or none.

use djamodb_core::expression::{Condition, Parser, Renderer, Update};
use djamodb_core::plan::{
    ConditionCheck, Metadata, OldItemOnFailure, Outcome, QueryPlan, TransactDelete, TransactPut, TransactUpdate,
    TransactWriteItem, TransactWriteItems, TransactWriteItemsOutput,
};
use djamodb_core::value::{Item, Name};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::error::RequestError;
use crate::expressions::{self, Parameter, SentPlaceholders};
use crate::json::{Element, List, Map, SentItem, SentValue, Structure, Text, TypeName};
use crate::shape::capacity::{self, Capacity};
use crate::shape::item_collection::{self, MetricsByTable};
use crate::shape::{metadata, returns, table_name};
use crate::violations::Violations;

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Request {
    transact_items: Option<List<Element<SentAction>>>,
    client_request_token: Option<Text>,
    return_consumed_capacity: Option<Text>,
    return_item_collection_metrics: Option<Text>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct SentAction {
    condition_check: Option<Structure<Action>>,
    put: Option<Structure<Action>>,
    delete: Option<Structure<Action>>,
    update: Option<Structure<Action>>,
}

/// The members of all kinds of actions.
#[skip_serializing_none]
#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Action {
    table_name: Option<Text>,
    item: Option<SentItem>,
    key: Option<SentItem>,
    update_expression: Option<Text>,
    condition_expression: Option<Text>,
    expression_attribute_names: Option<Map<Text>>,
    expression_attribute_values: Option<Map<SentValue>>,
    return_values_on_condition_check_failure: Option<Text>,
}

impl TypeName for SentAction {
    const NAME: &'static str = "TransactWriteItem";
}

impl TypeName for Action {
    const NAME: &'static str = "Put";
}

/// The kind of an action.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    ConditionCheck,
    Put,
    Delete,
    Update,
}

impl Kind {
    /// Returns the name of the member.
    const fn member(self) -> &'static str {
        match self {
            Self::ConditionCheck => "conditionCheck",
            Self::Put => "put",
            Self::Delete => "delete",
            Self::Update => "update",
        }
    }
}

impl SentAction {
    /// Returns the action, of which a transaction has one of four kinds.
    fn action(self) -> Result<(Kind, Action), RequestError> {
        let mut actions = [
            self.condition_check.map(|action| (Kind::ConditionCheck, action)),
            self.put.map(|action| (Kind::Put, action)),
            self.delete.map(|action| (Kind::Delete, action)),
            self.update.map(|action| (Kind::Update, action)),
        ]
        .into_iter()
        .flatten();
        match (actions.next(), actions.next()) {
            (Some((kind, Structure(action))), None) => Ok((kind, action)),
            _ => Err(RequestError::validation("TransactItems can only contain one of Check, Put, Update or Delete")),
        }
    }
}

impl Action {
    /// Adds the violations of the members, and returns the value of `ReturnValuesOnConditionCheckFailure`.
    fn check(&mut self, kind: Kind, path: &str, violations: &mut Violations) -> OldItemOnFailure {
        let path = format!("{path}.{}", kind.member());
        let mut required = vec![("tableName", self.table_name.is_some())];
        match kind {
            Kind::Put => required.push(("item", self.item.is_some())),
            Kind::Delete => required.push(("key", self.key.is_some())),
            Kind::Update => {
                required.push(("key", self.key.is_some()));
                required.push(("updateExpression", self.update_expression.is_some()));
            }
            Kind::ConditionCheck => {
                required.push(("key", self.key.is_some()));
                required.push(("conditionExpression", self.condition_expression.is_some()));
            }
        }
        for (member, is_present) in required {
            if !is_present {
                violations.null(&format!("{path}.{member}"));
            }
        }
        returns::read_on_failure(
            self.return_values_on_condition_check_failure.take(),
            &format!("{path}.returnValuesOnConditionCheckFailure"),
            violations,
        )
    }

    fn plan(self, kind: Kind, old_item_on_failure: OldItemOnFailure) -> Result<TransactWriteItem, RequestError> {
        let placeholders =
            SentPlaceholders { names: self.expression_attribute_names, values: self.expression_attribute_values };
        let update = Parameter::new("UpdateExpression", self.update_expression.as_ref());
        let condition = Parameter::new("ConditionExpression", self.condition_expression.as_ref());
        let expressions = if kind == Kind::Update { &[update, condition][..] } else { &[condition] };
        placeholders.check(expressions, expressions, &[])?;
        let table = table_name::read(self.table_name.unwrap_or_default());
        let item = self.item.unwrap_or_default().checked().map_err(RequestError::Validation)?;
        let key = self.key.unwrap_or_default().checked().map_err(RequestError::Validation)?;
        let (update, condition) = expressions::parse(placeholders, |parser| {
            let update = match &self.update_expression {
                Some(Text(text)) if kind == Kind::Update => parser.update(text)?,
                _ => Update::new(),
            };
            Ok((update, condition_of(self.condition_expression.as_ref(), parser)?))
        })?;
        Ok(planned(kind, table, (item, key), (update, condition), old_item_on_failure))
    }
}

fn condition_of(text: Option<&Text>, parser: &mut Parser<'_>) -> Result<Option<Condition>, RequestError> {
    Ok(text.map(|Text(text)| parser.condition(text)).transpose()?)
}

fn planned(
    kind: Kind,
    table: Name,
    (item, key): (Item, Item),
    (update, condition): (Update, Option<Condition>),
    old_item_on_failure: OldItemOnFailure,
) -> TransactWriteItem {
    match kind {
        Kind::ConditionCheck => {
            // A required parameter, whose absence is a violation.
            let condition = condition.unwrap_or_else(|| Condition::And(Vec::new()));
            ConditionCheck { table, key, condition, old_item_on_failure }.into()
        }
        Kind::Put => TransactPut { table, item, condition, old_item_on_failure }.into(),
        Kind::Delete => TransactDelete { table, key, condition, old_item_on_failure }.into(),
        Kind::Update => TransactUpdate { table, key, update, condition, old_item_on_failure }.into(),
    }
}

impl From<&TransactWriteItem> for SentAction {
    fn from(write: &TransactWriteItem) -> Self {
        let mut renderer = Renderer::new();
        let mut action = Action {
            table_name: Some(table_name::write(write.table())),
            return_values_on_condition_check_failure: returns::write_on_failure(write.old_item_on_failure()),
            ..Action::default()
        };
        if let TransactWriteItem::Update(update) = write {
            action.update_expression = Some(Text(renderer.update(&update.update)));
        }
        action.condition_expression = write.condition().map(|condition| Text(renderer.condition(condition)));
        let placeholders = expressions::rendered(renderer);
        action.expression_attribute_names = placeholders.names;
        action.expression_attribute_values = placeholders.values;
        let mut sent = Self::default();
        let (member, item, key) = match write {
            TransactWriteItem::ConditionCheck(check) => (&mut sent.condition_check, None, Some(&check.key)),
            TransactWriteItem::Put(put) => (&mut sent.put, Some(&put.item), None),
            TransactWriteItem::Delete(delete) => (&mut sent.delete, None, Some(&delete.key)),
            TransactWriteItem::Update(update) => (&mut sent.update, None, Some(&update.key)),
        };
        action.item = item.cloned().map(Into::into);
        action.key = key.cloned().map(Into::into);
        *member = Some(Structure(action));
        sent
    }
}

impl Request {
    pub(crate) fn new(transaction: &TransactWriteItems) -> Self {
        let actions = transaction.transact_items.iter().map(|write| Element(write.into()));
        Self {
            transact_items: Some(List(actions.collect())),
            client_request_token: transaction.client_request_token.clone().map(Text),
            return_consumed_capacity: capacity::write_return(transaction.return_consumed_capacity),
            return_item_collection_metrics: item_collection::write_return(transaction.return_item_collection_metrics),
        }
    }

    pub(crate) fn plan(self) -> Result<QueryPlan, RequestError> {
        let mut violations = Violations::default();
        let List(sent) = violations.required("transactItems", self.transact_items);
        let mut actions = Vec::with_capacity(sent.len());
        for (at, Element(action)) in sent.into_iter().enumerate() {
            let action = action.action().map(|(kind, mut action)| {
                let path = format!("transactItems.{}.member", at + 1);
                let old_item_on_failure = action.check(kind, &path, &mut violations);
                (kind, action, old_item_on_failure)
            });
            actions.push(action);
        }
        let return_consumed_capacity = capacity::read_return(self.return_consumed_capacity, &mut violations);
        let return_item_collection_metrics =
            item_collection::read_return(self.return_item_collection_metrics, &mut violations);
        violations.check()?;
        let actions = actions.into_iter().map(|action| {
            let (kind, action, old_item_on_failure) = action?;
            action.plan(kind, old_item_on_failure)
        });
        let plan = TransactWriteItems {
            transact_items: actions.collect::<Result<_, _>>()?,
            client_request_token: self.client_request_token.map(|Text(token)| token),
            return_consumed_capacity,
            return_item_collection_metrics,
        };
        Ok(plan.into())
    }
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Response {
    item_collection_metrics: Option<MetricsByTable>,
    consumed_capacity: Option<Vec<Capacity>>,
}

impl Response {
    pub(crate) fn new(output: &TransactWriteItemsOutput, metadata: &Metadata) -> Self {
        Self {
            item_collection_metrics: item_collection::by_table(&output.item_collection_metrics),
            consumed_capacity: Capacity::of_tables(metadata),
        }
    }

    pub(crate) fn outcome(self) -> Outcome {
        let item_collection_metrics = item_collection::from_tables(self.item_collection_metrics);
        let metadata = metadata::of_tables(self.consumed_capacity.unwrap_or_default());
        Outcome { output: TransactWriteItemsOutput { item_collection_metrics }.into(), metadata }
    }
}
