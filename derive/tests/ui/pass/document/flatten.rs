use djamodb::prelude::*;
use djamodb::value::Item;

mod shared {
    use djamodb::prelude::Document;

    #[derive(Document, Clone)]
    pub struct Audit {
        pub created_by: String,
        #[document(flatten)]
        pub dates: Dates,
    }

    #[derive(Document, Clone)]
    pub struct Dates {
        pub created: u32,
    }
}

use shared::{Audit, Dates};

#[derive(Model)]
#[model(table = "orders")]
pub struct Order {
    #[model(hash_key)]
    id: u32,
    #[model(flatten)]
    audit: Audit,
    #[model(rest)]
    others: Item,
}

#[derive(Document)]
struct Page<T, const N: usize> {
    items: Vec<T>,
    first: [u8; N],
    inner: Option<Box<Page<T, N>>>,
}

#[derive(Document)]
struct Titled<T> {
    title: String,
    #[document(flatten)]
    content: T,
}

#[derive(Model)]
#[model(table = "books")]
struct Book {
    #[model(hash_key)]
    title: String,
    page: Page<String, 4>,
    audited: Titled<Audit>,
}

fn main() {
    let created = Order::AUDIT.flattened(Audit::DATES).at(Dates::CREATED);
    let _ = created.gt(5) & Order::AUDIT.at(Audit::CREATED_BY).eq("ann");
    let _ = Book::PAGE.at(Page::ITEMS).contains("x".to_owned());
    let _ = Book::AUDITED.at(Titled::CONTENT.at(Audit::CREATED_BY)).eq("ann");
}
