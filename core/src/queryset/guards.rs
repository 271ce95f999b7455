//! Guard items of stored items.

use std::sync::{Mutex, PoisonError};

use super::write_each::{EachWrite, Effect, ItemToWrite};
use super::{QuerySet, WholeItems};
use crate::database::{Database, WriteFailure, add_guards};
use crate::error::{Error, NotUnique};
use crate::model::{Index, Model};

impl<M: Model, R, I: Index<Model = M>> QuerySet<M, R, I> {
    /// Adds the guard items that the unique values of the matching items lack, and returns an error for each item with a value that another one has.
    ///
    /// Items that were stored before a field got the option `unique`, or by another program, have no guard items, so that their values are not
    /// protected. For each item with a unique value, this makes a transaction of a check of the item and of the guard items. It can be repeated,
    /// and runs beside other writers: of two items with one value, the first keeps it. Change or delete the others, then repeat the call.
    ///
    /// # Errors
    ///
    /// - [`Error::Plan`] if the queryset cannot be planned, for example a union; nothing was sent.
    /// - [`Error::WritesIncomplete`] if not all guard items were added.
    /// - [`Error::Driver`] if the first read failed.
    ///
    /// ```
    /// use djamodb::plan::PutItem;
    /// use djamodb::prelude::*;
    ///
    /// #[derive(Model, Debug, PartialEq)]
    /// #[model(table = "members")]
    /// struct Member {
    ///     #[model(hash_key)]
    ///     name: String,
    ///     #[model(unique)]
    ///     email: String,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let db = djamodb::connect("memory://").await?;
    /// db.create_table::<Member>().await?;
    /// for name in ["ann", "bob"] {
    ///     // As a program that does not know the option.
    ///     let member = Member { name: name.to_owned(), email: "us@example.org".to_owned() };
    ///     db.run(PutItem::new("members", member.to_item()?)).await?;
    /// }
    /// let duplicates = Member::objects().scan().consistent().add_guards(&db).await?;
    /// assert_eq!(duplicates.len(), 1);
    /// assert_eq!(duplicates[0].attributes, ["email"]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn add_guards(&self, db: &Database) -> Result<Vec<NotUnique>, Error>
    where
        R: WholeItems<M>,
    {
        let call = async {
            let duplicates = Mutex::new(Vec::new());
            let (limited, found) = (&self.spec.rate_limited(db), &duplicates);
            let write = |ItemToWrite { key, read, .. }| async move {
                match add_guards::<M>(key, &read, limited).await {
                    Err(WriteFailure::NotUnique(duplicate)) => {
                        found.lock().unwrap_or_else(PoisonError::into_inner).push(*duplicate);
                        Ok(())
                    }
                    result => result,
                }
            };
            let each = EachWrite { method: "add_guards", rechecks: false, effect: Effect::Guard };
            self.write_each(each, write, |error| error, db).await?;
            Ok(duplicates.into_inner().unwrap_or_else(PoisonError::into_inner))
        };
        self.spec.call_span(db, "add_guards").run(call).await
    }
}
