//! Base64 in requests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::{DecodeError, DecodeSliceError};
use bytes::Bytes;

/// Decodes base64.
///
/// # Errors
///
/// Returns the service's message.
pub(super) fn decode(text: &str) -> Result<Bytes, String> {
    if !text.len().is_multiple_of(4) {
        let length = text.len();
        return Err(format!("Base64 encoded length is expected a multiple of 4 bytes but found: {length}"));
    }
    let mut bytes = vec![0; text.len() / 4 * 3];
    match STANDARD.decode_slice(text, &mut bytes) {
        Ok(length) => {
            bytes.truncate(length);
            Ok(bytes.into())
        }
        Err(DecodeSliceError::DecodeError(DecodeError::InvalidByte(_, byte))) if byte != b'=' => {
            Err(format!("Invalid Base64 character: '{}'", char::from(byte)))
        }
        // The spelling is the service's.
        Err(_) => Err("Invalid last non-pad Base64 character dectected".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_and_refuses_as_the_service_does() {
        assert_eq!(decode("").unwrap(), Bytes::new());
        assert_eq!(decode("aGk=").unwrap(), Bytes::from_static(b"hi"));
        assert_eq!(decode("/+8=").unwrap(), Bytes::from_static(b"\xff\xef"));
        assert!(decode("23456").unwrap_err().contains("multiple of 4 bytes but found: 5"));
        for text in ["=+/=", "+/+="] {
            assert_eq!(decode(text).unwrap_err(), "Invalid last non-pad Base64 character dectected", "{text}");
        }
    }
}
