//! Documents whose fields are stored beside those of the struct that they are part of.

use djamodb::model::{CodecErrorKind, Presence};
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Map};
use djamodb::{Error, MemoryDriver};

#[derive(Document, Clone, PartialEq, Debug)]
struct Audit {
    created_by: String,
    #[document(rename = "approvedBy")]
    approved_by: Option<String>,
    #[document(flatten)]
    dates: Dates,
}

#[derive(Document, Clone, PartialEq, Debug)]
struct Dates {
    created: u32,
    #[document(default = 7)]
    changed: u32,
}

#[derive(Document, Clone, PartialEq, Debug)]
struct Address {
    #[document(flatten)]
    place: Place,
    street: String,
    #[document(rest)]
    others: Map,
}

#[derive(Document, Clone, PartialEq, Debug)]
struct Place {
    city: String,
    #[document(with = halves)]
    zip: u32,
}

/// Stores half of a number.
#[allow(
    clippy::unnecessary_wraps,
    clippy::trivially_copy_pass_by_ref,
    reason = "the option `with` requires these types"
)]
mod halves {
    use djamodb::model::CodecError;

    pub(super) type Stored = u32;

    pub(super) fn to_stored(value: &u32) -> Result<Stored, CodecError> {
        Ok(value / 2)
    }

    pub(super) fn from_stored(stored: Stored) -> Result<u32, CodecError> {
        Ok(stored * 2)
    }
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "orders", global_index(by_total, hash_key = total))]
struct Order {
    #[model(hash_key)]
    id: u32,
    total: u32,
    #[model(flatten)]
    audit: Audit,
    address: Option<Address>,
    #[model(rest)]
    others: Item,
}

fn order(id: u32) -> Order {
    let dates = Dates { created: id * 10, changed: 7 };
    let audit = Audit { created_by: "ann".to_owned(), approved_by: None, dates };
    Order { id, total: 5, audit, address: None, others: Item::new() }
}

fn address() -> Address {
    let others = [("floor", AttributeValue::n(3))].into_iter().collect();
    Address { place: Place { city: "Oslo".to_owned(), zip: 150 }, street: "Main".to_owned(), others }
}

async fn database() -> Result<Database, Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Order>().await?;
    Ok(db)
}

#[test]
fn the_entries_are_stored_beside_the_others() {
    let order = Order { address: Some(address()), ..order(1) };
    let item = order.to_item().unwrap();
    let address = AttributeValue::m([
        ("city", AttributeValue::s("Oslo")),
        ("zip", AttributeValue::n(75)),
        ("street", AttributeValue::s("Main")),
        ("floor", AttributeValue::n(3)),
    ]);
    let expected = Item::new()
        .with("id", 1)
        .with("total", 5)
        .with("created_by", "ann")
        .with("created", 10)
        .with("changed", 7)
        .with("address", address);
    assert_eq!(item, expected);
    assert_eq!(Order::from_item(&item).unwrap(), order);
}

#[test]
fn missing_entries_are_decoded_as_in_their_document() {
    let item = Item::new().with("id", 1).with("total", 5).with("created_by", "ann").with("created", 10);
    assert_eq!(Order::from_item(&item).unwrap(), order(1));
    let mut incomplete = item.clone();
    incomplete.remove("created");
    let error = Order::from_item(&incomplete).unwrap_err();
    assert_eq!((error.path(), error.kind()), ("created", &CodecErrorKind::Missing));
    let error = Order::from_item(&item.with("approvedBy", 5)).unwrap_err();
    assert_eq!(error.path(), "approvedBy");
}

#[test]
fn the_rest_does_not_include_flattened_entries() {
    let item = order(1).to_item().unwrap().with("note", "x");
    let read = Order::from_item(&item).unwrap();
    assert_eq!(read.others, Item::new().with("note", "x"));
    assert_eq!(read.to_item().unwrap(), item);
    let clash = Order { others: Item::new().with("created", 1), ..order(1) };
    assert_eq!(clash.to_item().unwrap_err().path(), "created");
}

