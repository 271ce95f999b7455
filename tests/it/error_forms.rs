//! Errors convert by `?`, and `Debug` shows their message.

use djamodb::driver::{DriverError, DriverErrorKind};
use djamodb::expression::{Comparator, Condition, Path, Update};
use djamodb::model::{AggregateError, CodecError, CodecErrorKind, InvalidEdit, InvalidLookup};
use djamodb::plan::{GetItem, TransactPut, TransactWriteItems};
use djamodb::planner::{PageTokenError, PlanError};
use djamodb::prelude::*;
use djamodb::settings::SettingsError;
use djamodb::value::{AttributeValue, Number, NumberError};
use djamodb::{BatchIncomplete, ConnectError, Error, Settings, WritesIncomplete};

use crate::models::{Event, database};

fn codec_error() -> CodecError {
    CodecError::new(CodecErrorKind::Missing).at("level")
}

/// Asserts that `{:?}` is the message and that `{:#?}` contains `structure`.
#[track_caller]
fn shows(error: &impl std::error::Error, structure: &str) {
    assert_eq!(format!("{error:?}"), error.to_string());
    assert!(!error.to_string().contains(" {"), "the message is text: {error}");
    assert!(format!("{error:#?}").contains(structure), "{error:#?}");
}

#[test]
fn the_debug_form_of_every_error_is_its_message() {
    let scan = || PlanError::ScanDenied { model: "Event", index: None };
    let throttled = DriverError::new(DriverErrorKind::Throttled, "GetItem", "slow down");
    let incomplete = WritesIncomplete {
        failed: None,
        written: Vec::new(),
        model: "Event",
        operation: "delete",
        done: 3,
        existing: Vec::new(),
        stale: Vec::new(),
        duplicates: Vec::new(),
        unprocessed: Vec::new(),
        unknown: Vec::new(),
        may_have_more: true,
        error: Some(throttled.clone()),
        signal: None,
    };
    shows(&scan(), "ScanDenied {");
    shows(&throttled, "kind: Throttled");
    shows(&incomplete, "may_have_more: true");
    shows(&codec_error(), "path: \"level\"");
    shows(&CodecErrorKind::Missing, "Missing");
    shows(&InvalidEdit::Operand(codec_error()), "Operand(");
    shows(&InvalidLookup::Operand(codec_error()), "Operand(");
    shows(&AggregateError::Codec(codec_error()), "Codec(");
    shows(&PageTokenError::Version, "Version");
    shows(&NumberError::Overflow, "Overflow");
    shows(&Path::parse("a..b").expect_err("a name is missing"), "NameExpected {");
    shows(&SettingsError::UrlMissing, "UrlMissing");
    shows(&ConnectError::RegionMissing { scheme: "dynamodb" }, "RegionMissing {");
    shows(&Error::from(scan()), "Plan(");
    shows(&Error::from(throttled), "Driver(");
    shows(&Error::WritesIncomplete(Box::new(incomplete)), "WritesIncomplete(");
    let batch = BatchIncomplete { writes: Vec::new(), error: None };
    shows(&batch, "writes: []");
    shows(&Error::BatchIncomplete(Box::new(batch)), "BatchIncomplete(");
    shows(&Error::from(codec_error()), "Codec(");
    shows(&Error::NoModels, "NoModels");
    shows(&Error::ObjectDoesNotExist { model: "Event", query: "key id = 1".into() }, "model: \"Event\"");
}

