//! Calls that accept a condition before they are awaited.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Database;
use super::call_span::CallSpan;
use crate::driver::BoxFuture;
use crate::error::Error;
use crate::model::{Filter, Model, Q};

/// A call of a method on a model. It is carried out when it is awaited, under a [condition](Self::condition) if one is set.
#[must_use = "the call is not carried out until it is awaited"]
pub struct Call<'a, M, T> {
    state: CallState<'a, T>,
    marker: PhantomData<fn() -> M>,
}

/// The options of a call.
#[derive(Debug, Default)]
pub(super) struct CallOptions {
    pub(super) condition: Option<Filter>,
    /// `true` if the error of a failed condition has the stored item.
    pub(super) returns_old_item: bool,
}

enum CallState<'a, T> {
    Ready { options: CallOptions, start: StartCall<'a, T> },
    Running(BoxFuture<'a, Result<T, Error>>),
    Done,
}

type StartCall<'a, T> = Box<dyn FnOnce(CallOptions) -> BoxFuture<'a, Result<T, Error>> + Send + 'a>;

impl<'a, M: Model, T: 'a> Call<'a, M, T> {
    /// Creates a call of `method` that runs `start` with the options when it is first polled.
    pub(super) fn new<F: Future<Output = Result<T, Error>> + Send + 'a>(
        db: &'a Database,
        method: &'static str,
        start: impl FnOnce(CallOptions) -> F + Send + 'a,
    ) -> Self {
        let start: StartCall<'a, T> =
            Box::new(move |options| Box::pin(CallSpan::of_model::<M>(db, method).run(start(options))));
        Self { state: CallState::Ready { options: CallOptions::default(), start }, marker: PhantomData }
    }
}

impl<'a, M, T: 'a> Call<'a, M, T> {
    /// Creates a call that awaits another one, whose span it shares.
    pub(super) fn around<F: Future<Output = Result<T, Error>> + Send + 'a>(
        start: impl FnOnce(CallOptions) -> F + Send + 'a,
    ) -> Self {
        let start: StartCall<'a, T> = Box::new(move |options| Box::pin(start(options)));
        Self { state: CallState::Ready { options: CallOptions::default(), start }, marker: PhantomData }
    }
}

impl<M, T> Call<'_, M, T> {
    /// Replaces the options.
    pub(super) fn with_options(mut self, replacement: CallOptions) -> Self {
        if let CallState::Ready { options, .. } = &mut self.state {
            *options = replacement;
        }
        self
    }

    /// Carries out the call only if the item in the table satisfies `condition`. Several conditions must all hold.
    ///
    /// If the item does not satisfy it, the call ends with [`Error::ConditionFailed`].
    pub fn condition(mut self, condition: Q<M>) -> Self {
        if let CallState::Ready { options, .. } = &mut self.state {
            options.condition = Some(condition.into_filter().after(options.condition.take()));
        }
        self
    }

    /// Requests the stored item in the error if the condition does not hold; [`Error::old_item`] decodes it. A write consumes no further
    /// units for it.
    ///
    /// ```
    /// # use djamodb::prelude::*;
    /// # use djamodb_example_models::{City, city_database};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = city_database().await?;
    /// City::new("Seattle", 5).create(&db).await?;
    /// let mut seattle = City::new("Seattle", 3);
    /// let error = seattle.save(&db).condition(City::VISITS.lt(3)).returning_old_item().await.unwrap_err();
    /// assert_eq!(error.old_item::<City>()?.map(|stored| stored.visits), Some(5));
    /// # Ok(())
    /// # }
    /// ```
    pub fn returning_old_item(mut self) -> Self {
        if let CallState::Ready { options, .. } = &mut self.state {
            options.returns_old_item = true;
        }
        self
    }
}

impl<M, T> Future for Call<'_, M, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match std::mem::replace(&mut self.state, CallState::Done) {
                CallState::Ready { options, start } => self.state = CallState::Running(start(options)),
                CallState::Running(mut future) => {
                    let poll = future.as_mut().poll(context);
                    if poll.is_pending() {
                        self.state = CallState::Running(future);
                    }
                    return poll;
                }
                // Futures must not be polled after they are ready. Pending is the answer that cannot panic.
                CallState::Done => return Poll::Pending,
            }
        }
    }
}

impl<M, T> fmt::Debug for Call<'_, M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
