//! Database URLs: `memory://`, `dynamodb://us-east-1`, `dynamodb://localhost:8000?tls=true`, the same with `rusoto://`, and the
//! endpoint itself, `http://localhost:8000`.

use djamodb_core::driver::redacted_url;

use super::{DriverScheme, SettingsError, region};

/// A parsed database URL.
#[derive(Debug)]
pub(super) struct DatabaseUrl {
    pub(super) scheme: DriverScheme,
    pub(super) location: Location,
}

/// The location of the service, as named by a URL.
#[derive(Debug, PartialEq)]
pub(super) enum Location {
    /// The process itself.
    InProcess,
    /// The URL ends after the scheme, so the driver chooses the region and the endpoint.
    Unspecified,
    /// A region of AWS.
    Region(String),
    /// URL of an endpoint.
    Endpoint(String),
}

impl DatabaseUrl {
    pub(super) fn parse(url: &str) -> Result<Self, SettingsError> {
        // Errors show no secrets, which may be anywhere but in the scheme, the host and the port.
        let redacted = || redacted_url(url);
        let invalid = |reason: String| SettingsError::Url { url: redacted(), reason };
        let unknown_scheme = || SettingsError::Scheme { url: redacted(), nearest: nearest(url) };
        let (scheme_name, rest) = url.split_once("://").ok_or_else(unknown_scheme)?;
        let scheme = match scheme_name {
            "memory" => DriverScheme::Memory,
            "dynamodb" | "http" | "https" => DriverScheme::DynamoDb,
            "rusoto" => DriverScheme::Rusoto,
            _ => return Err(unknown_scheme()),
        };
        if rest.contains('@') {
            return Err(invalid(
                "credentials are not allowed in a URL; set DJAMODB_ACCESS_KEY_ID and DJAMODB_SECRET_ACCESS_KEY, \
                or call `SettingsBuilder::credentials`"
                    .to_owned(),
            ));
        }
        if matches!(scheme_name, "http" | "https") {
            return match rest.trim_end_matches('/') {
                host if host.is_empty() || host.contains(['/', '?', '#']) => Err(invalid(format!(
                    "write an endpoint as `{scheme_name}://` with a host and a port, and end it there"
                ))),
                host => Ok(Self { scheme, location: Location::Endpoint(format!("{scheme_name}://{host}")) }),
            };
        }
        let (location, query) = rest.split_once('?').unwrap_or((rest, ""));
        let location = location.trim_end_matches('/');
        let mut tls = false;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match (&*name, &*value) {
                ("tls", "true") => tls = true,
                ("tls", "false") => tls = false,
                ("tls", _) => return Err(invalid("`tls` must be true or false".to_owned())),
                _ => return Err(invalid("unknown option; the only option is `tls`".to_owned())),
            }
        }
        let location = match scheme {
            DriverScheme::Memory if location.is_empty() && query.is_empty() => Location::InProcess,
            DriverScheme::Memory => return Err(invalid("end the URL after `memory://`".to_owned())),
            _ if location.is_empty() => Location::Unspecified,
            _ if location.contains('/') => {
                return Err(invalid("a path is not supported; end the URL after the host".to_owned()));
            }
            _ if is_host(location) => {
                Location::Endpoint(format!("{}://{location}", if tls { "https" } else { "http" }))
            }
            _ if region::is_plausible(location) => Location::Region(location.to_owned()),
            _ => {
                let nearest = match region::nearest(location) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "write a region as `us-east-1`".to_owned(),
                };
                return Err(invalid(format!(
                    "`{location}` is not a region of AWS; {nearest} (name a host with its port, as in \
                    `{scheme_name}://{location}:8000`)"
                )));
            }
        };
        Ok(Self { scheme, location })
    }
}

fn is_host(location: &str) -> bool {
    location.contains([':', '.', '[']) || location == "localhost"
}

/// Returns the most similar URL with a supported scheme, or `None` if the text is not similar to any.
fn nearest(url: &str) -> Option<String> {
    const SCHEMES: [&str; 5] = ["memory", "dynamodb", "rusoto", "http", "https"];
    // Other names for the same services, which are not similar as texts.
    const OTHER_NAMES: [(&str, &str); 6] = [
        ("aws", "dynamodb"),
        ("ddb", "dynamodb"),
        ("dynamo", "dynamodb"),
        ("mem", "memory"),
        ("inmemory", "memory"),
        ("test", "memory"),
    ];
    // Only a scheme, a host and a port are no secrets.
    if url.contains(['@', '?', '#']) {
        return None;
    }
    let (scheme, location) = match url.split_once("://").or_else(|| url.split_once(":/")) {
        Some(parts) => parts,
        None if url.trim_end_matches(':') == "memory" => ("memory", ""),
        // The scheme was left out.
        None if is_host(url) && !url.ends_with(':') || region::is_plausible(url) => ("dynamodb", url),
        None => (url.trim_end_matches(':'), ""),
    };
    if location.trim_matches('/').contains('/') {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    let other_name = OTHER_NAMES.iter().find(|(name, _)| *name == scheme).map(|(_, scheme)| *scheme);
    let similar = || {
        SCHEMES
            .into_iter()
            .map(|name| (strsim::jaro_winkler(name, &scheme), name))
            .filter(|(similarity, _)| *similarity > 0.8)
            .max_by(|(left, _), (right, _)| left.total_cmp(right))
            .map(|(_, name)| name)
    };
    let scheme = other_name.or_else(similar)?;
    Some(if scheme == "memory" { "memory://".to_owned() } else { format!("{scheme}://{location}") })
}
