//! The region, and where it is reached.

use rusoto_core::Region;
use rusoto_core::credential::ProfileProvider;

use super::ConnectError;
use super::endpoint::Endpoint;

/// The region that the environment or else the profile names. `Region::default` would look in the same places, but take
/// a region of its own where there is none, or one that it does not know.
pub(super) fn find() -> Option<String> {
    let of_environment = |name| std::env::var(name).ok().filter(|region| !region.is_empty());
    let of_profile = || ProfileProvider::region().ok().flatten();
    ["AWS_DEFAULT_REGION", "AWS_REGION"].into_iter().find_map(of_environment).or_else(of_profile)
}

/// How the hosts of tables begin.
pub(super) const TABLES: &str = "dynamodb";

/// How the hosts of streams begin.
#[cfg(feature = "streams")]
pub(super) const STREAMS: &str = "streams.dynamodb";

/// The region as rusoto wants it for a service: one that it knows, or one with its endpoint. An endpoint of one's own is
/// that of all services.
pub(super) fn to_rusoto(name: &str, endpoint: Option<&Endpoint>, service: &str) -> Result<Region, ConnectError> {
    // It becomes part of the signature, and perhaps of a host's name.
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return Err(ConnectError::InvalidRegion { region: name.to_owned() });
    }
    Ok(match endpoint {
        Some(endpoint) => Region::Custom { name: name.to_owned(), endpoint: endpoint.to_string() },
        None => name.parse().unwrap_or_else(|_| newer(name, service)),
    })
}

/// A region that rusoto 0.48 does not know yet.
fn newer(name: &str, service: &str) -> Region {
    let suffix = if name.starts_with("cn-") { ".cn" } else { "" };
    let endpoint = format!("https://{service}.{name}.amazonaws.com{suffix}");
    Region::Custom { name: name.to_owned(), endpoint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_regions_have_their_endpoint() {
        for service in [TABLES, "streams.dynamodb"] {
            assert_eq!(to_rusoto("eu-west-3", None, service), Ok(Region::EuWest3));
        }
        for (name, service, endpoint) in [
            ("il-central-1", TABLES, "https://dynamodb.il-central-1.amazonaws.com"),
            ("cn-south-9", TABLES, "https://dynamodb.cn-south-9.amazonaws.com.cn"),
            ("il-central-1", "streams.dynamodb", "https://streams.dynamodb.il-central-1.amazonaws.com"),
        ] {
            let expected = Region::Custom { name: name.into(), endpoint: endpoint.into() };
            assert_eq!(to_rusoto(name, None, service), Ok(expected));
        }
    }

    #[test]
    fn an_endpoint_takes_any_region() {
        let endpoint = Endpoint::parse("http://localhost:8000/").unwrap();
        for name in ["us-east-1", "mars_1"] {
            let expected = Region::Custom { name: name.into(), endpoint: "http://localhost:8000".into() };
            for service in [TABLES, "streams.dynamodb"] {
                assert_eq!(to_rusoto(name, Some(&endpoint), service).as_ref(), Ok(&expected));
            }
        }
        for name in ["", "us east", "a/b", "us-east-1\n"] {
            let refused = ConnectError::InvalidRegion { region: name.into() };
            assert_eq!(to_rusoto(name, Some(&endpoint), TABLES), Err(refused));
        }
    }
}
