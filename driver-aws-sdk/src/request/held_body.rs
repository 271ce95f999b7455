//! Bodies that the driver parses itself.
//!
//! The SDK parses an item into a hash map whose keys and numbers are texts of their own, and the driver converts each of them. This
//! takes more time than everything else that a read of many items does. The driver thus keeps the body of such a response and leaves
//! an empty object to the SDK, which still handles everything else: status, headers, errors, retries.

use std::cell::RefCell;

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::BodyExt as _;

/// Body of a successful response that is left to the SDK.
const EMPTY_OBJECT: Bytes = Bytes::from_static(b"{}");

/// The body of the response to the last attempt, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct HeldBody(RefCell<Vec<u8>>);

impl HeldBody {
    /// Forgets the body of the attempt before.
    pub(super) fn reset(&self) {
        self.0.borrow_mut().clear();
    }

    /// Passes the parts of `body` to `keep` when it is read. The SDK reads an empty object instead.
    pub(super) fn hold(body: &mut SdkBody, keep: fn(&[u8])) {
        let unread = std::mem::replace(body, SdkBody::taken());
        let mut rest = EMPTY_OBJECT;
        let held = unread.map_frame(move |frame| {
            frame.map_data(|data| {
                keep(&data);
                std::mem::take(&mut rest)
            })
        });
        *body = SdkBody::from_body_1_x(held);
    }

    /// Adds a part of the body.
    pub(super) fn push(&self, data: &[u8]) {
        self.0.borrow_mut().extend_from_slice(data);
    }

    /// Returns the result of `read` on the body.
    pub(super) fn read<R>(&self, read: impl FnOnce(&[u8]) -> R) -> R {
        read(&self.0.borrow())
    }
}
