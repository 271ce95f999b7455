//! Condition and filter expressions that the service rejects.

use djamodb_core::expression::ProjectionExpression;
use djamodb_core::plan::Select;
use djamodb_core::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema, TableSchema};

use super::prelude::*;

case!("expression/rejects_ordering_of_unordered_types", Theme::Expression, rejects_ordering_of_unordered_types);
case!("expression/rejects_reversed_bounds", Theme::Expression, rejects_reversed_bounds);
case!("expression/rejects_comparing_a_path_with_itself", Theme::Expression, rejects_comparing_a_path_with_itself);
case!("expression/in_accepts_1_to_100_values", Theme::Expression, in_accepts_1_to_100_values);
case!("expression/begins_with_rejects_numbers", Theme::Expression, begins_with_rejects_numbers);
case!("expression/accepts_at_most_300_operators", Theme::Expression, accepts_at_most_300_operators);
case!("expression/paths_have_at_most_32_levels", Theme::Expression, paths_have_at_most_32_levels);
case!("expression/rejects_paths_into_keys", Theme::Expression, rejects_paths_into_keys);
case!("expression/rejects_empty_conjunctions", Theme::Expression, rejects_empty_conjunctions);
case!(
    "expression/validates_conditions_before_reading_the_item",
    Theme::Condition,
    validates_conditions_before_reading_the_item
);

/// Asserts that each condition is rejected as the filter of a query and of a scan, and as the condition of a put and of a
/// delete.
async fn expect_each_rejected(cx: &Context, conditions: impl IntoIterator<Item = Condition>) -> CaseResult {
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
    ensure_eq("item", get_item(cx, &table, user_key("a")).await?, Some(user_key("a").with("x", 1)))
}

/// Fails if booleans, nulls, documents or sets are ordered.
async fn rejects_ordering_of_unordered_types(cx: Context) -> CaseResult {
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
    expect_each_rejected(&cx, conditions).await
}

/// Fails if an empty range is accepted and looks like one without items.
async fn rejects_reversed_bounds(cx: Context) -> CaseResult {
    let between =
        |low: AttributeValue, high: AttributeValue| Condition::Between(path("x").into(), low.into(), high.into());
    let conditions = [
        between(2.into(), 1.into()),
        between("b".into(), "a".into()),
        between(1.into(), "2".into()),
        // Reversed bounds are rejected even where they cannot affect the result.
        Condition::Or(vec![Condition::AttributeExists(path("x")), between(2.into(), 1.into())]),
    ];
    expect_each_rejected(&cx, conditions).await
}

/// Fails if a comparison that cannot depend on the item is accepted.
async fn rejects_comparing_a_path_with_itself(cx: Context) -> CaseResult {
    let conditions = [
        Condition::compare(path("x"), Comparator::Eq, path("x")),
        Condition::compare(path("m.x"), Comparator::Lt, path("m.x")),
        Condition::Between(path("x").into(), 1.into(), path("x").into()),
        Condition::In(path("x").into(), vec![1.into(), path("x").into()]),
        Condition::Contains(path("x").into(), path("x").into()),
    ];
    expect_each_rejected(&cx, conditions).await?;
    let nested = Condition::compare(path("m.x[1]"), Comparator::Eq, path("m.x[1]"));
    let scan = Scan { filter: Some(nested), ..Scan::new(cx.table_name("users")) };
    let error = cx.expect_validation_error(scan).await?;
    let message = "Invalid FilterExpression: The first operand must be distinct from the remaining operands for this operator \
                   or function; operator: =, first operand: [m, x, [1]]";
    cx.expect_message(&error, message)
}

/// Fails if a path is accepted that leads deeper than an item can be, or if the deepest path of an item is rejected.
async fn paths_have_at_most_32_levels(cx: Context) -> CaseResult {
    let of = |levels: usize| (1..levels).fold(path("m"), |path, _| path.key("k"));
    let conditions: [fn(Path) -> Condition; 4] = [
        |path| Condition::compare(path, Comparator::Eq, 1),
        |path| Condition::compare(Operand::Size(path), Comparator::Eq, 1),
        |path| Condition::AttributeExists(path),
        |path| Condition::Contains(self::path("x").into(), path.into()),
    ];
    expect_each_rejected(&cx, conditions.map(|condition| condition(of(33)))).await?;
    let table = cx.table_name("users");
    for condition in conditions {
        cx.run(Scan { filter: Some(condition(of(32))), ..Scan::new(&table) }).await?;
    }
    let too_deep =
        |kind: &str| format!("Invalid {kind}: The document path has too many nesting levels; nesting levels: 33");
    let filter = Some(Condition::AttributeExists(of(33)));
    let error = cx.expect_validation_error(Scan { filter: filter.clone(), ..Scan::new(&table) }).await?;
    cx.expect_message(&error, &too_deep("FilterExpression"))?;
    let put = PutItem { condition: filter, ..PutItem::new(&table, user_key("a")) };
    cx.expect_message(&cx.expect_validation_error(put).await?, &too_deep("ConditionExpression"))?;
    let get = |levels| GetItem {
        projection: Some(ProjectionExpression::new([path("x"), of(levels)])),
        ..GetItem::new(&table, user_key("a"))
    };
    cx.expect_message(&cx.expect_validation_error(get(33)).await?, &too_deep("ProjectionExpression"))?;
    ensure_eq("item", cx.run(get(32)).await?.item, Some(Item::new().with("x", 1)))
}

