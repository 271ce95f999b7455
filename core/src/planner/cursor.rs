//! Opaque page tokens for web applications: the text of a cursor.
//!
//! The content of a token is a version byte, a fingerprint of the queryset (8 bytes), the attributes of the key
//! (`cursor/key_attributes.rs`), and, if the database has a secret, 16 bytes of a signature over all of it.

mod key_attributes;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::filter_placement::condition;
use super::fold::check_conjuncts;
use super::{LastEvaluatedKey, PageTokenError, PlanError, Request};
use crate::expression::{Placeholders, Renderer};
use crate::value::{Item, Name};

/// Maximum length of a cursor token in bytes. Longer tokens are rejected before they are decoded.
///
/// The longest keys of a table and of an index, with eight attributes in the key of the index, are 19 KB with the names of their
/// attributes, which are 25 KB as text.
pub const CURSOR_BYTES_MAX: usize = 32 * 1024;

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

/// The queryset and the database that tokens belong to.
#[derive(Clone, Copy)]
pub(crate) struct CursorScope<'a> {
    pub(crate) request: &'a Request,
    /// The table that is read, with its prefix.
    pub(crate) table: &'a Name,
    /// The index that is read; `None` for the table.
    pub(crate) index: Option<&'a Name>,
    pub(crate) signer: Option<&'a dyn CursorSigner>,
}

impl CursorScope<'_> {
    /// Returns the token of `key`: URL-safe text that only a scope with the same fingerprint accepts.
    pub(crate) fn encode(self, key: &LastEvaluatedKey) -> String {
        let mut content = vec![if self.signer.is_some() { SIGNED } else { UNSIGNED }];
        content.extend(self.fingerprint());
        key_attributes::write(key.as_item(), &mut content);
        if let Some(signer) = self.signer {
            let tag = signer.sign(&content);
            content.extend(&tag[..TAG_BYTES]);
        }
        URL_SAFE_NO_PAD.encode(content)
    }

    /// Returns the key in a token that [`encode`](Self::encode) made in an equal scope.
    pub(crate) fn decode(self, token: &str) -> Result<LastEvaluatedKey, PlanError> {
        check_conjuncts(&self.request.filter.conjuncts(), self.request.schema.model)?;
        self.decode_key(token).map_err(|reason| PlanError::Token { model: self.request.schema.model, reason })
    }

    fn decode_key(self, token: &str) -> Result<LastEvaluatedKey, PageTokenError> {
        if token.len() > CURSOR_BYTES_MAX {
            return Err(PageTokenError::TooLong);
        }
        let content = URL_SAFE_NO_PAD.decode(token).map_err(|_| PageTokenError::Encoding)?;
        let content = match (content.first(), self.signer) {
            (Some(&UNSIGNED), None) => content.as_slice(),
            (Some(&SIGNED), Some(signer)) => verified(&content, signer).ok_or(PageTokenError::Signature)?,
            (Some(&SIGNED), None) => return Err(PageTokenError::NoSecret),
            (Some(&UNSIGNED), Some(_)) => return Err(PageTokenError::Unsigned),
            _ => return Err(PageTokenError::Version),
        };
        let (fingerprint, key) = content
            .get(1..)
            .and_then(|rest| rest.split_at_checked(FINGERPRINT_BYTES))
            .ok_or(PageTokenError::Incomplete)?;
        if fingerprint != self.fingerprint() {
            return Err(PageTokenError::OtherQueryset);
        }
        let key: Item = key_attributes::read(key).ok_or(PageTokenError::Key)?;
        Ok(key.into())
    }

    /// Returns a hash of everything that determines the items of the pages and their order. The limit and the attributes that are
    /// read are no part of it.
    ///
    /// With a secret, the hash is keyed, so that no lookups can be made up whose hash equals that of others.
    fn fingerprint(self) -> [u8; FINGERPRINT_BYTES] {
        let request = self.request;
        let hash_key = request.hash_key.as_ref().and_then(|key| key.as_deref().ok());
        let order = request.order.as_ref().map(|order| (order.path.to_string(), order.descending));
        let mut renderer = Renderer::new();
        let filter = renderer.condition(&condition(&request.filter.to_filter()));
        let Placeholders { names, values } = renderer.finish();
        let options = serde_json::to_vec(&(
            request.schema.model,
            self.table,
            self.index,
            &request.index.name,
            hash_key,
            (filter, names, values),
            (order, request.forward),
            request.scan,
        ));
        // DynamoDB's values always serialise. The fallback is longer, and as different for different requests.
        let options = options.unwrap_or_else(|_| format!("{} {:?} {request:?}", self.table, self.index).into_bytes());
        match self.signer {
            Some(signer) => {
                let hash = signer.sign(&options);
                std::array::from_fn(|at| hash[at])
            }
            None => fnv(&options).to_be_bytes(),
        }
    }
}

/// Returns the content of a signed token without its signature, or `None` if the signature is wrong. All bytes are compared
/// either way, so that the time does not depend on the position of the first wrong byte.
fn verified<'a>(content: &'a [u8], signer: &dyn CursorSigner) -> Option<&'a [u8]> {
    let (content, tag) = content.split_at_checked(content.len().checked_sub(TAG_BYTES)?)?;
    let expected = signer.sign(content);
    let differs = expected.iter().zip(tag).fold(0, |differs, (one, other)| differs | (one ^ other));
    (differs == 0).then_some(content)
}

/// Returns the FNV-1a hash, which is the same in every process and release.
fn fnv(bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}
