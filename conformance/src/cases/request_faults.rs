//! Requests with several faults: the fault that is reported, and the details that its message names.
//!
//! AWS does not document which of several faults it reports. Parameters are validated before the table is looked up.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, TableSchema};

use super::prelude::*;

case!("get_item/names_the_paths_that_overlap", Theme::Expression, names_the_paths_that_overlap);
case!("put_item/names_an_index_of_an_empty_key", Theme::Index, names_an_index_of_an_empty_key);
case!("put_item/names_the_types_of_a_key", Theme::Key, names_the_types_of_a_key);
case!("scan/prints_binary_operands", Theme::Expression, prints_binary_operands);
case!("scan/checks_expressions_before_consistency", Theme::Index, scan_checks_expressions_before_consistency);
case!("update_item/checks_expressions_before_the_key", Theme::Update, update_item_checks_expressions_before_the_key);
case!(
    "query/checks_the_filter_before_the_projection",
    Theme::Expression,
    query_checks_the_filter_before_the_projection
);
case!("update_item/checks_deletions_before_sums", Theme::Update, update_item_checks_deletions_before_sums);
case!("query/a_page_of_an_index_can_be_continued_at_a_bound", Theme::Limit, index_pages_continue_at_a_bound);
case!("batch_write_item/names_an_index_of_an_invalid_key", Theme::Index, names_an_index_of_an_invalid_key);
case!(
    "update_item/evaluates_values_before_it_follows_removed_paths",
    Theme::Update,
    update_item_evaluates_values_before_removed_paths
);
case!("update_item/names_the_fault_of_the_first_index", Theme::Index, names_the_fault_of_the_first_index);
case!("put_item/checks_the_key_before_paths_into_it", Theme::Key, checks_keys_before_paths_into_them);
case!("batch_get_item/names_the_fault_of_the_first_key", Theme::Batch, names_the_fault_of_the_first_key);
case!("batch_write_item/checks_values_before_keys", Theme::Batch, batch_write_item_checks_values_before_keys);
case!(
    "update_item/refuses_changes_of_keys_whatever_the_condition",
    Theme::Update,
    refuses_changes_of_keys_whatever_the_condition
);

/// Fails if the message of overlapping paths names another path.
async fn names_the_paths_that_overlap(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let projection = Some(ProjectionExpression::new([path("a"), path("b"), path("a")]));
    let error = cx.expect_validation_error(GetItem { projection, ..GetItem::new(&table, user_key("a")) }).await?;
    let message = "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of \
                   these paths; path one: [a], path two: [a]";
    cx.expect_message_unless("overlap-messages-name-another-path", &error, message)
}

/// Fails if the message of a key of another type does not name its attribute and both types.
async fn names_the_types_of_a_key(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let error = cx.expect_validation_error(PutItem::new(&table, Item::new().with("id", 1))).await?;
    let message = "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N";
    cx.expect_message_unless("key-type-messages-lack-details", &error, message)
}

/// Fails if a binary operand in a message is not printed in hexadecimal digits.
async fn prints_binary_operands(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let (low, high) = (Operand::Value(1.into()), Operand::Value(AttributeValue::b(vec![1, 255])));
    let filter = Some(Condition::Between(path("x").into(), low, high));
    let error = cx.expect_validation_error(Scan { filter, ..Scan::new(&table) }).await?;
    let message = "Invalid FilterExpression: The BETWEEN operator requires same data type for lower and upper bounds; lower \
                   bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {B:0x01ff}";
    cx.expect_message_unless("binary-operands-are-java-objects", &error, message)
}

const ORDER_OF_BOOLS: &str = "Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: \
                              <, operand type: BOOL";

/// Fails if a scan reports a fault of the table or index before one of its own parameters.
async fn scan_checks_expressions_before_consistency(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let index = Some("global_all".into());
    let scan = Scan { index, filter: Some(unordered()), consistent: true, ..Scan::new(&table) };
    let error = cx.expect_validation_error(scan).await?;
    cx.expect_message_unless("scans-check-consistency-first", &error, ORDER_OF_BOOLS)
}

/// Fails if an update reports a fault of its key before one of its expression.
async fn update_item_checks_expressions_before_the_key(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let update = Update::new().delete(path("a"), 1);
    let key = user_key("a").with("other", 1);
    let error = cx.expect_validation_error(UpdateItem::new(&table, key, update)).await?;
    let message = "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: \
                   NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND";
    cx.expect_message_unless("keys-are-checked-before-expressions", &error, message)
}

