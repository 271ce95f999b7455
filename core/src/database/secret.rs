//! The secret with which page tokens are signed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::planner::CursorSigner;

const SECRET_BYTES_MIN: usize = 16;

/// Signs by HMAC with SHA-256.
pub(super) struct Secret(Hmac<Sha256>);

impl Secret {
    /// A secret of 16 bytes or more; what is shorter could be guessed.
    pub(super) fn new(secret: &[u8]) -> Option<Self> {
        (secret.len() >= SECRET_BYTES_MIN).then(|| Hmac::new_from_slice(secret).ok().map(Self)).flatten()
    }
}

impl CursorSigner for Secret {
    fn sign(&self, content: &[u8]) -> [u8; 32] {
        self.0.clone().chain_update(content).finalize().into_bytes().into()
    }
}
