//! Custom managers, as in Django: `cargo run --example managers`.
//!
//! A manager can have a filter, be bound to an index, replace `objects`, and have custom methods; its querysets can have a type of their own,
//! with state, and rows of a proxy. Each block below is one call. It prints the call, its plan and its result. The database is in memory
//! unless `--url` or `DJAMODB_URL` names another one.

use djamodb::prelude::*;
use djamodb::queryset::OnConflict;

/// One day in one city. A day with wrong measurements is marked as withdrawn, not deleted.
#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "days")]
#[model(global_index(by_kind, hash_key = kind, range_key = temp_max))]
#[model(manager(objects, filter = Self::WITHDRAWN.eq(false)))]
#[model(manager(everything))]
#[model(manager(rain, filter = Self::KIND.eq("rain") & Self::WITHDRAWN.eq(false)))]
#[model(manager(of_kind, index = by_kind))]
#[model(manager(frost, index = by_kind, filter = Self::TEMP_MAX.lt(0)))]
#[model(manager(measured, filter = Self::WITHDRAWN.eq(false), queryset = Measurements))]
#[model(default_manager = objects)]
struct Weather {
    #[model(hash_key)]
    location: String,
    #[model(range_key)]
    date: String,
    kind: Option<String>,
    /// Highest temperature of the day, in degrees Celsius.
    temp_max: f64,
    withdrawn: bool,
}

/// A manager without an option of `#[model]` is a function that returns it.
impl Weather {
    fn withdrawn() -> Manager<Self> {
        Manager::new().with_filter(Self::WITHDRAWN.eq(true))
    }
}

/// Custom methods of all querysets of the model, and of its managers.
trait WeatherQuerySet {
    fn in_month(&self, month: &str) -> Self;
    fn above(&self, degrees: f64) -> Self;
}

impl<R, I: Index<Model = Weather>> WeatherQuerySet for QuerySet<Weather, R, I> {
    fn in_month(&self, month: &str) -> Self {
        self.filter(Weather::DATE.startswith(month))
    }

    fn above(&self, degrees: f64) -> Self {
        self.filter(Weather::TEMP_MAX.gt(degrees))
    }
}

/// Querysets with state: the unit of the temperatures that they take and return.
#[derive(CustomQuerySet)]
struct Measurements<R = Weather, I = WeatherPrimary> {
    queryset: QuerySet<Weather, R, I>,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Unit {
    #[default]
    Celsius,
    Fahrenheit,
}

impl<R, I: Index<Model = Weather>> Measurements<R, I> {
    fn fahrenheit(&self) -> Self {
        Self { unit: Unit::Fahrenheit, ..self.clone() }
    }

