//! The originator of a change.

use djamodb_core::plan::UserIdentity;

/// The originator of a change to an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Actor {
    /// A client's request.
    Client,
    /// The service itself, which deletes expired items.
    Service,
}

impl Actor {
    /// Returns the `userIdentity` of a stream record, which only changes by the service have.
    pub(crate) fn user_identity(self) -> Option<UserIdentity> {
        (self == Self::Service).then(UserIdentity::service)
    }
}
