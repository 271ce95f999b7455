//! Identifiers of requests.

/// Length of an identifier, as in the service.
const LENGTH: usize = 52;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// Returns a random identifier in the form of the service's. `seed` is different for each request.
pub(crate) fn new(random: &mut fastrand::Rng) -> String {
    (0..LENGTH).map(|_| char::from(ALPHABET[random.usize(..ALPHABET.len())])).collect()
}
