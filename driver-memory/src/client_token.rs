//! Client request tokens, which make `TransactWriteItems` idempotent for ten minutes.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use djamodb_core::plan::TransactWriteItem;
use parking_lot::Mutex;

use crate::error::Error;

/// Time for which the token of a committed transaction is kept.
const TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// The client request tokens in use.
#[derive(Default, Debug)]
pub(crate) struct TokenRegistry(Mutex<TokenStates>);

#[derive(Default, Debug)]
struct TokenStates {
    by_token: HashMap<String, TokenState>,
    /// Tokens of committed transactions with the time of the commit, oldest first.
    committed: VecDeque<(DateTime<Utc>, String)>,
}

#[derive(Clone, Debug)]
enum TokenState {
    InProgress,
    Committed { actions: Vec<TransactWriteItem>, item_bytes: Vec<usize> },
}

/// The result of presenting a token.
#[derive(Debug)]
pub(crate) enum Acquisition<'a> {
    /// The token is new. It is held until the guard is dropped.
    Acquired(TokenGuard<'a>),
    /// The same transaction was committed with this token before.
    Replayed {
        /// Sizes of the items in bytes, in the order of the actions, by which the transaction was charged.
        item_bytes: Vec<usize>,
    },
}

/// A token whose transaction is in progress. Dropping it without [`commit`](Self::commit) releases the token.
#[derive(Debug)]
pub(crate) struct TokenGuard<'a> {
    tokens: &'a TokenRegistry,
    token: &'a str,
}

impl TokenRegistry {
    /// Returns the tokens of committed transactions.
    pub(crate) fn copy(&self) -> Self {
        let states = self.0.lock();
        let is_committed = |state: &TokenState| matches!(state, TokenState::Committed { .. });
        let by_token = states.by_token.iter().filter(|(_, state)| is_committed(state));
        let by_token = by_token.map(|(token, state)| (token.clone(), state.clone())).collect();
        Self(Mutex::new(TokenStates { by_token, committed: states.committed.clone() }))
    }

    /// Replaces all tokens by those of `other`, which has none then.
    pub(crate) fn replace(&self, other: &Self) {
        *self.0.lock() = std::mem::take(&mut *other.0.lock());
    }

    /// Acquires a token for a transaction of `actions`.
    ///
    /// # Errors
    ///
    /// [`Error::TransactionInProgress`] while another request holds the token, [`Error::IdempotentParameterMismatch`] if
    /// a transaction of other actions was committed with it.
    pub(crate) fn acquire<'a>(
        &'a self,
        token: &'a str,
        actions: &[TransactWriteItem],
        now: DateTime<Utc>,
    ) -> Result<Acquisition<'a>, Error> {
        let mut states = self.0.lock();
        states.drop_expired(now);
        match states.by_token.get(token) {
            None => {
                states.by_token.insert(token.to_owned(), TokenState::InProgress);
                Ok(Acquisition::Acquired(TokenGuard { tokens: self, token }))
            }
            Some(TokenState::InProgress) => Err(Error::TransactionInProgress),
            Some(TokenState::Committed { actions: committed, item_bytes }) if committed == actions => {
                Ok(Acquisition::Replayed { item_bytes: item_bytes.clone() })
            }
            Some(TokenState::Committed { .. }) => Err(Error::IdempotentParameterMismatch),
        }
    }
}

impl TokenGuard<'_> {
    /// Keeps the token, since its transaction has been committed, with the sizes of the items by which it was charged.
    pub(crate) fn commit(self, actions: &[TransactWriteItem], item_bytes: Vec<usize>, now: DateTime<Utc>) {
        let committed = TokenState::Committed { actions: actions.to_vec(), item_bytes };
        let mut states = self.tokens.0.lock();
        states.by_token.insert(self.token.to_owned(), committed);
        states.committed.push_back((now, self.token.to_owned()));
    }
}

impl Drop for TokenGuard<'_> {
    fn drop(&mut self) {
        let mut states = self.tokens.0.lock();
        if matches!(states.by_token.get(self.token), Some(TokenState::InProgress)) {
            states.by_token.remove(self.token);
        }
    }
}

impl TokenStates {
    fn drop_expired(&mut self, now: DateTime<Utc>) {
        while self.committed.front().is_some_and(|(at, _)| now - *at >= TOKEN_LIFETIME) {
            if let Some((_, token)) = self.committed.pop_front() {
                self.by_token.remove(&token);
            }
        }
    }
}
