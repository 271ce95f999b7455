//! Times to live: their stored form, expired values, and querysets that leave out expired items.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use djamodb::model::{CodecErrorKind, Expiry};
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item};
use djamodb::{MemoryDriver, MemoryOptions, VirtualClock, jiff, time};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "sessions", time_to_live = expires, managed = false)]
#[model(global_index(by_kind, hash_key = kind, projection = keys_only))]
#[model(global_index(by_expiry, hash_key = user, range_key = expires))]
#[model(local_index(by_size, range_key = size, projection = keys_only))]
#[model(manager(apps, filter = Self::KIND.eq("app")))]
struct Session {
    #[model(hash_key)]
    user: String,
    #[model(range_key)]
    id: u32,
    kind: String,
    size: u32,
    expires: Option<DateTime<Utc>>,
}

fn start() -> DateTime<Utc> {
    "2026-02-03T04:05:06.5Z".parse().unwrap()
}

fn session(id: u32, seconds: impl Into<Option<i64>>) -> Session {
    let expires = seconds.into().map(|seconds| start() + TimeDelta::seconds(seconds));
    let kind = if id.is_multiple_of(2) { "app" } else { "web" }.to_owned();
    Session { user: "ada".to_owned(), id, kind, size: 10 - id, expires }
}

/// Returns a database with seven sessions, of which 1 and 2 have expired, 3 and 4 expire in a minute, and 5 to 7 never do.
/// The driver deletes expired items much later.
async fn sessions() -> (Database, VirtualClock) {
    let clock = VirtualClock::new(0);
    clock.set(start());
    let options = MemoryOptions {
        clock: Arc::new(clock.clone()),
        expiry_delay: Duration::from_secs(2 * 24 * 3600),
        ..MemoryOptions::default()
    };
    let db = Database::new(MemoryDriver::with_options(options));
    db.create_table::<Session>().await.unwrap();
    for (id, seconds) in [(1, Some(-60)), (2, Some(-6 * 365 * 24 * 3600)), (3, Some(60)), (4, Some(61))] {
        session(id, seconds).save(&db).await.unwrap();
    }
    for id in 5..=7 {
        session(id, None).save(&db).await.unwrap();
    }
    (db, clock)
}

fn all() -> QuerySet<Session> {
    Session::objects().set_hash_key("ada")
}

fn ids(sessions: &[Session]) -> Vec<u32> {
    sessions.iter().map(|session| session.id).collect()
}

#[test]
fn a_time_is_stored_as_whole_seconds_rounded_up() {
    let item = session(1, 0).to_item().unwrap();
    assert_eq!(item.get("expires"), Some(&AttributeValue::n(start().timestamp() + 1)));
    let read = Session::from_item(&item).unwrap();
    assert_eq!(read.expires, Some(start() + TimeDelta::milliseconds(500)));
    assert_eq!(read.to_item().unwrap(), item);
    assert!(!session(1, None).to_item().unwrap().contains_key("expires"));
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "limits", time_to_live = expires, managed = false)]
struct Limit {
    #[model(hash_key)]
    id: u32,
    #[model(default = DateTime::from_timestamp(5, 1).unwrap())]
    expires: DateTime<Utc>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "limits", time_to_live = expires, managed = false)]
struct JiffLimit {
    #[model(hash_key)]
    id: u32,
    expires: jiff::Timestamp,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "limits", time_to_live = expires, managed = false)]
struct TimeLimit {
    #[model(hash_key)]
    id: u32,
    expires: Option<time::OffsetDateTime>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "limits", time_to_live = expires, managed = false)]
struct NumberLimit {
    #[model(hash_key)]
    id: u32,
    expires: Option<u64>,
}

#[test]
fn every_type_of_times_and_integers_can_be_a_time_to_live() {
    let item = Item::new().with("id", 1).with("expires", 1_420_167_845);
    let at = DateTime::from_timestamp(1_420_167_845, 0);
    let limit = Limit::from_item(&item).unwrap();
    assert_eq!((limit.expires_at(), limit.to_item().unwrap()), (at, item.clone()));
    let limit = JiffLimit::from_item(&item).unwrap();
    assert_eq!((limit.expires_at(), limit.to_item().unwrap()), (at, item.clone()));
    let limit = TimeLimit::from_item(&item).unwrap();
    assert_eq!((limit.expires_at(), limit.to_item().unwrap()), (at, item.clone()));
    let limit = NumberLimit::from_item(&item).unwrap();
    assert_eq!((limit.expires_at(), limit.to_item().unwrap()), (at, item));
}

