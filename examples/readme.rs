//! The program whose parts README.md shows. A test compares the page with this file and with its output.

use djamodb::prelude::*;

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "weather")]
#[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: DateTime<Utc>,
    kind: Option<String>,
    temp_max: f64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = djamodb::connect("memory://").await?; // or "dynamodb://eu-west-1", "dynamodb://localhost:8000"
    db.create_table::<Weather>().await?;
    for (date, kind, temp_max) in
        [("2014-01-01", "sun", 7.2), ("2014-01-02", "rain", 10.6), ("2014-01-03", "rain", 9.4)]
    {
        let date = format!("{date}T00:00:00Z").parse()?;
        Weather { location: "Seattle".into(), date, kind: Some(kind.into()), temp_max }.save(&db).await?;
    }

    let seattle = Weather::objects().set_hash_key("Seattle"); // sends nothing: terminal methods take `&db`
    let last = seattle.last(&db).await?;
    let rain = seattle.filter(Weather::KIND.eq("rain") & Weather::TEMP_MAX.gt(10)).all(&db).await?;
    let warmest_rain = Weather::objects().set_index(Weather::BY_KIND).set_hash_key("rain").last(&db).await?;

    println!("{}", seattle.filter(Weather::KIND.eq("snow")).set_limit(10).explain()?);

    assert_eq!(last.map(|day| day.temp_max), Some(9.4));
    assert_eq!(rain.len(), 1);
    assert_eq!(warmest_rain.map(|day| day.temp_max), Some(10.6));
    Ok(())
}

#[djamodb::test]
async fn counts_the_days_of_a_city(db: Database) -> Result<(), djamodb::Error> {
    let date = DateTime::UNIX_EPOCH;
    Weather { location: "Seattle".into(), date, kind: None, temp_max: 7.2 }.save(&db).await?;
    assert_eq!(Weather::objects().set_hash_key("Seattle").count(&db).await?, 1);
    Ok(())
}

#[djamodb::test(adversarial = 7)]
async fn days_are_counted_whatever_the_service_does(db: Database) -> Result<(), djamodb::Error> {
    let date = DateTime::UNIX_EPOCH;
    Weather { location: "Seattle".into(), date, kind: None, temp_max: 7.2 }.save(&db).await?;
    assert_eq!(Weather::objects().set_hash_key("Seattle").consistent().count(&db).await?, 1);
    Ok(())
}

#[test]
fn snow_of_a_city_is_one_query() {
    djamodb::assert_plan!(
        Weather::objects().set_hash_key("Seattle").filter(Weather::KIND.eq("snow")),
        r#"Query weather; key condition: location = "Seattle"; filter: kind = "snow"; ascending"#
    );
}
