//! Validation errors and their messages.

use djamodb_core::driver::{DriverErrorKind, DriverExt};
use djamodb_core::expression::{Comparator, Condition, KeyCondition, ProjectionExpression, RangeCondition};
use djamodb_core::plan::{DeleteItem, GetItem, PutItem, Query, Scan, Segment, Select};
use djamodb_core::value::{AttributeValue, Item, Name};

use crate::support::{error, indexed, item, key, partition, path, put, validation_message, weather};

#[tokio::test]
async fn rejects_invalid_keys() {
    let driver = weather().await;
    let mismatch = "The provided key element does not match the schema";
    let empty = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an \
     empty string value. Key: id";
    let too_long =
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes";
    for (key, message) in [
        (Item::new(), mismatch),
        (Item::new().with("id", "a"), mismatch),
        (key("a", 1).with("x", 1), mismatch),
        (Item::new().with("id", "a").with("other", 1), mismatch),
        (Item::new().with("id", 1).with("at", 1), mismatch),
        (Item::new().with("id", AttributeValue::null()).with("at", 1), mismatch),
        (key("", 1), empty),
        (key(&"x".repeat(2049), 1), too_long),
    ] {
        assert_eq!(validation_message(&driver, GetItem::new("weather", key.clone())).await, message);
        assert_eq!(validation_message(&driver, DeleteItem::new("weather", key)).await, message);
    }
}

#[tokio::test]
async fn rejects_invalid_items() {
    let driver = weather().await;
    let invalid = "One or more parameter values were invalid: ";
    for (item, message) in [
        (Item::new().with("id", "a"), format!("{invalid}Missing the key at in the item")),
        (key("a", 1).with("at", "x"), format!("{invalid}Type mismatch for key at expected: N actual: S")),
        (
            item("a", 1, "k", 1).with("heat", "x"),
            format!("{invalid}Type mismatch for Index Key heat Expected: N Actual: S IndexName: global_all"),
        ),
        (
            key("a", 1).with("s", AttributeValue::ss::<&str>([])),
            format!("1 validation error detected: {invalid}An string set  may not be empty"),
        ),
        (key("a", 1).with("", 1), "1 validation error detected: Empty attribute name".into()),
    ] {
        assert_eq!(validation_message(&driver, PutItem::new("weather", item)).await, message);
    }
    assert_eq!(driver.run(Scan::new("weather")).await.unwrap().count, 0);
}

#[tokio::test]
async fn rejects_invalid_key_conditions() {
    let driver = weather().await;
    let of = |condition: KeyCondition| Query::new("weather", condition);
    let range = |condition| of(KeyCondition::hash("id", "a").range("at", condition));
    let mismatch = "One or more parameter values were invalid: Condition parameter type does not match schema type";
    for (query, message) in [
        (of(KeyCondition::hash("at", 1)), "Query condition missed key schema element: id"),
        (of(KeyCondition::hash("x", 1)), "Query condition missed key schema element: id"),
        (
            of(KeyCondition::hash("id", "a").range("x", RangeCondition::Eq(1.into()))),
            "Query condition missed key schema element: at",
        ),
        (
            of(KeyCondition { hash: vec![], range: vec![] }),
            "Invalid KeyConditionExpression: The expression can not be empty;",
        ),
        (
            of(KeyCondition { hash: vec![], range: vec![("id".into(), RangeCondition::Gt("a".into()))] }),
            "Query key condition not supported",
        ),
        (
            of(KeyCondition::hash("id", "a").range("id", RangeCondition::Eq("a".into()))),
            "KeyConditionExpressions must only contain one condition per key",
        ),
        (
            of(KeyCondition::hash("id", "a")
                .range("at", RangeCondition::Eq(1.into()))
                .range("x", RangeCondition::Eq(1.into()))),
            "Conditions can be of length 1 or 2 only",
        ),
        (of(KeyCondition::hash("id", 1)), mismatch),
        (range(RangeCondition::Eq("x".into())), mismatch),
        (range(RangeCondition::BeginsWith("x".into())), mismatch),
        (
            range(RangeCondition::BeginsWith(1.into())),
            "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: \
             begins_with, operand type: N",
        ),
        (
            range(RangeCondition::Gt(true.into())),
            "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: \
             >, operand type: BOOL",
        ),
        (
            range(RangeCondition::Between(2.into(), 1.into())),
            "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to \
             lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}",
        ),
        (
            of(KeyCondition::hash("id", "")),
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an \
             empty string value. Key: id",
        ),
        (
            of(KeyCondition::hash("id", "x".repeat(2049))),
            "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 \
             bytes",
        ),
        (
            indexed("global_all", ""),
            "One or more parameter values are not valid. A value specified for a secondary index key is not \
             supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: \
             global_all, IndexKey: kind",
        ),
        (
            Query { index: Some("global_all".into()), ..partition("a") },
            "Query condition missed key schema element: kind",
        ),
        (Query { index: Some("none".into()), ..partition("a") }, "The table does not have the specified index: none"),
    ] {
        assert_eq!(validation_message(&driver, query.clone()).await, message, "{query:?}");
    }
    // Conditions are matched by name: an equality may be in either part of the key condition.
    let swapped = KeyCondition {
        hash: vec![("at".into(), 1.into())],
        range: vec![("id".into(), RangeCondition::Eq("a".into()))],
    };
    put(&driver, key("a", 1)).await;
    assert_eq!(driver.run(of(swapped)).await.unwrap().count, 1);
}