#[tokio::test]
async fn a_default_is_one_of_the_field_and_is_stored_as_a_time_to_live() {
    let item = Item::new().with("id", 1);
    let limit = Limit::from_item(&item).unwrap();
    assert_eq!(limit.expires, DateTime::from_timestamp(5, 1).unwrap());
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Limit>().await.unwrap();
    db.run(djamodb::plan::PutItem::new("limits", item)).await.unwrap();
    let expires = Limit::objects().set_hash_key(1).values(Limit::EXPIRES).get(&db).await.unwrap();
    assert_eq!(expires.time(), DateTime::from_timestamp(6, 0).unwrap(), "as it would be stored");
}

#[tokio::test]
async fn a_time_that_looks_like_milliseconds_is_refused() {
    let (db, _) = sessions().await;
    let milliseconds = start().timestamp_millis();
    let mut wrong = session(8, None);
    wrong.expires = DateTime::from_timestamp(milliseconds, 0);
    let errors = [
        wrong.clone().save(&db).await.unwrap_err().to_string(),
        NumberLimit { id: 1, expires: Some(1_420_167_845_000) }.to_item().unwrap_err().to_string(),
        all().update(Session::EXPIRES.set(wrong.expires.unwrap()), &db).await.unwrap_err().to_string(),
    ];
    for error in errors {
        assert!(error.contains("`expires`") && error.contains("looks like milliseconds"), "{error}");
    }
    let before = Session { expires: DateTime::from_timestamp(-1, 0), ..wrong };
    let error = before.to_item().unwrap_err();
    assert!(matches!(error.kind(), CodecErrorKind::TimeOutOfRange { .. }), "{error}");
}

#[tokio::test]
async fn lookups_and_edits_take_a_time() {
    let (db, _) = sessions().await;
    let at = |lookups| all().filter(lookups);
    // Session 3 expires at 04:06:06.5, which is stored as 04:06:07.
    let stored = start() + TimeDelta::milliseconds(60_500);
    for (lookups, expected) in [
        (Session::EXPIRES.gt(start()), vec![3, 4]),
        (Session::EXPIRES.eq(stored), vec![3]),
        (Session::EXPIRES.gte(stored), vec![3, 4]),
        (Session::EXPIRES.gt(stored - TimeDelta::nanoseconds(1)), vec![3, 4]),
        (Session::EXPIRES.lt(stored + TimeDelta::nanoseconds(1)), vec![1, 2, 3]),
        (Session::EXPIRES.is_in([stored]), vec![3]),
        (Session::EXPIRES.not_exists(), vec![5, 6, 7]),
    ] {
        assert_eq!(ids(&at(lookups).all(&db).await.unwrap()), expected);
    }
    assert_eq!(ids(&all().filter_lookup("expires__gt", "2026-02-03").all(&db).await.unwrap()), [1, 3, 4]);
    let mut third = session(3, 60);
    third.update(Session::EXPIRES.set(start()), &db).await.unwrap();
    assert_eq!(third.expires, Some(start() + TimeDelta::milliseconds(500)));
    third.update(Session::EXPIRES.remove(), &db).await.unwrap();
    assert_eq!(third.expires_at(), None);
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Session)]
struct Ends {
    id: u32,
    expires: Option<DateTime<Utc>>,
}

#[tokio::test]
async fn a_projection_has_the_type_of_the_field() {
    let (db, _) = sessions().await;
    let ends = all().filter(Session::ID.gte(4)).only::<Ends>();
    let expires = Some(start() + TimeDelta::milliseconds(61_500));
    assert_eq!(ends.first(&db).await.unwrap(), Some(Ends { id: 4, expires }));
    let values: Vec<Option<Expiry>> = all().filter(Session::ID.gte(4)).values(Session::EXPIRES).all(&db).await.unwrap();
    assert_eq!(values.iter().flatten().map(|expiry| expiry.time()).collect::<Vec<_>>(), Vec::from_iter(expires));
}

#[test]
fn a_value_is_expired_from_its_time_on() {
    let minute = session(3, 60);
    let expires_at = minute.expires_at().unwrap();
    assert_eq!(expires_at, start() + TimeDelta::milliseconds(60_500), "in whole seconds");
    assert!(!minute.is_expired(expires_at - TimeDelta::nanoseconds(1)));
    assert!(minute.is_expired(expires_at));
    assert!(session(2, -6 * 365 * 24 * 3600).is_expired(start()), "although DynamoDB never deletes it");
    assert!(!session(5, None).is_expired(DateTime::<Utc>::MAX_UTC));
    assert!(minute.is_expired(jiff::Timestamp::new(expires_at.timestamp(), 0).unwrap()));
}

