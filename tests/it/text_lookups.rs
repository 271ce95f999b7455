//! Lookups from text.

use djamodb::prelude::*;

use crate::models::{Event, database_with, times};

#[derive(Document, Clone, Debug, PartialEq)]
struct Station {
    city: String,
    #[document(rename = "elev")]
    elevation: i32,
    sensors: Vec<String>,
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "readings")]
struct Reading {
    #[model(hash_key)]
    id: u32,
    station: Station,
    extra: std::collections::BTreeMap<String, i64>,
    taken: Option<DateTime<Utc>>,
    wind: (f64, String),
}

#[tokio::test]
async fn every_text_operator_equals_its_typed_form() {
    let db = database_with("a", 6).await;
    let all = Event::objects().set_hash_key("a");
    for (lookup, values, expected) in [
        ("at", vec!["20"], vec![20]),
        ("at__eq", vec!["20"], vec![20]),
        ("at__exact", vec!["20"], vec![20]),
        ("at__not", vec!["20"], vec![0, 10, 30, 40, 50]),
        ("at__lt", vec!["20"], vec![0, 10]),
        ("at__lte", vec!["20"], vec![0, 10, 20]),
        ("at__gt", vec!["20"], vec![30, 40, 50]),
        ("at__gte", vec!["20"], vec![20, 30, 40, 50]),
        ("at__between", vec!["10", "20"], vec![10, 20]),
        ("at__between", vec!["[10, 20]"], vec![10, 20]),
        ("at__in", vec!["10", "50"], vec![10, 50]),
        ("at__in", vec!["[10, \"50\"]"], vec![10, 50]),
        ("at__in", vec!["10"], vec![10]),
        ("kind__startswith", vec!["do"], vec![0, 30]),
        ("kind__contains", vec!["in"], vec![10, 20, 40, 50]),
        ("kind__exists", vec!["true"], vec![0, 10, 20, 30, 40, 50]),
        ("kind__exists", vec!["false"], vec![]),
        ("urgent__eq", vec!["true"], vec![0, 20, 40]),
        ("level__gte", vec!["4.5"], vec![50]),
        ("device", vec!["b"], vec![]),
        ("kind__size__gt", vec!["4"], vec![10, 20, 40, 50]),
        ("kind__size", vec!["4"], vec![0, 30]),
        ("kind__size__not", vec!["4"], vec![10, 20, 40, 50]),
        ("kind__size__between", vec!["[1, 5]"], vec![0, 30]),
        ("kind__size__in", vec!["5", "6"], vec![10, 20, 40, 50]),
        ("kind__type", vec!["S"], vec![0, 10, 20, 30, 40, 50]),
        ("note__type__eq", vec!["S"], vec![]),
        ("at__type", vec!["N"], vec![0, 10, 20, 30, 40, 50]),
    ] {
        let found = all.filter_lookup(lookup, values.clone()).all(&db).await.unwrap();
        assert_eq!(times(&found), expected, "{lookup} {values:?}");
    }
}

#[tokio::test]
async fn an_invalid_text_lookup_names_the_fault() {
    let db = database_with("a", 1).await;
    let all = Event::objects().set_hash_key("a");
    for (lookup, values, message) in [
        ("colour", vec!["red"], "Event has no field `colour`; it has: device, at, kind"),
        ("colour__gte", vec!["red"], "Event has no field `colour`"),
        ("at__like", vec!["2"], "`like` cannot be used on `at`, which is a 64-bit integer; use one of: eq, exact"),
        ("urgent__gt", vec!["true"], "`gt` cannot be used on `urgent`, which is true or false"),
        ("at__startswith", vec!["1"], "`startswith` cannot be used on `at`"),
        (
            "at__eq",
            vec!["ten"],
            "the value of `at__eq` is invalid: The parameter cannot be converted to a numeric value: ten",
        ),
        ("at__eq", vec!["1.5"], "the number 1.5 does not fit a 64-bit integer"),
        (
            "at__between",
            vec!["1"],
            "`at__between` takes two values, as a JSON array or as a repeated parameter, but 1 were given",
        ),
        ("at__eq", vec!["1", "2"], "`at__eq` takes one value (use `in` for several), but 2 were given"),
        ("at__in", vec!["[1, null]"], "elements are texts, numbers, true or false"),
        ("at__in", vec!["[1"], "is not a JSON array"),
        ("at__size__gt", vec!["1"], "`size` cannot be used on `at`, which is a 64-bit integer; use one of: eq,"),
        ("kind__size__gt", vec!["-1"], "the value of `kind__size__gt` is invalid"),
        ("kind__size__startswith", vec!["1"], "`startswith` cannot be used on `kind`, which is a size"),
        ("kind__size__exists", vec!["1"], "`exists` cannot be used on `kind`, which is a size"),
        ("kind__type", vec!["text"], "expected one of S, N, B, BOOL, NULL, M, L, SS, NS, BS"),
        ("kind__type__gt", vec!["S"], "`gt` cannot be used on `kind`, which is a type of DynamoDB; use one of: eq"),
        ("kind__sice__gt", vec!["1"], "startswith, contains, size, type"),
        ("kind__exists", vec!["yes"], "write `true` or `false`"),
        ("", vec![""], "Event has no field ``"),
        ("__eq", vec![""], "Event has no field ``"),
        ("tags[0]", vec![""], "Event has no field `tags[0]`"),
    ] {
        let error = all.filter_lookup(lookup, values).all(&db).await.unwrap_err().to_string();
        assert!(error.contains(message), "{lookup}: {error}");
    }
}

