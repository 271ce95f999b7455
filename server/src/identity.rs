//! The signer of a request.

use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The access key and the region in the signature of a request, which is not checked.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Identity {
    /// Access key.
    pub access_key: String,
    /// Region.
    pub region: String,
}

impl Identity {
    /// Returns the signer of a request. A signature without a credential scope has empty parts.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let authorization = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // Credential=AKID/20260101/us-east-1/dynamodb/aws4_request
        let scope = authorization.split_once("Credential=").map_or("", |(_, scope)| scope);
        let mut parts = scope.split([',', ' ']).next().unwrap_or_default().split('/');
        let access_key = parts.next().unwrap_or_default().to_owned();
        let region = parts.nth(1).unwrap_or_default().to_owned();
        Self { access_key, region }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scope_of_a_signature_has_the_key_and_the_region() {
        let identity = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, value.parse().unwrap());
            Identity::of(&headers)
        };
        let signed =
            identity("AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host");
        assert_eq!(signed, Identity { access_key: "KEY".into(), region: "eu-west-1".into() });
        assert_eq!(identity("Bearer x"), Identity::default());
        assert_eq!(Identity::of(&HeaderMap::new()), Identity::default());
    }
}