/// Fails if a query reports a fault of its projection or its key condition before one of its filter.
async fn query_checks_the_filter_before_the_projection(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let projection = ProjectionExpression::new([path("a"), path("a")]);
    let select = Some(Select::SpecificAttributes(projection));
    let key_condition = KeyCondition::hash("id", true);
    let query =
        Query { filter: Some(unordered()), select: select.clone(), ..Query::new(&table, key_condition.clone()) };
    cx.expect_message(&cx.expect_validation_error(query).await?, ORDER_OF_BOOLS)?;
    let error = cx.expect_validation_error(Query { select, ..Query::new(&table, key_condition) }).await?;
    cx.expect_message(&error, "Invalid ProjectionExpression: Two document paths overlap *")
}

/// Fails if the faults of the sections of an update are reported in another order than that of the service.
async fn update_item_checks_deletions_before_sums(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let sum = SetValue::Plus(UpdateOperand::value("x"), UpdateOperand::value(1));
    let update = Update::new().set(path("a"), sum).delete(path("b"), 1);
    let error = cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), update)).await?;
    cx.expect_message(&error, "Invalid UpdateExpression: * operator: DELETE, operand type: NUMBER, *")
}

/// Fails if an update that cannot be applied for two reasons changes the item, or reports another of them.
async fn update_item_evaluates_values_before_removed_paths(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    put_all(&cx, &table, [user_key("a")]).await?;
    let sum = SetValue::Plus(UpdateOperand::value(1), path("missing").into());
    let update = Update::new().set(path("a"), sum).remove(path("none").key("a"));
    let error = cx.expect_validation_error(UpdateItem::new(&table, user_key("a"), update)).await?;
    let message = "The provided expression refers to an attribute that does not exist in the item";
    cx.expect_message_unless("faults-of-actions-are-found-in-another-order", &error, message)?;
    ensure_eq("item", get_item(&cx, &table, user_key("a")).await?, Some(user_key("a")))
}

/// Returns the schema of a table with a global index and a local index, whose keys both have the attribute `kind`.
fn schema_with_indexes() -> TableSchema {
    let (id, at, kind) = (KeyAttribute::s("id"), KeyAttribute::n("at"), KeyAttribute::s("kind"));
    let key = KeySchema::hash_and_range(id.clone(), at.clone());
    let mut schema = TableSchema::new("faults", key);
    let global = KeySchema::hash_and_range(kind.clone(), at);
    schema.global_indexes.push(GlobalIndex::new("a_global", global, IndexProjection::All));
    let local = KeySchema::hash_and_range(id, kind);
    schema.local_indexes.push(LocalIndex::new("b_local", local, IndexProjection::All));
    schema
}

/// Fails if an invalid key of two indexes is stored, or if the message names another index than the first by name.
async fn names_an_index_of_an_invalid_key(cx: Context) -> CaseResult {
    let table = cx.create_table(schema_with_indexes()).await?;
    let put = WriteRequest::Put(key("a", 1).with("kind", ""));
    let error = cx.expect_validation_error(BatchWriteItem::new([TableWrites::new(&table, [put])])).await?;
    let message = "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The \
                   AttributeValue for a key attribute cannot contain an empty string value. IndexName: a_global, IndexKey: kind";
    cx.expect_message_unless("another-index-of-a-key-is-named", &error, message)
}

/// Fails if an empty key of two indexes is stored, or if the message names another index than the first by name.
async fn names_an_index_of_an_empty_key(cx: Context) -> CaseResult {
    let table = cx.create_table(schema_with_indexes()).await?;
    let error = cx.expect_validation_error(PutItem::new(&table, key("a", 1).with("kind", ""))).await?;
    ensure("the message names an index", error.message().ends_with("IndexKey: kind"))?;
    let is_first = error.message().contains("IndexName: a_global");
    ensure_eq("names the first index", is_first, !cx.deviates("another-index-of-a-key-is-named"))
}

/// Fails if a page of an index that ends at an inclusive bound has no `LastEvaluatedKey`, although items of other partitions can follow.
async fn index_pages_continue_at_a_bound(cx: Context) -> CaseResult {
    let table = cx.create_table(schema_with_indexes()).await?;
    put_all(&cx, &table, [key("a", 1).with("kind", "k")]).await?;
    let bound = KeyCondition::hash("kind", "k").range("at", RangeCondition::Le(1.into()));
    let query = Query { index: Some("a_global".into()), limit: Some(1), ..Query::new(&table, bound) };
    let page = cx.run(query).await?;
    ensure_eq("count", page.count, 1)?;
    let can_be_continued = !cx.deviates("index-queries-end-at-bounds-of-the-range-key-of-the-table");
    ensure_eq("page with a last key", page.last_evaluated_key.is_some(), can_be_continued)
}

