//! The constraints of single members of a request: lengths, ranges and characters, of which the service reports every violation, and the
//! count with which errors of writes begin.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::schema::{Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, TableSchema};

use super::prelude::*;

case!("query/reports_all_violated_constraints", Theme::Expression, query_reports_all_violated_constraints);
case!("scan/reports_all_violated_constraints", Theme::Expression, scan_reports_all_violated_constraints);
case!("list_tables/limits_the_number_of_names", Theme::Table, list_tables_limits_the_number_of_names);
case!("create_table/reports_all_violated_constraints", Theme::Table, create_table_reports_all_violated_constraints);
case!("put_item/counts_the_errors_of_parameters", Theme::Condition, put_item_counts_the_errors_of_parameters);
case!("update_item/counts_the_errors_of_parameters", Theme::Update, update_item_counts_the_errors_of_parameters);
case!("delete_item/counts_the_errors_of_parameters", Theme::Condition, delete_item_counts_the_errors_of_parameters);
case!("get_item/does_not_count_the_errors_of_parameters", Theme::Expression, get_item_does_not_count_errors);

const ONE_BY_ONE: &str = "constraints-are-reported-one-by-one";
const NO_COUNT: &str = "errors-of-writes-have-no-count";

const INDEX_AND_LIMIT: &str = "3 validation errors detected: Value 'i!' at 'indexName' failed to satisfy constraint: Member must satisfy \
                               regular expression pattern: [a-zA-Z0-9_.-]+; Value 'i!' at 'indexName' failed to satisfy \
                               constraint: Member must have length greater than or equal to 3; Value at 'Limit' failed to \
                               satisfy constraint: Member must have value greater than or equal to 1";

/// Fails if a query stops at the first violated constraint.
async fn query_reports_all_violated_constraints(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let query = Query { index: Some("i!".into()), limit: Some(0), ..partition_query(&table, "a") };
    let error = cx.expect_validation_error(query).await?;
    cx.expect_message_unless(ONE_BY_ONE, &error, INDEX_AND_LIMIT)
}

/// Fails if a scan stops at the first violated constraint.
async fn scan_reports_all_violated_constraints(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let scan = Scan { index: Some("i!".into()), limit: Some(0), ..Scan::new(&table) };
    let error = cx.expect_validation_error(scan).await?;
    cx.expect_message_unless(ONE_BY_ONE, &error, INDEX_AND_LIMIT)
}

/// Fails if more than 100 names of tables can be requested at once.
async fn list_tables_limits_the_number_of_names(cx: Context) -> CaseResult {
    let error = cx.expect_validation_error(ListTables { limit: Some(101), ..ListTables::default() }).await?;
    let message = "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value \
                   less than or equal to 100";
    cx.expect_message_unless(ONE_BY_ONE, &error, message)
}

/// Fails if a table is created although its description violates a constraint, or if one of the violations is not reported.
async fn create_table_reports_all_violated_constraints(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new(cx.table_name("constraints"), KeySchema::hash(KeyAttribute::s("id")));
    schema.billing = Billing::provisioned(0, 0);
    let key = KeySchema::hash(KeyAttribute::s("kind"));
    schema.global_indexes.push(GlobalIndex::new("i", key, IndexProjection::Include(vec![])));
    let error = cx.expect_validation_error(CreateTable::new(schema)).await?;
    let message = "6 validation errors detected: Value 'i' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy \
                   constraint: Member must have length greater than or equal to 3; Value '[]' at \
                   'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: Member must \
                   have length greater than or equal to 1; Value '0' at \
                   'globalSecondaryIndexes.1.member.provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: \
                   Member must have value greater than or equal to 1; Value '0' at \
                   'globalSecondaryIndexes.1.member.provisionedThroughput.readCapacityUnits' failed to satisfy constraint: \
                   Member must have value greater than or equal to 1; Value '0' at \
                   'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member must have value greater \
                   than or equal to 1; Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater \
                   than or equal to 1";
    cx.expect_message_unless(ONE_BY_ONE, &error, message)
}

const UNORDERED: &str = "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL";

/// Fails if an error of a value or a condition of a put lacks the count of the newer validation layer, or if an error that only the table
/// can show has one.
async fn put_item_counts_the_errors_of_parameters(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let put = PutItem { condition: Some(unordered()), ..PutItem::new(&table, user_key("a")) };
    let error = cx.expect_validation_error(put).await?;
    let message = format!("1 validation error detected: Invalid ConditionExpression: {UNORDERED}");
    cx.expect_message_unless(NO_COUNT, &error, &message)?;

    let empty = user_key("a").with("set", AttributeValue::ss::<&str>([]));
    let error = cx.expect_validation_error(PutItem::new(&table, empty)).await?;
    let message =
        "1 validation error detected: One or more parameter values were invalid: An string set  may not be empty";
    cx.expect_message_unless(NO_COUNT, &error, message)?;

    let error = cx.expect_validation_error(PutItem::new(&table, Item::new().with("id", ""))).await?;
    ensure("an error without a count", error.message().starts_with("One or more"))
}

/// Fails if an error of an expression of an update lacks the count, or if an error of the stored item has one.
async fn update_item_counts_the_errors_of_parameters(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let twice = Update::new().remove(path("a")).remove(path("a").key("b"));
    let error = cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), twice)).await?;
    let message = "1 validation error detected: Invalid UpdateExpression: Two document paths overlap with each other; must \
                   remove or rewrite one of these paths; path one: [a], path two: [a, b]";
    cx.expect_message_unless(NO_COUNT, &error, message)?;

    let missing = Update::new().set(path("a"), SetValue::Operand(path("missing").into()));
    let error = cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), missing)).await?;
    cx.expect_message(&error, "The provided expression refers to an attribute that does not exist in the item")
}

/// Fails if an error of the condition of a deletion lacks the count.
async fn delete_item_counts_the_errors_of_parameters(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let delete = DeleteItem { condition: Some(unordered()), ..DeleteItem::new(&table, user_key("a")) };
    let error = cx.expect_validation_error(delete).await?;
    let message = format!("1 validation error detected: Invalid ConditionExpression: {UNORDERED}");
    cx.expect_message_unless(NO_COUNT, &error, &message)
}

/// Fails if the error of an expression of a read has a count.
async fn get_item_does_not_count_errors(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let projection = Some(ProjectionExpression::new([path("a"), path("a").key("b")]));
    let get = GetItem { projection, ..GetItem::new(&table, user_key("a")) };
    let error = cx.expect_validation_error(get).await?;
    let message = "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of \
                   these paths; path one: [a], path two: [a, b]";
    ensure_eq("error message", error.message(), message)?;
    let scan = Scan { filter: Some(unordered()), ..Scan::new(&table) };
    let error = cx.expect_validation_error(scan).await?;
    ensure_eq("error message", error.message(), &*format!("Invalid FilterExpression: {UNORDERED}"))
}
