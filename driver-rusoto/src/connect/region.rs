//! The region and its endpoint.

use rusoto_core::Region;
use rusoto_core::credential::ProfileProvider;

use super::endpoint::Endpoint;
use super::error::ConnectError;

/// Returns the region set by the environment or else by the profile.
///
/// `Region::default` uses the same sources, but returns `us-east-1` if they have no region or one that rusoto does not know.
pub(super) fn from_environment_or_profile() -> Option<String> {
    let from_environment = |name| std::env::var(name).ok().filter(|region| !region.is_empty());
    let from_profile = || ProfileProvider::region().ok().flatten();
    ["AWS_DEFAULT_REGION", "AWS_REGION"].into_iter().find_map(from_environment).or_else(from_profile)
}

/// Prefix of the host names of the service for tables.
pub(super) const TABLES: &str = "dynamodb";

/// Prefix of the host names of the service for streams.
#[cfg(feature = "streams")]
pub(super) const STREAMS: &str = "streams.dynamodb";

/// Converts a region for `service`. A region that rusoto does not know gets a derived endpoint. A configured endpoint is used for
/// all services.
pub(super) fn to_rusoto(name: &str, endpoint: Option<&Endpoint>, service: &str) -> Result<Region, ConnectError> {
    // The name becomes part of the signature and possibly of a host name.
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return Err(ConnectError::InvalidRegion { region: name.to_owned() });
    }
    Ok(match endpoint {
        Some(endpoint) => Region::Custom { name: name.to_owned(), endpoint: endpoint.to_string() },
        None => name.parse().unwrap_or_else(|_| unknown_region(name, service)),
    })
}

/// Returns a region that rusoto 0.48 does not know, with the endpoint derived from its name.
fn unknown_region(name: &str, service: &str) -> Region {
    let suffix = if name.starts_with("cn-") { ".cn" } else { "" };
    let endpoint = format!("https://{service}.{name}.amazonaws.com{suffix}");
    Region::Custom { name: name.to_owned(), endpoint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_the_endpoints_of_unknown_regions() {
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
    fn a_configured_endpoint_accepts_any_valid_region_name() {
        let endpoint = Endpoint::parse("http://localhost:8000/").unwrap();
        for name in ["us-east-1", "mars_1"] {
            let expected = Region::Custom { name: name.into(), endpoint: "http://localhost:8000".into() };
            for service in [TABLES, "streams.dynamodb"] {
                assert_eq!(to_rusoto(name, Some(&endpoint), service).as_ref(), Ok(&expected));
            }
        }
        for name in ["", "us east", "a/b", "us-east-1\n"] {
            let expected = ConnectError::InvalidRegion { region: name.into() };
            assert_eq!(to_rusoto(name, Some(&endpoint), TABLES), Err(expected));
        }
    }
}
