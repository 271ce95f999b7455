//! The parts of a batch's response, by table.

use std::collections::HashMap;

/// The part of a batch's response that maps tables to items, keys or writes.
///
/// A service names tables as the request does: [by name or by ARN][batch]. A table that was requested by name and is returned by its
/// ARN, or the other way round, is the same table. [`finish`](Self::finish) refuses tables that were not requested, so that no part of
/// a response is lost.
///
/// [batch]: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
///
/// ```
/// use std::collections::HashMap;
///
/// use djamodb_core::driver::ResponseTables;
///
/// let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/weather";
/// let mut unprocessed = ResponseTables::new(HashMap::from([(arn.to_owned(), 7), ("other".to_owned(), 1)]));
/// assert_eq!(unprocessed.take("weather"), Some(7));
/// assert_eq!(unprocessed.finish(), Err("other".to_owned()));
/// ```
#[derive(Clone, Debug)]
pub struct ResponseTables<V>(HashMap<String, V>);

impl<V> ResponseTables<V> {
    /// Wraps a map of a response.
    pub fn new(tables: HashMap<String, V>) -> Self {
        Self(tables)
    }

    /// Removes and returns the part of the table that was requested as `table`.
    pub fn take(&mut self, table: &str) -> Option<V> {
        if let Some(part) = self.0.remove(table) {
            return Some(part);
        }
        let other_name = self.0.keys().find(|returned| is_same_table(table, returned))?.clone();
        self.0.remove(&other_name)
    }

    /// Requires that every part was taken.
    ///
    /// # Errors
    ///
    /// Returns the name of a table that was not requested, the first in alphabetical order.
    pub fn finish(self) -> Result<(), String> {
        self.0.into_keys().min().map_or(Ok(()), Err)
    }
}

/// Returns `true` if one of the two is the ARN of the other.
fn is_same_table(requested: &str, returned: &str) -> bool {
    match (name_in_arn(requested), name_in_arn(returned)) {
        (None, Some(name)) => name == requested,
        (Some(name), None) => name == returned,
        _ => requested == returned,
    }
}

/// Returns the name in `arn:{partition}:dynamodb:{region}:{account}:table/{name}`.
fn name_in_arn(text: &str) -> Option<&str> {
    let resource = text.strip_prefix("arn:")?.splitn(5, ':').nth(4)?;
    resource.strip_prefix("table/").filter(|name| !name.is_empty() && !name.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:dynamodb:us-west-2:123456789012:table/weather";

    fn tables(names: &[&str]) -> ResponseTables<String> {
        ResponseTables::new(names.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect())
    }

    #[test]
    fn a_table_is_found_by_its_name_and_by_its_arn() {
        for (requested, returned) in [("weather", "weather"), ("weather", ARN), (ARN, ARN), (ARN, "weather")] {
            let mut tables = tables(&[returned]);
            assert_eq!(tables.take(requested).as_deref(), Some(returned));
            assert_eq!(tables.finish(), Ok(()));
        }
    }

    #[test]
    fn the_name_that_was_requested_precedes_another_one_of_the_table() {
        let mut both = tables(&["weather", ARN]);
        assert_eq!(both.take("weather").as_deref(), Some("weather"));
        assert_eq!(both.clone().finish(), Err(ARN.to_owned()));
        assert_eq!(both.take(ARN).as_deref(), Some(ARN));
    }

    #[test]
    fn other_tables_are_refused() {
        let other_account = "arn:aws:dynamodb:us-west-2:999999999999:table/weather";
        for (requested, returned) in [
            ("weather", "weather2"),
            ("weather", "arn:aws:dynamodb:us-west-2:123456789012:table/weather2"),
            ("weather", "arn:aws:dynamodb:us-west-2:123456789012:table/weather/index/weather"),
            ("weather", "arn:weather"),
            (ARN, other_account),
        ] {
            let mut tables = tables(&[returned]);
            assert_eq!(tables.take(requested), None, "{requested} {returned}");
            assert_eq!(tables.finish(), Err(returned.to_owned()));
        }
    }
}
