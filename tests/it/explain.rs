//! The plans of the quickstart, and of what it does not show.
