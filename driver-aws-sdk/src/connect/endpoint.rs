//! The endpoint URL.

use url::{Host, Url};

use super::error::ConnectError;

/// A valid HTTP or HTTPS endpoint without credentials.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Endpoint(Url);

impl Endpoint {
    pub(crate) fn parse(text: &str) -> Result<Self, ConnectError> {
        let url = Url::parse(text).map_err(|error| ConnectError::InvalidEndpoint { reason: error.to_string() })?;
        // `localhost:8000` parses as a URL with the scheme `localhost`.
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ConnectError::InvalidEndpointScheme { scheme: url.scheme().to_owned() });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ConnectError::CredentialsInEndpoint);
        }
        Ok(Self(url))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns `true` if the host is a loopback address or a `localhost` name.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// Returns `true` if the host belongs to AWS, so that the region must be the right one.
    pub(crate) fn is_aws(&self) -> bool {
        const DOMAINS: [&str; 3] = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];
        self.0.domain().is_some_and(|name| DOMAINS.iter().any(|domain| name.ends_with(domain)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_loopback_hosts() {
        let is_loopback = |text: &str| Endpoint::parse(text).unwrap().is_loopback();
        for text in
            ["http://localhost:8000", "https://LOCALHOST", "http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:8"]
        {
            assert!(is_loopback(text), "{text}");
        }
        for text in ["http://localhost.example.com", "http://10.0.0.1:8000", "https://dynamodb.us-east-1.amazonaws.com"]
        {
            assert!(!is_loopback(text), "{text}");
        }
    }

    #[test]
    fn recognises_hosts_of_aws() {
        let is_aws = |text: &str| Endpoint::parse(text).unwrap().is_aws();
        for text in [
            "https://dynamodb.us-east-1.AMAZONAWS.com",
            "https://vpce-1.dynamodb.eu-west-1.vpce.amazonaws.com",
            "https://dynamodb.cn-north-1.amazonaws.com.cn",
            "https://1.ddb.us-east-1.api.aws",
        ] {
            assert!(is_aws(text), "{text}");
        }
        for text in ["http://dynamodb:8000", "http://10.0.0.1:8000", "https://amazonaws.com.example.org"] {
            assert!(!is_aws(text), "{text}");
        }
    }

    #[test]
    fn errors_show_the_expected_form_and_no_password() {
        let message = |text: &str| Endpoint::parse(text).unwrap_err().to_string();
        assert!(message("localhost:8000").contains("begins with `localhost:`; begin it with `http://`"));
        assert!(message("").contains("write it as `http://localhost:8000`"));
        assert!(message("http://a:password@b").contains("set `AwsSdkConfig::credentials`"));
        assert!(!message("http://a:password@b").contains("a:password"));
    }
}