/// Fails if a path into a key attribute is accepted, which is a scalar, or if another attribute is named than the first one of the table's key.
async fn rejects_paths_into_keys(cx: Context) -> CaseResult {
    let mut schema = TableSchema::new("visits", KeySchema::hash_and_range(KeyAttribute::s("h"), KeyAttribute::s("r")));
    let index_key = KeySchema::hash_and_range(KeyAttribute::s("a"), KeyAttribute::s("h"));
    schema.global_indexes.push(GlobalIndex::new("by_a", index_key, IndexProjection::All));
    let table = cx.create_table(schema).await?;
    for (paths, named) in
        [(&["a[1]", "r[1]", "h[1]"][..], "Key: h"), (&["r.x"], "Key: r"), (&["b[1]", "a.x"], "IndexKey: a")]
    {
        let conditions = paths.iter().map(|text| Condition::AttributeExists(path(text))).collect();
        let scan = Scan { filter: Some(Condition::Or(conditions)), ..Scan::new(&table) };
        let message = format!(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: {named}"
        );
        for index in [None, Some("by_a".into())] {
            let error = cx.expect_validation_error(Scan { index, ..scan.clone() }).await?;
            cx.expect_message(&error, &message)?;
        }
    }
    // A scan checks its selection before the filter, and the filter before the projection.
    let into = |text: &str| Some(Condition::AttributeExists(path(text)));
    let scan = Scan { filter: into("a[0]"), select: Some(Select::AllProjectedAttributes), ..Scan::new(&table) };
    let error = cx.expect_validation_error(scan).await?;
    cx.expect_message(&error, "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")?;
    let projection = ProjectionExpression::new([path("h[0]")]);
    let select = Some(Select::SpecificAttributes(projection));
    let error = cx.expect_validation_error(Scan { filter: into("a[0]"), select, ..Scan::new(&table) }).await?;
    cx.expect_message(
        &error,
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: a",
    )
}

/// Fails if an empty list is accepted, or if values beyond 100 are silently ignored.
async fn in_accepts_1_to_100_values(cx: Context) -> CaseResult {
    let among = |count: i32| Condition::In(path("x").into(), (0..count).map(Operand::from).collect());
    expect_each_rejected(&cx, [among(0), among(101)]).await
}

/// Fails if a prefix of another type than string or binary is accepted.
async fn begins_with_rejects_numbers(cx: Context) -> CaseResult {
    let begins = |prefix: AttributeValue| Condition::BeginsWith(path("x").into(), prefix.into());
    expect_each_rejected(&cx, [begins(1.into()), begins(true.into()), begins(AttributeValue::ss(["a"]))]).await
}

/// Fails if an expression above the limit is accepted, or if one within it is rejected.
async fn accepts_at_most_300_operators(cx: Context) -> CaseResult {
    let several = |count: i32| {
        Condition::And((0..count).map(|n| Condition::compare(path("x"), Comparator::Ne, n + 10)).collect())
    };
    expect_each_rejected(&cx, [several(151)]).await?;
    let query = Query { filter: Some(several(150)), ..partition_query(&cx.table_name("users"), "a") };
    ensure_eq("count with 150 comparisons and 149 `AND`", cx.run(query).await?.count, 1)
}

/// Fails if `AND` or `OR` without operands is accepted.
async fn rejects_empty_conjunctions(cx: Context) -> CaseResult {
    expect_each_rejected(&cx, [Condition::And(vec![]), Condition::Or(vec![])]).await
}

/// Fails if an invalid condition is accepted as long as there is no item.
async fn validates_conditions_before_reading_the_item(cx: Context) -> CaseResult {
    let table = create_users(&cx).await?;
    let wrong = || Some(Condition::compare(path("x"), Comparator::Lt, true));
    cx.expect_validation_error(PutItem { condition: wrong(), ..PutItem::new(&table, user_key("a")) }).await?;
    cx.expect_validation_error(Query { filter: wrong(), ..partition_query(&table, "a") }).await?;
    let update = Update::new().set(path("x"), UpdateOperand::value(1));
    cx.expect_validation_error(UpdateItem { condition: wrong(), ..UpdateItem::new(&table, user_key("a"), update) })
        .await?;
    ensure_eq("items of the table", scan_all(&cx, Scan::new(&table)).await?, Vec::<Item>::new())
}
