//! Lists of days: lookups, pages and links.

use djamodb_example_rest::Weather;

use super::service::{Service, ServiceResponse, day_json};

/// Returns `first` and the pages that follow it by the links named `link`.
async fn follow(service: &Service, first: ServiceResponse, link: &str) -> Vec<ServiceResponse> {
    let mut pages = vec![first];
    while pages[pages.len() - 1].body[link].is_string() {
        assert!(pages.len() < 20, "the pages do not end");
        let next = service.get(pages[pages.len() - 1].link(link)).await;
        pages.push(next);
    }
    pages
}

fn days(pages: &[ServiceResponse]) -> Vec<Vec<u32>> {
    pages.iter().map(ServiceResponse::days).collect()
}

#[tokio::test]
async fn lists_the_days_of_one_location_by_date() {
    let service = Service::with_ten_days().await;
    service.post(&day_json("Boston", 20, "snow")).await;
    let all = service.get("/weather/Seattle").await;
    assert_eq!(all.days(), (1..=10).collect::<Vec<_>>());
    assert!(all.body["next"].is_null() && all.body["previous"].is_null());
    assert!(service.get("/weather/Atlantis").await.days().is_empty());
}

#[tokio::test]
async fn supports_every_lookup_operator() {
    let service = Service::with_ten_days().await;
    for (query, expected) in [
        ("date=2014-01-03", vec![3]),
        ("date__gte=2014-01-09", vec![9, 10]),
        ("date__gt=2014-01-01&date__lte=2014-01-03", vec![2, 3]),
        ("date__between=2014-01-03&date__between=2014-01-04", vec![3, 4]),
        ("date__in=2014-01-03&date__in=2014-01-08&date__in=2015-01-01", vec![3, 8]),
        ("date__in=%5B%222014-01-03%22%2C%222014-01-08%22%5D", vec![3, 8]),
        ("kind=rain&temp_max__gt=6", vec![6, 8, 10]),
        ("kind__ne=rain&temp_max__lt=4", vec![1, 3]),
        ("kind__startswith=s&windy=true", vec![9]),
        ("kind__contains=ai&date__lt=2014-01-05", vec![2, 4]),
        ("kind__exists=false", vec![]),
        ("kind__in=fog", vec![]),
    ] {
        assert_eq!(service.get(&format!("/weather/Seattle?{query}")).await.days(), expected, "{query}");
    }
}

#[tokio::test]
async fn links_keep_the_lookups_in_both_directions() {
    let service = Service::with_ten_days().await;
    let first = service.get("/weather/Seattle?kind__in=rain&kind__in=fog&page_size=2&date__gte=2014-01-02").await;
    assert!(first.link("next").starts_with("/weather/Seattle?kind__in=rain&kind__in=fog&page_size=2&date__gte="));

    let forwards = follow(&service, first, "next").await;
    assert_eq!(days(&forwards), [vec![2, 4], vec![6, 8], vec![10]]);
    assert!(forwards[0].body["previous"].is_null());

    let last = service.get(forwards[1].link("next")).await;
    let backwards = follow(&service, last, "previous").await;
    assert_eq!(days(&backwards), [vec![10], vec![6, 8], vec![2, 4]]);
    let again = follow(&service, service.get(backwards[2].link("next")).await, "next").await;
    assert_eq!(days(&again), [vec![6, 8], vec![10]]);
}

#[tokio::test]
async fn the_default_page_size_is_25() {
    let service = Service::start().await;
    for day in 1..=31 {
        service.post(&day_json("New York", day, "sun")).await;
    }
    let first = service.get("/weather/New%20York").await;
    assert_eq!(first.days().len(), 25);
    assert!(first.link("next").starts_with("/weather/New%20York?after="));
    assert_eq!(service.get(first.link("next")).await.days(), (26..=31).collect::<Vec<_>>());
    assert_eq!(service.get("/weather/New%20York?page_size=100").await.days().len(), 31);
}

#[tokio::test]
async fn lists_the_days_of_a_kind_by_temperature() {
    let service = Service::with_ten_days().await;
    service.post(&day_json("Boston", 5, "rain")).await;
    let first = service.get("/kinds/rain?page_size=2&temp_max__lt=9").await;
    let pages = follow(&service, first, "next").await;
    assert_eq!(days(&pages), [vec![2, 4], vec![5, 6], vec![8]]);
    assert_eq!(days(&follow(&service, service.get(pages[1].link("next")).await, "previous").await)[2], [2, 4]);
    assert_eq!(service.get("/kinds/rain?location=Boston").await.days(), [5]);
}

#[tokio::test]
async fn accepts_signed_tokens_and_rejects_changed_ones() {
    let db = djamodb::connect("memory://").await.unwrap().with_cursor_secret([7; 16]).unwrap();
    db.create_table::<Weather>().await.unwrap();
    let service = Service::over(db).await;
    for day in 1..=3 {
        service.post(&day_json("Seattle", day, "sun")).await;
    }
    let first = service.get("/weather/Seattle?page_size=2").await;
    assert_eq!(service.get(first.link("next")).await.days(), [3]);
    let changed = service.get(&format!("{}AA", first.link("next"))).await;
    assert_eq!((changed.status, changed.error_subjects()), (400, vec!["after"]));
}
