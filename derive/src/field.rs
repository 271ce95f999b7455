//! A field of a model or of a document.

mod expand;

pub(crate) use expand::qualified;

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, MetaNameValue, Type};

use crate::args::Arg;
use crate::case;
use crate::errors::Errors;
use crate::members::Members;
use crate::once::Once;

/// A field, and what its options say.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// The name in the table.
    pub(crate) name: String,
    /// The name of its constant.
    pub(crate) constant: Ident,
    default: Option<DefaultValue>,
    rename: Option<LitStr>,
    /// The lines of its documentation.
    docs: Vec<String>,
}

/// The options that fields of models and of documents share.
#[derive(Default)]
pub(crate) struct FieldOptions {
    rename: Once<LitStr>,
    pub(crate) default: Once<DefaultValue>,
}

/// What a field is where the item lacks it.
#[derive(Clone)]
pub(crate) enum DefaultValue {
    /// The type's `Default`.
    Trait,
    /// A text literal, converted into the type.
    Text(LitStr),
    /// Any other expression.
    Expr(Expr),
}

impl FieldOptions {
    /// The names of the options.
    pub(crate) const KNOWN: [&'static str; 2] = ["rename", "default"];

    /// Takes one option; false when it is none of these.
    pub(crate) fn take(&mut self, arg: &Arg, errors: &mut Errors) -> bool {
        let name = &arg.name;
        if name == "rename" {
            self.rename.set(name, arg.text(), errors);
        } else if name == "default" {
            let value = if arg.is_word() { Ok(DefaultValue::Trait) } else { arg.expr().map(DefaultValue::from) };
            self.default.set(name, value, errors);
        } else {
            return false;
        }
        true
    }
}

impl From<&Expr> for DefaultValue {
    fn from(expr: &Expr) -> Self {
        match expr {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Self::Text(text.clone()),
            expr => Self::Expr(expr.clone()),
        }
    }
}

impl<'a> Field<'a> {
    /// The field after its options.
    pub(crate) fn new(field: &'a syn::Field, options: &FieldOptions, errors: &mut Errors) -> Self {
        let ident = field.ident.as_ref().expect("the fields of a struct with named fields have names");
        let rename = options.rename.get().cloned();
        if let Some(empty) = rename.as_ref().filter(|rename| rename.value().is_empty()) {
            errors.at(empty, "the name of an attribute cannot be empty");
        }
        Self {
            ident,
            ty: &field.ty,
            name: rename.as_ref().map_or_else(|| ident.unraw().to_string(), LitStr::value),
            constant: case::constant(ident),
            default: options.default.get().cloned(),
            rename,
            docs: field.attrs.iter().filter_map(doc_line).collect(),
        }
    }

    /// The field's name in Rust, without `r#`.
    pub(crate) fn rust_name(&self) -> String {
        self.ident.unraw().to_string()
    }
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Str(line), .. }), .. })
            if path.is_ident("doc") =>
        {
            Some(line.value())
        }
        _ => None,
    }
}

/// Finds fields that are kept under one name.
pub(crate) fn check_names(fields: &[Field<'_>], errors: &mut Errors) {
    let mut seen: BTreeMap<&str, &Field<'_>> = BTreeMap::new();
    for field in fields {
        let Some(earlier) = seen.insert(&field.name, field) else { continue };
        let message =
            format!("`{}` and `{}` would both be kept as `{}`", earlier.rust_name(), field.rust_name(), field.name);
        match field.rename.as_ref().or(earlier.rename.as_ref()) {
            Some(rename) => errors.at(rename, message),
            None => errors.at(field.ident, message),
        }
    }
}

/// Finds fields whose constants would have one name.
pub(crate) fn check_constants(fields: &[Field<'_>], members: &mut Members, errors: &mut Errors) {
    for field in fields {
        members.declare(&field.constant, "the constant of ", &format!("the field `{}`", field.rust_name()), errors);
    }
}
