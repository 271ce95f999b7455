//! The calls of a queryset, over four years of weather in two cities: `cargo run --example quickstart`.
//!
//! Each block below is one call. It prints the call, its plan and its result. The data are daily observations of Seattle and New
//! York, 2012 to 2015 (`examples/data/`). The database is in memory unless `--url` or `DJAMODB_URL` names another one.

use std::process::ExitCode;

use chrono::NaiveDate;
use djamodb::prelude::*;

/// One day in one city.
///
/// The hash key is the city, so the days of a city are one partition, sorted by date. Such a key suits a small example only: the
/// table has two partitions, and its index has five, one for each kind of weather. A table under load needs a hash key with many
/// values, because all requests for one hash key go to the same partition.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "weather")]
#[model(global_index(kind_temperature_index, hash_key = kind, range_key = temp_max))]
#[model(manager(objects_kind_temperature, index = kind_temperature_index))]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: DateTime<Utc>,
    /// `sun`, `rain`, `fog`, `drizzle` or `snow`, from the column `weather`.
    kind: Option<String>,
    /// Highest temperature of the day, in degrees Celsius.
    temp_max: f64,
    /// `true` if the wind was 5 m/s or more.
    windy: bool,
    /// The other columns, stored as a map.
    measured: Measured,
}

#[derive(Document, Clone, Debug, PartialEq)]
struct Measured {
    /// Precipitation of the day, in millimetres.
    precipitation: f64,
    /// Lowest temperature of the day, in degrees Celsius.
    temp_min: f64,
    /// Wind speed, in metres per second.
    wind: f64,
}

