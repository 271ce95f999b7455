//! Keys of several parts that are joined in one text, and booleans that are keys.

use djamodb::model::boolean_text;
use djamodb::planner::PlanError;
use djamodb::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[derive(AttributeType, Clone, Debug, PartialEq)]
#[attribute(join = "#")]
struct Slot {
    room: String,
    day: u32,
    hour: u8,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "bookings", managed = false)]
#[model(global_index(by_slot, hash_key = slot))]
struct Booking {
    #[model(hash_key)]
    confirmed: boolean_text::Stored,
    #[model(range_key)]
    slot: Slot,
    guests: u32,
}

fn slot(room: &str, day: u32, hour: u8) -> Slot {
    Slot { room: room.to_owned(), day, hour }
}

async fn bookings() -> Database {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Booking>().await.unwrap();
    for (confirmed, room, day, hour) in
        [(true, "a", 1, 9), (true, "a", 1, 10), (true, "a", 10, 9), (true, "ab", 1, 9), (false, "a", 1, 11)]
    {
        let booking = Booking { confirmed: confirmed.into(), slot: slot(room, day, hour), guests: 2 };
        booking.clone().save(&db).await.unwrap();
    }
    db
}

#[tokio::test]
async fn leading_parts_are_a_range_of_keys() {
    let db = bookings().await;
    let confirmed = Booking::objects().set_hash_key(true);
    for (queryset, hours) in [
        (confirmed.filter(Booking::SLOT.startswith(Slot::prefix("a"))), vec![10, 9, 9]),
        (confirmed.filter(Booking::SLOT.startswith(Slot::prefix(("a", 1)))), vec![10, 9]),
        (confirmed.filter(Booking::SLOT.startswith(Slot::prefix("b"))), vec![]),
        (confirmed.exclude(Booking::SLOT.startswith(Slot::prefix("a"))), vec![9]),
        (confirmed.filter(Booking::SLOT.eq(slot("a", 1, 9))), vec![9]),
        (confirmed.filter(Booking::SLOT.is_in([slot("ab", 1, 9), slot("c", 1, 1)])), vec![9]),
    ] {
        let found = queryset.all(&db).await.unwrap();
        assert_eq!(found.iter().map(|booking| booking.slot.hour).collect::<Vec<_>>(), hours);
    }
    let plan = confirmed.filter(Booking::SLOT.startswith(Slot::prefix(("a", 1))));
    assert!(plan.explain().unwrap().to_string().contains(r#"begins_with(slot, "a#1#")"#));
}

#[test]
fn a_prefix_selects_the_slots_that_have_its_parts() {
    let slots = || prop::collection::vec(("[a#|]{0,3}", 0..12_u32, 0..3_u8), 0..20);
    let test = |(slots, room, day): (Vec<(String, u32, u8)>, String, Option<u32>)| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check_prefix(&slots, &room, day))
    };
    let cases = (slots(), "[a#|]{0,3}", prop::option::of(0..12_u32));
    TestRunner::new(Config::with_cases(64)).run(&cases, test).unwrap();
}

/// Compares the slots with a prefix with those of a plain vector. A room that contains the separator is refused everywhere.
async fn check_prefix(slots: &[(String, u32, u8)], room: &str, day: Option<u32>) -> Result<(), TestCaseError> {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Booking>().await.unwrap();
    let mut saved: Vec<Slot> = Vec::new();
    for (room, day, hour) in slots {
        let slot = slot(room, *day, *hour);
        let booking = Booking { confirmed: true.into(), slot: slot.clone(), guests: 1 };
        let result = booking.clone().save(&db).await;
        prop_assert_eq!(result.is_ok(), !room.contains('#'));
        if result.is_ok() && !saved.contains(&slot) {
            saved.push(slot);
        }
    }
    let prefix = match day {
        None => Slot::prefix(room),
        Some(day) => Slot::prefix((room, day)),
    };
    let found = Booking::objects().set_hash_key(true).filter(Booking::SLOT.startswith(prefix)).all(&db).await;
    prop_assert_eq!(found.is_ok(), !room.contains('#'));
    let Ok(found) = found else { return Ok(()) };
    let mut found: Vec<Slot> = found.into_iter().map(|booking| booking.slot).collect();
    let is_match = |slot: &Slot| slot.room == room && day.is_none_or(|day| slot.day == day);
    let mut expected: Vec<Slot> = saved.into_iter().filter(is_match).collect();
    let order = |slot: &Slot| (slot.day, slot.hour);
    found.sort_by_key(order);
    expected.sort_by_key(order);
    prop_assert_eq!(found, expected);
    Ok(())
}

#[tokio::test]
async fn a_joined_key_is_a_text_lookup_as_it_is_stored() {
    let db = bookings().await;
    let all = Booking::objects().scan();
    assert_eq!(all.filter_lookup("slot", "a#1#9").count(&db).await.unwrap(), 1);
    assert_eq!(all.filter_lookup("confirmed", "false").count(&db).await.unwrap(), 1);
    for (lookup, text, message) in [
        ("slot", "a#1", "expected 3 parts with `#` between them, found 2"),
        ("slot", "a#1#x", "hour"),
        ("slot", "a#01#9", "its value is encoded as 1"),
        ("confirmed", "yes", "write `true` or `false`"),
    ] {
        let error = all.filter_lookup(lookup, text).count(&db).await.unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[tokio::test]
async fn a_boolean_is_a_key_of_the_table() {
    let db = bookings().await;
    let mut booking = Booking::get_by_key((false, slot("a", 1, 11)), &db).await.unwrap();
    booking.update(Booking::GUESTS.add(1), &db).await.unwrap();
    assert_eq!((bool::from(booking.confirmed), booking.guests), (false, 3));
    let both = Booking::objects().filter(Booking::CONFIRMED.is_in([true, false]));
    assert_eq!(both.count(&db).await.unwrap(), 5);
    let confirmed = Booking::objects().filter(Booking::CONFIRMED.eq(true));
    assert!(confirmed.explain().unwrap().to_string().contains(r#"confirmed = "True""#));
}

#[tokio::test]
async fn an_ambiguous_part_is_refused_before_any_request() {
    let db = bookings().await;
    let confirmed = Booking::objects().set_hash_key(true);
    for lookup in [
        Booking::SLOT.eq(slot("a#1", 1, 9)),
        Booking::SLOT.startswith(Slot::prefix("a#")),
        Booking::SLOT.startswith(Slot::prefix(("a#", 1))),
    ] {
        let error = confirmed.filter(lookup).all(&db).await.unwrap_err();
        assert!(matches!(error, djamodb::Error::Plan(PlanError::Lookup { .. })), "{error}");
        assert!(error.to_string().contains("slot.room"), "{error}");
    }
}
