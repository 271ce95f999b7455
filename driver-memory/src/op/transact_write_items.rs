//! `TransactWriteItems`: writes that happen all or not at all.

use djamodb_core::plan::{TransactWriteItem, TransactWriteItems, TransactWriteItemsOutput};
use djamodb_core::value::size::item_bytes;
use djamodb_core::value::{Item, Name};

use super::Answer;
use crate::capacity::{InTransaction, Spent, Units};
use crate::collection;
use crate::error::{Error, Invalid};
use crate::guard::Guard;
use crate::open::Open;
use crate::row::Row;
use crate::service::Service;
use crate::token::Request;
use crate::transaction::{self, Place, Writing, distinct, reason};
use crate::validate::{self, transact_write_items::subject};
use crate::write::Change;

pub(super) fn execute(service: &Service, plan: &TransactWriteItems) -> Result<Answer<TransactWriteItemsOutput>, Error> {
    validate::transact_write_items::request(plan)?;
    let actions = plan.transact_items.as_slice();
    let token = match &plan.client_request_token {
        None => None,
        Some(token) => match service.tokens.begin(token, actions, service.now())? {
            Request::New(token) => Some(token),
            Request::Again => return again(service, plan),
        },
    };
    let tables = transaction::tables(service, actions.iter().map(TransactWriteItem::table))?;
    let tables = Open::several(&tables, service.clock())?;
    let transaction = Transaction { tables: &tables, actions };
    let spent = transaction.execute()?;
    // Whoever sends it again from now on is told that it was done.
    if let Some(token) = token {
        token.done(actions, service.now());
    }

    let mut output = TransactWriteItemsOutput::default();
    if plan.return_item_collection_metrics {
        for table in &tables {
            let of_table = actions.iter().filter(|action| *action.table() == table.table.name).map(subject);
            output.item_collection_metrics.extend(collection::metrics_of_table(table, of_table));
        }
    }
    let told = tables.iter().zip(spent).filter_map(|(table, spent)| {
        spent.in_transaction().told(&table.layout, plan.return_consumed_capacity, Some(InTransaction::Write))
    });
    Ok(Answer::new(output, told.collect()))
}

/// What is answered to a request that was carried out before: it costs what reading the items costs.
fn again(service: &Service, plan: &TransactWriteItems) -> Result<Answer<TransactWriteItemsOutput>, Error> {
    let actions = plan.transact_items.as_slice();
    let tables = transaction::tables(service, actions.iter().map(TransactWriteItem::table))?;
    let tables = Open::several(&tables, service.clock())?;
    let mut consumed = Vec::new();
    for table in &tables {
        let mut spent = Spent::default();
        for action in actions.iter().filter(|action| *action.table() == table.table.name) {
            let row = table.key(subject(action)).ok().and_then(|key| table.row(&key));
            spent.table += Units::read(row.map_or(0, |row| row.bytes), true);
        }
        let returned = plan.return_consumed_capacity;
        consumed.extend(spent.in_transaction().told(&table.layout, returned, Some(InTransaction::Read)));
    }
    Ok(Answer::new(TransactWriteItemsOutput::default(), consumed))
}

/// A transaction whose tables are open.
struct Transaction<'a> {
    tables: &'a [Open<'a>],
    actions: &'a [TransactWriteItem],
}

impl Transaction<'_> {
    /// Makes all writes, or none; gives what was spent on each table.
    fn execute(&self) -> Result<Vec<Spent>, Error> {
        let places = self.places()?;
        let writing = Writing::lock(self.tables, places.iter().flatten());
        let mut spent: Vec<Spent> = self.tables.iter().map(|_| Spent::default()).collect();
        let mut reasons = Vec::with_capacity(self.actions.len());
        let mut changes = Vec::with_capacity(self.actions.len());
        for (place, action) in places.into_iter().zip(self.actions) {
            let decided = place.map_err(Error::from).and_then(|place| {
                let old = writing.row(&place);
                Ok((self.decide(&place, action, old)?, old.map_or(0, |row| row.bytes), place))
            });
            reasons.push(match decided {
                Ok((Some(change), _, place)) => {
                    changes.push((place, change));
                    None
                }
                Ok((None, bytes, place)) => {
                    spent[place.table].table += Units::read(bytes, true);
                    None
                }
                Err(error) => Some(reason(error)?),
            });
        }
        if reasons.iter().any(Option::is_some) {
            return Err(Error::TransactionCanceled(reasons));
        }
        writing.make(changes, |table, of_one| spent[table].add(&of_one));
        Ok(spent)
    }

    /// Where each action's item is, or why it cannot be anywhere.
    fn places(&self) -> Result<Vec<Result<Place, Invalid>>, Error> {
        let mut places = Vec::with_capacity(self.actions.len());
        for action in self.actions {
            let table = self.table_of(action.table());
            let open = &self.tables[table];
            let checked = validate::transact_write_items::against(action, open.schema());
            match checked.and_then(|()| open.key(subject(action))) {
                Err(invalid) if !invalid.cancels() => return Err(invalid.into()),
                key => places.push(key.map(|key| Place { table, key })),
            }
        }
        distinct(places.iter().flatten())?;
        Ok(places)
    }

    fn table_of(&self, name: &Name) -> usize {
        self.tables.iter().position(|table| table.table.name == *name).unwrap_or_default()
    }

    /// What becomes of an action's item; nothing when the action only looks at it.
    fn decide(&self, place: &Place, action: &TransactWriteItem, old: Option<&Row>) -> Result<Option<Change>, Error> {
        let old: Option<&Item> = old.map(|row| &row.item);
        Guard { condition: action.condition(), on_failure: action.old_item_on_failure() }.admit(old)?;
        Ok(match action {
            TransactWriteItem::ConditionCheck(_) => None,
            TransactWriteItem::Delete(_) => Some(Change::Delete),
            TransactWriteItem::Put(put) => {
                let bytes = item_bytes(&put.item);
                Some(Change::Put(Row::whole(put.item.clone(), bytes)))
            }
            TransactWriteItem::Update(update) => {
                // A missing item is made of its key, and the update can read that.
                let new = update.update.apply(old.unwrap_or(&update.key)).map_err(Invalid::from)?;
                let bytes = validate::update_item::after(&new, self.tables[place.table].schema())?;
                Some(Change::Put(Row::whole(new, bytes)))
            }
        })
    }
}
