//! Key of the table.

use proc_macro2::Ident;

use super::super::attr::{KeyMarks, ModelOptions};
use crate::ast::NamedStruct;
use crate::errors::Errors;
use crate::field::Field;

/// Returns the hash key and the range key. Adds errors for missing, repeated and contradictory keys.
pub(super) fn check<'a>(
    ast: &NamedStruct<'a>,
    options: &'a ModelOptions<'a>,
    errors: &mut Errors,
) -> (Option<&'a Field<'a>>, Option<&'a Field<'a>>) {
    for keys in &options.keys {
        if let (Some(_), Some(range_key)) = (keys.hash_key.get(), keys.range_key.get()) {
            errors.at(range_key, "a field cannot be both the hash key and the range key; remove one of them");
        }
    }
    let hash = single_key(options, "hash key", |keys| keys.hash_key.get(), errors);
    let range = single_key(options, "range key", |keys| keys.range_key.get(), errors);
    if hash.is_none() {
        errors.missing(ast.ident, format!("`{}` has no hash key; mark one field with #[model(hash_key)]", ast.ident));
    }
    (hash, range)
}

fn single_key<'a>(
    options: &'a ModelOptions<'a>,
    kind: &str,
    marked: impl Fn(&KeyMarks) -> Option<&Ident>,
    errors: &mut Errors,
) -> Option<&'a Field<'a>> {
    let mut key: Option<&Field<'_>> = None;
    for (field, keys) in options.fields.stored.iter().zip(&options.keys) {
        let Some(mark) = marked(keys) else { continue };
        match key {
            None => key = Some(field),
            Some(first) => {
                let first = first.rust_name();
                let message = format!(
                    "`{first}` is already the {kind}, and a table has only one; \
                     a key of several attributes requires a global index"
                );
                errors.at(mark, message);
            }
        }
    }
    key
}