    fn warmer_than(&self, degrees: f64) -> Self {
        let celsius = match self.unit {
            Unit::Celsius => degrees,
            Unit::Fahrenheit => (degrees - 32.0) / 1.8,
        };
        self.filter(Weather::TEMP_MAX.gt(celsius))
    }
}

impl<I: Index<Model = Weather>> Measurements<Weather, I> {
    /// Overrides the terminal method, where the rows are models.
    async fn all(&self, db: &Database) -> Result<Vec<Weather>, djamodb::Error> {
        let mut days = self.queryset.all(db).await?;
        if self.unit == Unit::Fahrenheit {
            for day in &mut days {
                day.temp_max = day.temp_max * 1.8 + 32.0;
            }
        }
        Ok(days)
    }
}

/// Another type of the same items, with a manager and a method of its own.
#[derive(Proxy)]
#[proxy(manager(objects, index = WeatherByKind, filter = Weather::WITHDRAWN.eq(false)))]
struct SnowDay(Weather);

impl SnowDay {
    fn melts(&self) -> bool {
        self.temp_max > 0.0
    }
}

/// Prints the source of a queryset and the plan of a terminal method. Returns the result of that method.
macro_rules! show {
    ($queryset:expr, $method:ident, $terminal:expr, $db:expr) => {{
        let queryset = &$queryset;
        let call = concat!(stringify!($queryset), ".", stringify!($method), "(&db)");
        print_call(call, &queryset.explain_for($terminal)?.to_string());
        queryset.$method($db).await?
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = djamodb::connect(url()).await?;
    db.create_table::<Weather>().await?;
    Weather::everything().bulk_create(&mut days(), OnConflict::Fail, &db).await?;

    filtered(&db).await?;
    bound_to_an_index(&db).await?;
    replacing_objects(&db).await?;
    extended(&db).await?;
    with_state(&db).await?;
    of_a_proxy(&db).await?;
    db.delete_table::<Weather>().await?;
    Ok(())
}

async fn filtered(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("A manager with a filter: rain");
    let seattle = show!(Weather::rain().set_hash_key("Seattle"), all, Terminal::All, db);
    println!("{}", days_text(&seattle));

    // The filter contains the hash key of an index, so no hash key needs to be set.
    println!("{}", days_text(&show!(Weather::rain(), all, Terminal::All, db)));
    Ok(())
}

async fn bound_to_an_index(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("A manager bound to an index: of_kind; with a filter too: frost");
    let warmest = show!(Weather::of_kind().set_hash_key("sun"), last, Terminal::Last, db);
    println!("{}", days_text(warmest.as_slice()));

    println!("{}", days_text(&show!(Weather::frost().set_hash_key("snow"), all, Terminal::All, db)));
    Ok(())
}

async fn replacing_objects(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("A manager that replaces objects: withdrawn days are left out");
    println!("{}", show!(Weather::objects().set_hash_key("Seattle"), count, Terminal::Count, db));
    println!("{}", show!(Weather::everything().set_hash_key("Seattle"), count, Terminal::Count, db));
    println!("{}", show!(Weather::withdrawn().set_hash_key("Seattle"), count, Terminal::Count, db));

    let keys = [("Seattle", "2015-01-03"), ("Seattle", "2015-01-04")];
    let plan = Weather::objects().explain_in_bulk(keys)?;
    print_call("Weather::objects().in_bulk(keys, &db)", &plan.to_string());
    let found = Weather::objects().in_bulk(keys, db).await?;
    println!("{}", days_text(&found.into_values().collect::<Vec<_>>()));

    println!("\nitems of the default manager: {}", count_items::<Weather>(db).await?);
    Ok(())
}

/// Counts the items of any model with its default manager, which is `objects` here.
async fn count_items<M: Managed>(db: &Database) -> Result<u64, djamodb::Error> {
    M::default_manager().scan().count(db).await
}

async fn extended(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("Custom methods: in_month and above");
    let january = Weather::objects().set_hash_key("Seattle").in_month("2015-01");
    println!("{}", days_text(&show!(january.above(7.5), all, Terminal::All, db)));

    println!("{}", days_text(&show!(Weather::of_kind().above(7.5).set_hash_key("sun"), all, Terminal::All, db)));

    let rain = Weather::rain().above(7.5).set_index(Weather::BY_KIND);
    println!("{}", days_text(&show!(rain.in_month("2015-02"), all, Terminal::All, db)));
    Ok(())
}

async fn with_state(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("A queryset with state: measured");
    let measured = Weather::measured().fahrenheit().set_hash_key("Seattle");
    println!("{}", days_text(&show!(measured.warmer_than(46.0), all, Terminal::All, db)));

    let of_sun = Weather::measured().set_index(Weather::BY_KIND).fahrenheit().set_hash_key("sun").set_limit(1);
    println!("{}", days_text(&show!(of_sun.warmer_than(41.0), all, Terminal::All, db)));

    // The rows of `values` are as they are stored; the state is kept.
    let degrees = measured.warmer_than(46.0).values(Weather::TEMP_MAX);
    println!("{:?} {:?}", show!(degrees, all, Terminal::All, db), degrees.unit);
    Ok(())
}

async fn of_a_proxy(db: &Database) -> Result<(), Box<dyn std::error::Error>> {
    title("A proxy: SnowDay");
    for day in show!(SnowDay::objects().set_hash_key("snow"), all, Terminal::All, db) {
        println!("{} {}", day.date, if day.melts() { "melts" } else { "stays" });
    }
    Ok(())
}

/// Returns the URL that is given by `--url` or `DJAMODB_URL`.
fn url() -> String {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--url").skip(1);
    arguments.next().or_else(|| std::env::var("DJAMODB_URL").ok()).unwrap_or_else(|| "memory://".to_owned())
}

fn days() -> Vec<Weather> {
    let day = |(location, date, kind, temp_max, withdrawn): (&str, &str, &str, f64, bool)| Weather {
        location: location.to_owned(),
        date: date.to_owned(),
        kind: Some(kind.to_owned()),
        temp_max,
        withdrawn,
    };
    let days = [
        ("New York", "2015-01-01", "sun", 3.9, false),
        ("New York", "2015-01-02", "snow", -1.2, false),
        ("New York", "2015-01-03", "snow", 0.6, false),
        ("New York", "2015-01-04", "rain", 13.3, false),
        ("Seattle", "2015-01-01", "sun", 5.6, false),
        ("Seattle", "2015-01-02", "sun", 8.1, false),
        ("Seattle", "2015-01-03", "rain", 7.2, false),
        ("Seattle", "2015-01-04", "rain", 61.0, true),
        ("Seattle", "2015-02-05", "rain", 12.2, false),
    ];
    days.into_iter().map(day).collect()
}

fn days_text(days: &[Weather]) -> String {
    let line = |day: &Weather| {
        let kind = day.kind.as_deref().unwrap_or("-");
        format!("{} {} {:.1} {kind}", day.location, day.date, day.temp_max)
    };
    if days.is_empty() { "no items".to_owned() } else { days.iter().map(line).collect::<Vec<_>>().join("\n") }
}

fn title(text: &str) {
    println!("\n=== {text}");
}

fn print_call(call: &str, plan: &str) {
    println!("\n{call}");
    for line in plan.lines() {
        println!("  | {line}");
    }
}
