//! Validators, which run before every write.

use std::collections::{BTreeMap, HashMap};

use djamodb::error::ValidationFailed;
use djamodb::model::{ValidationError, ValidationErrors};
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::{Batch, Error, Transaction};
use expect_test::expect;

#[derive(Document, Clone, PartialEq, Debug, Default)]
#[document(validate = Self::has_a_place)]
struct Line {
    #[document(rename = "item", validate = not_blank())]
    article: String,
    #[document(validate = range(1..=100))]
    count: u32,
    shelf: Option<String>,
    bin: Option<u8>,
}

impl Line {
    fn has_a_place(&self) -> Result<(), ValidationErrors<Self>> {
        let mut errors = ValidationErrors::new();
        if self.shelf.is_some() && self.bin.is_none() {
            errors.add(Self::BIN, "is missing");
        }
        errors.into_result()
    }
}

#[derive(AttributeType, Clone, PartialEq, Debug, Default)]
struct Lines(Vec<Line>);

/// Stores a number as its negation.
mod negated {
    use djamodb::model::CodecError;

    pub(super) type Stored = i64;

    #[allow(clippy::unnecessary_wraps, clippy::trivially_copy_pass_by_ref, reason = "the signature of a codec")]
    pub(super) fn to_stored(number: &i64) -> Result<Stored, CodecError> {
        Ok(-number)
    }

    #[allow(clippy::unnecessary_wraps, reason = "the signature of a codec")]
    pub(super) fn from_stored(stored: Stored) -> Result<i64, CodecError> {
        Ok(-stored)
    }
}

#[derive(Model, Clone, PartialEq, Debug, Default)]
#[model(table = "purchases", managed = false, validate = [Self::is_not_free, within_budget])]
struct Purchase {
    #[model(hash_key, validate = starts_with_p)]
    id: String,
    #[model(validate = min_value(0), validate = |total: &i64| even(*total))]
    total: i64,
    #[model(with = negated, validate = max_value(50))]
    discount: i64,
    #[model(validate = [max_length(10), not_blank()])]
    note: Option<String>,
    #[model(validate = length(..3), default)]
    tags: Vec<String>,
    #[model(default)]
    lines: Vec<Line>,
    first: Option<Line>,
    #[model(default)]
    named: HashMap<String, Line>,
    #[model(default)]
    ordered: BTreeMap<String, Box<Line>>,
    #[model(default)]
    pair: (u8, Line),
    #[model(default)]
    more: Lines,
}

fn starts_with_p(id: &str) -> Result<(), String> {
    if id.starts_with('p') { Ok(()) } else { Err(format!("{id:?} does not begin with p")) }
}

fn even(total: i64) -> Result<(), ValidationError> {
    if total % 2 == 0 { Ok(()) } else { Err(ValidationError::new("must be even").with_code("odd")) }
}

fn within_budget(purchase: &Purchase) -> Result<(), &'static str> {
    if purchase.total - purchase.discount > 1000 { Err("exceeds the budget") } else { Ok(()) }
}

impl Purchase {
    fn is_not_free(&self) -> Result<(), ValidationErrors<Self>> {
        let mut errors = ValidationErrors::new();
        if self.total < self.discount {
            errors.add(Self::DISCOUNT, "exceeds the total");
            errors.push("is free");
        }
        errors.into_result()
    }
}

fn purchase(id: &str, total: i64) -> Purchase {
    Purchase { id: id.to_owned(), total, ..Purchase::default() }
}

fn line(article: &str, count: u32) -> Line {
    Line { article: article.to_owned(), count, ..Line::default() }
}

/// Returns a valid purchase.
fn valid(id: &str) -> Purchase {
    Purchase { pair: (1, line("pen", 1)), ..purchase(id, 2) }
}

async fn database() -> Database {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Purchase>().await.unwrap();
    db
}

fn pairs<M>(errors: &ValidationErrors<M>) -> Vec<(&str, &str)> {
    errors.iter().map(|error| (error.path(), error.message())).collect()
}

fn failed(error: Error) -> ValidationFailed {
    match error {
        Error::ValidationFailed(failed) => *failed,
        error => panic!("another error: {error}"),
    }
}

