//! Bounds of time, size and attempts.

use std::time::{Duration, Instant};

use djamodb_core::driver::{Applied, Driver, DriverErrorKind, Timeouts};
use djamodb_core::plan::{GetItem, PutItem, QueryPlan};

use super::{TABLE, error_of, key};
use crate::{Response, repeat, start};

/// Settings of a driver under test.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Maximum number of attempts.
    pub attempts_max: u32,
    /// Time limits.
    pub timeouts: Timeouts,
    /// Maximum size of a response.
    pub response_bytes_max: Option<usize>,
}

impl Limits {
    /// Returns one attempt with the default limits.
    pub fn one_attempt() -> Self {
        Self { attempts_max: 1, timeouts: Timeouts::default(), response_bytes_max: None }
    }
}

fn put() -> QueryPlan {
    PutItem::new(TABLE, key("a")).into()
}

/// A response whose bytes arrive one by one ends with its attempt, not with its last byte.
///
/// # Panics
///
/// Panics if the driver waits longer than its limit.
pub(super) async fn a_trickling_response_ends_with_its_attempt<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let body = format!("{}{{}}", " ".repeat(400));
    let timeouts = Timeouts { attempt: Some(Duration::from_millis(300)), ..Timeouts::default() };
    let limits = Limits { timeouts, ..Limits::one_attempt() };
    for response in [Response::Drip(body, Duration::from_millis(20)), Response::HeadOnly(Duration::from_secs(8))] {
        let driver = connect(repeat(response.clone()).0, limits).await;
        let started = Instant::now();
        let error = error_of(&driver, put(), "a trickle").await;
        assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown), "{error}");
        let took = started.elapsed();
        assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(5), "{response:?}: {took:?}");
    }
    // The same bytes within the limit are a response.
    let driver = connect(repeat(Response::Drip("  {}".to_owned(), Duration::from_millis(5))).0, limits).await;
    driver.execute(put()).await.unwrap_or_else(|error| panic!("a slow response is refused: {error}"));
}

/// All attempts together end with the operation.
///
/// # Panics
///
/// Panics if the driver waits longer than its limit, or does not repeat a request before.
pub(super) async fn all_attempts_end_with_the_operation<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let timeouts = Timeouts {
        attempt: Some(Duration::from_millis(100)),
        operation: Some(Duration::from_millis(700)),
        ..Timeouts::default()
    };
    let limits = Limits { attempts_max: 100, timeouts, ..Limits::one_attempt() };
    let (endpoint, requests) = repeat(Response::Delayed(Duration::from_secs(8)));
    let driver = connect(endpoint, limits).await;
    let started = Instant::now();
    let error = error_of(&driver, put(), "no response").await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::Unknown), "{error}");
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(600) && took < Duration::from_secs(5), "{took:?}");
    let attempts = requests.try_iter().count();
    assert!((2..=8).contains(&attempts), "{attempts} attempts");
}

/// A connection whose TLS handshake gets no response ends with the time to connect.
///
/// # Panics
///
/// Panics if the driver waits longer than its limit.
pub(super) async fn a_silent_tls_handshake_ends<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    // The operating system accepts the connection, but no handshake follows.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("the listener has an address").port();
    let timeouts = Timeouts { connect: Some(Duration::from_millis(200)), ..Timeouts::default() };
    let driver = connect(format!("https://localhost:{port}"), Limits { timeouts, ..Limits::one_attempt() }).await;
    let started = Instant::now();
    let error = error_of(&driver, put(), "no handshake").await;
    assert_eq!((error.kind(), error.applied()), (&DriverErrorKind::Timeout, Applied::No), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

/// A response that is larger than the limit is refused, and a smaller one is not.
///
/// # Panics
///
/// Panics if the driver reads a response of any size.
pub(super) async fn larger_responses_are_refused<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    const MIB: usize = 1 << 20;
    for (limit, refused, bytes) in [(Some(MIB), MIB + 1, "1048576"), (None, 65 * MIB, "67108864")] {
        let limits = Limits { response_bytes_max: limit, ..Limits::one_attempt() };
        let driver = connect(repeat(Response::Large(refused)).0, limits).await;
        for plan in [put(), GetItem::new(TABLE, key("a")).into()] {
            let error = error_of(&driver, plan, "a large response").await;
            assert_eq!(error.kind(), &DriverErrorKind::Internal, "{error}");
            assert!(error.message().contains(bytes) && error.message().contains("response_bytes_max"), "{error}");
        }
        assert_eq!(error_of(&driver, put(), "a large response").await.applied(), Applied::Unknown);
    }
    let limits = Limits { response_bytes_max: Some(MIB), ..Limits::one_attempt() };
    let driver = connect(repeat(Response::Large(MIB - 2)).0, limits).await;
    driver.execute(put()).await.unwrap_or_else(|error| panic!("a response within the limit is refused: {error}"));
}

/// The wait that a response requires is in the error, and the next attempt waits as long, but not without bound.
///
/// # Panics
///
/// Panics if the driver ignores the wait.
pub(super) async fn required_waits_are_kept<D: Driver>(connect: impl AsyncFn(String, Limits) -> D) {
    let busy = |header| Response::error_with_header(503, "ServiceUnavailable", header);
    let driver = connect(repeat(busy("retry-after: 7")).0, Limits::one_attempt()).await;
    let error = error_of(&driver, put(), "an error").await;
    assert_eq!(
        (error.kind(), error.retry_after()),
        (&DriverErrorKind::Internal, Some(Duration::from_secs(7))),
        "{error}"
    );

    let two_attempts = Limits { attempts_max: 2, ..Limits::one_attempt() };
    for throttled in [busy("retry-after: 1"), Response::error_with_header(400, "ThrottlingException", "Retry-After: 1")]
    {
        let (endpoint, requests) = start(vec![throttled, Response::ok("{}")]);
        let driver = connect(endpoint, two_attempts).await;
        let started = Instant::now();
        driver.execute(put()).await.unwrap_or_else(|error| panic!("the second attempt failed: {error}"));
        assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
        assert_eq!(requests.try_iter().count(), 2);
    }

    for hour in ["retry-after: 3600", "retry-after: 18446744073709551615"] {
        let (endpoint, requests) = start(vec![busy(hour), Response::ok("{}")]);
        let driver = connect(endpoint, two_attempts).await;
        let error = error_of(&driver, put(), "an error").await;
        assert!(error.retry_after().is_some_and(|wait| wait >= Duration::from_secs(3600)), "{error:?}");
        assert_eq!(requests.try_iter().count(), 1);
    }
}
