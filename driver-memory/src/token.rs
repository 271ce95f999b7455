//! The tokens of transactions: for ten minutes, a request that comes again is known.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::plan::TransactWriteItem;
use parking_lot::Mutex;

use crate::error::Error;

/// How long a token is remembered.
const REMEMBERED: TimeDelta = TimeDelta::minutes(10);

#[derive(Default, Debug)]
pub(crate) struct Tokens(Mutex<Known>);

#[derive(Default, Debug)]
struct Known {
    by_token: HashMap<String, State>,
    /// When each of those that are done was done, the first first.
    done: VecDeque<(DateTime<Utc>, String)>,
}

#[derive(Debug)]
enum State {
    InProgress,
    Done(Vec<TransactWriteItem>),
}

/// What a token says of a request.
#[derive(Debug)]
pub(crate) enum Request<'a> {
    /// It is new, and its token taken until this is dropped.
    New(Taken<'a>),
    /// It was carried out before.
    Again,
}

/// A token whose transaction is being carried out. Dropped without [`done`](Self::done), it is forgotten: the transaction
/// did not happen.
#[derive(Debug)]
pub(crate) struct Taken<'a> {
    tokens: &'a Tokens,
    token: &'a str,
}

impl Tokens {
    /// Looks a request up by its token, and takes the token where it is new.
    pub(crate) fn begin<'a>(
        &'a self,
        token: &'a str,
        request: &[TransactWriteItem],
        now: DateTime<Utc>,
    ) -> Result<Request<'a>, Error> {
        let mut known = self.0.lock();
        known.forget(now);
        match known.by_token.get(token) {
            None => {
                known.by_token.insert(token.to_owned(), State::InProgress);
                Ok(Request::New(Taken { tokens: self, token }))
            }
            Some(State::InProgress) => Err(Error::TransactionInProgress),
            Some(State::Done(done)) if done == request => Ok(Request::Again),
            Some(State::Done(_)) => Err(Error::IdempotentParameterMismatch),
        }
    }
}

impl Taken<'_> {
    /// The transaction was carried out.
    pub(crate) fn done(self, request: &[TransactWriteItem], now: DateTime<Utc>) {
        let mut known = self.tokens.0.lock();
        known.by_token.insert(self.token.to_owned(), State::Done(request.to_vec()));
        known.done.push_back((now, self.token.to_owned()));
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut known = self.tokens.0.lock();
        if matches!(known.by_token.get(self.token), Some(State::InProgress)) {
            known.by_token.remove(self.token);
        }
    }
}

impl Known {
    fn forget(&mut self, now: DateTime<Utc>) {
        while let Some((_, token)) = self.done.pop_front_if(|(at, _)| now - *at >= REMEMBERED) {
            self.by_token.remove(&token);
        }
    }
}
