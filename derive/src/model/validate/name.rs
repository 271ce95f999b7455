//! Names of tables and indexes.

use quote::ToTokens;
use syn::LitStr;

use super::super::attr::ModelOptions;
use crate::ast::NamedStruct;
use crate::errors::Errors;
use crate::limits::{TABLE_NAME_CHARACTERS_MAX, TABLE_NAME_CHARACTERS_MIN};

/// Returns the name of the table. Adds an error if it is missing or invalid.
pub(super) fn table(ast: &NamedStruct<'_>, options: &ModelOptions<'_>, errors: &mut Errors) -> String {
    if !options.table.is_given() {
        errors.missing(ast.ident, format!("`{}` names no table; add #[model(table = \"…\")]", ast.ident));
    }
    let Some(table) = options.table.get() else { return String::new() };
    check("a table", &table.value(), table, errors);
    table.value()
}

/// Returns the name of an index in the table: the given one, or the identifier. Adds an error if it is invalid.
pub(super) fn index(ident: &str, location: impl ToTokens, name: Option<&LitStr>, errors: &mut Errors) -> String {
    match name {
        Some(name) => check("an index", &name.value(), name, errors),
        None => check("an index", ident, location, errors),
    }
    name.map_or_else(|| ident.to_owned(), LitStr::value)
}

/// Checks a name by [DynamoDB's naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
fn check(owner: &str, name: &str, location: impl ToTokens, errors: &mut Errors) {
    let length = name.chars().count();
    if !(TABLE_NAME_CHARACTERS_MIN..=TABLE_NAME_CHARACTERS_MAX).contains(&length) {
        let message = format!(
            "the name of {owner} must have {TABLE_NAME_CHARACTERS_MIN} to {TABLE_NAME_CHARACTERS_MAX} characters, \
             but this one has {length}"
        );
        errors.at(location, message);
    } else if let Some(wrong) = name.chars().find(|letter| !(letter.is_ascii_alphanumeric() || "_.-".contains(*letter)))
    {
        let message =
            format!("the name of {owner} can contain only a-z, A-Z, 0-9, `_`, `-` and `.`, but not {wrong:?}");
        errors.at(location, message);
    }
}
