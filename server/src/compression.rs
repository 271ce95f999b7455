//! Compressed bodies.

use std::io::{Read as _, Write as _};

use bytes::Bytes;
use flate2::Compression;
use flate2::read::{GzDecoder, ZlibDecoder};
use flate2::write::{GzEncoder, ZlibEncoder};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use http::{HeaderMap, HeaderValue, Response};
use thiserror::Error;

/// Size from which a response is compressed, if the client accepts it. Smaller ones would not be smaller by much.
const COMPRESSED_BYTES_MIN: usize = 1_024;

/// The reason for which the body of a request cannot be read.
#[derive(Debug, Error)]
pub(crate) enum BodyError {
    #[error("the Content-Encoding `{0}` is not supported; use gzip, deflate or identity")]
    Encoding(String),
    #[error("the compressed body is invalid: {0}")]
    Invalid(std::io::Error),
    #[error("the body has more than {0} bytes")]
    TooLarge(usize),
}

/// Returns the body of a request without compression, of at most `bytes_max` bytes.
pub(crate) fn decompressed(headers: &HeaderMap, body: Bytes, bytes_max: usize) -> Result<Bytes, BodyError> {
    let Some(encoding) = headers.get(CONTENT_ENCODING) else { return Ok(body) };
    let mut decompressed = Vec::new();
    // One byte more than is allowed, which shows that there are more.
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX).saturating_add(1);
    let read = match encoding.as_bytes() {
        b"gzip" => GzDecoder::new(&*body).take(limit).read_to_end(&mut decompressed),
        b"deflate" => ZlibDecoder::new(&*body).take(limit).read_to_end(&mut decompressed),
        b"identity" | b"" => return Ok(body),
        other => return Err(BodyError::Encoding(String::from_utf8_lossy(other).into_owned())),
    };
    read.map_err(BodyError::Invalid)?;
    if decompressed.len() > bytes_max {
        return Err(BodyError::TooLarge(bytes_max));
    }
    Ok(decompressed.into())
}

/// Compresses a large response, if the client accepts it. The checksum of the service stays that of the body without compression.
pub(crate) fn compress(request: &HeaderMap, response: &mut Response<Bytes>) {
    if response.body().len() < COMPRESSED_BYTES_MIN {
        return;
    }
    let accepted = request.get(ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    let accepts = |name: &str| {
        let mut parts = accepted.split(',').map(str::trim);
        parts.any(|part| {
            let (coding, quality) = part.split_once(';').unwrap_or((part, ""));
            coding.trim().eq_ignore_ascii_case(name) && quality.trim() != "q=0"
        })
    };
    let (encoding, compressed) = if accepts("gzip") {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        ("gzip", encoder.write_all(response.body()).and_then(|()| encoder.finish()))
    } else if accepts("deflate") {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        ("deflate", encoder.write_all(response.body()).and_then(|()| encoder.finish()))
    } else {
        return;
    };
    if let Ok(compressed) = compressed {
        *response.body_mut() = compressed.into();
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: http::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn a_compressed_response_is_read_as_a_compressed_request() {
        let text = Bytes::from("abc".repeat(1_000));
        for encoding in ["gzip", "deflate"] {
            let mut response = Response::new(text.clone());
            compress(&headers(ACCEPT_ENCODING, &format!("br, {encoding};q=0.5")), &mut response);
            assert_eq!(response.headers()[CONTENT_ENCODING], encoding);
            assert!(response.body().len() < 100);
            let body = response.body().clone();
            let read = decompressed(&headers(CONTENT_ENCODING, encoding), body.clone(), text.len()).unwrap();
            assert_eq!(read, text);
            let refused = decompressed(&headers(CONTENT_ENCODING, encoding), body, text.len() - 1).unwrap_err();
            assert!(matches!(refused, BodyError::TooLarge(_)), "{refused}");
        }
    }

    #[test]
    fn small_and_refused_responses_stay_as_they_are() {
        for (accepted, body) in [("gzip", "abc".to_owned()), ("br, gzip;q=0", "abc".repeat(1_000))] {
            let mut response = Response::new(Bytes::from(body.clone()));
            compress(&headers(ACCEPT_ENCODING, accepted), &mut response);
            assert_eq!(*response.body(), body);
        }
    }

    #[test]
    fn unknown_and_broken_encodings_are_errors() {
        let read = |encoding: &str| decompressed(&headers(CONTENT_ENCODING, encoding), Bytes::from_static(b"abc"), 10);
        assert!(read("br").unwrap_err().to_string().contains("`br` is not supported"));
        assert!(read("gzip").unwrap_err().to_string().contains("invalid"));
        assert_eq!(read("identity").unwrap(), "abc");
    }
}
