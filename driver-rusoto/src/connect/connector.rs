//! How connections are made.

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

use super::ConnectError;

/// Makes connections, each within a time.
#[derive(Clone, Debug)]
pub(crate) struct Connector {
    inner: HttpsConnector<HttpConnector>,
    connect_timeout: Option<Duration>,
}

/// A connector for an endpoint that is plain HTTP, or for one that is reached by TLS. Of the first kind, the part for
/// TLS is there but trusts nobody, so that a system without certificates will do.
pub(super) fn new(is_plain: bool, connect_timeout: Option<Duration>) -> Result<Connector, ConnectError> {
    let roots = if is_plain { RootCertStore::empty() } else { roots_of_system()? };
    let tls = ClientConfig::builder().with_safe_defaults().with_root_certificates(roots).with_no_client_auth();
    let schemes = HttpsConnectorBuilder::new().with_tls_config(tls);
    let protocols = if is_plain { schemes.https_or_http() } else { schemes.https_only() };

    let mut tcp = HttpConnector::new();
    // By itself it refuses `https`, which is the other connector's to know about.
    tcp.enforce_http(false);
    // The last part of a large request does not wait for the first to be acknowledged.
    tcp.set_nodelay(true);
    // DynamoDB does not speak HTTP/2.
    Ok(Connector { inner: protocols.enable_http1().wrap_connector(tcp), connect_timeout })
}

/// The authorities that the system trusts. `hyper_rustls` can find them too, but panics where there are none.
fn roots_of_system() -> Result<RootCertStore, ConnectError> {
    let missing = |reason: String| ConnectError::CertificatesMissing { reason };
    let certificates = rustls_native_certs::load_native_certs().map_err(|error| missing(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        // Systems hold old certificates that rustls cannot read; the others are enough.
        let _ = roots.add(&Certificate(certificate.0));
    }
    if roots.is_empty() { Err(missing("the system has none that can be read".to_owned())) } else { Ok(roots) }
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
        match self.connect_timeout {
            None => connected,
            Some(allowed) => Box::pin(async move { timeout(allowed, connected).await? }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use tokio::time::error::Elapsed;

    use super::*;

    #[tokio::test]
    async fn a_handshake_counts_as_connecting() {
        // The system takes the connection, and nobody ever answers.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("https://{}", listener.local_addr().unwrap()).replace("127.0.0.1", "localhost");
        let mut connector = new(true, Some(Duration::from_millis(50))).unwrap();
        let error = connector.call(uri.parse().unwrap()).await.err().unwrap();
        assert!(error.is::<Elapsed>(), "{error:?}");
    }
}
