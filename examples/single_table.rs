//! A shop in one table: customers, orders, lines and articles, with two indexes that all of them share. `cargo run --example single_table`
//!
//! The database is in memory unless `--url` or `DJAMODB_URL` names another one.

use djamodb::chrono::NaiveDate;
use djamodb::prelude::*;
use djamodb::{Change, Error, Transaction};

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", discriminator = "type", stream = new_and_old_images)]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "PROFILE"))]
#[model(global_index(by_email, name = "gsi1", hash_key(gsi1pk = "EMAIL#{email}"), range_key(gsi1sk = "CUSTOMER")))]
struct Customer {
    customer: String,
    #[model(unique)]
    email: String,
}

#[derive(AttributeType, Clone, Copy, Debug, PartialEq)]
#[attribute(rename_all = "lowercase")]
enum State {
    Open,
    Sent,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", discriminator = "type", stream = new_and_old_images)]
#[model(hash_key(pk = "CUSTOMER#{customer}"), range_key(sk = "ORDER#{placed}#{number:06}"))]
#[model(global_index(by_number, name = "gsi1", hash_key(gsi1pk = "ORDER#{number:06}"), range_key(gsi1sk = "ORDER")))]
#[model(global_index(
    by_state,
    name = "gsi2",
    hash_key(gsi2pk = "STATE#{state}"),
    range_key(gsi2sk = "{placed}#{number:06}")
))]
struct Order {
    customer: String,
    placed: NaiveDate,
    number: u32,
    state: State,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", discriminator = "type", stream = new_and_old_images)]
#[model(hash_key(pk = "ORDER#{number:06}"), range_key(sk = "LINE#{article}"))]
#[model(global_index(
    of_article,
    name = "gsi2",
    hash_key(gsi2pk = "ARTICLE#{article}"),
    range_key(gsi2sk = "LINE#{number:06}")
))]
struct Line {
    number: u32,
    article: String,
    count: u32,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "shop", discriminator = "type", stream = new_and_old_images)]
#[model(hash_key(pk = "ARTICLE#{article}"), range_key(sk = "ARTICLE"))]
struct Article {
    article: String,
    stock: u32,
}

/// A customer with the orders, read in one query.
#[derive(Collection, Debug)]
struct Account {
    customer: Customer,
    orders: Vec<Order>,
}

/// Creates a customer, if no other one has the e-mail address.
async fn register(customer: &str, email: &str, db: &Database) -> Result<(), Error> {
    let mut customer = Customer { customer: customer.to_owned(), email: email.to_owned() };
    customer.create(db).await?;
    println!("registered {} with {}", customer.customer, customer.email);
    Ok(())
}

/// Places an order of one article, and takes it from the stock.
async fn place(order: &Order, article: &str, count: u32, db: &Database) -> Result<(), Error> {
    let line = Line { number: order.number, article: article.to_owned(), count };
    let mut placing = Transaction::new();
    placing.create(order);
    placing.create(&line);
    placing
        .update(Article::item_key(article), Article::STOCK.set(F(Article::STOCK) - count))
        .condition(Article::STOCK.gte(count))
        .returning_old_item();
    placing.run(db).await?;
    println!("placed order {} of {count} {article}", order.number);
    Ok(())
}

fn print_reasons(error: Error) -> Result<(), Box<dyn std::error::Error>> {
    let Error::TransactionCanceled(canceled) = error else { return Err(error.into()) };
    for action in canceled.reasons() {
        println!("{action}");
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = djamodb::connect(url()).await?;
    let models = [Customer::schema(), Order::schema(), Line::schema(), Article::schema()];
    println!("# Create the table of all models");
    db.create_tables(&models).await?;
    for index in &db.table_schema::<Order>().global_indexes {
        println!("index {}: {}", index.name, index.key);
    }

    println!("\n# Register customers");
    register("ann", "ann@example.org", &db).await?;
    register("bob", "bob@example.org", &db).await?;
    match register("eve", "ann@example.org", &db).await {
        Err(Error::NotUnique(error)) => println!("{error}"),
        result => result?,
    }
    let mut bob = Customer::get_by_key("bob", &db).await?;
    bob.update(Customer::EMAIL.set("bob@example.com"), &db).await?;
    register("rob", "bob@example.org", &db).await?;

    println!("\n# Place orders");
    Article { article: "lamp".to_owned(), stock: 5 }.create(&db).await?;
    let order = |customer: &str, day, number| {
        let placed = NaiveDate::from_ymd_opt(2026, 1, day).unwrap_or_default();
        Order { customer: customer.to_owned(), placed, number, state: State::Open }
    };
    place(&order("ann", 5, 1), "lamp", 2, &db).await?;
    place(&order("bob", 6, 2), "lamp", 1, &db).await?;
    place(&order("ann", 7, 3), "lamp", 1, &db).await?;
    print_reasons(place(&order("bob", 8, 4), "lamp", 3, &db).await.unwrap_err())?;
    println!("stock: {}", Article::get_by_key("lamp", &db).await?.stock);

    println!("\n# Read an account in one query");
    let ann = Account::objects().set_hash_key("ann");
    println!("{}", ann.explain()?.plan);
    let account = ann.get(&db).await?;
    println!("{} has {} orders", account.customer.email, account.orders.len());

    println!("\n# Read by a part of the key");
    let since = Order::objects().set_hash_key("ann").filter(Order::PLACED.gte(order("", 6, 0).placed));
    println!("{}", since.explain()?.plan);
    println!("numbers: {:?}", since.values(Order::NUMBER).all(&db).await?);

    println!("\n# Read the indexes");
    let by_email = Customer::objects().set_index(Customer::BY_EMAIL).set_hash_key("bob@example.com");
    println!("{}", by_email.get(&db).await?.customer);
    let open = Order::objects().set_index(Order::BY_STATE).set_hash_key(State::Open);
    println!("open: {:?}", open.values(Order::NUMBER).all(&db).await?);
    let mut first = Order::objects().set_index(Order::BY_NUMBER).set_hash_key(1).get(&db).await?;
    first.state = State::Sent;
    first.save(&db).await?;
    println!("open: {:?}", open.values(Order::NUMBER).all(&db).await?);
    let lamps = Line::objects().set_index(Line::OF_ARTICLE).set_hash_key("lamp");
    println!("lamps: {:?}", lamps.values((Line::NUMBER, Line::COUNT)).all(&db).await?);

    println!("\n# Follow the orders");
    let mut changes: Vec<Change<Order>> = Order::changes(&db).until_idle().try_collect().await?;
    // Shards have no order among each other.
    changes.sort_by_key(|change| match change {
        Change::Inserted(order) | Change::Removed { old: order, .. } => (order.number, 0),
        Change::Modified { new, .. } => (new.number, 1),
    });
    for change in changes {
        match change {
            Change::Inserted(order) => println!("{} was placed", order.number),
            Change::Modified { old, new } => println!("{}: {:?} became {:?}", new.number, old.state, new.state),
            Change::Removed { old, .. } => println!("{} was removed", old.number),
        }
    }
    db.delete_tables(&models).await?;
    Ok(())
}

/// Returns the URL that is given by `--url` or `DJAMODB_URL`.
fn url() -> String {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--url").skip(1);
    arguments.next().or_else(|| std::env::var("DJAMODB_URL").ok()).unwrap_or_else(|| "memory://".to_owned())
}