/// A program that returns the error of each step by `?`. The step with this number is wrong.
async fn program(wrong: usize) -> Result<(), Error> {
    let db = djamodb::connect(if wrong == 0 { "nonsense" } else { "memory://" }).await?;
    let settings = Settings::from_url(if wrong == 1 { "dynamodb://nowhere" } else { "memory://" })?;
    let event = Event { level: if wrong == 2 { f64::NAN } else { 2.0 }, ..Event::new("a", 1) };
    let item = event.to_item()?;
    let path = Path::parse(if wrong == 3 { "a..b" } else { "hits" })?;
    let number = Number::parse(if wrong == 4 { "much" } else { "1" })?;
    let update = Event::LEVEL.set(if wrong == 5 { f64::NAN } else { 1.0 }).into_update(Event::schema())?;
    let twice = Update::new().remove(Path::new("a")).remove(Path::new("a"));
    if wrong == 6 { twice } else { update }.validate()?;
    let unset = Event::LEVEL.gt(if wrong == 7 { f64::NAN } else { 1.0 }) | Event::LEVEL.not_exists();
    Event::schema().text_lookup(if wrong == 8 { "nothing" } else { "level__gt" }, vec!["1".to_owned()])?;
    db.create_tables(&[Event::schema()]).await?;
    let put = TransactPut::new("events", item.with(path.name, number)).when(unset.into_condition()?);
    let table = if wrong == 9 { "others" } else { "events" };
    db.run(TransactWriteItems::new([put.into()])).await?;
    db.run(GetItem::new(table, event.key()?)).await?;
    drop(settings);
    Ok(())
}

#[tokio::test]
async fn every_error_of_a_program_converts_by_the_question_mark() {
    program(usize::MAX).await.unwrap();
    for wrong in 0..10 {
        let error = program(wrong).await.expect_err("one step is wrong");
        let kind = match error {
            Error::Connect(_) => 0..2,
            Error::Codec(_) => 2..5,
            Error::Path(_) => 3..4,
            Error::Edit(_) => 5..7,
            Error::Lookup(_) => 7..9,
            Error::Driver(_) => 9..10,
            other => panic!("step {wrong}: {other}"),
        };
        assert!(kind.contains(&wrong), "step {wrong}");
    }
}

#[test]
fn conditions_take_every_type_that_converts_into_a_value() {
    let compare = |right: AttributeValue| Condition::compare(Path::new("n"), Comparator::Eq, right);
    let number = compare(AttributeValue::n(7));
    let conditions = [
        Condition::compare(Path::new("n"), Comparator::Eq, 7),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_i8),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_i16),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_i64),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_isize),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_u8),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_u16),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_u32),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_u64),
        Condition::compare(Path::new("n"), Comparator::Eq, 7_usize),
        Condition::compare(Path::new("n"), Comparator::Eq, Number::from(7)),
    ];
    assert!(conditions.iter().all(|condition| *condition == number));
    let largest = Condition::compare(Path::new("n"), Comparator::Eq, u64::MAX);
    assert_eq!(largest.to_string(), "n = 18446744073709551615");
    let text = String::from("x");
    assert_eq!(Condition::compare(Path::new("n"), Comparator::Eq, &text), compare(AttributeValue::s("x")));
    let update = Update::new().add(Path::new("n"), 7_i64).set(Path::new("m"), 7_u64);
    assert_eq!(update, Update::new().add(Path::new("n"), 7).set(Path::new("m"), AttributeValue::from(7)));
}

#[tokio::test]
async fn lookups_are_the_condition_of_a_transaction() {
    let db = database().await;
    let event = Event::new("a", 1);
    let put = |lookups: djamodb::model::Q<Event>| -> Result<TransactWriteItems, Error> {
        let condition = lookups.into_condition()?;
        Ok(TransactWriteItems::new([TransactPut::new("events", event.to_item()?).when(condition).into()]))
    };
    db.run(put(Event::AT.not_exists()).unwrap()).await.unwrap();
    let again = db.run(put(Event::AT.not_exists() | Event::LEVEL.gt(5.0)).unwrap()).await.unwrap_err();
    assert_eq!(again.cancellation_reasons().len(), 1, "{again}");
    db.run(put(!Event::LEVEL.gt(5.0) & Event::AT.eq(1)).unwrap()).await.unwrap();
}
