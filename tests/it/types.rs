//! Codecs: every type of field round-trips, in the form that PynamoDB reads.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::TimeZone;
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Number};

/// A newtype that is used as a key and in lookups like the type that it wraps.
#[derive(AttributeType, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct UserId(String);

#[derive(AttributeType, Clone, Debug, PartialEq)]
struct Celsius(f64);

#[derive(AttributeType, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[attribute(rename_all = "snake_case")]
enum Role {
    Reader,
    #[attribute(rename = "boss")]
    Administrator,
    NightWatch,
}

#[derive(Document, Clone, Debug, PartialEq)]
struct Address {
    street: String,
    #[document(rename = "zip")]
    postal_code: Option<u32>,
    #[document(default = 1)]
    floor: i8,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "people")]
#[model(global_index(by_role, hash_key = role, range_key = heat))]
struct Person {
    #[model(hash_key)]
    id: UserId,
    #[model(range_key, rename = "since")]
    joined: DateTime<Utc>,
    role: Role,
    heat: Celsius,
    small: i8,
    large: u128,
    exact: Number,
    float: f32,
    flag: bool,
    blob: bytes::Bytes,
    raw: Vec<u8>,
    uuid: uuid::Uuid,
    json: serde_json::Value,
    list: Vec<Option<i64>>,
    roles: HashSet<Role>,
    primes: BTreeSet<u16>,
    hashes: BTreeSet<bytes::Bytes>,
    scores: HashMap<String, f64>,
    homes: BTreeMap<String, Address>,
    home: Option<Address>,
    nothing: Option<String>,
    #[model(default)]
    later: i64,
    #[model(default = "green".to_owned())]
    colour: String,
}

fn person() -> Person {
    let address = Address { street: "Pine".into(), postal_code: Some(98101), floor: 3 };
    Person {
        id: UserId("ü".into()),
        joined: Utc.with_ymd_and_hms(2015, 1, 2, 3, 4, 5).unwrap(),
        role: Role::Administrator,
        heat: Celsius(-12.8),
        small: -128,
        large: 12_345_678_901_234_567_890_123_456_789_012_345_678,
        exact: "0.1000000000000000000000000000000000001".parse().unwrap(),
        float: 0.1,
        flag: true,
        blob: bytes::Bytes::from_static(b"\x00\xff"),
        raw: vec![1, 2, 3],
        uuid: uuid::Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef),
        json: serde_json::json!({"a": [1, {"b": null}]}),
        list: vec![Some(1), None, Some(-3)],
        roles: [Role::Reader, Role::NightWatch].into(),
        primes: [2, 3, 5].into(),
        hashes: [bytes::Bytes::from_static(b"x")].into(),
        scores: [("go".to_owned(), 0.5)].into(),
        homes: [("first".to_owned(), address.clone())].into(),
        home: Some(address),
        nothing: None,
        later: 7,
        colour: "red".into(),
    }
}

#[tokio::test]
async fn every_type_round_trips() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Person>().await.unwrap();
    let mut saved = person();
    saved.create(&db).await.unwrap();
    assert_eq!(Person::get_by_key((saved.id.clone(), saved.joined), &db).await.unwrap(), saved);
    let by_role = Person::objects().set_index(Person::BY_ROLE).set_hash_key(Role::Administrator);
    assert_eq!(by_role.filter(Person::HEAT.lt(Celsius(0.0))).get(&db).await.unwrap(), saved);
    let mine = Person::objects().set_hash_key(UserId("ü".into()));
    let found = mine
        .filter(
            Person::JOINED.gte(saved.joined) & Person::ROLES.contains(Role::NightWatch) & Person::PRIMES.contains(5),
        )
        .filter(Person::LIST.contains(-3) & Person::HOMES.key("first").at(Address::STREET).startswith("P"))
        .filter(Person::HOME.at(Address::POSTAL_CODE).eq(98101_u32) & Person::RAW.startswith(vec![1, 2]))
        .filter(Person::BLOB.eq(b"\x00\xff") & Person::ROLE.is_in([Role::Administrator, Role::Reader]))
        .filter(Person::UUID.eq(saved.uuid) & Person::NOTHING.not_exists() & Person::JSON.exists());
    assert_eq!(found.get(&db).await.unwrap(), saved);
}

