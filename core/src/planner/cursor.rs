//! Opaque page tokens for web applications: the text of a cursor.
//!
//! The content of a token is a version byte, a fingerprint of the request (8 bytes), the key as DynamoDB JSON, and, if the
//! database has a secret, 16 bytes of a signature over all of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::filter_placement::condition;
use super::fold::check_filter;
use super::{LastEvaluatedKey, PageTokenError, PlanError, Request};
use crate::value::Item;

/// Maximum length of a cursor token in bytes. Longer tokens are rejected before they are decoded.
///
/// The keys of a table and an index have at most 6 KB together, which are at most 16 KB as text.
pub const CURSOR_BYTES_MAX: usize = 16 * 1024;

const UNSIGNED: u8 = 1;
const SIGNED: u8 = 2;
const FINGERPRINT_BYTES: usize = 8;
/// Bytes of the signature in a token: 128 bits.
const TAG_BYTES: usize = 16;

/// Signs cursor tokens.
pub(crate) trait CursorSigner: Send + Sync {
    /// Returns the signature of a token's content. Its first 16 bytes are used.
    fn sign(&self, content: &[u8]) -> [u8; 32];
}

/// Returns the token of `key`: URL-safe text that only a request with the same fingerprint accepts.
pub(crate) fn encode(request: &Request, key: &LastEvaluatedKey, signer: Option<&dyn CursorSigner>) -> String {
    let mut content = vec![if signer.is_some() { SIGNED } else { UNSIGNED }];
    content.extend(fingerprint(request));
    content.extend(key.to_string().as_bytes());
    if let Some(signer) = signer {
        let tag = signer.sign(&content);
        content.extend(&tag[..TAG_BYTES]);
    }
    URL_SAFE_NO_PAD.encode(content)
}

/// Returns the key in a token that [`encode`] made for an equal request.
pub(crate) fn decode(
    request: &Request,
    token: &str,
    signer: Option<&dyn CursorSigner>,
) -> Result<LastEvaluatedKey, PlanError> {
    check_filter(&request.filter.to_filter(), request.schema.model)?;
    decode_key(request, token, signer).map_err(|reason| PlanError::Token { model: request.schema.model, reason })
}

fn decode_key(
    request: &Request,
    token: &str,
    signer: Option<&dyn CursorSigner>,
) -> Result<LastEvaluatedKey, PageTokenError> {
    if token.len() > CURSOR_BYTES_MAX {
        return Err(PageTokenError::TooLong);
    }
    let content = URL_SAFE_NO_PAD.decode(token).map_err(|_| PageTokenError::Encoding)?;
    let content = match (content.first(), signer) {
        (Some(&UNSIGNED), None) => content.as_slice(),
        (Some(&SIGNED), Some(signer)) => verified(&content, signer).ok_or(PageTokenError::Signature)?,
        (Some(&SIGNED), None) => return Err(PageTokenError::NoSecret),
        (Some(&UNSIGNED), Some(_)) => return Err(PageTokenError::Unsigned),
        _ => return Err(PageTokenError::Version),
    };
    let (fingerprint_of_token, key) =
        content.get(1..).and_then(|rest| rest.split_at_checked(FINGERPRINT_BYTES)).ok_or(PageTokenError::Incomplete)?;
    if fingerprint_of_token != fingerprint(request) {
        return Err(PageTokenError::OtherQueryset);
    }
    let key: Item = serde_json::from_slice(key).map_err(|_| PageTokenError::Key)?;
    Ok(key.into())
}

/// Returns the content of a signed token without its signature, or `None` if the signature is wrong. All bytes are compared
/// either way, so that the time does not depend on the position of the first wrong byte.
fn verified<'a>(content: &'a [u8], signer: &dyn CursorSigner) -> Option<&'a [u8]> {
    let (content, tag) = content.split_at_checked(content.len().checked_sub(TAG_BYTES)?)?;
    let expected = signer.sign(content);
    let differs = expected.iter().zip(tag).fold(0, |differs, (one, other)| differs | (one ^ other));
    (differs == 0).then_some(content)
}

/// Returns a hash of the options that determine the items of a request and their order. The limit is not one of them.
fn fingerprint(request: &Request) -> [u8; FINGERPRINT_BYTES] {
    let hash_key = request.hash_key.as_ref().and_then(|key| key.as_ref().ok());
    let options = serde_json::to_vec(&(
        request.schema.model,
        &request.schema.table.name,
        &request.index.name,
        hash_key,
        condition(&request.filter.to_filter()),
        request.order.as_ref().map(|order| (order.path.to_string(), order.descending)),
        request.scan,
    ));
    // Values and conditions of a checked filter always serialise. If they did not, the fingerprints of two requests would be equal by
    // mistake.
    fnv(&options.unwrap_or_default()).to_be_bytes()
}

/// Returns the FNV-1a hash, which is the same in every process and release.
fn fnv(bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}