#[tokio::test]
async fn rejects_filters_on_key_attributes() {
    let driver = weather().await;
    let on = |name| Some(Condition::compare(path(name), Comparator::Ne, "x").negate());
    let key_filter = "Filter Expression can only contain non-primary key attributes: Primary key attribute: ";
    assert_eq!(
        validation_message(&driver, Query { filter: on("at"), ..partition("a") }).await,
        format!("{key_filter}at")
    );
    let query = Query { filter: on("kind"), ..indexed("global_keys", "k") };
    assert_eq!(validation_message(&driver, query).await, format!("{key_filter}kind"));
    // Allowed: table keys in an index query, index keys in a table query, and any key in a scan.
    driver.run(Query { filter: on("at"), ..indexed("global_keys", "k") }).await.unwrap();
    driver.run(Query { filter: on("kind"), ..partition("a") }).await.unwrap();
    driver.run(Scan { filter: on("at"), ..Scan::new("weather") }).await.unwrap();

    let inside = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";
    assert_eq!(
        validation_message(&driver, Query { filter: on("id.x"), ..partition("a") }).await,
        format!("{inside}Key: id")
    );
    let projection = Some(ProjectionExpression::new([path("kind[0]")]));
    let get = GetItem { projection, ..GetItem::new("weather", key("a", 1)) };
    assert_eq!(validation_message(&driver, get).await, format!("{inside}IndexKey: kind"));
    let filter = Some(Condition::compare(path("x"), Comparator::Lt, true));
    assert_eq!(
        validation_message(&driver, Scan { filter, ..Scan::new("weather") }).await,
        "Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: <, operand \
         type: BOOL"
    );
    let condition = Some(Condition::In(path("x").into(), vec![1.into(); 101]));
    assert_eq!(
        validation_message(&driver, PutItem { condition, ..PutItem::new("weather", key("a", 1)) }).await,
        "1 validation error detected: Invalid ConditionExpression: The IN operator is provided with too many operands; number of operands: 101"
    );
}