#[test]
fn items_have_the_form_of_pynamodb() {
    let item = person().to_item().unwrap();
    let json = serde_json::to_value(&item).unwrap();
    for (name, expected) in [
        ("id", serde_json::json!({"S": "ü"})),
        ("since", serde_json::json!({"S": "2015-01-02T03:04:05.000000+0000"})),
        ("role", serde_json::json!({"S": "boss"})),
        ("heat", serde_json::json!({"N": "-12.8"})),
        ("float", serde_json::json!({"N": "0.1"})),
        ("flag", serde_json::json!({"BOOL": true})),
        ("raw", serde_json::json!({"B": "AQID"})),
        ("uuid", serde_json::json!({"S": "01234567-89ab-cdef-0123-456789abcdef"})),
        ("json", serde_json::json!({"S": r#"{"a": [1, {"b": null}]}"#})),
        ("list", serde_json::json!({"L": [{"N": "1"}, {"NULL": true}, {"N": "-3"}]})),
        ("roles", serde_json::json!({"SS": ["night_watch", "reader"]})),
        ("primes", serde_json::json!({"NS": ["2", "3", "5"]})),
        ("home", serde_json::json!({"M": {"street": {"S": "Pine"}, "zip": {"N": "98101"}, "floor": {"N": "3"}}})),
    ] {
        assert_eq!(json[name], expected, "{name}");
    }
    assert!(!item.contains_key("nothing"), "None is left out");
    let mut without = person();
    without.roles.clear();
    without.home = Some(Address { street: String::new(), postal_code: None, floor: 0 });
    let item = without.to_item().unwrap();
    assert!(!item.contains_key("roles"), "an empty set is left out");
    assert_eq!(item.get("home").unwrap().as_m().unwrap().len(), 2, "None is left out of documents too");
    assert_eq!(Person::from_item(&item).unwrap(), without);
}

#[test]
fn a_missing_attribute_takes_its_default_or_is_an_error() {
    let mut item = person().to_item().unwrap();
    for name in ["nothing", "later", "colour", "roles", "home"] {
        item.remove(name);
    }
    item.insert("nothing", AttributeValue::null());
    let read = Person::from_item(&item).unwrap();
    assert_eq!((read.nothing, read.later, read.colour.as_str()), (None, 0, "green"));
    assert!(read.roles.is_empty() && read.home.is_none());
    item.remove("flag");
    assert!(
        Person::from_item(&item).unwrap_err().to_string().starts_with("attribute `flag`: the attribute is missing")
    );
}

#[test]
fn a_codec_error_names_path_and_reason() {
    let read = |name: &str, value: AttributeValue| {
        let mut item = person().to_item().unwrap();
        item.insert(name, value);
        Person::from_item(&item).unwrap_err().to_string()
    };
    for (name, value, message) in [
        ("small", AttributeValue::n(128), "attribute `small`: the number 128 does not fit an 8-bit integer"),
        ("small", AttributeValue::s("1"), "attribute `small`: expected an 8-bit integer, found a value of type S"),
        ("role", AttributeValue::s("queen"), "attribute `role`: \"queen\" is not"),
        (
            "list",
            AttributeValue::l([AttributeValue::n(1), AttributeValue::s("x")]),
            "attribute `list[1]`: expected a 64-bit integer",
        ),
        ("home", AttributeValue::m([("street", AttributeValue::n(1))]), "attribute `home.street`: expected text"),
        ("json", AttributeValue::s("{"), "attribute `json`: \"{\" is not JSON"),
        ("since", AttributeValue::s("now"), "attribute `since`: \"now\" is not a date and time"),
        ("primes", AttributeValue::ss(["a"]), "attribute `primes`: expected an unsigned 16-bit integer"),
    ] {
        let error = read(name, value);
        assert!(error.starts_with(message), "{error}");
    }
}

#[tokio::test]
async fn a_value_that_would_change_when_it_is_saved_again_is_refused_with_its_path() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Person>().await.unwrap();
    let stored = person().to_item().unwrap();
    for (name, value, path) in [
        ("json", AttributeValue::s(r#"{"a": [0, 12345678901234567890123]}"#), "json.a[1]"),
        ("json", AttributeValue::s(r#"{"a": {"b": 1, "b": 2}}"#), "json.a.b"),
        ("float", AttributeValue::N("1e39".parse().unwrap()), "float"),
        ("float", AttributeValue::N("1e-50".parse().unwrap()), "float"),
    ] {
        db.run(djamodb::plan::PutItem::new("people", stored.clone().with(name, value.clone()))).await.unwrap();
        match Person::get_by_key((person().id, person().joined), &db).await {
            Err(error) => assert!(error.to_string().contains(&format!("attribute `{path}`: ")), "{error}"),
            // Another crate of the program has enabled `arbitrary_precision`.
            Ok(person) => assert_eq!(person.to_item().unwrap().get(name), Some(&value)),
        }
    }
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "notes_by_key", managed = false)]
struct Notes {
    #[model(hash_key)]
    id: String,
    entries: HashMap<String, Option<String>>,
    tags: BTreeMap<String, BTreeSet<String>>,
    groups: Vec<Option<BTreeSet<i32>>>,
}

#[tokio::test]
async fn a_map_keeps_its_entries_without_a_value() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Notes>().await.unwrap();
    let map = AttributeValue::m([("k", AttributeValue::null()), ("l", AttributeValue::s("x"))]);
    let empty = || AttributeValue::m::<&str>([]);
    let item =
        Item::new().with("id", "a").with("entries", map).with("tags", empty()).with("groups", AttributeValue::l([]));
    db.run(djamodb::plan::PutItem::new("notes_by_key", item.clone())).await.unwrap();
    let mut read = Notes::get_by_key("a", &db).await.unwrap();
    assert_eq!(read.entries, [("k".to_owned(), None), ("l".to_owned(), Some("x".to_owned()))].into());
    read.save(&db).await.unwrap();
    assert_eq!(read.to_item().unwrap(), item);
    let again = Notes::get_by_key("a", &db).await.unwrap();
    assert_eq!(again, read);
}

#[test]
fn refuses_an_empty_set_in_a_map_or_list_with_its_path() {
    let whole = Notes { id: "a".to_owned(), entries: HashMap::new(), tags: BTreeMap::new(), groups: vec![] };
    let in_map = Notes { tags: [("k".to_owned(), BTreeSet::new())].into(), ..whole.clone() };
    let in_list = Notes { groups: vec![None, Some(BTreeSet::new())], ..whole };
    for (notes, path) in [(in_map, "attribute `tags.k`: "), (in_list, "attribute `groups[1]`: ")] {
        let error = notes.to_item().unwrap_err().to_string();
        assert!(error.starts_with(path) && error.contains("the set is empty"), "{error}");
    }
}

#[tokio::test]
async fn documents_that_contain_themselves_are_compared_by_value() {
    let nested = |text: &str| Folder {
        name: text.to_owned(),
        inner: Some(Box::new(Folder { name: "x".to_owned(), inner: None })),
    };
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Shelf>().await.unwrap();
    Shelf { id: 1, folder: nested("a") }.save(&db).await.unwrap();
    let shelf = Shelf::objects().set_hash_key(1);
    assert_eq!(shelf.filter(Shelf::FOLDER.eq(nested("a"))).count(&db).await.unwrap(), 1);
    assert_eq!(shelf.filter(Shelf::FOLDER.eq(nested("b"))).count(&db).await.unwrap(), 0);
}

#[derive(Document, Clone, Debug, PartialEq)]
struct Folder {
    name: String,
    inner: Option<Box<Folder>>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shelves", managed = false)]
struct Shelf {
    #[model(hash_key)]
    id: u32,
    folder: Folder,
}