#[tokio::test]
async fn every_terminal_method_leaves_out_expired_items() {
    let (db, _) = sessions().await;
    let live = all().unexpired();
    assert_eq!(ids(&live.all(&db).await.unwrap()), [3, 4, 5, 6, 7]);
    assert_eq!(live.count(&db).await.unwrap(), 5);
    assert_eq!(live.first(&db).await.unwrap().unwrap().id, 3);
    assert_eq!(live.reverse().last(&db).await.unwrap().unwrap().id, 3);
    assert!(!live.filter(Session::ID.lt(3)).exists(&db).await.unwrap());
    assert!(live.filter(Session::ID.eq(1)).get(&db).await.unwrap_err().is_object_does_not_exist());
    assert_eq!(live.filter(Session::ID.eq(3)).get(&db).await.unwrap().id, 3);
    assert_eq!(ids(&live.stream(&db).try_collect::<Vec<_>>().await.unwrap()), [3, 4, 5, 6, 7]);
    assert_eq!(live.values(Session::ID).set_limit(2).all(&db).await.unwrap(), [3, 4]);
    assert_eq!(live.aggregate(Session::ID.min(), &db).await.unwrap(), Some(3));
    assert_eq!(live.earliest(Session::ID, &db).await.unwrap().id, 3);
    assert_eq!(live.latest(Session::ID, &db).await.unwrap().id, 7);
    let found = Session::objects().unexpired().in_bulk([("ada", 1), ("ada", 3)], &db).await.unwrap();
    assert_eq!(found.into_keys().collect::<Vec<_>>(), [("ada", 3)]);
    assert!(!live.contains(&session(1, -60), &db).await.unwrap());
    assert!(live.contains(&session(3, 60), &db).await.unwrap());
    assert_eq!(live.sort_in_memory(Session::SIZE).first(&db).await.unwrap().unwrap().id, 7);
    assert_eq!(Session::objects().parallel_scan(3).unexpired().count(&db).await.unwrap(), 5);
    assert_eq!(live.update(Session::SIZE.set(0), &db).await.unwrap(), 5);
    assert_eq!(all().filter(Session::SIZE.eq(0)).count(&db).await.unwrap(), 5);
    assert_eq!(live.filter(Session::ID.gte(6)).delete_checked(&db).await.unwrap(), 2);
    assert_eq!(live.delete(&db).await.unwrap(), 3);
    assert_eq!(ids(&all().all(&db).await.unwrap()), [1, 2], "the expired ones stay");
}

#[tokio::test]
async fn unions_and_managers_leave_out_expired_items() {
    let (db, _) = sessions().await;
    let (apps, web) = (all().filter(Session::KIND.eq("app")), all().filter(Session::KIND.eq("web")));
    assert_eq!(ids(&apps.unexpired().union(&web).all(&db).await.unwrap()), [4, 6, 1, 3, 5, 7], "of one operand");
    assert_eq!(ids(&apps.union(&web).unexpired().all(&db).await.unwrap()), [4, 6, 3, 5, 7], "of the whole");
    assert_eq!(ids(&apps.union(&web).unexpired().union(&all()).all(&db).await.unwrap()), [4, 6, 3, 5, 7, 1, 2]);
    let error = apps.set_limit(1).union(&web).unexpired().all(&db).await.unwrap_err();
    assert!(error.to_string().contains("limit"), "{error}");
    let apps = Session::apps().unexpired();
    assert_eq!(ids(&apps.set_hash_key("ada").all(&db).await.unwrap()), [4, 6]);
    let by_kind = apps.set_index(Session::BY_KIND).set_hash_key("app").hydrate();
    assert_eq!(by_kind.count(&db).await.unwrap(), 2);
}

#[tokio::test]
async fn an_index_without_the_attribute_is_hydrated_or_refused() {
    let (db, _) = sessions().await;
    let by_kind = Session::objects().set_index(Session::BY_KIND).set_hash_key("app").values(Session::ID).unexpired();
    let error = by_kind.all(&db).await.unwrap_err().to_string();
    assert!(error.contains("expires") && error.contains("hydrate"), "{error}");
    let mut found = by_kind.hydrate().all(&db).await.unwrap();
    found.sort_unstable();
    assert_eq!(found, [4, 6]);
    let by_size = Session::objects().set_index(Session::BY_SIZE).set_hash_key("ada").unexpired();
    assert_eq!(ids(&by_size.all(&db).await.unwrap()), [7, 6, 5, 4, 3], "a local index fetches from the table");
}

