//! Key of the table.

use proc_macro2::Ident;

use super::super::attr::{KeyArg, KeyMarks, ModelOptions};
use super::KeyAttribute;
use super::template::Templates;
use crate::ast::NamedStruct;
use crate::errors::Errors;
use crate::field::Field;
use crate::unique_option::UniqueOption;

/// Returns the hash key and the range key. Adds errors for missing, repeated and contradictory keys.
pub(super) fn check<'a>(
    ast: &NamedStruct<'a>,
    options: &'a ModelOptions<'a>,
    templates: &Templates<'a>,
    errors: &mut Errors,
) -> (Option<KeyAttribute<'a>>, Option<KeyAttribute<'a>>) {
    for keys in &options.keys {
        if let (Some(_), Some(range_key)) = (keys.hash_key.get(), keys.range_key.get()) {
            errors.at(range_key, "a field cannot be both the hash key and the range key; remove one of them");
        }
    }
    let hash = single_key(options, "hash key", |keys| keys.hash_key.get(), errors);
    let range = single_key(options, "range key", |keys| keys.range_key.get(), errors);
    let hash = composed_key(&options.hash_key, hash, "hash_key", templates, errors);
    let range = composed_key(&options.range_key, range, "range_key", templates, errors);
    if hash.is_none() && !options.hash_key.is_given() {
        errors.missing(ast.ident, format!("`{}` has no hash key; mark one field with #[model(hash_key)]", ast.ident));
    }
    (hash, range)
}

/// Returns the key that the struct declares, or else the marked field.
fn composed_key<'a>(
    option: &'a UniqueOption<Vec<KeyArg>>,
    field: Option<&'a Field<'a>>,
    name: &str,
    templates: &Templates<'a>,
    errors: &mut Errors,
) -> Option<KeyAttribute<'a>> {
    let Some(keys) = option.get() else { return field.map(KeyAttribute::Field) };
    let mut attributes: Vec<_> = keys.iter().filter_map(|key| templates.key(key, errors)).collect();
    let ident = |key: &KeyArg| match key {
        KeyArg::Name(ident) => ident.clone(),
        KeyArg::Template(template) => template.ident.clone(),
    };
    if let Some(field) = field {
        let message = format!(
            "`{}` is the `{name}` already; remove the option of the field or that of the struct",
            field.rust_name()
        );
        errors.at(field.ident, message);
    }
    if let Some(second) = keys.get(1) {
        errors.at(
            ident(second),
            "a key of the table has one attribute; a key of several attributes requires a global index",
        );
    }
    if attributes.is_empty() { None } else { Some(attributes.remove(0)) }
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
