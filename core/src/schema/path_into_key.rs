//! Paths that lead into key attributes.

use thiserror::Error;

use super::TableSchema;
use crate::expression::Path;
use crate::value::Name;

/// A path of an expression leads into a key attribute, although key attributes are scalars. The messages are those of DynamoDB.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum PathIntoKey {
    /// The attribute is part of the table's key.
    #[error("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: {0}")]
    Table(Name),
    /// The attribute is part of the key of an index only.
    #[error(
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: {0}"
    )]
    Index(Name),
}

impl TableSchema {
    /// Checks that no path leads into a key attribute, whichever index a request reads.
    ///
    /// ```
    /// use djamodb_core::expression::Path;
    /// use djamodb_core::schema::{KeyAttribute, KeySchema, TableSchema};
    ///
    /// let schema = TableSchema::new("weather", KeySchema::hash(KeyAttribute::s("location")));
    /// assert!(schema.check_paths(&[&Path::new("location"), &Path::new("notes").index(0)]).is_ok());
    /// let error = schema.check_paths(&[&Path::new("location").index(0)]).unwrap_err();
    /// assert!(error.to_string().ends_with("not allowed: Key: location"));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`PathIntoKey`] for the first attribute of the table's key that a path leads into, or else of the keys of local and then of
    /// global indexes.
    pub fn check_paths(&self, paths: &[&Path]) -> Result<(), PathIntoKey> {
        let entered =
            |name: &Name| paths.iter().any(|path| !path.steps.is_empty() && path.name == *name).then(|| name.clone());
        if let Some(name) = self.key.names().find_map(entered) {
            return Err(PathIntoKey::Table(name));
        }
        let local = self.local_indexes.iter().map(|index| &index.key);
        let mut index_keys = local.chain(self.global_indexes.iter().map(|index| &index.key));
        match index_keys.find_map(|key| key.names().find_map(entered)) {
            Some(name) => Err(PathIntoKey::Index(name)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{GlobalIndex, IndexProjection, KeyAttribute, KeySchema};

    #[test]
    fn attributes_of_the_table_are_found_before_those_of_indexes() {
        let key = KeySchema::hash_and_range(KeyAttribute::s("h"), KeyAttribute::s("r"));
        let mut schema = TableSchema::new("users", key);
        let index_key = KeySchema::hash_and_range(KeyAttribute::s("a"), KeyAttribute::s("h"));
        schema.global_indexes.push(GlobalIndex::new("by_a", index_key, IndexProjection::All));
        let check = |names: &[&str]| {
            let paths: Vec<Path> = names.iter().map(|name| Path::new(*name).index(1)).collect();
            schema.check_paths(&paths.iter().collect::<Vec<_>>())
        };
        assert_eq!(check(&["a", "r", "h"]), Err(PathIntoKey::Table("h".into())));
        assert_eq!(check(&["r"]), Err(PathIntoKey::Table("r".into())));
        assert_eq!(check(&["b", "a"]), Err(PathIntoKey::Index("a".into())));
        assert_eq!(check(&["b"]), Ok(()));
    }
}
