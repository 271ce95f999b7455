//! Every call of a queryset, over eight years of weather: `cargo run --example quickstart`.
//!
//! Each block below is one call. It prints the call, the plan that djamodb makes of it, and the result. The data are daily
//! observations of Seattle and New York, 2012 to 2015 (`examples/data/`); everything happens in this process.

use std::process::ExitCode;

use chrono::NaiveDate;
use djamodb::prelude::*;

/// One day in one city.
///
/// The hash key is the city, so that a city's days lie together, ordered by date. That is for show: two cities make two
/// partitions, and the index below makes five, one for each kind of weather. A busy table wants a hash key of many values;
/// with few, all load falls on few partitions, which are hot.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "weather")]
#[model(global_index(kind_temperature_index, hash_key = kind, range_key = temp_max))]
#[model(manager(objects_kind_temperature, index = kind_temperature_index))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: DateTime<Utc>,
    /// `sun`, `rain`, `fog`, `drizzle` or `snow`: the column `weather`.
    kind: Option<String>,
    /// The day's highest temperature, in degrees Celsius.
    temp_max: f64,
    /// Whether the wind was 5 m/s or more.
    windy: bool,
    /// The other columns, as a map inside the item.
    measured: Measured,
}

#[derive(Document, Clone, Debug, PartialEq)]
struct Measured {
    /// In millimetres.
    precipitation: f64,
    /// The day's lowest temperature, in degrees Celsius.
    temp_min: f64,
    /// In metres a second.
    wind: f64,
}

