//! Error responses: their status and their messages.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use djamodb::MemoryDriver;
use djamodb::layer::{FaultRates, Faults};
use djamodb::prelude::*;
use serde_json::{Value, json};

use super::service::{JSON, Service, day_json};

#[tokio::test]
async fn reports_all_invalid_parameters_together() {
    let service = Service::with_ten_days().await;
    let query = "date__foo=1&temp_max__gte=warm&colour=red&location=Boston&windy__gt=true&kind=sun&kind=rain\
                 &date__between=2014-01-01&page_size=0&after=x&before=y";
    let response = service.get(&format!("/weather/Seattle?{query}")).await;
    assert_eq!(response.status, 400);
    assert_eq!(
        response.error_subjects(),
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
    let reason = response.body["errors"]["date__foo"].as_str().unwrap();
    assert!(reason.contains("`foo` cannot be used") && reason.contains("gte"), "{reason}");
}

#[tokio::test]
async fn rejects_invalid_page_sizes() {
    let service = Service::with_ten_days().await;
    for query in ["page_size=", "page_size=ten", "page_size=-1", "page_size=101", "page_size=2&page_size=3"] {
        let response = service.get(&format!("/weather/Seattle?{query}")).await;
        assert_eq!((response.status, response.error_subjects()), (400, vec!["page_size"]), "{query}");
    }
}

#[tokio::test]
async fn rejects_tokens_of_another_list() {
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
        let response = service.get(&path).await;
        assert_eq!((response.status, response.error_subjects()), (400, vec![parameter]), "{path}");
    }
}

#[tokio::test]
async fn forged_tokens_are_client_errors() {
    let service = Service::with_ten_days().await;
    let first = service.get("/weather/Seattle?page_size=2").await;
    let token = URL_SAFE_NO_PAD.decode(first.link("next").split("after=").nth(1).unwrap()).unwrap();
    let (head, key) = token.split_at(token.iter().position(|byte| *byte == b'{').unwrap());
    let key: Value = serde_json::from_slice(key).unwrap();
    for date in [json!({"S": ""}), json!({"S": "x".repeat(2000)}), json!({"N": "1"}), json!(1), Value::Null] {
        let mut forged = key.clone();
        forged["date"] = date;
        let token = URL_SAFE_NO_PAD.encode([head, forged.to_string().as_bytes()].concat());
        let response = service.get(&format!("/weather/Seattle?before={token}")).await;
        assert_eq!((response.status, response.error_subjects()), (400, vec!["before"]), "{forged}");
    }
}

#[tokio::test]
async fn rejects_too_many_parameters_and_large_bodies() {
    let service = Service::with_ten_days().await;
    let many: Vec<String> = (0..40).map(|number| format!("p{number}=1")).collect();
    let response = service.get(&format!("/weather/Seattle?{}", many.join("&"))).await;
    assert_eq!((response.status, response.error_subjects()), (400, vec!["query"]));

    let mut long = day_json("Seattle", 20, "sun");
    long["kind"] = json!("x".repeat(20_000));
    let response = service.post(&long).await;
    assert_eq!((response.status, response.error_subjects()), (413, vec!["body"]));
}

#[tokio::test]
async fn rejects_bodies_that_are_not_json_objects() {
    let service = Service::start().await;
    for (headers, body, status) in [
        (JSON, "{", 400),
        (JSON, "", 400),
        (JSON, "[]", 422),
        (&[], "{}", 415),
        (&[("content-type", "text/plain")], "{}", 415),
    ] {
        let response = service.request("POST", "/weather", headers, body.to_owned()).await;
        assert_eq!((response.status, response.error_subjects()), (status, vec!["body"]), "{body}");
    }
}

#[tokio::test]
async fn reports_all_invalid_fields_together() {
    let service = Service::with_ten_days().await;
    let bad = json!({"location": "..", "date": "2014-02-30", "kind": "", "temp_max": 1e9, "colour": "red"});
    let response = service.post(&bad).await;
    assert_eq!(response.status, 422);
    assert_eq!(response.error_subjects(), ["colour", "date", "kind", "location", "temp_max", "windy"]);

    let bad = json!({"location": "Boston", "kind": 1, "temp_max": "warm", "windy": null});
    let response = service.patch("/weather/Seattle/2014-01-01", &bad).await;
    assert_eq!((response.status, response.error_subjects()), (422, vec!["kind", "location", "temp_max", "windy"]));

    let response = service.patch("/weather/Seattle/2014-01-01", &json!({})).await;
    assert_eq!((response.status, response.error_subjects()), (422, vec!["body"]));
}

