//! Counts the requests and capacity units that a program consumes.

use djamodb::prelude::*;

#[derive(Model)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind))]
struct Weather {
    #[model(hash_key)]
    location: String,
    kind: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = djamodb::connect("memory://").await?;
    db.create_table::<Weather>().await?;

    // The same database, and a ledger of every request that goes through it.
    let (db, ledger) = db.with_ledger();
    Weather { location: "Seattle".into(), kind: Some("rain".into()) }.save(&db).await?;
    assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await?, 1);

    // These print the ledger when they fail, and belong into tests.
    djamodb::assert_requests!(ledger == 2);
    djamodb::assert_read_units!(ledger <= 0.5);
    djamodb::assert_write_units!(ledger == 2.0);
    println!("{ledger}");
    Ok(())
}
