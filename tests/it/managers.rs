//! Managers with a filter or an index of their own.

use djamodb::prelude::*;
use djamodb::queryset::OnConflict;

use crate::examples::example;
use crate::golden;
use crate::models::{Event, EventByKind, database_with};

impl Event {
    /// Returns the manager of door events, which are those at 0, 30, 60, …
    fn doors() -> Manager<Self> {
        Manager::new().with_filter(Self::KIND.eq("door"))
    }

    fn urgent_of_a_kind() -> Manager<Self, EventByKind> {
        Self::kinds().with_filter(Self::URGENT.eq(true))
    }
}

trait Events {
    fn high(&self) -> Self;
}

impl<R, I: Index<Model = Event>> Events for QuerySet<Event, R, I> {
    fn high(&self) -> Self {
        self.filter(Event::LEVEL.gte(3))
    }
}

fn times(events: &[Event]) -> Vec<i64> {
    events.iter().map(|event| event.at).collect()
}

#[test]
fn the_example_prints_the_plan_of_each_manager() {
    let output = example("managers").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    golden::compare("managers.txt", &String::from_utf8(output.stdout).unwrap());
}

#[tokio::test]
async fn every_terminal_method_applies_the_filter_of_the_manager() {
    let db = database_with("a", 7).await;
    let doors = Event::doors().set_hash_key("a");
    assert_eq!(times(&doors.all(&db).await.unwrap()), [0, 30, 60]);
    assert_eq!(doors.count(&db).await.unwrap(), 3);
    assert_eq!(doors.last(&db).await.unwrap().map(|event| event.at), Some(60));
    assert_eq!(doors.filter(Event::AT.eq(30)).get(&db).await.unwrap().at, 30);
    assert!(doors.filter(Event::AT.eq(10)).get(&db).await.is_err_and(|error| error.is_object_does_not_exist()));
    assert!(!doors.filter(Event::AT.eq(10)).exists(&db).await.unwrap());
    assert_eq!(Event::doors().scan().count(&db).await.unwrap(), 3);

    let found = Event::doors().in_bulk([("a", 0), ("a", 10)], &db).await.unwrap();
    assert_eq!(found.into_keys().collect::<Vec<_>>(), [("a", 0)]);
    let [door, window] = [0, 10].map(|at| Event::AT.eq(at));
    let door = Event::objects().set_hash_key("a").filter(door).get(&db).await.unwrap();
    let window = Event::objects().set_hash_key("a").filter(window).get(&db).await.unwrap();
    assert!(Event::doors().contains(&door, &db).await.unwrap());
    assert!(!Event::doors().contains(&window, &db).await.unwrap());

    assert_eq!(doors.update(Event::SIZE.set(1_u32), &db).await.unwrap(), 3);
    let windows = Event::objects().set_hash_key("a").filter(Event::KIND.eq("window"));
    assert_eq!(windows.filter(Event::SIZE.exists()).count(&db).await.unwrap(), 0);
    assert_eq!(doors.delete(&db).await.unwrap(), 3);
    assert_eq!(windows.count(&db).await.unwrap(), 4);
}

#[tokio::test]
async fn set_index_with_another_hash_key_type_keeps_the_filter() {
    let db = database_with("a", 7).await;
    let third = Event::doors().set_index(Event::BY_LEVEL).set_hash_key(3.0);
    assert_eq!(third.explain_for(Terminal::Count).unwrap().index.as_deref(), Some("by_level"));
    assert_eq!(third.count(&db).await.unwrap(), 1);
    let fourth = Event::doors().set_index(Event::BY_LEVEL).set_hash_key(4.0);
    assert_eq!(fourth.count(&db).await.unwrap(), 0);

    let urgent = Event::urgent_of_a_kind();
    assert_eq!(times(&urgent.set_hash_key("window").all(&db).await.unwrap()), [20, 40]);
    // Lookups are added, both in the manager and in its querysets.
    let late = urgent.with_filter(Event::AT.gt(30)).set_hash_key("window");
    assert_eq!(times(&late.all(&db).await.unwrap()), [40]);
    assert_eq!(times(&late.exclude(Event::LEVEL.eq(4)).all(&db).await.unwrap()), [0; 0]);
}

#[tokio::test]
async fn a_queryset_extension_trait_chains_before_and_after_the_index_and_the_hash_key() {
    let db = database_with("a", 7).await;
    for queryset in [
        Event::doors().high().set_hash_key("a"),
        Event::doors().set_hash_key("a").high(),
        Event::doors().queryset().high().set_hash_key("a"),
    ] {
        assert_eq!(times(&queryset.all(&db).await.unwrap()), [30, 60]);
    }
    for queryset in [
        Event::objects().high().set_index(Event::BY_KIND).set_hash_key("window"),
        Event::objects().set_index(Event::BY_KIND).high().set_hash_key("window"),
        Event::kinds().set_hash_key("window").high(),
    ] {
        assert_eq!(times(&queryset.all(&db).await.unwrap()), [40, 50]);
    }
    // A manager accepts an index with a hash key of another type, and the queryset has the methods of the trait.
    let sixth = Event::doors().set_index(Event::BY_LEVEL).high().set_hash_key(6.0);
    assert_eq!(sixth.high().count(&db).await.unwrap(), 1);
}

#[tokio::test]
async fn bulk_writes_ignore_the_filter_of_the_manager() {
    let db = database_with("a", 1).await;
    let mut event = Event::new("a", 10);
    event.kind = Some("window".to_owned());
    let report = Event::doors().bulk_create(std::slice::from_mut(&mut event), OnConflict::Fail, &db).await.unwrap();
    assert_eq!(report.written.len(), 1);
    event.size = Some(4);
    let report = Event::doors().bulk_update(&mut [event], Event::SIZE, &db).await.unwrap();
    assert_eq!(report.written.len(), 1);
    let window = Event::objects().set_hash_key("a").filter(Event::AT.eq(10)).get(&db).await.unwrap();
    assert_eq!((window.size, Event::doors().contains(&window, &db).await.unwrap()), (Some(4), false));
}

mod in_the_place_of_objects {
    use super::*;

    #[derive(Model, Clone, Debug, PartialEq)]
    #[model(table = "articles", default_manager = objects)]
    #[model(manager(objects, filter = Self::WITHDRAWN.eq(false)), manager(everything))]
    struct Article {
        #[model(hash_key)]
        id: u32,
        withdrawn: bool,
    }

    async fn how_many<M: Managed>(db: &Database) -> u64 {
        M::default_manager().scan().count(db).await.unwrap()
    }

    #[tokio::test]
    async fn generic_code_uses_the_default_manager() {
        let db = djamodb::connect("memory://").await.unwrap();
        db.create_table::<Article>().await.unwrap();
        let mut articles = [(1, false), (2, true), (3, false)].map(|(id, withdrawn)| Article { id, withdrawn });
        Article::everything().bulk_create(&mut articles, OnConflict::Fail, &db).await.unwrap();
        assert_eq!(how_many::<Article>(&db).await, 2);
        assert_eq!(Article::everything().scan().count(&db).await.unwrap(), 3);
        assert!(
            Article::objects().set_hash_key(2_u32).get(&db).await.is_err_and(|error| error.is_object_does_not_exist())
        );
        // Methods of a value do not use a manager.
        assert!(Article::get_by_key(2_u32, &db).await.unwrap().withdrawn);
    }
}
