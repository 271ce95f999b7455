//! An error and what caused it.

use std::error::Error;

/// An error, its cause, the cause of that, and so on.
pub(crate) fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The first `T` of what caused an error.
pub(crate) fn cause_of_type<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(<dyn Error>::downcast_ref)
}

/// Whether a `T` is part of what caused an error.
pub(crate) fn caused_by<T: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    cause_of_type::<T>(error).is_some()
}
