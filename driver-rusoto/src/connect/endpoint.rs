//! The endpoint's URL.

use std::fmt;
use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, InvalidUri};

use super::ConnectError;

/// An endpoint that can be sent to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Endpoint {
    is_plain: bool,
    authority: Authority,
    /// Without a slash at the end: rusoto puts the request's own path, which is one, behind it.
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
            // Of `localhost:8000`, what stands before the colon was meant as the host, but reads as the scheme.
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

    /// Whether it is reached without TLS.
    pub(crate) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Whether it is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.authority.host().to_ascii_lowercase();
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => host == "localhost" || host.ends_with(".localhost"),
        }
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
    fn only_this_machine_is_loopback() {
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
    fn what_is_no_endpoint_says_what_to_write() {
        let message = |text: &str| Endpoint::parse(text).unwrap_err().to_string();
        assert!(message("localhost:8000").contains("begins with `localhost:`; begin it with `http://`"));
        assert!(message("ftp://localhost").contains("begins with `ftp:`; begin it with `http://`"));
        for text in ["", "localhost", "/table", "http://", "http://a?b", "http://a b"] {
            assert!(message(text).contains("write it as `http://localhost:8000`"), "{text}");
        }
        assert!(message("http://a:password@b").contains("give them as credentials"));
        assert!(!message("http://a:password@b").contains("a:password"));
    }

    #[test]
    fn rusoto_gets_the_scheme_in_lower_case_and_no_slash_at_the_end() {
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
