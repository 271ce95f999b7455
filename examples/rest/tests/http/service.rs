//! A service on a free port, and a client.

use std::net::{Ipv4Addr, SocketAddr};

use axum::http::{HeaderMap, Request};
use bytes::Bytes;
use djamodb::prelude::*;
use djamodb_example_rest::{Weather, serve};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A service that is being asked. It ends with the test's runtime.
pub(crate) struct Service {
    address: SocketAddr,
    client: Client<HttpConnector, Full<Bytes>>,
}

/// What came back; the body is `null` where there is none.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Service {
    /// A service on an empty table in this process.
    pub(crate) async fn start() -> Self {
        let db = djamodb::connect("memory://").await.unwrap();
        db.create_table::<Weather>().await.unwrap();
        Self::over(db).await
    }

    /// The same with ten days of Seattle: rain on the even ones, sun on the odd ones, each a degree warmer than the one before.
    pub(crate) async fn with_ten_days() -> Self {
        let service = Self::start().await;
        for day in 1..=10 {
            let kind = if day % 2 == 0 { "rain" } else { "sun" };
            let answer = service.post(&a_day("Seattle", day, kind)).await;
            assert_eq!(answer.status, 201, "{answer:?}");
        }
        service
    }

    /// A service on a database.
    pub(crate) async fn over(db: Database) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { serve(listener, &db, std::future::pending()).await });
        Self { address, client: Client::builder(TokioExecutor::new()).build_http() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], String::new()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path, &[], String::new()).await
    }

    pub(crate) async fn post(&self, body: &Value) -> Answer {
        self.ask("POST", "/weather", JSON, body.to_string()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.ask("PATCH", path, JSON, body.to_string()).await
    }

    /// Any request: what no other method can ask for.
    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.client.request(request.body(Full::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

/// The header of a body in JSON.
pub(crate) const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

impl Answer {
    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The names of what is said to be wrong.
    pub(crate) fn wrong(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_object().unwrap_or_else(|| panic!("no errors in {self:?}"));
        assert!(errors.values().all(|reason| reason.as_str().is_some_and(|reason| !reason.is_empty())), "{self:?}");
        assert_eq!(self.body.as_object().map(serde_json::Map::len), Some(1), "one shape: {self:?}");
        errors.keys().map(String::as_str).collect()
    }

    /// The dates of a page, without the year and the month.
    pub(crate) fn days(&self) -> Vec<u32> {
        assert_eq!(self.status, 200, "{self:?}");
        let day = |item: &Value| item["date"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
        self.body["items"].as_array().unwrap().iter().map(day).collect()
    }

    /// A page's link to another, which must be there.
    pub(crate) fn link(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_else(|| panic!("no link `{name}` in {self:?}"))
    }
}

/// A day of January 2014.
pub(crate) fn a_day(location: &str, day: u32, kind: &str) -> Value {
    let date = format!("2014-01-{day:02}");
    json!({"location": location, "date": date, "kind": kind, "temp_max": f64::from(day) + 0.5, "windy": day > 8})
}
