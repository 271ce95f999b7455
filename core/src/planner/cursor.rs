//! Page tokens for whoever should not see, or change, what is in them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::filter_placement::condition;
use super::{LastEvaluatedKey, PlanError, Request};
use crate::value::Item;

/// The longest token that is looked at, in bytes. Keys of a table and an index have 6 KB at most; this is what they take as text.
pub const CURSOR_BYTES_MAX: usize = 16 * 1024;

const UNSIGNED: u8 = 1;
const SIGNED: u8 = 2;
const FINGERPRINT_BYTES: usize = 8;
/// How much of the signature a token carries: 128 bits.
const TAG_BYTES: usize = 16;

/// What signs tokens.
pub(crate) trait CursorSigner: Send + Sync {
    /// The signature of a token's content, of which the first 16 bytes are used.
    fn sign(&self, content: &[u8]) -> [u8; 32];
}

/// A key as an opaque token of this request: URL-safe text that no other request takes.
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

/// The key that a token of this request holds.
pub(crate) fn decode(
    request: &Request,
    token: &str,
    signer: Option<&dyn CursorSigner>,
) -> Result<LastEvaluatedKey, PlanError> {
    let refused = |reason: &str| PlanError::Token { model: request.schema.model, reason: reason.to_owned() };
    if token.len() > CURSOR_BYTES_MAX {
        return Err(refused("it is longer than any token"));
    }
    let content = URL_SAFE_NO_PAD.decode(token).map_err(|_| refused("it is no token: not in URL-safe base64"))?;
    let content = match (content.first(), signer) {
        (Some(&UNSIGNED), None) => content.as_slice(),
        (Some(&SIGNED), Some(signer)) => verified(&content, signer)
            .ok_or_else(|| refused("its signature is not that of this database: it was changed, or made elsewhere"))?,
        (Some(&SIGNED), None) => return Err(refused("it is signed, and this database has no secret to check it with")),
        (Some(&UNSIGNED), Some(_)) => return Err(refused("it is not signed, and this database signs its tokens")),
        _ => return Err(refused("it is no token of this version")),
    };
    let (fingerprint_of_token, key) = content
        .get(1..)
        .and_then(|rest| rest.split_at_checked(FINGERPRINT_BYTES))
        .ok_or_else(|| refused("it is cut off"))?;
    if fingerprint_of_token != fingerprint(request) {
        return Err(refused("it was made by another queryset, or this one with other lookups or another order"));
    }
    let key: Item = serde_json::from_slice(key).map_err(|_| refused("its key cannot be read"))?;
    Ok(key.into())
}

/// The content of a signed token without its signature, if that is right. Every byte is compared, right or wrong, so that the
/// time tells nothing.
fn verified<'a>(content: &'a [u8], signer: &dyn CursorSigner) -> Option<&'a [u8]> {
    let (content, tag) = content.split_at_checked(content.len().checked_sub(TAG_BYTES)?)?;
    let expected = signer.sign(content);
    let differs = expected.iter().zip(tag).fold(0, |differs, (one, other)| differs | (one ^ other));
    (differs == 0).then_some(content)
}

/// What tells a request from others: what is read, by which lookups, in which order. How much at a time does not matter.
fn fingerprint(request: &Request) -> [u8; FINGERPRINT_BYTES] {
    let hash_key = request.hash_key.as_ref().and_then(|key| key.as_ref().ok());
    let told = serde_json::to_vec(&(
        request.schema.model,
        &request.schema.table.name,
        request.index.label(),
        hash_key,
        condition(&request.filter),
        request.order.as_ref().map(|order| (order.path.to_string(), order.descending)),
        request.scan,
    ));
    // Values of DynamoDB are always JSON; if they were not, two requests would only look the same.
    fnv(&told.unwrap_or_default()).to_be_bytes()
}

/// FNV-1a: the same in every process and release.
fn fnv(bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}
