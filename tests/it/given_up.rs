//! Items that only the caller has, as drivers for AWS return them: their values are taken, and rows and errors are those of shared items.

use std::sync::Arc;

use djamodb::async_trait;
use djamodb::driver::{Capability, Clock, Driver, DriverError};
use djamodb::plan::{Outcome, Output, PutItem, QueryPlan};
use djamodb::prelude::*;
use djamodb::value::{AttributeValue, Item, Map};
use djamodb::{Error, MemoryDriver};

/// The in-memory driver, which returns copies of its items.
#[derive(Clone, Debug)]
struct CopyingDriver(MemoryDriver);

#[async_trait]
impl Driver for CopyingDriver {
    fn name(&self) -> &'static str {
        "copying"
    }

    fn capability(&self) -> Capability {
        self.0.capability()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.0.clock()
    }

    async fn execute(&self, plan: QueryPlan) -> Result<Outcome, DriverError> {
        let mut outcome = self.0.execute(plan).await?;
        match &mut outcome.output {
            Output::GetItem(output) => output.item.iter_mut().for_each(copy),
            Output::Query(output) => output.items.iter_mut().for_each(copy),
            Output::Scan(output) => output.items.iter_mut().for_each(copy),
            _ => {}
        }
        Ok(outcome)
    }
}

fn copy(item: &mut Item) {
    *item = Item::from(item.as_map().clone());
}

#[derive(Document, Clone, PartialEq, Debug)]
struct Place {
    city: String,
    #[document(rest)]
    others: Map,
}

#[derive(Document, Clone, PartialEq, Debug)]
struct Author {
    name: Option<String>,
    #[document(default)]
    year: u16,
}

#[derive(AttributeType, Clone, PartialEq, Debug)]
struct Isbn(String);

#[derive(Model, Clone, PartialEq, Debug)]
#[model(table = "volumes")]
struct Volume {
    #[model(hash_key)]
    shelf: String,
    #[model(range_key, rename = "no")]
    number: u32,
    title: Box<str>,
    isbn: Option<Isbn>,
    tags: Vec<String>,
    cover: Vec<u8>,
    places: Vec<Place>,
    #[model(flatten)]
    author: Author,
    #[model(rest)]
    others: Item,
}

fn volume(number: u32) -> Volume {
    let others: Map = [("lists", AttributeValue::l([AttributeValue::s("a")]))].into_iter().collect();
    Volume {
        shelf: "novels".to_owned(),
        number,
        title: "Emma".into(),
        isbn: Some(Isbn("0141439580".to_owned())),
        tags: vec!["a".to_owned(), "b".to_owned()],
        cover: vec![1, 2, 3],
        places: vec![Place { city: "Bath".to_owned(), others: others.clone() }],
        author: Author { name: Some("Jane Austen".to_owned()), year: 1815 },
        others: others.into(),
    }
}

async fn databases() -> Result<[Database; 2], Error> {
    let driver = MemoryDriver::new();
    let db = Database::new(driver.clone());
    db.create_table::<Volume>().await?;
    for number in 1..=3 {
        volume(number).save(&db).await?;
    }
    Ok([db, Database::new(CopyingDriver(driver))])
}

#[tokio::test]
async fn rows_are_those_of_shared_items() -> Result<(), Error> {
    for db in databases().await? {
        let novels = Volume::objects().set_hash_key("novels");
        assert_eq!(novels.all(&db).await?, [volume(1), volume(2), volume(3)]);
        assert_eq!(novels.filter(Volume::NUMBER.eq(2)).get(&db).await?, volume(2));
        assert_eq!(Volume::objects().scan().count(&db).await?, 3);
        let found = Volume::objects().in_bulk([("novels", 1), ("novels", 3)], &db).await?;
        assert_eq!(found[&("novels", 3)], volume(3));
    }
    Ok(())
}

#[tokio::test]
async fn an_error_names_the_key_of_an_item_whose_values_were_taken() -> Result<(), Error> {
    let [db, copying] = databases().await?;
    let item = volume(4).to_item().expect("the value can be encoded").with("title", 7);
    db.run(PutItem::new("volumes", item)).await?;
    let novels = Volume::objects().set_hash_key("novels").filter(Volume::NUMBER.eq(4));
    let errors = [novels.get(&db).await, novels.get(&copying).await].map(|found| found.unwrap_err().to_string());
    assert_eq!(errors[0], errors[1]);
    assert!(errors[0].contains("no = 4, shelf = \"novels\"") && errors[0].contains("`title`"), "{}", errors[0]);
    Ok(())
}
