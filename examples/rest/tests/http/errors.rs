//! What cannot be answered: the status, and every reason at once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use djamodb::MemoryDriver;
use djamodb::layer::{FaultRates, Faults};
use djamodb::prelude::*;
use serde_json::{Value, json};

use super::service::{JSON, Service, a_day};

#[tokio::test]
async fn every_bad_parameter_is_told_at_once() {
    let service = Service::with_ten_days().await;
    let query = "date__foo=1&temp_max__gte=warm&colour=red&location=Boston&windy__gt=true&kind=sun&kind=rain\
                 &date__between=2014-01-01&page_size=0&after=x&before=y";
    let answer = service.get(&format!("/weather/Seattle?{query}")).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.wrong(),
        [
            "before",
            "colour",
            "date__between",
            "date__foo",
            "kind",
            "location",
            "page_size",
            "temp_max__gte",
            "windy__gt"
        ]
    );
    let reason = answer.body["errors"]["date__foo"].as_str().unwrap();
    assert!(reason.contains("`foo` cannot be used") && reason.contains("gte"), "{reason}");
}

#[tokio::test]
async fn a_page_size_is_a_number_within_bounds_and_one() {
    let service = Service::with_ten_days().await;
    for query in ["page_size=", "page_size=ten", "page_size=-1", "page_size=101", "page_size=2&page_size=3"] {
        let answer = service.get(&format!("/weather/Seattle?{query}")).await;
        assert_eq!((answer.status, answer.wrong()), (400, vec!["page_size"]), "{query}");
    }
}

#[tokio::test]
async fn a_token_of_another_list_is_refused() {
    let service = Service::with_ten_days().await;
    let first = service.get("/weather/Seattle?page_size=2").await;
    let token = first.link("next").split("after=").nth(1).unwrap();
    for (path, parameter) in [
        (format!("/weather/Seattle?kind=rain&after={token}"), "after"),
        (format!("/weather/Boston?before={token}"), "before"),
        (format!("/kinds/rain?after={token}"), "after"),
        ("/weather/Seattle?before=nonsense".to_owned(), "before"),
        ("/weather/Seattle?after=".to_owned(), "after"),
        (format!("/weather/Seattle?after={token}&before={token}"), "before"),
    ] {
        let answer = service.get(&path).await;
        assert_eq!((answer.status, answer.wrong()), (400, vec![parameter]), "{path}");
    }
}

#[tokio::test]
async fn a_token_that_somebody_made_up_is_no_error_of_the_service() {
    let service = Service::with_ten_days().await;
    let first = service.get("/weather/Seattle?page_size=2").await;
    let token = URL_SAFE_NO_PAD.decode(first.link("next").split("after=").nth(1).unwrap()).unwrap();
    let (head, key) = token.split_at(token.iter().position(|byte| *byte == b'{').unwrap());
    let key: Value = serde_json::from_slice(key).unwrap();
    for date in [json!({"S": ""}), json!({"S": "x".repeat(2000)}), json!({"N": "1"}), json!(1), Value::Null] {
        let mut made_up = key.clone();
        made_up["date"] = date;
        let token = URL_SAFE_NO_PAD.encode([head, made_up.to_string().as_bytes()].concat());
        let answer = service.get(&format!("/weather/Seattle?before={token}")).await;
        assert_eq!((answer.status, answer.wrong()), (400, vec!["before"]), "{made_up}");
    }
}

#[tokio::test]
async fn too_much_at_a_time_is_refused() {
    let service = Service::with_ten_days().await;
    let many: Vec<String> = (0..40).map(|number| format!("p{number}=1")).collect();
    let answer = service.get(&format!("/weather/Seattle?{}", many.join("&"))).await;
    assert_eq!((answer.status, answer.wrong()), (400, vec!["query"]));

    let mut long = a_day("Seattle", 20, "sun");
    long["kind"] = json!("x".repeat(20_000));
    let answer = service.post(&long).await;
    assert_eq!((answer.status, answer.wrong()), (413, vec!["body"]));
}

#[tokio::test]
async fn a_body_is_json_and_an_object() {
    let service = Service::start().await;
    for (headers, body, status) in [
        (JSON, "{", 400),
        (JSON, "", 400),
        (JSON, "[]", 422),
        (&[], "{}", 415),
        (&[("content-type", "text/plain")], "{}", 415),
    ] {
        let answer = service.ask("POST", "/weather", headers, body.to_owned()).await;
        assert_eq!((answer.status, answer.wrong()), (status, vec!["body"]), "{body}");
    }
}

#[tokio::test]
async fn every_bad_field_is_told_at_once() {
    let service = Service::with_ten_days().await;
    let bad = json!({"location": "..", "date": "2014-02-30", "kind": "", "temp_max": 1e9, "colour": "red"});
    let answer = service.post(&bad).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.wrong(), ["colour", "date", "kind", "location", "temp_max", "windy"]);

    let bad = json!({"location": "Boston", "kind": 1, "temp_max": "warm", "windy": null});
    let answer = service.patch("/weather/Seattle/2014-01-01", &bad).await;
    assert_eq!((answer.status, answer.wrong()), (422, vec!["kind", "location", "temp_max", "windy"]));

    let answer = service.patch("/weather/Seattle/2014-01-01", &json!({})).await;
    assert_eq!((answer.status, answer.wrong()), (422, vec!["body"]));
}

#[tokio::test]
async fn a_path_that_names_no_day_is_told_apart_from_one_where_there_is_none() {
    let service = Service::with_ten_days().await;
    let long = format!("/weather/{}", "x".repeat(300));
    for (path, status, wrong) in [
        ("/weather/Seattle/2015-01-01", 404, "path"),
        ("/weather/Seattle/yesterday", 400, "date"),
        ("/weather/Seattle/%FF", 400, "path"),
        (&long, 400, "location"),
        ("/", 404, "path"),
        ("/weather/Seattle/2014-01-01/noon", 404, "path"),
    ] {
        let answer = service.get(path).await;
        assert_eq!((answer.status, answer.wrong()), (status, vec![wrong]), "{path}");
    }
    let answer = service.delete("/weather").await;
    assert_eq!((answer.status, answer.wrong(), answer.header("allow")), (405, vec!["method"], "POST"));
}

#[tokio::test]
async fn a_throttled_database_is_asked_again_later() {
    let rates = FaultRates { throttled: 1.0, ..FaultRates::default() };
    let service = Service::over(Database::new(Faults::new(MemoryDriver::new(), rates, 1))).await;
    for answer in [service.get("/weather/Seattle").await, service.post(&a_day("Seattle", 1, "sun")).await] {
        assert_eq!((answer.status, answer.wrong(), answer.header("retry-after")), (503, vec!["service"], "1"));
    }
}

#[tokio::test]
async fn what_went_wrong_inside_stays_inside() {
    let service = Service::over(Database::new(MemoryDriver::new())).await;
    let answer = service.get("/weather/Seattle").await;
    assert_eq!((answer.status, answer.wrong()), (500, vec!["service"]));
    assert!(!answer.body.to_string().contains("table"), "{answer:?}");
}
