//! Values and expressions of any depth are refused with an error, and need no deep stack.

use std::collections::HashMap;

use djamodb::driver::{DriverErrorKind, DriverExt};
use djamodb::expression::{Condition, Path, Update, UpdateOperand};
use djamodb::model::{CodecErrorKind, InvalidLookup};
use djamodb::plan::{PutItem, UpdateItem};
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item};

use crate::models::{Event, database};

const LEVELS: usize = 100_000;

/// A document that contains itself.
#[derive(Document, Clone, Debug, Default, PartialEq)]
struct Folder {
    name: String,
    folders: Vec<Folder>,
    links: HashMap<String, Folder>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "disks")]
struct Disk {
    #[model(hash_key)]
    id: u32,
    root: Folder,
}

/// Runs a test on a thread whose stack has 1 MB, half of what threads have by default.
fn on_small_stack<F: Future<Output = ()>>(test: impl FnOnce() -> F + Send + 'static) {
    let run = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test());
    std::thread::Builder::new().stack_size(1024 * 1024).spawn(run).unwrap().join().unwrap();
}

fn deep_value() -> AttributeValue {
    (0..LEVELS).fold(AttributeValue::n(1), |value, _| AttributeValue::l([value]))
}

fn key() -> Item {
    Item::new().with("device", "a").with("at", 1)
}

#[test]
fn a_driver_refuses_deep_values_and_deep_expressions() {
    on_small_stack(|| async {
        let db = database().await;
        let exists = || Condition::AttributeExists(Path::new("level"));
        let deep_condition = (0..LEVELS).fold(exists(), |condition, _| condition.negate());
        let deep_operand = (0..LEVELS)
            .fold(UpdateOperand::value(1), |operand, _| UpdateOperand::if_not_exists(Path::new("level"), operand));
        let refused =
            |error: djamodb::driver::DriverError| assert_eq!(*error.kind(), DriverErrorKind::Validation, "{error}");
        refused(db.driver().run(PutItem::new("events", key().with("note", deep_value()))).await.unwrap_err());
        let put = PutItem { condition: Some(deep_condition), ..PutItem::new("events", key()) };
        refused(db.driver().run(put).await.unwrap_err());
        let update = Update::new().set(Path::new("size"), deep_operand);
        refused(db.driver().run(UpdateItem::new("events", key(), update)).await.unwrap_err());
        assert_eq!(Event::objects().set_hash_key("a").count(&db).await.unwrap(), 0);
    });
}

#[test]
fn deep_lookups_are_an_error_of_the_plan() {
    on_small_stack(|| async {
        let db = database().await;
        let all = || Event::objects().set_hash_key("a");
        let deep = (0..LEVELS).fold(Event::LEVEL.gt(1), |q, _| !(q & Event::URGENT.eq(true)));
        let queryset = all().filter(deep.clone());
        assert!(matches!(queryset.explain(), Err(PlanError::Lookup { error: InvalidLookup::TooDeep, .. })));
        assert!(format!("{queryset:?}").contains("Not([All("));
        assert!(queryset.all(&db).await.unwrap_err().to_string().contains("more than 64 combinations"));
        assert!(queryset.cursor().after("x").page(&db).await.is_err());
        let saved = Event::new("a", 1).save(&db).condition(deep).await;
        assert!(saved.unwrap_err().to_string().contains("more than 64 combinations"));
    });
}

#[test]
fn a_union_has_a_bounded_number_of_querysets_and_levels() {
    on_small_stack(|| async {
        let db = database().await;
        let one = || Event::objects().set_hash_key("a");
        let flat = |count: usize| (1..count).fold(one().union(&one()), |all, _| all.union(&one()));
        assert!(flat(999).explain().is_ok());
        let refused = flat(1200);
        assert!(matches!(refused.explain(), Err(PlanError::TooManyQuerysets { .. })));
        assert!(refused.count(&db).await.unwrap_err().to_string().contains("more than 1000 querysets"));
        assert!(refused.set_limit(1).delete(&db).await.is_err());
        let nested = |levels: usize| (0..levels).fold(one().union(&one()), |all, _| all.set_limit(5).union(&one()));
        assert_eq!(nested(31).all(&db).await.unwrap(), []);
        assert!(matches!(nested(32).explain(), Err(PlanError::TooManyQuerysets { .. })));
        assert!(matches!(nested(5000).set_limit(1).explain(), Err(PlanError::TooManyQuerysets { .. })));
    });
}

#[test]
fn an_exclusive_or_matches_an_odd_number_of_operands() {
    on_small_stack(|| async {
        let db = database().await;
        for at in 0..40 {
            Event { level: f64::from(i32::try_from(at).unwrap()), ..Event::new("a", at) }.save(&db).await.unwrap();
        }
        let odd = (1..18).fold(Event::LEVEL.gte(0), |q, bound| q ^ Event::LEVEL.gte(bound));
        let found = Event::objects().set_hash_key("a").filter(odd).values(Event::AT).all(&db).await.unwrap();
        // At 0, one bound is reached, at 1 two, and so on up to all eighteen.
        assert_eq!(found, [0, 2, 4, 6, 8, 10, 12, 14, 16]);
    });
}

#[test]
fn documents_that_contain_themselves_have_a_bounded_depth() {
    on_small_stack(|| async {
        let folder = |levels| {
            (0..levels).fold(Folder::default(), |inner, level| match level % 2 {
                0 => Folder { folders: vec![inner], ..Folder::default() },
                _ => Folder { links: HashMap::from([("a".to_owned(), inner)]), ..Folder::default() },
            })
        };
        let disk = Disk { id: 1, root: folder(14) };
        assert_eq!(Disk::from_item(&disk.to_item().unwrap()), Ok(disk));

        let error = Disk { id: 1, root: folder(200) }.to_item().unwrap_err();
        assert_eq!(*error.kind(), CodecErrorKind::TooDeep);
        assert!(error.path().starts_with("root."), "{error}");

        let stored = (0..LEVELS).fold(AttributeValue::m([("name", "a".into())]), |inner, _| {
            let entries = [("name", "a".into()), ("folders", AttributeValue::l([inner]))];
            AttributeValue::m(entries)
        });
        let error = Disk::from_item(&Item::new().with("id", 1).with("root", stored)).unwrap_err();
        assert_eq!(*error.kind(), CodecErrorKind::TooDeep);
    });
}

#[test]
fn deep_edits_are_refused_by_a_call_on_a_model() {
    on_small_stack(|| async {
        let db = database().await;
        let mut event = Event::new("a", 1);
        event.save(&db).await.unwrap();
        let operands: [fn(UpdateOperand) -> UpdateOperand; 2] = [
            |inner| UpdateOperand::if_not_exists(Path::new("note"), inner),
            |inner| UpdateOperand::list_append(Path::new("log"), inner),
        ];
        for wrap in operands {
            let operand = (0..LEVELS).fold(UpdateOperand::value("x"), |inner, _| wrap(inner));
            let edits = djamodb::model::Edits::from_update(Update::new().set(Path::new("note"), operand));
            assert!(event.update(edits, &db).await.is_err());
        }
    });
}