#[tokio::test]
async fn no_valid_json_number_or_text_is_an_internal_error() {
    let service = Service::with_ten_days().await;
    let mut numbers: Vec<String> = (-330..=3).map(|exponent| format!("1.7976931348623157e{exponent}")).collect();
    numbers.extend(
        ["0", "-0.0", "-1e-320", "5e-324", "70", "-100", "70.00000000000001", "0.1234567890123456789"]
            .map(str::to_owned),
    );
    let mut statuses = std::collections::BTreeSet::new();
    for number in numbers {
        let body = format!(r#"{{"temp_max": {number}}}"#);
        let response = service.request("PATCH", "/weather/Seattle/2014-01-01", JSON, body).await;
        if response.status == 422 {
            assert_eq!(response.error_subjects(), ["temp_max"], "{number}");
        }
        statuses.insert(response.status);
        let query = format!("/weather/Seattle?temp_max__gte={number}");
        let status = service.get(&query).await.status;
        assert!([200, 400].contains(&status), "{query}: {status}");
    }
    assert_eq!(statuses, [200, 422].into());

    let mut day = day_json("Seattle", 11, "sun");
    for temp_max in [1e-320, -1e-131] {
        day["temp_max"] = json!(temp_max);
        let response = service.post(&day).await;
        assert_eq!((response.status, response.error_subjects()), (422, vec!["temp_max"]), "{temp_max}");
    }
    day["temp_max"] = json!(1);
    for text in ["\0", "\u{10ffff}", "\u{feff}", "a/b?c#d%", " ", &"é".repeat(100), &"é".repeat(101)] {
        for field in ["location", "kind"] {
            let mut day = day.clone();
            day[field] = json!(text);
            let status = service.post(&day).await.status;
            assert!([201, 409, 422].contains(&status), "{field} {text:?}: {status}");
        }
    }
    for date in ["0001-01-01", "9999-12-31", "0000-01-01", "10000-01-01", "-0001-01-01", "+12014-01-01", "2014-1-1", ""]
    {
        day["date"] = json!(date);
        let status = service.post(&day).await.status;
        assert!([201, 409, 422].contains(&status), "{date}: {status}");
    }
}

#[tokio::test]
async fn distinguishes_invalid_paths_from_missing_days() {
    let service = Service::with_ten_days().await;
    let long = format!("/weather/{}", "x".repeat(300));
    for (path, status, subject) in [
        ("/weather/Seattle/2015-01-01", 404, "path"),
        ("/weather/Seattle/yesterday", 400, "date"),
        ("/weather/Seattle/%FF", 400, "path"),
        (&long, 400, "location"),
        ("/", 404, "path"),
        ("/weather/Seattle/2014-01-01/noon", 404, "path"),
    ] {
        let response = service.get(path).await;
        assert_eq!((response.status, response.error_subjects()), (status, vec![subject]), "{path}");
    }
    let response = service.delete("/weather").await;
    assert_eq!((response.status, response.error_subjects(), response.header("allow")), (405, vec!["method"], "POST"));
}

#[tokio::test]
async fn throttling_returns_retry_after() {
    let rates = FaultRates { throttled: 1.0, ..FaultRates::default() };
    let service = Service::over(Database::new(Faults::new(MemoryDriver::new(), rates, 1))).await;
    for response in [service.get("/weather/Seattle").await, service.post(&day_json("Seattle", 1, "sun")).await] {
        assert_eq!(
            (response.status, response.error_subjects(), response.header("retry-after")),
            (503, vec!["service"], "1")
        );
    }
}

#[tokio::test]
async fn internal_errors_have_no_details() {
    let service = Service::over(Database::new(MemoryDriver::new())).await;
    let response = service.get("/weather/Seattle").await;
    assert_eq!((response.status, response.error_subjects()), (500, vec!["service"]));
    assert!(!response.body.to_string().contains("table"), "{response:?}");
}
