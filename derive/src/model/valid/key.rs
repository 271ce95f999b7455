//! The table's own key.

use proc_macro2::Ident;

use super::super::attr::{KeyOptions, Options};
use crate::ast::Struct;
use crate::errors::Errors;
use crate::field::Field;

/// The hash key and the range key.
pub(super) fn check<'a>(
    ast: &Struct<'a>,
    options: &'a Options<'a>,
    errors: &mut Errors,
) -> (Option<&'a Field<'a>>, Option<&'a Field<'a>>) {
    for keys in &options.keys {
        if let (Some(_), Some(range_key)) = (keys.hash_key.get(), keys.range_key.get()) {
            errors.at(range_key, "a field cannot be both the hash key and the range key");
        }
    }
    let hash = the_only(options, "hash key", |keys| keys.hash_key.get(), errors);
    let range = the_only(options, "range key", |keys| keys.range_key.get(), errors);
    if hash.is_none() {
        errors.missing(ast.ident, format!("`{}` has no hash key; mark one field with #[model(hash_key)]", ast.ident));
    }
    (hash, range)
}

fn the_only<'a>(
    options: &'a Options<'a>,
    kind: &str,
    marked: impl Fn(&KeyOptions) -> Option<&Ident>,
    errors: &mut Errors,
) -> Option<&'a Field<'a>> {
    let mut key: Option<&Field<'_>> = None;
    for (field, keys) in options.fields.iter().zip(&options.keys) {
        let Some(mark) = marked(keys) else { continue };
        match key {
            None => key = Some(field),
            Some(first) => {
                let first = first.rust_name();
                let message = format!(
                    "`{first}` is already the {kind} of the table, which has one; \
                     a global index can have a key of several attributes"
                );
                errors.at(mark, message);
            }
        }
    }
    key
}
