//! The endpoint URL.

use std::fmt;
use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, InvalidUri};

use super::error::ConnectError;

/// A valid HTTP or HTTPS endpoint without query and credentials.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Endpoint {
    is_plain: bool,
    authority: Authority,
    /// Path without a trailing slash, because rusoto appends the path of the request, which is `/`.
    path: String,
}

impl Endpoint {
    pub(crate) fn parse(text: &str) -> Result<Self, ConnectError> {
        let invalid = |reason: &str| ConnectError::InvalidEndpoint { reason: reason.to_owned() };
        let uri: Uri = text.parse().map_err(|error: InvalidUri| invalid(&error.to_string()))?;
        let is_plain = match uri.scheme_str() {
            Some("http") => true,
            Some("https") => false,
            Some(scheme) => return Err(ConnectError::InvalidEndpointScheme { scheme: scheme.to_owned() }),
            // `localhost:8000` parses as an authority. The error treats the host as a scheme, to show that one is missing.
            None => match text.split_once(':') {
                Some((scheme, _)) => {
                    return Err(ConnectError::InvalidEndpointScheme { scheme: scheme.to_owned() });
                }
                None => return Err(invalid("it has no scheme")),
            },
        };
        if uri.query().is_some() {
            return Err(invalid("it has a query"));
        }
        let path = uri.path().trim_end_matches('/').to_owned();
        match uri.into_parts().authority {
            None => Err(invalid("it has no host")),
            Some(authority) if authority.as_str().contains('@') => Err(ConnectError::CredentialsInEndpoint),
            Some(authority) => Ok(Self { is_plain, authority, path }),
        }
    }

    /// Returns `true` if the scheme is `http`.
    pub(crate) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Returns `true` if the host is a loopback address or a `localhost` name.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.authority.host().to_ascii_lowercase();
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => host == "localhost" || host.ends_with(".localhost"),
        }
    }

    /// Returns `true` if the host belongs to AWS, so that the region must be the right one.
    pub(crate) fn is_aws(&self) -> bool {
        const DOMAINS: [&str; 3] = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];
        let host = self.authority.host().to_ascii_lowercase();
        DOMAINS.iter().any(|domain| host.ends_with(domain))
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_plain { "http" } else { "https" };
        write!(f, "{scheme}://{}{}", self.authority, self.path)
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
        assert!(message("ftp://localhost").contains("begins with `ftp:`; begin it with `http://`"));
        for text in ["", "localhost", "/table", "http://", "http://a?b", "http://a b"] {
            assert!(message(text).contains("write it as `http://localhost:8000`"), "{text}");
        }
        assert!(message("http://a:password@b").contains("set `RusotoConfig::credentials`"));
        assert!(!message("http://a:password@b").contains("a:password"));
    }

    #[test]
    fn normalises_the_scheme_and_the_trailing_slash() {
        for (text, expected) in [
            ("HTTP://localhost:8000/", "http://localhost:8000"),
            ("https://gateway.example.com/dynamodb/", "https://gateway.example.com/dynamodb"),
            ("http://[::1]:8000", "http://[::1]:8000"),
        ] {
            let endpoint = Endpoint::parse(text).unwrap();
            assert_eq!(endpoint.to_string(), expected);
            assert_eq!(endpoint.is_plain(), expected.starts_with("http:"));
        }
    }
}
