//! A running service and a client for it.

use std::net::{Ipv4Addr, SocketAddr};

use axum::http::{HeaderMap, Request};
use bytes::Bytes;
use djamodb::prelude::*;
use djamodb_example_rest::{ServiceLimits, Weather, serve};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

/// A service on a free port, together with a client. The service stops with the runtime of the test.
pub(crate) struct Service {
    address: SocketAddr,
    client: Client<HttpConnector, Full<Bytes>>,
}

/// A response. The body is `null` if it is empty.
#[derive(Debug)]
pub(crate) struct ServiceResponse {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Service {
    /// Starts a service on an empty table in memory.
    pub(crate) async fn start() -> Self {
        let db = djamodb::connect("memory://").await.unwrap();
        db.create_table::<Weather>().await.unwrap();
        Self::over(db).await
    }

    /// Starts a service with ten days in Seattle: rain on even days, sun on odd days, and each day one degree warmer than the last.
    pub(crate) async fn with_ten_days() -> Self {
        let service = Self::start().await;
        for day in 1..=10 {
            let kind = if day % 2 == 0 { "rain" } else { "sun" };
            let response = service.post(&day_json("Seattle", day, kind)).await;
            assert_eq!(response.status, 201, "{response:?}");
        }
        service
    }

    /// Starts a service on a database.
    pub(crate) async fn over(db: Database) -> Self {
        Self::within(db, ServiceLimits::default()).await
    }

    /// Starts a service on a database, with these limits.
    pub(crate) async fn within(db: Database, limits: ServiceLimits) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { serve(listener, &db, limits, std::future::pending()).await });
        Self { address, client: Client::builder(TokioExecutor::new()).build_http() }
    }

    /// Opens a connection without sending anything.
    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> ServiceResponse {
        self.request("GET", path, &[], String::new()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> ServiceResponse {
        self.request("DELETE", path, &[], String::new()).await
    }

    pub(crate) async fn post(&self, body: &Value) -> ServiceResponse {
        self.request("POST", "/weather", JSON, body.to_string()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> ServiceResponse {
        self.request("PATCH", path, JSON, body.to_string()).await
    }

    /// Sends any request.
    pub(crate) async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> ServiceResponse {
        let mut request = Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.client.request(request.body(Full::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
        ServiceResponse { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

/// Header of a JSON body.
pub(crate) const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

impl ServiceResponse {
    /// Returns the value of a header, or an empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the subjects of all error messages.
    pub(crate) fn error_subjects(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_object().unwrap_or_else(|| panic!("no errors in {self:?}"));
        assert!(errors.values().all(|reason| reason.as_str().is_some_and(|reason| !reason.is_empty())), "{self:?}");
        assert_eq!(
            self.body.as_object().map(serde_json::Map::len),
            Some(1),
            "an error response has one field: {self:?}"
        );
        errors.keys().map(String::as_str).collect()
    }

    /// Returns the days of the month of a page.
    pub(crate) fn days(&self) -> Vec<u32> {
        assert_eq!(self.status, 200, "{self:?}");
        let day = |item: &Value| item["date"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
        self.body["items"].as_array().unwrap().iter().map(day).collect()
    }

    /// Returns the link to another page.
    pub(crate) fn link(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_else(|| panic!("no link `{name}` in {self:?}"))
    }
}

/// Returns a day of January 2014 as JSON.
pub(crate) fn day_json(location: &str, day: u32, kind: &str) -> Value {
    let date = format!("2014-01-{day:02}");
    json!({"location": location, "date": date, "kind": kind, "temp_max": f64::from(day) + 0.5, "windy": day > 8})
}
