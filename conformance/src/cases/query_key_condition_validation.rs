//! Key conditions that `Query` rejects.

use super::prelude::*;

case!("query/requires_the_hash_key", Theme::KeyCondition, requires_the_hash_key);
case!(
    "query/rejects_key_conditions_on_other_attributes",
    Theme::KeyCondition,
    rejects_key_conditions_on_other_attributes
);
case!("query/rejects_key_values_of_another_type", Theme::KeyCondition, rejects_key_values_of_another_type);
case!("query/rejects_reversed_bounds", Theme::KeyCondition, rejects_reversed_bounds);
case!("query/rejects_empty_key_values", Theme::KeyCondition, rejects_empty_key_values);
case!("query/limits_the_length_of_range_key_values", Theme::KeyCondition, limits_the_length_of_range_key_values);
case!("query/limits_the_length_of_hash_key_values", Theme::KeyCondition, limits_the_length_of_hash_key_values);

fn query_with(table: &Name, hash: &[(&str, AttributeValue)], range: &[(&str, RangeCondition)]) -> Query {
    let hash = hash.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
    let range = range.iter().map(|(name, condition)| ((*name).into(), condition.clone())).collect();
    Query::new(table, KeyCondition { hash, range })
}

fn query_with_range(table: &Name, condition: RangeCondition) -> Query {
    Query::new(table, KeyCondition::hash("id", "a").range("at", condition))
}

/// Fails if a key condition without the hash key is accepted.
async fn requires_the_hash_key(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let error = cx.expect_validation_error(query_with(&table, &[], &[])).await?;
    cx.expect_message(&error, "Invalid KeyConditionExpression: The expression can not be empty;")?;
    cx.expect_validation_error(query_with(&table, &[], &[("at", RangeCondition::Eq(1.into()))])).await?;
    cx.expect_validation_error(query_with(&table, &[], &[("id", RangeCondition::Gt("a".into()))])).await?;
    cx.expect_validation_error(query_with(&table, &[], &[("id", RangeCondition::BeginsWith("a".into()))])).await?;
    let error = cx.expect_validation_error(query_with(&table, &[("at", 1.into())], &[])).await?;
    cx.expect_message_or_deviation(
        "missing-hash-key-condition-message",
        &error,
        "Query condition missed key schema element: id",
    )
}

/// Fails if a condition on an attribute outside the key is ignored.
async fn rejects_key_conditions_on_other_attributes(cx: Context) -> CaseResult {
    let table = create_indexed(&cx).await?;
    let id = || ("id", AttributeValue::s("a"));
    let equal = || RangeCondition::Eq(1.into());
    cx.expect_validation_error(query_with(&table, &[id()], &[("heat", equal())])).await?;
    cx.expect_validation_error(query_with(&table, &[("kind", "k".into())], &[])).await?;
    cx.expect_validation_error(query_with(&table, &[id()], &[("at", equal()), ("heat", equal())])).await?;
    cx.expect_validation_error(query_with(&table, &[id()], &[("id", RangeCondition::Eq("a".into()))])).await?;
    cx.expect_validation_error(query_with(&table, &[id()], &[("at", RangeCondition::Gt(1.into())), ("at", equal())]))
        .await?;
    let on_index = Query { index: Some("global_all".into()), ..query_with(&table, &[id()], &[]) };
    cx.expect_validation_error(on_index).await?;
    let users = create_users(&cx).await?;
    cx.expect_validation_error(query_with(&users, &[id()], &[("at", equal())])).await?;
    Ok(())
}

/// Fails if a key value of another type is accepted and matches nothing.
async fn rejects_key_values_of_another_type(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    for condition in [
        RangeCondition::Eq("1".into()),
        RangeCondition::Gt("1".into()),
        RangeCondition::BeginsWith("1".into()),
        RangeCondition::BeginsWith(1.into()),
        RangeCondition::Lt(true.into()),
        RangeCondition::Eq(AttributeValue::null()),
        RangeCondition::Between(1.into(), "2".into()),
        RangeCondition::Between("1".into(), "2".into()),
    ] {
        cx.expect_validation_error(query_with_range(&table, condition)).await?;
    }
    let error = cx.expect_validation_error(query_with(&table, &[("id", 1.into())], &[])).await?;
    cx.expect_message(
        &error,
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
    )
}

/// Fails if an empty range is accepted and looks like one without items.
async fn rejects_reversed_bounds(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    cx.expect_validation_error(query_with_range(&table, RangeCondition::Between(2.into(), 1.into()))).await?;
    Ok(())
}

/// Fails if an empty string, which no key can contain, is accepted.
async fn rejects_empty_key_values(cx: Context) -> CaseResult {
    let table = create_events_with_range_key(&cx, djamodb_core::schema::ScalarType::S).await?;
    cx.expect_validation_error(query_with(&table, &[("id", "".into())], &[])).await?;
    for condition in [
        RangeCondition::Eq("".into()),
        RangeCondition::Gt("".into()),
        RangeCondition::Ge("".into()),
        RangeCondition::Between("".into(), "x".into()),
        RangeCondition::BeginsWith("".into()),
    ] {
        cx.expect_validation_error(query_with_range(&table, condition)).await?;
    }
    let table = create_indexed(&cx).await?;
    cx.expect_validation_error(index_query(&table, "global_all", "")).await?;
    Ok(())
}

/// Fails if a range key value that cannot be written is accepted.
async fn limits_the_length_of_range_key_values(cx: Context) -> CaseResult {
    let table = create_events_with_range_key(&cx, djamodb_core::schema::ScalarType::S).await?;
    let of = |bytes: usize| AttributeValue::s("x".repeat(bytes));
    for condition in [RangeCondition::Eq, RangeCondition::Gt, RangeCondition::BeginsWith] {
        ensure_eq(
            "count with the longest key value",
            cx.run(query_with_range(&table, condition(of(1024)))).await?.count,
            0,
        )?;
        cx.expect_validation_error(query_with_range(&table, condition(of(1025)))).await?;
    }
    cx.expect_validation_error(query_with_range(&table, RangeCondition::Between(of(1), of(1025)))).await?;
    Ok(())
}

/// Fails if a hash key value that cannot be written is accepted.
async fn limits_the_length_of_hash_key_values(cx: Context) -> CaseResult {
    let table = create_events(&cx).await?;
    let of = |bytes: usize| query_with(&table, &[("id", "x".repeat(bytes).into())], &[]);
    ensure_eq("count with the longest key value", cx.run(of(2048)).await?.count, 0)?;
    if cx.deviates("query-accepts-long-hash-keys") {
        return ensure_eq("count with a key value that is one byte too long", cx.run(of(2049)).await?.count, 0);
    }
    cx.expect_validation_error(of(2049)).await?;
    Ok(())
}