#[test]
fn the_time_is_part_of_the_key_condition_where_it_is_the_range_key() {
    let by_expiry = Session::objects().set_index(Session::BY_EXPIRY).set_hash_key("ada").unexpired();
    assert_eq!(
        by_expiry.explain().unwrap().plan.to_string(),
        "Query sessions; index: by_expiry; key condition: user = \"ada\" AND expires > :now; ascending\n",
    );
}

#[test]
fn plans_show_the_time_as_a_name() {
    let live = all().unexpired();
    let filter = "attribute_not_exists(expires) OR expires > :now";
    for explained in [
        live.explain(),
        live.explain_for(Terminal::Count),
        live.explain_aggregate(count()),
        live.explain_in_bulk([("ada", 1)]),
        live.explain_contains(&session(1, None)),
        live.explain_earliest(Session::ID),
        live.cursor().explain(),
        live.union(&all()).explain(),
        all().union(&live).unexpired().explain(),
    ] {
        let text = explained.unwrap().to_string();
        assert!(text.contains(filter), "{text}");
    }
    for explained in [live.explain_for(Terminal::DeleteChecked), live.explain_update(Session::SIZE.set(1))] {
        let text = explained.unwrap().to_string();
        let condition = format!("condition: attribute_exists(user) AND ({filter})");
        assert!(text.contains(&condition) && text.contains(&format!("filter: {filter}")), "{text}");
    }
    let shown = format!("{live:?}");
    assert!(shown.contains("unexpired: true"), "{shown}");
}

#[tokio::test]
async fn each_page_has_its_own_time_and_tokens_stay_valid() {
    let (db, clock) = sessions().await;
    let live = all().unexpired().set_limit(1);
    let cursor = live.cursor().values(Session::ID);
    let first = cursor.page(&db).await.unwrap();
    assert_eq!(first.items, [3]);
    let page = live.page(&db).await.unwrap();
    clock.advance(Duration::from_secs(90));
    let second = cursor.after(first.next.unwrap()).page(&db).await.unwrap();
    assert_eq!(second.items, [5], "session 4 has expired in between");
    let next = live.set_last_evaluated_key(page.last_evaluated_key).page(&db).await.unwrap();
    assert_eq!(ids(&next.items), [5]);
    let other = all().set_limit(1).cursor().after(second.next.unwrap()).page(&db).await;
    assert!(other.is_err(), "the token is one of another queryset");
}

#[tokio::test]
async fn a_write_can_require_that_its_item_has_not_expired() {
    let (db, _) = sessions().await;
    let (mut live, mut expired) = (session(3, 60), session(1, -60));
    let edits = || Session::SIZE.set(1);
    live.update(edits(), &db).condition(Session::unexpired_at(db.now())).await.unwrap();
    let error = expired.update(edits(), &db).condition(Session::unexpired_at(db.now())).await.unwrap_err();
    assert!(matches!(error, djamodb::Error::ConditionFailed { .. }), "{error}");
    let found = Session::get_by_key(("ada", 1), &db).condition(Session::unexpired_at(start())).await;
    assert!(found.is_err());
    assert!(!Session::get_by_key(("ada", 3), &db).await.unwrap().is_expired(db.now()));
}

#[tokio::test]
async fn the_driver_deletes_items_by_their_times() {
    let (db, clock) = sessions().await;
    clock.advance(Duration::from_secs(3 * 24 * 3600));
    assert_eq!(ids(&all().all(&db).await.unwrap()), [2, 5, 6, 7], "one that expired six years ago is never deleted");
    assert_eq!(ids(&all().unexpired().all(&db).await.unwrap()), [5, 6, 7]);
}

#[test]
fn a_number_keeps_its_type_in_lookups() {
    let limit = NumberLimit::objects().set_hash_key(1).filter(NumberLimit::EXPIRES.gt(5_u64)).unexpired();
    let text = limit.explain().unwrap().plan.to_string();
    assert!(text.contains("expires > 5 AND (attribute_not_exists(expires) OR expires > :now)"), "{text}");
    assert_eq!(NumberLimit { id: 1, expires: Some(0) }.to_item().unwrap().get("expires"), Some(&AttributeValue::n(0)));
}
