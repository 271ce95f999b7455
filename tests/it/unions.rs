//! Unions of querysets that read one table in different ways.

use std::collections::HashSet;

use djamodb::database::ScanPolicy;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use djamodb::{Error, assert_read_units, assert_requests};
use proptest::prelude::*;
use proptest::sample::select;

use crate::models::{Event, database, database_with, times};

#[tokio::test]
async fn each_item_is_returned_once_in_the_order_of_the_operands() {
    let db = database_with("a", 6).await;
    let doors = Event::kinds().set_hash_key("door");
    let late = Event::objects().set_hash_key("a").filter(Event::AT.gte(30)).reverse();
    let low = Event::objects().scan().filter(Event::LEVEL.lt(2));
    let both = late.union(&doors);
    assert_eq!(times(&both.all(&db).await.unwrap()), [50, 40, 30, 0]);
    assert_eq!(times(&both.union(&low).all(&db).await.unwrap()), [50, 40, 30, 0, 10]);
    assert_eq!(times(&late.union(&late).all(&db).await.unwrap()), [50, 40, 30]);
    assert_eq!(times(&late.none().union(&doors).all(&db).await.unwrap()), [0, 30]);
}

#[tokio::test]
async fn each_operand_keeps_its_limit_and_page_token() {
    let db = database_with("a", 6).await;
    let all = Event::objects().set_hash_key("a");
    let token = all.set_limit(4).last_evaluated_key(&db).await.unwrap();
    let rest = all.set_last_evaluated_key(token);
    let ends = all.set_limit(1).union(&rest);
    assert_eq!(times(&ends.all(&db).await.unwrap()), [0, 40, 50]);
    assert_eq!(times(&ends.set_limit(2).all(&db).await.unwrap()), [0, 40]);
}

#[tokio::test]
async fn an_operand_is_not_read_after_the_limit_is_reached() {
    let (db, ledger) = database_with("a", 6).await.with_ledger();
    let both = Event::objects().set_hash_key("a").union(&Event::kinds().set_hash_key("door"));
    assert_eq!(times(&both.set_limit(3).all(&db).await.unwrap()), [0, 10, 20]);
    assert_requests!(ledger == 1);
    assert_eq!(both.first(&db).await.unwrap().map(|event| event.at), Some(0));
    assert_requests!(ledger == 2);
    assert!(both.exists(&db).await.unwrap());
    assert_requests!(ledger == 3);
    assert_eq!(both.set_limit(0).count(&db).await.unwrap(), 0);
    assert!(both.set_limit(0).first(&db).await.unwrap().is_none());
    assert!(!both.set_limit(0).exists(&db).await.unwrap());
    assert_requests!(ledger == 3);
    let first_is_empty = Event::objects().set_hash_key("absent").union(&Event::kinds().set_hash_key("door"));
    assert!(first_is_empty.exists(&db).await.unwrap());
    assert_requests!(ledger == 5);
    let taken: Vec<Event> = both.stream(&db).take(6).try_collect().await.unwrap();
    assert_eq!(times(&taken), [0, 10, 20, 30, 40, 50]);
    assert_requests!(ledger == 6);
}

#[tokio::test]
async fn duplicates_do_not_count_towards_the_limit() {
    let db = database_with("a", 6).await;
    let first = Event::objects().set_hash_key("a").set_limit(3);
    let all = Event::objects().set_hash_key("a");
    assert_eq!(times(&first.union(&all).set_limit(5).all(&db).await.unwrap()), [0, 10, 20, 30, 40]);
}