#[test]
fn all_errors_of_a_value_are_found_at_once_with_their_paths() {
    let shelved = Line { shelf: Some("a".into()), ..line("", 0) };
    let invalid = Purchase {
        id: "x".into(),
        total: -3,
        discount: 51,
        note: Some(" ".repeat(11)),
        tags: vec![String::new(); 3],
        lines: vec![line("pen", 1), line(" ", 0)],
        first: Some(shelved.clone()),
        named: [("b", line("", 1)), ("a", line("", 1))].map(|(name, line)| (name.to_owned(), line)).into(),
        ordered: [("k".to_owned(), Box::new(line("pen", 101)))].into(),
        pair: (0, line("", 1)),
        more: Lines(vec![line("pen", 0)]),
    };
    let errors = invalid.full_clean().unwrap_err();
    expect![[r#"
        [
            (
                "id",
                "\"x\" does not begin with p",
            ),
            (
                "total",
                "must be at least 0",
            ),
            (
                "total",
                "must be even",
            ),
            (
                "discount",
                "must be at most 50",
            ),
            (
                "note",
                "must have at most 10 characters and has 11",
            ),
            (
                "note",
                "must not be blank",
            ),
            (
                "tags",
                "must have at most 2 elements and has 3",
            ),
            (
                "lines[1].item",
                "must not be blank",
            ),
            (
                "lines[1].count",
                "must be from 1 to 100",
            ),
            (
                "first.item",
                "must not be blank",
            ),
            (
                "first.count",
                "must be from 1 to 100",
            ),
            (
                "first.bin",
                "is missing",
            ),
            (
                "named.a.item",
                "must not be blank",
            ),
            (
                "named.b.item",
                "must not be blank",
            ),
            (
                "ordered.k.count",
                "must be from 1 to 100",
            ),
            (
                "pair[1].item",
                "must not be blank",
            ),
            (
                "more[0].count",
                "must be from 1 to 100",
            ),
            (
                "discount",
                "exceeds the total",
            ),
            (
                "",
                "is free",
            ),
        ]
    "#]]
    .assert_debug_eq(&pairs(&errors));
    assert_eq!(errors.message_dict()["total"], ["must be at least 0", "must be even"]);
    let codes: Vec<_> = errors.iter().filter_map(ValidationError::code).take(3).collect();
    assert_eq!(codes, ["min_value", "odd", "max_value"]);
    assert_eq!(valid("p1").full_clean(), Ok(()));
}

#[test]
fn validators_of_an_option_run_on_the_value_inside() {
    assert_eq!(Purchase { note: None, ..valid("p1") }.full_clean(), Ok(()));
    let errors = Purchase { note: Some(String::new()), ..valid("p1") }.full_clean().unwrap_err();
    assert_eq!(pairs(&errors), [("note", "must not be blank")]);
}

#[tokio::test]
async fn every_write_of_an_invalid_value_is_refused_before_the_first_request() {
    let (db, ledger) = database().await.with_ledger();
    let mut invalid = Purchase { total: 3, ..valid("p1") };
    let copy = invalid.clone();
    let expected = |operation: &str| {
        format!(
            "{operation} failed: Purchase with the key id = \"p1\" is invalid: `total`: must be even; nothing was sent"
        )
    };
    let error = invalid.save(&db).await.unwrap_err();
    assert_eq!(error.to_string(), expected("save"));
    let error = invalid.create(&db).await.unwrap_err();
    assert_eq!(error.to_string(), expected("create"));
    let error = Purchase::get_or_create(copy.clone(), &db).await.unwrap_err();
    assert_eq!(error.to_string(), expected("get_or_create"));
    let error = Purchase::update_or_create(copy.clone(), Purchase::TOTAL.set(4), &db).await.unwrap_err();
    assert_eq!(error.to_string(), expected("update_or_create"));
    let error = Purchase::update_or_create(valid("p1"), Purchase::TOTAL.set(3), &db).await.unwrap_err();
    assert_eq!(error.to_string(), expected("update_or_create"));

    let mut values = [valid("p0"), invalid.clone(), valid("p2"), purchase("p3", -1)];
    for on_conflict in [OnConflict::Fail, OnConflict::Ignore, OnConflict::Overwrite, OnConflict::OverwriteUnchecked] {
        let error = Purchase::objects().bulk_create(&mut values, on_conflict, &db).await.unwrap_err();
        let positions: Vec<_> = failed(error).values.iter().map(|value| value.position).collect();
        assert_eq!(positions, [Some(1), Some(3)]);
    }
    let error = Purchase::objects().bulk_update(&mut values, Purchase::NOTE, &db).await.unwrap_err();
    expect![[r#"bulk_update failed: Purchase at index 1 with the key id = "p1" is invalid: `total`: must be even; Purchase at index 3 with the key id = "p3" is invalid: `total`: must be at least 0; `total`: must be even; `pair[1].item`: must not be blank; `pair[1].count`: must be from 1 to 100; `discount`: exceeds the total; is free; nothing was sent"#]]
    .assert_eq(&error.to_string());
    assert_eq!(failed(error).message_dict()["[3]"], ["is free"]);

    let mut transaction = Transaction::new();
    transaction.save(&values[0]);
    transaction.create(&invalid);
    transaction.update(Purchase::item_key("p2"), Purchase::TOTAL.set(5));
    let error = transaction.run(&db).await.unwrap_err();
    expect![[r#"transaction failed: Purchase at index 1 with the key id = "p1" is invalid: `total`: must be even; Purchase at index 2 with the key id = "p2" is invalid: `total`: must be even; nothing was sent"#]]
    .assert_eq(&error.to_string());

    let mut batch = Batch::new();
    batch.save(&values[0]);
    batch.save(&invalid);
    let error = batch.run(&db).await.unwrap_err();
    expect![[r#"
        batch failed: Purchase at index 1 with the key id = "p1" is invalid: `total`: must be even; nothing was sent"#]]
    .assert_eq(&error.to_string());
    djamodb::assert_requests!(ledger == 0);
}

#[tokio::test]
async fn edits_that_set_a_whole_attribute_are_validated() {
    let db = database().await;
    let mut stored = valid("p1");
    stored.create(&db).await.unwrap();
    let (db, ledger) = db.with_ledger();

    let edits = (Purchase::TOTAL.set(3), Purchase::DISCOUNT.set(-51), Purchase::FIRST.set(line("", 1)));
    let error = stored.update(edits.clone(), &db).await.unwrap_err();
    expect![[r#"
        update failed: Purchase with the key id = "p1" is invalid: `total`: must be even; `discount`: must be at most 50; `first.item`: must not be blank; nothing was sent"#]]
    .assert_eq(&error.to_string());
    let error = Purchase::objects().set_hash_key("p1").update(edits, &db).await.unwrap_err();
    expect!["update failed: Purchase is invalid: `total`: must be even; `discount`: must be at most 50; `first.item`: must not be blank; nothing was sent"]
        .assert_eq(&error.to_string());
    let error = stored.update(Purchase::NOTE.set_if_not_exists(" "), &db).await.unwrap_err();
    assert_eq!(failed(error).errors().map(ValidationError::path).collect::<Vec<_>>(), ["note"]);
    djamodb::assert_requests!(ledger == 0);

    stored.update((Purchase::NOTE.set(None), Purchase::TOTAL.set(F(Purchase::TOTAL) + 1)), &db).await.unwrap();
    assert_eq!(stored.total, 3, "the value of the edit is not known before the request");
}

#[tokio::test]
async fn a_valid_value_is_written() {
    let db = database().await;
    let mut value = Purchase { lines: vec![line("pen", 3)], note: Some("n".into()), ..valid("p1") };
    value.create(&db).await.unwrap();
    value.save(&db).await.unwrap();
    assert_eq!(Purchase::get_by_key("p1", &db).await.unwrap(), value);
}

#[test]
fn the_errors_of_a_value_become_an_error_of_djamodb() {
    fn check(purchase: &Purchase) -> Result<(), Error> {
        purchase.full_clean()?;
        Ok(())
    }
    let error = check(&Purchase { total: 1, ..valid("p1") }).unwrap_err();
    assert_eq!(error.to_string(), "full_clean failed: Purchase is invalid: `total`: must be even; nothing was sent");
}

#[test]
fn a_document_that_contains_itself_is_validated_as_deep_as_it_can_be_stored() {
    #[derive(Document, Default, Debug)]
    struct Node {
        #[document(validate = range(1..))]
        number: u8,
        next: Option<Box<Node>>,
    }
    let mut chain = Node::default();
    for _ in 0..100_000 {
        chain = Node { number: 1, next: Some(Box::new(chain)) };
    }
    let mut errors = ValidationErrors::new();
    chain.run_validators(&mut errors);
    assert!(errors.is_empty(), "the invalid node is too deep to be stored");
    let mut node = Node { number: 1, next: Some(Box::default()) };
    node.run_validators(&mut errors);
    assert_eq!(pairs(&errors), [("next.number", "must be at least 1")]);
    node.next = None;

    // The drop of a deep chain recurs.
    while let Some(next) = chain.next.take() {
        chain = *next;
    }
}

#[test]
fn the_data_of_enums_and_flattened_documents_are_validated() {
    #[derive(AttributeType, Debug)]
    enum External {
        Nothing,
        Newtype(Line),
        Tuple(u8, Line),
        Named {
            #[attribute(validate = min_value(1))]
            number: u8,
            #[attribute(flatten)]
            line: Line,
            #[attribute(skip)]
            _other: u8,
        },
    }

    #[derive(AttributeType, Debug)]
    #[attribute(tag = "kind")]
    enum Internal {
        Newtype(Line),
    }

    #[derive(AttributeType, Debug)]
    #[attribute(tag = "kind", content = "data")]
    enum Adjacent {
        Newtype(Line),
    }

    #[derive(Model, Debug)]
    #[model(table = "shapes", managed = false)]
    struct Shape {
        #[model(hash_key)]
        id: u8,
        external: Vec<External>,
        internal: Internal,
        adjacent: Adjacent,
        #[model(flatten)]
        line: Line,
    }

    let invalid = || line("", 1);
    let shape = Shape {
        id: 1,
        external: vec![
            External::Nothing,
            External::Newtype(invalid()),
            External::Tuple(1, invalid()),
            External::Named { number: 0, line: invalid(), _other: 0 },
        ],
        internal: Internal::Newtype(invalid()),
        adjacent: Adjacent::Newtype(invalid()),
        line: invalid(),
    };
    let errors = shape.full_clean().unwrap_err();
    let paths: Vec<_> = errors.iter().map(ValidationError::path).collect();
    expect![[r#"
        [
            "external[1].Newtype.item",
            "external[2].Tuple[1].item",
            "external[3].Named.number",
            "external[3].Named.item",
            "internal.item",
            "adjacent.data.item",
            "item",
        ]
    "#]]
    .assert_debug_eq(&paths);
}

#[tokio::test]
async fn an_edit_of_a_flattened_field_is_validated() {
    #[derive(Model, Debug)]
    #[model(table = "labels", managed = false)]
    struct Label {
        #[model(hash_key)]
        id: u8,
        #[model(flatten)]
        line: Line,
    }

    let db = djamodb::connect("memory://").await.unwrap();
    let mut label = Label { id: 1, line: line("pen", 1) };
    let error = label.update(Label::LINE.at(Line::ARTICLE).set(" "), &db).await.unwrap_err();
    let expected = "update failed: Label with the key id = 1 is invalid: `item`: must not be blank; nothing was sent";
    assert_eq!(error.to_string(), expected);
    assert_eq!(label.line.count, 1);
}

#[test]
fn a_long_list_of_errors_is_cut_off_in_the_message_only() {
    let lines = vec![line("", 1); 30];
    let error = Error::from(Purchase { lines, ..valid("p1") }.full_clean().unwrap_err());
    assert!(error.to_string().ends_with("`lines[9].item`: must not be blank; and 20 more; nothing was sent"));
    assert_eq!(failed(error).errors().count(), 30);
}