/// Prints a queryset as it is written here, its plan, and what comes of a terminal method on it.
macro_rules! show {
    ($queryset:expr, $terminal:ident, $db:expr) => {
        show!($queryset, $terminal, $db, Purpose::Items)
    };
    ($queryset:expr, $terminal:ident, $db:expr, $purpose:expr) => {{
        let queryset = $queryset;
        let call = format!("{}\n    .{}(&db)", stringify!($queryset), stringify!($terminal));
        print_call(&call, &queryset.explain_for($purpose)?.to_string());
        queryset.$terminal($db).await
    }};
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let db = djamodb::connect("memory://").await?;
    db.create_table::<Weather>().await?;

    let path = std::env::args().nth(1).unwrap_or_else(|| "examples/data/weather.csv".to_owned());
    let (rows, bad_rows) = read_rows(&path)?;
    let mut loaded = 0;
    for mut row in rows {
        row.create(&db).await?;
        loaded += 1;
    }
    println!("rows loaded: {loaded}");

    whole_partitions(&db).await?;
    lookups(&db).await?;
    indexes(&db).await?;
    pages(&db).await?;
    one_and_none(&db).await?;
    deleting(&db).await?;

    for bad_row in &bad_rows {
        eprintln!("bad row: {bad_row}");
    }
    Ok(if bad_rows.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn whole_partitions(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("One city");
    let seattle = Weather::objects().set_hash_key("Seattle");

    let count = show!(seattle.clone(), count, db, Purpose::Count)?;
    println!("Seattle count: {count}");

    let first = show!(seattle.set_limit(1), first, db)?;
    println!("Seattle first: {}", first.map_or("none".to_owned(), |day| day_text(&day)));

    let last =
        show!(Weather::objects().set_hash_key("New York").set_scan_index_forward(false).set_limit(1), first, db)?;
    println!("New York last: {}", last.map_or("none".to_owned(), |day| day_text(&day)));
    let same = Weather::objects().set_hash_key("New York").last(db).await?;
    println!("the same by last(): {}", same.map_or("none".to_owned(), |day| day_text(&day)));

    let exists = show!(Weather::objects().set_hash_key("Atlantis"), exists, db, Purpose::Exists)?;
    println!("Atlantis exists: {exists}");
    Ok(())
}

async fn lookups(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("Lookups on the range key become key conditions");
    let seattle = Weather::objects().set_hash_key("Seattle");

    let in_2014 = seattle.filter(Weather::DATE.between(day(2014, 1, 1), day(2014, 12, 31)));
    println!("Seattle 2014 count: {}", show!(in_2014, count, db, Purpose::Count)?);

    let since = seattle.filter(Weather::DATE.gte(day(2015, 12, 30)));
    println!("{}", days_text(&show!(since, all, db)?));

    let before = seattle.filter(Weather::DATE.gt(day(2012, 1, 1)) & Weather::DATE.lte(day(2012, 1, 3)));
    println!("{}", days_text(&show!(before, all, db)?));

    let not_that_day = seattle.filter(Weather::DATE.ne(day(2012, 1, 1))).set_limit(2);
    println!("{}", days_text(&show!(not_that_day, all, db)?));

    let three_days = seattle.filter(Weather::DATE.is_in([day(2013, 5, 1), day(2012, 5, 1), day(1999, 1, 1)]));
    println!("{}", days_text(&show!(three_days, all, db)?));

    title("Lookups on other attributes become filters");
    let snow = seattle.filter(Weather::KIND.eq("snow"));
    println!("Seattle snow days: {}", show!(snow, count, db, Purpose::Count)?);

    let wet_and_windy = seattle.filter(Weather::KIND.startswith("ra") & Weather::WINDY.eq(true)).set_limit(2);
    println!("{}", days_text(&show!(wet_and_windy, all, db)?));

    let neither = seattle.filter(!(Weather::KIND.contains("i") | Weather::TEMP_MAX.lt(30))).set_limit(3);
    println!("{}", days_text(&show!(neither, all, db)?));

    let unknown = seattle.filter(Weather::KIND.not_exists());
    println!("days without a kind: {}", show!(unknown, count, db, Purpose::Count)?);

    let known = seattle.filter(Weather::KIND.exists()).filter(Weather::KIND.is_in(["fog", "drizzle"]));
    println!("days of fog or drizzle: {}", show!(known, count, db, Purpose::Count)?);

    let downpours = seattle.filter(Weather::MEASURED.at(Measured::PRECIPITATION).gte(50));
    println!("{}", days_text(&show!(downpours, all, db)?));

    title("Lookups as text, from a URL's query string for example");
    let from_text = seattle.filter_lookup("date__between", r#"["2014-07-01", "2014-07-31"]"#);
    let from_text = from_text.filter_lookup("temp_max__gte", "34").filter_lookup("measured__wind__lt", "3");
    println!("{}", days_text(&show!(from_text, all, db)?));

    match seattle.filter_lookup("colour__eq", "red").all(db).await {
        Ok(_) => println!("a field that is not there was found"),
        Err(error) => println!("error: {error}"),
    }
    Ok(())
}

async fn indexes(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("An index: days of one kind, by temperature");
    let hottest = show!(Weather::objects_kind_temperature().set_hash_key("rain"), last, db)?;
    if let Some(day) = hottest {
        println!("hottest rainy day: {} {} {:.1}", day.location, day_text(&day), day.temp_max);
    }

    let frost = Weather::objects().set_index(Weather::KIND_TEMPERATURE_INDEX).set_hash_key("sun");
    let frost = frost.filter(Weather::TEMP_MAX.lt(-5) & Weather::LOCATION.eq("New York"));
    println!("{}", days_text(&show!(frost, all, db)?));
    Ok(())
}

async fn pages(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("Pages");
    let july = Weather::objects().set_hash_key("Seattle").filter(Weather::DATE.gte(day(2014, 7, 1))).set_limit(3);

    let page = show!(july.clone(), page, db)?;
    println!("{}", days_text(&page.items));
    let token = page.last_evaluated_key.ok_or("there are more than three days")?;
    println!("token: {token}");

    let next = show!(july.set_last_evaluated_key(token.clone()), page, db)?;
    println!("{}", days_text(&next.items));

    let alone = show!(july.clone(), last_evaluated_key, db, Purpose::Keys)?;
    println!("the token alone is the same: {}", alone == Some(token));

    let first_hot =
        july.set_limit(usize::MAX).stream(db).try_filter(|day| std::future::ready(day.temp_max > 35.0)).next().await;
    println!(
        "stream, up to the first day over 35 degrees: {}",
        first_hot.transpose()?.map_or("none".to_owned(), |day| day_text(&day))
    );
    Ok(())
}

async fn one_and_none(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("Exactly one, or none");
    let seattle = Weather::objects().set_hash_key("Seattle");

    let leap_day = show!(seattle.filter(Weather::DATE.eq(day(2012, 2, 29))), get, db)?;
    println!("{}", days_text(&[leap_day]));

    for wrong in [Weather::DATE.eq(day(1999, 1, 1)), Weather::KIND.eq("snow")] {
        if let Err(error) = seattle.filter(wrong).get(db).await {
            println!("error: {error}");
        }
    }

    let reversed = seattle.filter(Weather::DATE.between(day(2014, 12, 31), day(2014, 1, 1)));
    println!("{}", days_text(&show!(reversed, all, db)?));
    println!("{}", days_text(&show!(seattle.none(), all, db)?));

    if let Err(error) = Weather::objects().all(db).await {
        println!("error: {error}");
    }
    Ok(())
}

async fn deleting(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("Deleting what matches");
    let fog = Weather::objects().set_hash_key("New York").filter(Weather::KIND.eq("fog"));
    println!("deleted: {}", show!(fog.clone(), delete, db, Purpose::Keys)?);
    println!("left: {}", fog.count(db).await?);
    Ok(())
}

/// The rows of the file, and what is wrong with those that cannot be read.
fn read_rows(path: &str) -> Result<(Vec<Weather>, Vec<String>), csv::Error> {
    let (mut rows, mut bad_rows) = (Vec::new(), Vec::new());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        match row(&record) {
            Ok(row) => rows.push(row),
            Err(reason) => bad_rows.push(format!("line {line}: {reason}")),
        }
    }
    Ok((rows, bad_rows))
}

fn row(record: &csv::StringRecord) -> Result<Weather, String> {
    let [location, date, precipitation, temp_max, temp_min, wind, kind] = record
        .iter()
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|found: Vec<_>| format!("7 columns expected, {} found", found.len()))?;
    let number = |name: &str, text: &str| text.parse::<f64>().map_err(|error| format!("{name} {text:?}: {error}"));
    let date: NaiveDate = date.parse().map_err(|error| format!("date {date:?}: {error}"))?;
    let wind = number("wind", wind)?;
    Ok(Weather {
        location: location.to_owned(),
        date: date.and_time(chrono::NaiveTime::MIN).and_utc(),
        kind: (!kind.is_empty()).then(|| kind.to_owned()),
        temp_max: number("temp_max", temp_max)?,
        windy: wind >= 5.0,
        measured: Measured {
            precipitation: number("precipitation", precipitation)?,
            temp_min: number("temp_min", temp_min)?,
            wind,
        },
    })
}

fn day(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default().and_time(chrono::NaiveTime::MIN).and_utc()
}

fn day_text(day: &Weather) -> String {
    day.date.format("%Y-%m-%d").to_string()
}

fn days_text(days: &[Weather]) -> String {
    let kind = |day: &Weather| day.kind.clone().unwrap_or_default();
    let line = |day: &Weather| format!("{} {} {:.1} {}", day.location, day_text(day), day.temp_max, kind(day));
    if days.is_empty() { "no items".to_owned() } else { days.iter().map(line).collect::<Vec<_>>().join("\n") }
}

fn title(text: &str) {
    println!("\n=== {text}");
}

fn print_call(call: &str, plan: &str) {
    println!("\n> {}", call.replace('\n', "\n>"));
    for line in plan.lines() {
        println!("  | {line}");
    }
}
