//! Names that DynamoDB takes for tables and indexes.

use quote::ToTokens;
use syn::LitStr;

use super::super::attr::Options;
use crate::ast::Struct;
use crate::errors::Errors;
use crate::limits::{TABLE_NAME_CHARACTERS_MAX, TABLE_NAME_CHARACTERS_MIN};

/// The table's name.
pub(super) fn table(ast: &Struct<'_>, options: &Options<'_>, errors: &mut Errors) -> String {
    if !options.table.is_given() {
        errors.missing(ast.ident, format!("`{}` names no table; add #[model(table = \"…\")]", ast.ident));
    }
    let Some(table) = options.table.get() else { return String::new() };
    check("a table", &table.value(), table, errors);
    table.value()
}

/// The name of an index, given or the identifier itself.
pub(super) fn index(ident: &str, place: impl ToTokens, name: Option<&LitStr>, errors: &mut Errors) -> String {
    match name {
        Some(name) => check("an index", &name.value(), name, errors),
        None => check("an index", ident, place, errors),
    }
    name.map_or_else(|| ident.to_owned(), LitStr::value)
}

/// Holds a name to [DynamoDB's naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
fn check(what: &str, name: &str, place: impl ToTokens, errors: &mut Errors) {
    let length = name.chars().count();
    if !(TABLE_NAME_CHARACTERS_MIN..=TABLE_NAME_CHARACTERS_MAX).contains(&length) {
        let message = format!(
            "the name of {what} has {TABLE_NAME_CHARACTERS_MIN} to {TABLE_NAME_CHARACTERS_MAX} characters, \
             and this one {length}"
        );
        errors.at(place, message);
    } else if let Some(wrong) = name.chars().find(|letter| !(letter.is_ascii_alphanumeric() || "_.-".contains(*letter)))
    {
        let message =
            format!("the name of {what} is made of a-z, A-Z, 0-9, `_`, `-` and `.`; {wrong:?} is none of them");
        errors.at(place, message);
    }
}
