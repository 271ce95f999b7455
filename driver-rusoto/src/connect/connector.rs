//! The connector of the HTTP client.

use std::error::Error;
use std::task::{Context, Poll};
use std::time::Duration;

use djamodb_core::driver::BoxFuture;
use http::Uri;
use hyper::client::HttpConnector;
use hyper::service::Service;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use rustls::{Certificate, ClientConfig, RootCertStore};
use tokio::time::timeout;

use super::error::ConnectError;

/// A connector that opens each connection within a timeout.
#[derive(Clone, Debug)]
pub(crate) struct Connector {
    inner: HttpsConnector<HttpConnector>,
    connect_timeout: Duration,
}

/// Creates a connector for plain HTTP or for TLS.
///
/// A connector for plain HTTP has no root certificates, so that it works on systems without any.
pub(super) fn new(is_plain: bool, connect_timeout: Duration) -> Result<Connector, ConnectError> {
    let roots = if is_plain { RootCertStore::empty() } else { system_roots()? };
    let tls = ClientConfig::builder().with_safe_defaults().with_root_certificates(roots).with_no_client_auth();
    let schemes = HttpsConnectorBuilder::new().with_tls_config(tls);
    let protocols = if is_plain { schemes.https_or_http() } else { schemes.https_only() };

    let mut tcp = HttpConnector::new();
    // By default this connector rejects `https` URLs, which the TLS connector around it handles.
    tcp.enforce_http(false);
    // The last segment of a large request is sent without waiting for acknowledgements.
    tcp.set_nodelay(true);
    // DynamoDB does not speak HTTP/2.
    Ok(Connector { inner: protocols.enable_http1().wrap_connector(tcp), connect_timeout })
}

/// Loads the system's root certificates. `hyper_rustls` can load them too, but panics if there are none.
fn system_roots() -> Result<RootCertStore, ConnectError> {
    let missing = |reason: String| ConnectError::CertificatesMissing { reason };
    let certificates = rustls_native_certs::load_native_certs().map_err(|error| missing(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        // Systems have old certificates that rustls cannot parse. The remaining ones are enough.
        let _ = roots.add(&Certificate(certificate.0));
    }
    if roots.is_empty() { Err(missing("the system has none that can be parsed".to_owned())) } else { Ok(roots) }
}

impl Service<Uri> for Connector {
    type Response = <HttpsConnector<HttpConnector> as Service<Uri>>::Response;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connected = self.inner.call(uri);
        let connect_timeout = self.connect_timeout;
        Box::pin(async move { timeout(connect_timeout, connected).await? })
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use tokio::time::error::Elapsed;

    use super::*;

    #[tokio::test]
    async fn the_connect_timeout_includes_the_tls_handshake() {
        // The operating system accepts the connection, but no handshake follows.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("https://{}", listener.local_addr().unwrap()).replace("127.0.0.1", "localhost");
        let mut connector = new(true, Duration::from_millis(50)).unwrap();
        let error = connector.call(uri.parse().unwrap()).await.err().unwrap();
        assert!(error.is::<Elapsed>(), "{error:?}");
    }
}
