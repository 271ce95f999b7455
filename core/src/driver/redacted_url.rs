//! URLs without their secrets.

/// Returns a URL for messages and `Debug` output: its scheme, host and port. The rest may be secret and is replaced by `…`: user name
/// and password, path, query and fragment.
///
/// ```
/// use djamodb_core::driver::redacted_url;
///
/// assert_eq!(redacted_url("http://localhost:8000"), "http://localhost:8000");
/// assert_eq!(redacted_url("http://user:password@localhost:8000/path?key=1"), "http://…@localhost:8000/…");
/// ```
pub fn redacted_url(url: &str) -> String {
    let (scheme, rest) = url.find("://").map_or(("", url), |at| url.split_at(at + "://".len()));
    let (authority, path) = rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
    let (user, host) = match authority.rsplit_once('@') {
        Some((_, host)) => ("…@", host),
        // A password may contain the characters that end a host, so this may not be the host.
        None if path.contains('@') => return format!("{scheme}…"),
        None => ("", authority),
    };
    let path = match path {
        "" => "",
        "/" => "/",
        _ => "/…",
    };
    format!("{scheme}{user}{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scheme_host_and_port_are_shown() {
        for (url, shown) in [
            ("dynamodb://us-east-1", "dynamodb://us-east-1"),
            ("http://[::1]:8000/", "http://[::1]:8000/"),
            ("localhost:8000", "localhost:8000"),
            ("", ""),
            ("http://hidden@host", "http://…@host"),
            ("http://hid:den@host:1/hidden?hidden#hidden", "http://…@host:1/…"),
            ("http://hid:d/e?n@host", "http://…"),
            ("http://host?hidden", "http://host/…"),
            ("http://host/p?mail=a@hidden", "http://…"),
            ("postgres:hid:den@host/x", "…@host/…"),
        ] {
            assert_eq!(redacted_url(url), shown, "{url}");
        }
    }
}
