//! The queryset without state.

use super::CustomQuerySet;
use crate::model::{Index, Model};
use crate::queryset::QuerySet;

/// A [`QuerySet`] is a queryset without state, so that code can be generic over both.
impl<M: Model, R, I: Index<Model = M>> CustomQuerySet for QuerySet<M, R, I> {
    type Model = M;
    type Row = R;
    type Index = I;
    type Of<P, J: Index<Model = M>> = QuerySet<M, P, J>;

    fn inner(&self) -> &Self {
        self
    }

    fn with_inner(&self, queryset: Self) -> Self {
        queryset
    }

    fn with_inner_of<P, J: Index<Model = M>>(&self, queryset: QuerySet<M, P, J>) -> QuerySet<M, P, J> {
        queryset
    }
}
