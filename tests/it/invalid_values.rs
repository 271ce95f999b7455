//! Values that DynamoDB cannot store are refused before any request, with the value, the attribute and the reason.

use std::collections::BTreeMap;

use djamodb::model::{CodecErrorKind, InvalidEdit};
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::queryset::OnConflict;
use djamodb::value::{AttributeValue, Item};
use djamodb::{Error, InvalidValue, Transaction};

use crate::models::{Event, database};

#[derive(Document, Clone, Debug, PartialEq, Default)]
struct Node {
    name: Option<String>,
    children: Vec<Node>,
}

impl Node {
    /// Returns a node with `depth` nodes below it, one inside the other. Each adds a list and a map.
    fn nested(depth: usize) -> Self {
        (0..depth).fold(Self::default(), |child, _| Self { name: None, children: vec![child] })
    }
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "sites", managed = false)]
struct Site {
    #[model(hash_key)]
    id: String,
    root: Option<Node>,
    #[model(rename = "lbl")]
    labels: Option<BTreeMap<String, Option<String>>>,
    visits: Option<u32>,
}

impl Site {
    fn new(id: &str) -> Self {
        Self { id: id.to_owned(), root: None, labels: None, visits: None }
    }
}

async fn sites() -> Database {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Site>().await.unwrap();
    db
}

fn invalid(error: Error) -> InvalidValue {
    let Error::InvalidValue(invalid) = error else { panic!("{error}") };
    assert!(invalid.to_string().ends_with("; nothing was sent"), "{invalid}");
    *invalid
}

/// Returns events each of which breaks one rule, with the path and a part of the reason.
fn broken_events() -> Vec<(Event, &'static str, &'static str)> {
    let valid = || Event::new("a", 17);
    vec![
        (Event::new("", 17), "device", "the value is empty, and the key of the table cannot be"),
        (Event::new(&"x".repeat(2049), 17), "device", "the key of the table takes 2049 bytes, and at most 2048"),
        (
            Event { kind: Some(String::new()), ..valid() },
            "kind",
            "the key of the index `by_kind` cannot be; make the field",
        ),
        (
            Event { owner: Some("x".repeat(2049)), ..valid() },
            "owner",
            "the key of the index `by_owner` takes 2049 bytes",
        ),
        (Event { note: Some("x".repeat(1025)), ..valid() }, "note", "the key of the index `by_note` takes 1025 bytes"),
        (Event { level: f64::NAN, ..valid() }, "level", "NaN or infinite"),
        (Event { level: 1e300, ..valid() }, "level", "Number overflow"),
        (Event { tags: ["x".repeat(410_000)].into(), ..valid() }, "tags", "and an item has at most 409600"),
    ]
}

#[tokio::test]
async fn bulk_create_names_the_value_that_cannot_be_stored_and_sends_nothing() {
    let db = database().await;
    let (db, ledger) = db.with_ledger();
    for (event, path, reason) in broken_events() {
        let key = event.key().unwrap();
        let mut events: Vec<Event> = (0..30).map(|at| Event::new("b", at)).collect();
        events[17] = event;
        for policy in [OnConflict::Fail, OnConflict::Ignore, OnConflict::Overwrite] {
            let invalid = invalid(Event::objects().bulk_create(&mut events, policy, &db).await.unwrap_err());
            assert_eq!((invalid.model, invalid.operation, invalid.position), ("Event", "bulk_create", Some(17)));
            assert_eq!((invalid.error.path(), invalid.key.as_ref()), (path, Some(&key)));
            let text = invalid.to_string();
            assert!(
                text.starts_with(
                    "bulk_create of Event cannot write the value at index 17 with the key at = 17, device ="
                ),
                "{text}"
            );
            assert!(text.contains(reason), "{text}");
        }
    }
    assert_eq!(ledger.requests(), 0);
}

#[tokio::test]
async fn every_write_of_one_value_is_checked_before_it_is_sent() {
    let db = database().await;
    let (db, ledger) = db.with_ledger();
    for (mut event, path, reason) in broken_events() {
        let key_is_broken = path == "device";
        let mut errors = vec![
            ("save", event.save(&db).await.unwrap_err()),
            ("create", event.create(&db).await.unwrap_err()),
            ("get_or_create", Event::get_or_create(event.clone(), &db).await.unwrap_err()),
            ("update_or_create", Event::update_or_create(event.clone(), Event::SIZE.add(1), &db).await.unwrap_err()),
        ];
        if key_is_broken {
            errors.push(("update", event.update(Event::SIZE.add(1), &db).await.unwrap_err()));
            errors.push(("delete", event.delete(&db).await.unwrap_err()));
        }
        for (operation, error) in errors {
            let invalid = invalid(error);
            assert_eq!((invalid.operation, invalid.position, invalid.error.path()), (operation, None, path));
            assert!(invalid.to_string().contains(reason), "{invalid}");
        }
    }
    assert_eq!(ledger.requests(), 0);
}