#[tokio::test]
async fn rejects_invalid_start_keys() {
    let driver = weather().await;
    let bounded = || Query::new("weather", KeyCondition::hash("id", "a").range("at", RangeCondition::Gt(5.into())));
    let start = |query: Query, start: Item| Query { exclusive_start_key: Some(start), ..query };
    let shape = "The provided starting key is invalid";
    let element = "The provided starting key is invalid: The provided key element does not match the schema";
    for (query, message) in [
        (start(partition("a"), Item::new()), shape),
        (start(partition("a"), Item::new().with("id", "a")), shape),
        (start(partition("a"), key("a", 1).with("x", 1)), shape),
        (start(partition("a"), Item::new().with("id", "a").with("x", 1)), shape),
        (start(indexed("global_all", "k"), key("a", 1)), shape),
        (start(indexed("global_all", "k"), item("a", 1, "k", 1).with("x", 1)), shape),
        (start(partition("a"), Item::new().with("id", "a").with("at", "x")), element),
        (
            start(partition("a"), key("", 1)),
            "The provided starting key is invalid: One or more parameter values are not valid. The AttributeValue for \
             a key attribute cannot contain an empty string value. Key: id",
        ),
        (
            start(partition("a"), key("b", 1)),
            "The provided starting key is outside query boundaries based on provided conditions",
        ),
        (start(bounded(), key("b", 6)), "The query can return at most one row and cannot be restarted"),
        (start(bounded(), key("a", 5)), "The provided starting key does not match the range key predicate"),
        (
            start(Query { forward: false, ..bounded() }, key("a", 5)),
            "The provided starting key does not match the range key predicate",
        ),
    ] {
        assert_eq!(validation_message(&driver, query.clone()).await, message, "{query:?}");
    }
    let scan = |start: Item, segment| Scan { exclusive_start_key: Some(start), segment, ..Scan::new("weather") };
    assert_eq!(validation_message(&driver, scan(Item::new(), None)).await, element);
    let mut rejections = 0;
    for segment in 0..2 {
        let segment = Some(Segment { segment, total_segments: 2 });
        if let Err(error) = driver.run(scan(key("a", 1), segment)).await {
            assert!(
                error.message().starts_with("The provided starting key is invalid: Invalid ExclusiveStartKey."),
                "{error}"
            );
            rejections += 1;
        }
    }
    assert_eq!(rejections, 1, "a start key belongs to one segment");
}

#[tokio::test]
async fn rejects_limits_and_segments_out_of_bounds() {
    let driver = weather().await;
    let limit = "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value \
     greater than or equal to 1";
    assert_eq!(validation_message(&driver, Query { limit: Some(0), ..partition("a") }).await, limit);
    assert_eq!(validation_message(&driver, Scan { limit: Some(0), ..Scan::new("weather") }).await, limit);
    let segment =
        |segment, total_segments| Scan { segment: Some(Segment { segment, total_segments }), ..Scan::new("weather") };
    assert_eq!(
        validation_message(&driver, segment(5, 5)).await,
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less \
         than TotalSegments: 5"
    );
    assert!(validation_message(&driver, segment(0, 0)).await.contains("'totalSegments'"));
    assert!(validation_message(&driver, segment(0, 1_000_001)).await.ends_with("less than or equal to 1000000"));
    driver.run(segment(999_999, 1_000_000)).await.unwrap();
}

#[tokio::test]
async fn requests_are_validated_before_the_table_is_looked_up() {
    let driver = weather().await;
    // Rules on the request apply before the table is looked up, rules on its schema afterwards.
    let empty = Some(ProjectionExpression::new([]));
    let get = GetItem { projection: empty, ..GetItem::new("missing", Item::new()) };
    assert_eq!(
        validation_message(&driver, get).await,
        "Invalid ProjectionExpression: The expression can not be empty;"
    );
    let error = error(&driver, GetItem::new("missing", Item::new())).await;
    assert_eq!(*error.kind(), DriverErrorKind::ResourceNotFound);
    assert!(validation_message(&driver, GetItem::new("x", Item::new())).await.contains("'tableName'"));
    let select = Some(Select::AllProjectedAttributes);
    assert_eq!(
        validation_message(&driver, Query { select, ..partition("a") }).await,
        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"
    );
    let index = Some(Name::from_static("global_all"));
    let scan = Scan { index, consistent: true, ..Scan::new("weather") };
    assert_eq!(
        validation_message(&driver, scan).await,
        "Consistent reads are not supported on global secondary indexes"
    );
}
