//! Models that the queryset cases use.