#[tokio::test]
async fn a_transaction_names_the_action_whose_value_cannot_be_stored_and_sends_nothing() {
    let db = database().await;
    let (db, ledger) = db.with_ledger();
    for (event, path, reason) in broken_events() {
        let mut transactions = [Transaction::new(), Transaction::new(), Transaction::new(), Transaction::new()];
        for transaction in &mut transactions {
            transaction.save(&Event::new("b", 1));
        }
        let [save, create, update, delete] = &mut transactions;
        save.save(&event);
        create.create(&event);
        update.update(&event, Event::SIZE.add(1));
        delete.delete(&event);
        // Only the key of an item is given to updates and deletions.
        let checked = if path == "device" { 4 } else { 2 };
        for transaction in &mut transactions[..checked] {
            let error = transaction.run(&db).await.unwrap_err();
            let Error::Plan(PlanError::TransactionValue { model, position, key, error: cause }) = &error else {
                panic!("{error}");
            };
            assert_eq!((*model, *position, key.as_ref()), ("Event", Some(1), Some(&event.key().unwrap())));
            assert_eq!(cause.path(), path);
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
    assert_eq!(ledger.requests(), 0);
}

#[tokio::test]
async fn bulk_update_checks_the_key_and_the_attributes_that_it_writes() {
    let db = database().await;
    let mut events: Vec<Event> = (0..30).map(|at| Event::new("b", at)).collect();
    Event::objects().bulk_create(&mut events, OnConflict::Fail, &db).await.unwrap();
    events[17].kind = Some(String::new());
    let invalid =
        invalid(Event::objects().bulk_update(&mut events, (Event::KIND, Event::NOTE), &db).await.unwrap_err());
    assert_eq!((invalid.operation, invalid.position, invalid.error.path()), ("bulk_update", Some(17), "kind"));
    assert_eq!(invalid.key, Some(events[17].key().unwrap()));
    let report = Event::objects().bulk_update(&mut events, Event::NOTE, &db).await.unwrap();
    assert_eq!(report.written.len(), 30, "an attribute that is not written may break a rule");
    events[3].device = String::new();
    let invalid = self::invalid(Event::objects().bulk_update(&mut events, Event::NOTE, &db).await.unwrap_err());
    assert_eq!((invalid.position, invalid.error.path()), (Some(3), "device"));
}

#[test]
fn an_item_nests_in_at_most_32_levels_and_every_name_has_a_length() {
    let check = |site: &Site| Site::schema().check_item(&site.to_item().unwrap());
    let mut site = Site { root: Some(Node::nested(14)), ..Site::new("a") };
    assert_eq!(check(&site), Ok(()));
    site.root = Some(Node::nested(15));
    let error = check(&site).unwrap_err();
    assert_eq!(*error.kind(), CodecErrorKind::TooDeep);
    assert!(error.path().starts_with("root.children[0].children[0]"), "{error}");
    for (name, kind) in [
        (String::new(), CodecErrorKind::NameEmpty),
        ("x".repeat(65_536), CodecErrorKind::NameTooLong { bytes: 65_536 }),
    ] {
        let error = check(&Site { labels: Some([(name, None)].into()), ..Site::new("a") }).unwrap_err();
        assert_eq!(*error.kind(), kind);
        assert!(error.path().starts_with("lbl"), "{error}");
    }
    let item = Item::new().with("id", 1);
    assert!(matches!(Site::schema().check_item(&item).unwrap_err().kind(), CodecErrorKind::KeyOfWrongType { .. }));
    assert_eq!(*Site::schema().check_item(&Item::new()).unwrap_err().kind(), CodecErrorKind::KeyMissing);
    let item = Item::new().with("id", "a").with("x", AttributeValue::l([AttributeValue::ss::<&str>([])]));
    assert_eq!(Site::schema().check_item(&item).unwrap_err().path(), "x[0]");
}

/// The check agrees with the memory driver, which refuses what the service refuses.
#[tokio::test]
async fn an_item_that_the_check_refuses_is_refused_by_the_driver() {
    let db = database().await;
    let valid = Event::new("a", 1).to_item().unwrap();
    db.run(djamodb::plan::PutItem::new("events", valid)).await.unwrap();
    for (event, ..) in broken_events() {
        let Ok(item) = event.to_item() else { continue };
        assert!(Event::schema().check_item(&item).is_err());
        assert!(db.run(djamodb::plan::PutItem::new("events", item)).await.is_err(), "{event:?}");
    }
}

#[tokio::test]
async fn an_edit_that_no_item_allows_is_refused_before_any_request() {
    let db = database().await;
    let (db, ledger) = db.with_ledger();
    let mut event = Event::new("a", 1);
    for (edits, path) in [
        (Event::KIND.set(""), "kind"),
        (Event::NOTE.set("x".repeat(1025)), "note"),
        (Event::OWNER.set_if_not_exists(""), "owner"),
        (Event::TAGS.add(["x".repeat(410_000)]), "tags"),
    ] {
        let errors = [
            event.update(edits.clone(), &db).await.unwrap_err(),
            Event::objects().set_hash_key("a").update(edits.clone(), &db).await.unwrap_err(),
        ];
        for error in errors {
            let Error::Plan(PlanError::Edit { error: InvalidEdit::Operand(error), .. }) = error else {
                panic!("{error}")
            };
            assert_eq!(error.path(), path);
        }
    }
    assert_eq!(ledger.requests(), 0);
    let mut site = Site::new("a");
    for (edits, path) in [
        (Site::LABELS.key("").set("x"), "lbl."),
        (Site::ROOT.at(Node::CHILDREN).append([Node::nested(13), Node::nested(14)]), "root.children[1]"),
    ] {
        let error = site.update(edits, &db).await.unwrap_err().to_string();
        assert!(error.contains(&format!("attribute `{path}")), "{error}");
    }
}

#[tokio::test]
async fn an_edit_below_a_missing_parent_names_the_parent_and_how_to_write_it() {
    let db = sites().await;
    let mut site = Site::new("a");
    site.save(&db).await.unwrap();
    let edits = || (Site::LABELS.key("colour").set("red"), Site::VISITS.set(1));
    let expected = "the item lacks the map or list around `lbl.colour`; write the parent `lbl` first, for example with \
                    Site::LABELS.set(…)";
    let update = site.update(edits(), &db).await.unwrap_err();
    let Error::Driver(driver_error) = &update else { panic!("{update}") };
    assert_eq!(driver_error.advice(), Some(expected));
    site.labels = Some([("colour".to_owned(), None)].into());
    for error in [
        update,
        Site::update_or_create(Site::new("a"), edits(), &db).await.unwrap_err(),
        Site::objects().set_hash_key("a").update(edits(), &db).await.unwrap_err(),
        Site::objects().bulk_update(&mut [site.clone()], Site::LABELS.key("colour"), &db).await.unwrap_err(),
    ] {
        assert!(error.to_string().ends_with(expected), "{error}");
        if let Error::WritesIncomplete(incomplete) = &error {
            assert_eq!(incomplete.failed, Some(site.key().unwrap()));
            assert!(
                error.to_string().contains(r#": the write of id = "a" failed: UpdateItem on table sites"#),
                "{error}"
            );
        }
    }
    let deeper = Site::ROOT.at(Node::CHILDREN).index(0).at(Node::NAME).set("x");
    let error = site.update(deeper, &db).await.unwrap_err().to_string();
    assert!(error.contains("write the parent `root.children[0]` first"), "{error}");

    site.update(Site::LABELS.set(BTreeMap::new()), &db).await.unwrap();
    site.update(edits(), &db).await.unwrap();
    assert_eq!(site.labels, Some([("colour".to_owned(), Some("red".to_owned()))].into()));
}

#[tokio::test]
async fn an_edit_that_reads_a_missing_or_foreign_value_names_it() {
    let db = sites().await;
    let mut site = Site::new("a");
    site.save(&db).await.unwrap();
    let error = site.update(Site::VISITS.set(F(Site::VISITS) + 1), &db).await.unwrap_err().to_string();
    assert!(error.contains("the edits read `visits`") && error.contains("set_if_not_exists"), "{error}");
    db.run(djamodb::plan::PutItem::new("sites", Item::new().with("id", "a").with("visits", "many"))).await.unwrap();
    let error = site.update(Site::VISITS.add(1), &db).await.unwrap_err().to_string();
    assert!(error.contains("the edits change `visits`") && error.contains("of another type"), "{error}");
}
