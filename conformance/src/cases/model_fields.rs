//! Options of fields: `with`, `rename_all`, `flatten`, `skip` and `rest`.

use djamodb_core::database::ModelExt;
use djamodb_core::model::{CodecError, Model};
use djamodb_core::plan::{GetItem, PutItem};
use djamodb_core::value::{AttributeValue, Item};
use djamodb_derive::{Document, Model};

use super::prelude::*;

case!("model/fields_are_stored_as_other_types", Theme::Model, fields_are_stored_as_other_types);
case!("model/flattened_fields_are_attributes", Theme::Model, flattened_fields_are_attributes);
case!("model/the_rest_of_an_item_is_kept", Theme::Model, the_rest_of_an_item_is_kept);

/// Stores a price as a number of cents.
#[allow(clippy::unnecessary_wraps, reason = "the option `with` requires a `Result`")]
mod cents {
    use super::{CodecError, Price};

    pub(super) type Stored = i64;

    pub(super) fn to_stored(price: &Price) -> Result<Stored, CodecError> {
        Ok(price.euros * 100 + price.cents)
    }

    pub(super) fn from_stored(stored: Stored) -> Result<Price, CodecError> {
        Ok(Price { euros: stored / 100, cents: stored % 100 })
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Price {
    euros: i64,
    cents: i64,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "books", managed = false, rename_all = "camelCase", crate = "djamodb_core")]
#[model(global_index(by_kind, hash_key = kind, range_key = list_price))]
struct Book {
    #[model(hash_key)]
    title: String,
    kind: String,
    #[model(with = cents)]
    list_price: Price,
    #[model(skip)]
    read: bool,
    #[model(rest)]
    others: Item,
}

fn book(title: &str, cents: i64) -> Book {
    let list_price = Price { euros: cents / 100, cents: cents % 100 };
    Book { title: title.to_owned(), kind: "novel".to_owned(), list_price, read: false, others: Item::new() }
}

/// Fails if a field is stored as its own type, under its own name, or compared as another type.
async fn fields_are_stored_as_other_types(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Book>().await?;
    for (title, cents) in [("Emma", 995), ("Persuasion", 1250)] {
        book(title, cents).create(db).await?;
    }
    let key = Item::new().with("title", "Emma");
    let item = db.run(GetItem::new(db.table_name::<Book>(), key)).await?.item.unwrap_or_default();
    ensure_eq("item", item, Item::new().with("title", "Emma").with("kind", "novel").with("listPrice", 995))?;
    let novels = Book::objects().set_index(Book::BY_KIND).set_hash_key("novel");
    let cheap = novels.filter(Book::LIST_PRICE.lt(1000)).all(db).await?;
    ensure_eq("cheap novels", cheap, vec![book("Emma", 995)])?;
    let mut emma = Book::get_by_key("Emma", db).await?;
    emma.update(Book::LIST_PRICE.add(10), db).await?;
    ensure_eq("price", emma.list_price, Price { euros: 10, cents: 5 })
}

#[derive(Document, Clone, PartialEq, Debug)]
#[document(crate = "djamodb_core")]
struct Audit {
    created_by: String,
    #[document(flatten)]
    range: Range<i32>,
}

#[derive(Document, Clone, PartialEq, Debug)]
#[document(crate = "djamodb_core")]
struct Range<T> {
    low: T,
    high: Option<T>,
}

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "audited", managed = false, crate = "djamodb_core")]
struct Audited {
    #[model(hash_key)]
    id: u32,
    #[model(flatten)]
    audit: Audit,
    range: Range<String>,
    #[model(rest)]
    others: Item,
}

/// Fails if the fields of a flattened document are stored elsewhere, or a lookup or an edit concerns another path.
async fn flattened_fields_are_attributes(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Audited>().await?;
    for id in 1..=3_u32 {
        let range = Range { low: i32::try_from(id).unwrap_or_default() - 2, high: None };
        let audit = Audit { created_by: format!("user {id}"), range };
        let range = Range { low: "a".to_owned(), high: Some("b".to_owned()) };
        Audited { id, audit, range, others: Item::new().with("note", "x") }.create(db).await?;
    }
    let key = Item::new().with("id", 1);
    let item = db.run(GetItem::new(db.table_name::<Audited>(), key)).await?.item.unwrap_or_default();
    let range = AttributeValue::m([("low", AttributeValue::s("a")), ("high", AttributeValue::s("b"))]);
    let expected =
        Item::new().with("id", 1).with("created_by", "user 1").with("low", -1).with("range", range).with("note", "x");
    ensure_eq("item", item, expected)?;
    let (low, high) = (Audit::RANGE, Audited::AUDIT.flattened(Audit::RANGE).at(Range::HIGH));
    let scan = Audited::objects().scan();
    let negative = scan.filter(Audited::AUDIT.flattened(low).at(Range::LOW).lt(0)).values(Audited::ID);
    ensure_eq("negative", negative.all(db).await?, vec![1])?;
    let mut audited = Audited::get_by_key(2, db).await?;
    audited.update((high.set(5), Audited::RANGE.at(Range::HIGH).set(None)), db).await?;
    ensure_eq("high", (audited.audit.range.high, audited.range.high.as_deref()), (Some(5), None))?;
    audited.save(db).await?;
    ensure_eq("saved", Audited::get_by_key(2, db).await?, audited)
}

/// Fails if an attribute that the model does not declare is lost.
async fn the_rest_of_an_item_is_kept(cx: Context) -> CaseResult {
    let db = cx.db();
    db.create_table::<Book>().await?;
    let table = db.table_name::<Book>();
    let mut item = book("Emma", 995).to_item()?.with("pages", 474).with("author", "Austen");
    db.run(PutItem::new(table.clone(), item.clone())).await?;
    let mut emma = Book::get_by_key("Emma", db).await?;
    ensure_eq("rest", emma.others.clone(), Item::new().with("pages", 474).with("author", "Austen"))?;
    "classic".clone_into(&mut emma.kind);
    emma.save(db).await?;
    item.insert("kind", AttributeValue::s("classic"));
    let key = Item::new().with("title", "Emma");
    ensure_eq("item", db.run(GetItem::new(table, key)).await?.item, Some(item))
}
