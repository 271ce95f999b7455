//! Calls that may be given a condition before they are awaited.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::driver::BoxFuture;
use crate::error::Error;
use crate::model::{Filter, Q};

/// A call that is made when it is awaited, under a condition if one is given.
#[must_use = "nothing is done until this is awaited"]
pub struct Call<'a, M, T> {
    state: State<'a, T>,
    marker: std::marker::PhantomData<fn() -> M>,
}

enum State<'a, T> {
    Ready { filter: Option<Filter>, start: Start<'a, T> },
    Running(BoxFuture<'a, Result<T, Error>>),
    Ended,
}

type Start<'a, T> = Box<dyn FnOnce(Option<Filter>) -> BoxFuture<'a, Result<T, Error>> + Send + 'a>;

impl<'a, M, T> Call<'a, M, T> {
    pub(super) fn new<F: Future<Output = Result<T, Error>> + Send + 'a>(
        start: impl FnOnce(Option<Filter>) -> F + Send + 'a,
    ) -> Self {
        let start: Start<'a, T> = Box::new(|filter| Box::pin(start(filter)));
        Self { state: State::Ready { filter: None, start }, marker: std::marker::PhantomData }
    }

    /// Makes the call only if the item, as it is in the table, satisfies this; together with any condition given before.
    pub fn condition(mut self, condition: Q<M>) -> Self {
        if let State::Ready { filter, .. } = &mut self.state {
            let condition = condition.into_filter();
            *filter = Some(match filter.take() {
                None => condition,
                Some(filter) => filter.and(condition),
            });
        }
        self
    }
}

impl<M, T> Future for Call<'_, M, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ready { filter, start } => self.state = State::Running(start(filter)),
                State::Running(mut future) => {
                    let poll = future.as_mut().poll(context);
                    if poll.is_pending() {
                        self.state = State::Running(future);
                    }
                    return poll;
                }
                // Asked after its end, as no executor does: there is nothing more to say.
                State::Ended => return Poll::Pending,
            }
        }
    }
}

impl<M, T> fmt::Debug for Call<'_, M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