/// Prints the source of a queryset and the plan of a terminal method. Returns the result of that method.
macro_rules! show {
    ($queryset:expr, $method:ident, $terminal:expr, $db:expr) => {{
        let queryset = &$queryset;
        print_call(stringify!($queryset), stringify!($method), &queryset.explain_for($terminal)?.to_string());
        queryset.$method($db).await
    }};
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::read()?;
    let db = djamodb::connect(arguments.url).await?;
    db.create_table::<Weather>().await?;
    let bad_rows = load(&arguments.path, &db).await?;

    whole_partitions(&db).await?;
    lookups(&db).await?;
    indexes(&db).await?;
    pages(&db).await?;
    one_and_none(&db).await?;
    deleting(&db).await?;
    db.delete_table::<Weather>().await?;

    for bad_row in &bad_rows {
        eprintln!("bad row: {bad_row}");
    }
    Ok(if bad_rows.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn whole_partitions(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("One city: a partition, sorted by date");
    let count = show!(Weather::objects().set_hash_key("Seattle"), count, Terminal::Count, db)?;
    println!("Seattle count: {count}");

    let first = show!(Weather::objects().set_hash_key("Seattle"), first, Terminal::First, db)?;
    println!("Seattle first: {}", date_text(first.as_ref()));

    let last = show!(Weather::objects().set_hash_key("New York"), last, Terminal::Last, db)?;
    println!("New York last: {}", date_text(last.as_ref()));

    let latest_first = Weather::objects().set_hash_key("New York").set_scan_index_forward(false);
    println!("{}", days_text(&show!(latest_first.set_limit(2), all, Terminal::All, db)?));

    let exists = show!(Weather::objects().set_hash_key("Atlantis"), exists, Terminal::Exists, db)?;
    println!("Atlantis exists: {exists}");
    Ok(())
}

async fn lookups(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    let seattle = Weather::objects().set_hash_key("Seattle");

    title("Lookups on the range key: key conditions");
    let in_2014 = Weather::DATE.between(day(2014, 1, 1), day(2014, 12, 31));
    let count = show!(seattle.filter(in_2014), count, Terminal::Count, db)?;
    println!("Seattle 2014 count: {count}");

    let days = show!(seattle.filter(Weather::DATE.gte(day(2015, 12, 30))), all, Terminal::All, db)?;
    println!("{}", days_text(&days));

    let early = Weather::DATE.gt(day(2012, 1, 1)) & Weather::DATE.lte(day(2012, 1, 3));
    println!("{}", days_text(&show!(seattle.filter(early), all, Terminal::All, db)?));

    let not_first = seattle.filter(Weather::DATE.ne(day(2012, 1, 1)));
    println!("{}", days_text(&show!(not_first.set_limit(2), all, Terminal::All, db)?));

    let may_days = [day(2013, 5, 1), day(2012, 5, 1), day(1999, 5, 1)];
    println!("{}", days_text(&show!(seattle.filter(Weather::DATE.is_in(may_days)), all, Terminal::All, db)?));

    title("Lookups on other attributes: filters");
    let count = show!(seattle.filter(Weather::KIND.eq("snow")), count, Terminal::Count, db)?;
    println!("Seattle snow days: {count}");

    let rain_and_wind = seattle.filter(Weather::KIND.startswith("ra") & Weather::WINDY.eq(true));
    println!("{}", days_text(&show!(rain_and_wind.set_limit(2), all, Terminal::All, db)?));

    let hot = !(Weather::KIND.contains("i") | Weather::TEMP_MAX.lt(35));
    println!("{}", days_text(&show!(seattle.filter(hot), all, Terminal::All, db)?));

    let count = show!(seattle.filter(Weather::KIND.not_exists()), count, Terminal::Count, db)?;
    println!("days without a kind: {count}");

    let with_kind = seattle.filter(Weather::KIND.exists());
    let count = show!(with_kind.filter(Weather::KIND.is_in(["fog", "drizzle"])), count, Terminal::Count, db)?;
    println!("days of fog or drizzle: {count}");

    let downpour = Weather::MEASURED.at(Measured::PRECIPITATION).gte(50);
    println!("{}", days_text(&show!(seattle.filter(downpour), all, Terminal::All, db)?));

    title("Lookups as text, for example from the query string of a URL");
    let july = seattle.filter_lookup("date__between", r#"["2014-07-01", "2014-07-31"]"#);
    let calm = july.filter_lookup("measured__wind__lt", "2.5");
    println!("{}", days_text(&show!(calm.filter_lookup("temp_max__gte", "30"), all, Terminal::All, db)?));

    print_error(seattle.filter_lookup("colour__eq", "red").all(db).await);
    print_error(seattle.filter_lookup("windy__gt", "true").all(db).await);
    Ok(())
}

async fn indexes(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("An index: days of one kind, sorted by temperature");
    let hottest = show!(Weather::objects_kind_temperature().set_hash_key("rain"), last, Terminal::Last, db)?;
    if let Some(day) = &hottest {
        println!("hottest rainy day: {} {} {:.1}", day.location, date_text(Some(day)), day.temp_max);
    }

    let by_kind = Weather::objects().set_index(Weather::KIND_TEMPERATURE_INDEX);
    let frost = by_kind.set_hash_key("sun").filter(Weather::TEMP_MAX.lt(-6));
    println!("{}", days_text(&show!(frost.filter(Weather::LOCATION.eq("New York")), all, Terminal::All, db)?));
    Ok(())
}

async fn pages(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("Pages");
    let july = Weather::objects().set_hash_key("Seattle").filter(Weather::DATE.gte(day(2014, 7, 1)));
    let three = july.set_limit(3);

    let page = show!(three, page, Terminal::Page, db)?;
    println!("{}", days_text(&page.items));
    let token = page.last_evaluated_key.ok_or("there are more than three days")?;
    println!("token: {token}");

    let next = show!(three.set_last_evaluated_key(token.clone()), page, Terminal::Page, db)?;
    println!("{}", days_text(&next.items));

    let alone = show!(three, last_evaluated_key, Terminal::LastEvaluatedKey, db)?;
    println!("last_evaluated_key() returns the same token: {}", alone == Some(token));

    print_call("july", "stream", &july.explain_for(Terminal::Stream)?.to_string());
    let mut days = july.stream(db);
    let mut passed = 0;
    while let Some(day) = days.try_next().await? {
        if day.temp_max > 35.0 {
            println!("over 35 degrees after {passed} days: {}", date_text(Some(&day)));
            break;
        }
        passed += 1;
    }
    Ok(())
}

async fn one_and_none(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    let seattle = Weather::objects().set_hash_key("Seattle");

    title("Exactly one");
    let leap_day = show!(seattle.filter(Weather::DATE.eq(day(2012, 2, 29))), get, Terminal::Get, db)?;
    println!("{}", days_text(&[leap_day]));
    print_error(seattle.filter(Weather::DATE.eq(day(1999, 1, 1))).get(db).await);
    print_error(seattle.filter(Weather::KIND.eq("snow")).get(db).await);

    title("None");
    let reversed = Weather::DATE.between(day(2014, 12, 31), day(2014, 1, 1));
    println!("{}", days_text(&show!(seattle.filter(reversed), all, Terminal::All, db)?));
    println!("{}", days_text(&show!(seattle.none(), all, Terminal::All, db)?));
    print_error(Weather::objects().all(db).await);
    Ok(())
}

async fn deleting(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("Deleting matching items");
    let fog = Weather::objects().set_hash_key("New York").filter(Weather::KIND.eq("fog"));
    println!("deleted: {}", show!(fog, delete, Terminal::Delete, db)?);
    println!("remaining: {}", fog.count(db).await?);
    Ok(())
}

/// Command line: `[--url URL] [FILE]`. The URL selects a database other than the one in memory, for example
/// `dynamodb://localhost:8000`, which needs `--features aws-sdk`. The file replaces `examples/data/weather.csv`.
struct Arguments {
    url: String,
    path: String,
}

impl Arguments {
    fn read() -> Result<Self, String> {
        let mut arguments = Self {
            url: std::env::var("DJAMODB_URL").unwrap_or_else(|_| "memory://".to_owned()),
            path: concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/weather.csv").to_owned(),
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--url" => arguments.url = words.next().ok_or("--url needs a URL")?,
                option if option.starts_with('-') => {
                    return Err(format!("unknown option {option}; the only option is --url URL"));
                }
                path => path.clone_into(&mut arguments.path),
            }
        }
        Ok(arguments)
    }
}

/// Loads the rows of a file. Returns a message for each row that cannot be loaded.
async fn load(path: &str, db: &Database) -> Result<Vec<String>, csv::Error> {
    let (mut loaded, mut bad_rows) = (0, Vec::new());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    for record in reader.records() {
        let record = record?;
        let saved = match row(&record) {
            Ok(mut weather) => weather.create(db).await.map_err(|error| error.to_string()),
            Err(reason) => Err(reason),
        };
        match saved {
            Ok(()) => loaded += 1,
            Err(reason) => {
                let line = record.position().map_or(0, csv::Position::line);
                bad_rows.push(format!("line {line}: {reason}"));
            }
        }
    }
    println!("rows loaded: {loaded}");
    Ok(bad_rows)
}

fn row(record: &csv::StringRecord) -> Result<Weather, String> {
    let [location, date, precipitation, temp_max, temp_min, wind, kind] = record
        .iter()
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|found: Vec<_>| format!("expected 7 columns, found {}", found.len()))?;
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

fn date_text(day: Option<&Weather>) -> String {
    day.map_or_else(|| "none".to_owned(), |day| day.date.format("%Y-%m-%d").to_string())
}

fn days_text(days: &[Weather]) -> String {
    let line = |day: &Weather| {
        let kind = day.kind.as_deref().unwrap_or("-");
        format!("{} {} {:.1} {kind}", day.location, date_text(Some(day)), day.temp_max)
    };
    if days.is_empty() { "no items".to_owned() } else { days.iter().map(line).collect::<Vec<_>>().join("\n") }
}

fn title(text: &str) {
    println!("\n=== {text}");
}

fn print_call(queryset: &str, method: &str, plan: &str) {
    println!("\n{queryset}.{method}(&db)");
    for line in plan.lines() {
        println!("  | {line}");
    }
}

fn print_error<T>(result: Result<T, djamodb::Error>) {
    if let Err(error) = result {
        println!("error: {error}");
    }
}