/// An operand that cannot be planned is refused before the first one is read.
#[tokio::test]
async fn no_request_is_sent_if_an_operand_cannot_be_planned() {
    let (db, ledger) = database_with("a", 3).await.with_ledger();
    let all = Event::objects().set_hash_key("a");
    let error = all.union(&Event::objects()).all(&db).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::WouldScan { .. })), "{error}");
    let denying = db.with_scan_policy(ScanPolicy::Deny);
    let error = all.union(&Event::objects().scan()).first(&denying).await.unwrap_err();
    assert!(matches!(error, Error::Plan(PlanError::ScanDenied { .. })), "{error}");
    assert_requests!(ledger == 0);
    let mut stream = all.union(&Event::objects()).stream(&db);
    assert!(matches!(stream.try_next().await, Err(Error::Plan(PlanError::WouldScan { .. }))));
}

#[tokio::test]
async fn scans_of_one_union_share_the_budget() {
    let (db, ledger) = database_with("a", 3).await.with_ledger();
    let scans = Event::objects().scan().union(&Event::kinds().scan());
    scans.all(&db).await.unwrap();
    assert_read_units!(ledger == 1.0);
    let error = scans.all(&db.with_scan_policy(ScanPolicy::Budget(0.5))).await.unwrap_err();
    assert!(error.to_string().contains("0.5"), "{error}");
    scans.all(&db.with_scan_policy(ScanPolicy::Budget(1.0))).await.unwrap();
}

#[tokio::test]
async fn rows_are_distinct_by_the_keys_of_their_items() {
    let db = database_with("a", 4).await;
    Event::new("b", 10).save(&db).await.unwrap();
    let all = Event::objects().set_hash_key("a").union(&Event::objects().set_hash_key("b"));
    let all = all.union(&Event::kinds().set_hash_key("door"));
    assert_eq!(all.values(Event::AT).all(&db).await.unwrap(), [0, 10, 20, 30, 10]);
    assert_eq!(all.values((Event::DEVICE, Event::LEVEL)).first(&db).await.unwrap(), Some(("a".to_owned(), 0.0)));
    assert_eq!(all.values(Event::AT).set_limit(2).count(&db).await.unwrap(), 2);
    let streamed: Vec<i64> = all.set_limit(3).values(Event::AT).stream(&db).try_collect().await.unwrap();
    assert_eq!(streamed, [0, 10, 20]);
}

/// A write moves an item to a position of the index that is not yet read.
#[tokio::test]
async fn an_item_that_moves_during_the_read_is_returned_once() {
    let db = database_with("a", 2).await;
    let none = Event::objects().set_hash_key("absent");
    let kinds = Event::kinds().filter(Event::KIND.is_in(["door", "window"]));
    let mut stream = none.union(&kinds).stream(&db);
    let mut door = stream.try_next().await.unwrap().unwrap();
    assert_eq!((door.at, door.kind.as_deref()), (0, Some("door")));
    door.kind = Some("window".to_owned());
    door.save(&db).await.unwrap();
    let rest: Vec<Event> = stream.try_collect().await.unwrap();
    assert_eq!(times(&rest), [10]);
}

/// One operand of a union, as data.
#[derive(Clone, Debug)]
struct Operand {
    read: Read,
    level: i32,
    limit: Option<usize>,
    forward: bool,
}