/// Fails if a batch reports another than the first key that is invalid.
async fn names_the_fault_of_the_first_key(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let keys = [user_key(""), Item::new().with("id", 1)];
    let error = cx.expect_validation_error(BatchGetItem::new([TableKeys::new(&table, keys)])).await?;
    let message = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
                   string value. Key: id";
    cx.expect_message_unless("keys-of-batches-are-checked-in-another-order", &error, message)
}

/// Fails if a batch reports an invalid key before a value that no item can have.
async fn batch_write_item_checks_values_before_keys(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let deleted = user_key("a").with("x", AttributeValue::l([AttributeValue::bs::<&[u8]>([])]));
    let writes = [WriteRequest::Put(user_key("")), WriteRequest::Delete(deleted)];
    let error = cx.expect_validation_error(BatchWriteItem::new([TableWrites::new(&table, writes)])).await?;
    cx.expect_message(&error, "One or more parameter values were invalid: Binary sets should not be empty")
}

/// Fails if an update that no item accepts is reported as a condition that failed.
async fn refuses_changes_of_keys_whatever_the_condition(cx: Context) -> CaseResult {
    let table = cx.create_table(schema_with_indexes()).await?;
    for (changed, message) in [
        (
            "at",
            "One or more parameter values were invalid: Cannot update attribute at. This attribute is part of the key",
        ),
        (
            "kind[0]",
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: kind",
        ),
    ] {
        let update = Update::new().set(path(changed), UpdateOperand::value(1));
        let condition = Some(Condition::AttributeExists(path("missing")));
        let update = UpdateItem { condition, ..UpdateItem::new(&table, key("a", 1), update) };
        if cx.deviates("conditions-of-updates-are-evaluated-first") {
            cx.expect_condition_failed(update).await?;
        } else {
            cx.expect_message(&cx.expect_validation_error(update).await?, message)?;
        }
    }
    Ok(())
}

/// Fails if a path into a key attribute is reported before a key that is empty.
async fn checks_keys_before_paths_into_them(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let into_key = || Some(Condition::AttributeExists(path("id.x")));
    let empty = || user_key("");
    let update = Update::new().set(path("x"), UpdateOperand::value(1));
    let projection = Some(ProjectionExpression::new([path("id.x")]));
    let keys = TableKeys { projection, ..TableKeys::new(&table, [empty()]) };
    for error in [
        cx.expect_validation_error(PutItem { condition: into_key(), ..PutItem::new(&table, empty()) }).await?,
        cx.expect_validation_error(DeleteItem { condition: into_key(), ..DeleteItem::new(&table, empty()) }).await?,
        cx.expect_validation_error(UpdateItem { condition: into_key(), ..UpdateItem::new(&table, empty(), update) })
            .await?,
        cx.expect_validation_error(BatchGetItem::new([keys])).await?,
    ] {
        let message = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an \
                       empty string value. Key: id";
        cx.expect_message(&error, message)?;
    }
    Ok(())
}

/// Fails if an update reports another than the first index by name whose key is invalid, or a type before an empty value.
async fn names_the_fault_of_the_first_index(cx: Context) -> CaseResult {
    let (id, at, a) = (KeyAttribute::s("h"), KeyAttribute::s("r"), KeyAttribute::n("a"));
    let mut schema = TableSchema::new("updated", KeySchema::hash_and_range(id.clone(), at.clone()));
    let of_b = KeySchema::hash_and_range(KeyAttribute::b("b"), at);
    for (name, key) in [("global_a", KeySchema::hash(a.clone())), ("global_b", of_b)] {
        schema.global_indexes.push(GlobalIndex::new(name, key, IndexProjection::All));
    }
    let local = KeySchema::hash_and_range(id, a);
    schema.local_indexes.push(LocalIndex::new("local_a", local, IndexProjection::All));
    let table = cx.create_table(schema).await?;
    let empty = UpdateOperand::value(AttributeValue::b(vec![]));
    let update = Update::new().set(path("a"), empty).set(path("b"), UpdateOperand::value(-1));
    let key = Item::new().with("h", "abc").with("r", "a");
    let error = cx.expect_validation_error(UpdateItem::new(&table, key, update)).await?;
    let message = "One or more parameter values are not valid. The update expression attempted to update a secondary index \
                   key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty \
                   binary value.";
    cx.expect_message_unless("another-index-of-a-key-is-named", &error, message)
}
