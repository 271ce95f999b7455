//! What is no condition and no filter.

use super::prelude::*;

case!("expression/what_has_no_order_is_not_ordered", Theme::Expression, no_order);
case!("expression/bounds_the_wrong_way_round_are_refused", Theme::Expression, bounds);
case!("expression/a_path_is_not_compared_with_itself", Theme::Expression, itself);
case!("expression/in_takes_1_to_100_values", Theme::Expression, one_of);
case!("expression/begins_with_takes_no_numbers", Theme::Expression, begins_with);
case!("expression/an_expression_has_at_most_300_operators", Theme::Expression, operators);
case!("expression/nothing_is_no_expression", Theme::Expression, nothing);
case!("expression/a_condition_is_checked_before_the_item", Theme::Condition, before_the_item);

/// Each has to be refused as a filter of a query and of a scan, and as the condition of a write.
async fn each_refused(cx: &Context, conditions: impl IntoIterator<Item = Condition>) -> CaseResult {
    let table = create_users(cx).await?;
    put_all(cx, &table, [user_key("a").with("x", 1)]).await?;
    for condition in conditions {
        let condition = Some(condition);
        cx.expect_validation_error(Query { filter: condition.clone(), ..partition_query(&table, "a") }).await?;
        cx.expect_validation_error(Scan { filter: condition.clone(), ..Scan::new(&table) }).await?;
        cx.expect_validation_error(PutItem { condition: condition.clone(), ..PutItem::new(&table, user_key("a")) })
            .await?;
        cx.expect_validation_error(DeleteItem { condition, ..DeleteItem::new(&table, user_key("a")) }).await?;
    }
    ensure_eq("the item", get_item(cx, &table, user_key("a")).await?, Some(user_key("a").with("x", 1)))
}

/// Booleans, documents and sets would have an order that nobody knows.
async fn no_order(cx: Context) -> CaseResult {
    let compared = |comparator, value: AttributeValue| Condition::compare(path("x"), comparator, value);
    let conditions = [
        compared(Comparator::Lt, true.into()),
        compared(Comparator::Ge, AttributeValue::null()),
        compared(Comparator::Gt, AttributeValue::ss(["a"])),
        compared(Comparator::Le, AttributeValue::l([])),
        compared(Comparator::Le, AttributeValue::m::<Name>([])),
        Condition::compare(AttributeValue::bool(true), Comparator::Lt, path("x")),
        Condition::Between(path("x").into(), true.into(), true.into()),
    ];
    each_refused(&cx, conditions).await
}

/// A range that can hold nothing would look like one without items.
async fn bounds(cx: Context) -> CaseResult {
    let between =
        |low: AttributeValue, high: AttributeValue| Condition::Between(path("x").into(), low.into(), high.into());
    let conditions = [
        between(2.into(), 1.into()),
        between("b".into(), "a".into()),
        between(1.into(), "2".into()),
        // Also where it could not matter.
        Condition::Or(vec![Condition::AttributeExists(path("x")), between(2.into(), 1.into())]),
    ];
    each_refused(&cx, conditions).await
}

/// A typing error would be always true.
async fn itself(cx: Context) -> CaseResult {
    let conditions = [
        Condition::compare(path("x"), Comparator::Eq, path("x")),
        Condition::compare(path("m.x"), Comparator::Lt, path("m.x")),
        Condition::Between(path("x").into(), 1.into(), path("x").into()),
        Condition::In(path("x").into(), vec![1.into(), path("x").into()]),
        Condition::Contains(path("x"), path("x").into()),
    ];
    each_refused(&cx, conditions).await
}

/// Values past the hundredth would not be looked at.
async fn one_of(cx: Context) -> CaseResult {
    let among = |count: i32| Condition::In(path("x").into(), (0..count).map(Operand::from).collect());
    each_refused(&cx, [among(0), among(101)]).await
}

/// A number would be taken for a text.
async fn begins_with(cx: Context) -> CaseResult {
    let begins = |prefix: AttributeValue| Condition::BeginsWith(path("x"), prefix.into());
    each_refused(&cx, [begins(1.into()), begins(true.into()), begins(AttributeValue::ss(["a"]))]).await
}

/// Operators past some limit would be dropped, or the limit be another than the service's.
async fn operators(cx: Context) -> CaseResult {
    let several = |count: i32| {
        Condition::And((0..count).map(|n| Condition::compare(path("x"), Comparator::Ne, n + 10)).collect())
    };
    each_refused(&cx, [several(151)]).await?;
    let query = Query { filter: Some(several(150)), ..partition_query(&cx.table_name("users"), "a") };
    ensure_eq("150 comparisons and 149 times AND", cx.run(query).await?.count, 1)
}

/// An empty condition would be taken for none.
async fn nothing(cx: Context) -> CaseResult {
    each_refused(&cx, [Condition::And(vec![]), Condition::Or(vec![])]).await
}

/// A wrong condition would be found only once there is an item.
async fn before_the_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let wrong = || Some(Condition::compare(path("x"), Comparator::Lt, true));
    cx.expect_validation_error(PutItem { condition: wrong(), ..PutItem::new(&table, user_key("a")) }).await?;
    cx.expect_validation_error(Query { filter: wrong(), ..partition_query(&table, "a") }).await?;
    let update = Update::new().set(path("x"), UpdateOperand::value(1));
    cx.expect_validation_error(UpdateItem { condition: wrong(), ..UpdateItem::new(&table, user_key("a"), update) })
        .await?;
    ensure_eq("the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}