#[test]
fn the_schema_has_the_attributes_of_flattened_documents() {
    let attributes = &Order::schema().attributes;
    let names: Vec<_> = attributes.iter().map(|attribute| (attribute.name.as_str(), attribute.presence)).collect();
    let expected = [
        ("id", Presence::Required),
        ("total", Presence::Required),
        ("address", Presence::Optional),
        ("created_by", Presence::Required),
        ("approvedBy", Presence::Optional),
        ("created", Presence::Required),
        ("changed", Presence::Default),
    ];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn lookups_edits_and_values_have_no_prefix() -> Result<(), Error> {
    let db = database().await?;
    for id in 1..=3 {
        order(id).save(&db).await?;
    }
    let created = Order::AUDIT.flattened(Audit::DATES).at(Dates::CREATED);
    let scan = Order::objects().scan();
    assert_eq!(scan.filter(created.clone().gt(10)).count(&db).await?, 2);
    assert_eq!(scan.filter(Order::AUDIT.at(Audit::CREATED_BY).startswith("a")).count(&db).await?, 3);
    assert_eq!(scan.filter_lookup("created__lte", "20").count(&db).await?, 2);
    assert_eq!(scan.filter_lookup("approved_by__exists", "false").count(&db).await?, 3);
    let mut changed = order(2);
    changed.update(Order::AUDIT.at(Audit::APPROVED_BY).set("bob"), &db).await?;
    assert_eq!(changed.audit.approved_by.as_deref(), Some("bob"));
    let mut rows = scan.values((Order::ID, created)).all(&db).await?;
    rows.sort_unstable();
    assert_eq!(rows, [(1, 10), (2, 20), (3, 30)]);
    changed.update(Order::ADDRESS.set(address()), &db).await?;
    let city = Order::ADDRESS.at(Address::PLACE.at(Place::CITY));
    assert_eq!(scan.filter(city.eq("Oslo")).count(&db).await?, 1);
    assert_eq!(scan.filter_lookup("address__city", "Oslo").count(&db).await?, 1);
    assert_eq!(scan.filter(Order::ADDRESS.eq(address())).count(&db).await?, 1);
    Ok(())
}

/// Parts of an order: fields of the flattened document, and the documents themselves.
#[derive(Projection, PartialEq, Debug)]
#[projection(model = Order)]
struct Origin {
    id: u32,
    audit: Audit,
    #[projection(attribute = Order::AUDIT.at(Audit::CREATED_BY))]
    author: String,
    #[projection(attribute = Order::AUDIT.flattened(Audit::DATES).at(Dates::CREATED))]
    created: u32,
}

#[tokio::test]
async fn a_projection_holds_flattened_documents_and_their_fields() -> Result<(), Error> {
    let db = database().await?;
    order(2).save(&db).await?;
    let origins = Order::objects().set_hash_key(2).only::<Origin>();
    let order = order(2);
    let expected = Origin { id: 2, audit: order.audit, author: "ann".to_owned(), created: 20 };
    assert_eq!(origins.get(&db).await?, expected);
    let plan = origins.explain().unwrap().plan.to_string();
    assert!(plan.contains("projection: id, created_by, approvedBy, created, changed"), "{plan}");
    Ok(())
}

/// A page of values of any type.
#[derive(Document, Clone, PartialEq, Debug)]
struct Page<T> {
    items: Vec<T>,
    #[document(default)]
    next: Option<String>,
}

#[derive(Document, Clone, PartialEq, Debug)]
struct Titled<T: Clone> {
    title: String,
    #[document(flatten)]
    content: T,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "books")]
struct Book {
    #[model(hash_key)]
    title: String,
    chapters: Page<String>,
    places: Page<Place>,
    numbers: Option<Page<u32>>,
}

#[tokio::test]
async fn a_document_can_have_type_parameters() -> Result<(), Error> {
    let db = Database::new(MemoryDriver::new());
    db.create_table::<Book>().await?;
    let chapters = Page { items: vec!["one".to_owned(), "two".to_owned()], next: None };
    let places = Page { items: vec![Place { city: "Oslo".to_owned(), zip: 150 }], next: Some("x".to_owned()) };
    let mut book =
        Book { title: "Emma".to_owned(), chapters, places, numbers: Some(Page { items: vec![], next: None }) };
    book.save(&db).await?;
    assert_eq!(Book::get_by_key("Emma", &db).await?, book);
    let scan = Book::objects().scan();
    assert_eq!(scan.filter(Book::CHAPTERS.at(Page::ITEMS).contains("two".to_owned())).count(&db).await?, 1);
    assert_eq!(scan.filter(Book::PLACES.at(Page::ITEMS).index(0).at(Place::CITY).eq("Oslo")).count(&db).await?, 1);
    assert_eq!(scan.filter(Book::CHAPTERS.eq(book.chapters.clone())).count(&db).await?, 1);
    book.update(Book::NUMBERS.at(Page::ITEMS).append([4]), &db).await?;
    assert_eq!(book.numbers.map(|page| page.items), Some(vec![4]));
    Ok(())
}

#[test]
fn a_type_parameter_is_flattened() {
    let titled = Titled { title: "x".to_owned(), content: Place { city: "Oslo".to_owned(), zip: 8 } };
    let stored = titled.encode().unwrap();
    assert_eq!(stored.as_m().unwrap().get("city"), Some(&AttributeValue::s("Oslo")));
    assert_eq!(Titled::<Place>::decode(&stored).unwrap(), titled);
}