#[tokio::test]
async fn paths_lead_into_documents_maps_and_lists() {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Reading>().await.unwrap();
    let mut reading = Reading {
        id: 7,
        station: Station { city: "Seattle".into(), elevation: 56, sensors: vec!["wind".into(), "rain".into()] },
        extra: [("lux".to_owned(), 12)].into(),
        taken: Some("2015-01-02T03:04:05Z".parse().unwrap()),
        wind: (17.5, "NW".to_owned()),
    };
    reading.save(&db).await.unwrap();
    let seven = Reading::objects().set_hash_key(7);
    for (lookup, text) in [
        ("station__city", "Seattle"),
        ("station.city__startswith", "Sea"),
        ("station__elevation__gte", "50"),
        ("station__elev", "56"),
        ("station.sensors[1]", "rain"),
        ("station__sensors__contains", "wind"),
        ("extra__lux__lt", "13"),
        ("taken__gte", "2015-01-02"),
        ("wind[0]__gt", "17"),
        ("wind[1]", "NW"),
        ("wind__size", "2"),
        ("taken", "2015-01-02T04:04:05+01:00"),
    ] {
        assert_eq!(
            seven.filter_lookup(lookup, text).all(&db).await.unwrap(),
            std::slice::from_ref(&reading),
            "{lookup}"
        );
    }
    let typed = seven
        .filter(Reading::STATION.at(Station::CITY).eq("Seattle") & Reading::STATION.at(Station::ELEVATION).gt(50))
        .filter(Reading::STATION.at(Station::SENSORS).index(0).eq("wind") & Reading::EXTRA.key("lux").between(10, 20));
    assert_eq!(typed.get(&db).await.unwrap(), reading);
    for (lookup, message) in [
        ("station__town", "Reading has no field `station__town`; it has: city, elevation, sensors"),
        ("station.sensors[1].x", "`x` cannot be used on `station.sensors[1]`, which is text"),
        ("taken__foo", "`foo` cannot be used"),
        ("station", "a value of `Station` cannot be given as text"),
        ("station.sensors[x]", "has no field"),
        ("wind[2]", "Reading has no field `wind[2]`; it has: 2 elements at `wind`"),
        ("wind", "cannot be given as text"),
    ] {
        let error = seven.filter_lookup(lookup, "1").all(&db).await.unwrap_err().to_string();
        assert!(error.contains(message), "{lookup}: {error}");
    }
}

#[derive(Model, Clone, Debug, PartialEq)]
#[model(table = "measures", managed = false)]
struct Measure {
    #[model(hash_key)]
    id: i128,
    exact: Option<djamodb::value::Number>,
    json: Option<serde_json::Value>,
}

#[test]
fn numbers_in_a_json_array_are_exact() {
    let of = |lookup: &str, text: &str| {
        djamodb::model::Filter::Lookup(Measure::schema().text_lookup(lookup, vec![text.to_owned()]).unwrap())
    };
    let number = |text: &str| text.parse::<djamodb::value::Number>().unwrap();
    assert_eq!(
        of("exact__in", "[12345678901234567890123, 0.1234567890123456789012345, \"-1e125\", 1E-130]"),
        Measure::EXACT
            .is_in(["12345678901234567890123", "0.1234567890123456789012345", "-1e125", "1e-130"].map(number))
            .into_filter()
    );
    let low = 12_345_678_901_234_567_890_123_i128;
    assert_eq!(of("id__between", &format!("[{low}, {}]", low + 1)), Measure::ID.between(low, low + 1).into_filter());
    let error = Measure::schema().text_lookup("exact__in", vec!["[1, 1e400]".to_owned()]).unwrap_err();
    assert!(error.to_string().contains("`exact__in`"), "{error}");
}

#[test]
fn json_has_no_text_lookup_that_compares_its_text() {
    let lookup = |lookup: &str, text: &str| Measure::schema().text_lookup(lookup, vec![text.to_owned()]);
    for operator in
        ["json", "json__eq", "json__exact", "json__ne", "json__not", "json__in", "json__lt", "json__contains"]
    {
        let error = lookup(operator, "1").unwrap_err().to_string();
        assert!(error.ends_with("cannot be used on `json`, which is JSON; use one of: exists, type"), "{error}");
    }
    assert!(lookup("json__exists", "true").is_ok());
}