#[derive(Clone, Copy, Debug)]
enum Read {
    Device(&'static str),
    Kind(&'static str),
    Keys,
    Scan,
    Nothing,
}

fn operand() -> impl Strategy<Value = Operand> {
    let read = select(vec![
        Read::Device("a"),
        Read::Device("b"),
        Read::Kind("door"),
        Read::Kind("window"),
        Read::Keys,
        Read::Scan,
        Read::Nothing,
    ]);
    (read, 0..4, prop::option::of(0..5_usize), prop::bool::ANY).prop_map(|(read, level, limit, forward)| Operand {
        read,
        level,
        limit,
        forward,
    })
}

/// Adds an operand to a union, and the items of the operand to the expected items.
async fn add<I: Index<Model = Event>>(
    union: Option<QuerySet<Event>>,
    queryset: QuerySet<Event, Event, I>,
    operand: &Operand,
    expected: &mut Vec<Event>,
    db: &Database,
) -> QuerySet<Event> {
    let mut queryset = queryset.filter(Event::LEVEL.gte(f64::from(operand.level) / 2.0));
    if let Some(limit) = operand.limit {
        queryset = queryset.set_limit(limit);
    }
    expected.extend(queryset.all(db).await.unwrap());
    match union {
        Some(union) => union.union(&queryset),
        None => Event::objects().none().union(&queryset),
    }
}

#[tokio::test]
async fn an_index_of_keys_suffices_to_count() {
    let db = database().await;
    for at in 0..4 {
        let owner = Some(if at % 2 == 0 { "me" } else { "you" }.to_owned());
        Event { owner, ..Event::new("a", at) }.save(&db).await.unwrap();
    }
    let mine = Event::objects().filter(Event::OWNER.eq("me"));
    let both = mine.union(&Event::objects().set_hash_key("a").filter(Event::AT.lt(2)));
    assert_eq!(both.count(&db).await.unwrap(), 3);
    assert_eq!(both.set_limit(1).count(&db).await.unwrap(), 1);
    assert!(both.all(&db).await.is_err(), "the index by owner does not hold the items");
}

fn event() -> impl Strategy<Value = Event> {
    let kind = prop::option::of(prop::sample::select(vec!["door", "window", "fire"]));
    (prop::sample::select(vec!["a", "b"]), 0..12_i64, kind, 0..6_u32).prop_map(|(device, at, kind, level)| Event {
        kind: kind.map(str::to_owned),
        level: f64::from(level) / 2.0,
        ..Event::new(device, at)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_union_is_the_items_of_its_operands_each_once(
        mut events in prop::collection::vec(event(), 0..14),
        operands in prop::collection::vec(operand(), 1..5),
        limit in prop::option::of(0..8_usize),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let db = database().await;
            for event in &mut events {
                event.save(&db).await.unwrap();
            }
            let (mut union, mut expected) = (None, Vec::new());
            for operand in &operands {
                let objects = Event::objects();
                let (before, expected, forward) = (union, &mut expected, operand.forward);
                let devices = Event::DEVICE.is_in(["a", "b"]);
                union = Some(match operand.read {
                    Read::Device(device) => {
                        let device = objects.set_hash_key(device).set_scan_index_forward(forward);
                        add(before, device, operand, expected, &db).await
                    }
                    Read::Kind(kind) => {
                        let kind = Event::kinds().set_hash_key(kind).set_scan_index_forward(forward);
                        add(before, kind, operand, expected, &db).await
                    }
                    Read::Keys => {
                        let keys = objects.filter(devices & Event::AT.is_in([1, 4, 9]));
                        add(before, keys, operand, expected, &db).await
                    }
                    Read::Scan => add(before, objects.scan(), operand, expected, &db).await,
                    Read::Nothing => add(before, objects.none(), operand, expected, &db).await,
                });
            }
            let mut union = union.expect("there is an operand");
            let mut met = HashSet::new();
            expected.retain(|event: &Event| met.insert((event.device.clone(), event.at)));
            if let Some(limit) = limit {
                union = union.set_limit(limit);
                expected.truncate(limit);
            }
            let rows: Vec<(String, i64)> = expected.iter().map(|event| (event.device.clone(), event.at)).collect();
            prop_assert_eq!(&union.all(&db).await.unwrap(), &expected);
            prop_assert_eq!(&union.stream(&db).try_collect::<Vec<_>>().await.unwrap(), &expected);
            prop_assert_eq!(union.first(&db).await.unwrap(), expected.first().cloned());
            prop_assert_eq!(union.count(&db).await.unwrap(), expected.len() as u64);
            prop_assert_eq!(union.exists(&db).await.unwrap(), !expected.is_empty());
            prop_assert_eq!(union.values((Event::DEVICE, Event::AT)).all(&db).await.unwrap(), rows);
            Ok(())
        })?;
    }
}
