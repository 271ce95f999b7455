//! The secret that signs page tokens.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::planner::CursorSigner;

const SECRET_BYTES_MIN: usize = 16;

/// Signs page tokens by HMAC with SHA-256.
pub(super) struct CursorSecret(Hmac<Sha256>);

impl CursorSecret {
    /// Creates a secret, or returns `None` if it has fewer than 16 bytes and could be guessed.
    pub(super) fn new(secret: &[u8]) -> Option<Self> {
        (secret.len() >= SECRET_BYTES_MIN).then(|| Hmac::new_from_slice(secret).ok().map(Self)).flatten()
    }
}

impl CursorSigner for CursorSecret {
    fn sign(&self, content: &[u8]) -> [u8; 32] {
        self.0.clone().chain_update(content).finalize().into_bytes().into()
    }
}
