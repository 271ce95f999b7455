//! Fields of models and documents, and their options.

mod expand;
mod flattened;
mod unstored;
mod validators;

pub(crate) use expand::{Decoding, qualified};
pub(crate) use flattened::FlattenedField;
pub(crate) use unstored::{UnstoredField, check as check_unstored};
pub(crate) use validators::{Validators, errors as validation_errors};

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, MetaNameValue, Path, Type};

use crate::attribute_args::AttributeArg;
use crate::case::{self, RenameRule};
use crate::errors::Errors;
use crate::unique_option::UniqueOption;

/// A field and its options.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// Expression that borrows the value of the field.
    place: TokenStream,
    /// Name of the attribute in the table.
    pub(crate) name: String,
    /// Name of the generated constant.
    pub(crate) constant: Ident,
    pub(crate) storage: Storage,
    default: Option<DefaultValue>,
    validators: Validators,
    rename: Option<LitStr>,
    /// Lines of the field's documentation.
    docs: Vec<String>,
}

/// The type that the attribute of a field has.
#[derive(Clone)]
pub(crate) enum Storage {
    /// The type of the field.
    Field,
    /// `ExpiryTime::Stored` of the type of the field.
    Expiry,
    /// `Stored` of this module, whose functions `to_stored` and `from_stored` convert.
    With(Path),
    /// `Serde` of the type of the field.
    Serde,
}

/// A field of a struct, by the way in which it is stored.
pub(crate) enum Part<'a> {
    Stored(Field<'a>),
    Flattened(FlattenedField<'a>),
    Unstored(UnstoredField<'a>),
}

/// The options that the fields of models and of documents share.
#[derive(Default)]
pub(crate) struct FieldOptions {
    rename: UniqueOption<LitStr>,
    pub(crate) default: UniqueOption<DefaultValue>,
    with: UniqueOption<Path>,
    serde: UniqueOption<Ident>,
    flatten: UniqueOption<Ident>,
    skip: UniqueOption<Ident>,
    rest: UniqueOption<Ident>,
    validate: Validators,
}

/// Value of a field whose attribute the item lacks.
#[derive(Clone)]
pub(crate) enum DefaultValue {
    /// `Default::default()` of the field's type.
    Trait,
    /// A text literal, converted into the field's type by `Into`.
    Text(LitStr),
    /// Any other expression.
    Expr(Expr),
}

impl FieldOptions {
    pub(crate) const NAMES: [&'static str; 8] =
        ["rename", "default", "with", "serde", "flatten", "skip", "rest", "validate"];

    /// Sets an option. Returns `false` if it is not one of these.
    pub(crate) fn set(&mut self, arg: &AttributeArg, errors: &mut Errors) -> bool {
        let name = &arg.name;
        if name == "rename" {
            self.rename.set(name, arg.text(), errors);
        } else if name == "default" {
            let value = if arg.is_word() { Ok(DefaultValue::Trait) } else { arg.expr().map(DefaultValue::from) };
            self.default.set(name, value, errors);
        } else if name == "with" {
            self.with.set(name, arg.function_path(), errors);
        } else if name == "serde" {
            self.serde.set(name, arg.word().map(|()| name.clone()), errors);
        } else if name == "flatten" {
            self.flatten.set(name, arg.word().map(|()| name.clone()), errors);
        } else if name == "skip" {
            self.skip.set(name, arg.word().map(|()| name.clone()), errors);
        } else if name == "rest" {
            self.rest.set(name, arg.word().map(|()| name.clone()), errors);
        } else if name == "validate" {
            self.validate.add(arg, errors);
        } else {
            return false;
        }
        true
    }

    /// Returns the option that makes the field one that is not stored under a name of its own.
    pub(crate) fn unstored(&self) -> Option<&Ident> {
        self.flatten.get().or(self.skip.get()).or(self.rest.get())
    }

    /// Returns `true` if the field has another option than `flatten`.
    fn has_others(&self) -> bool {
        [self.with.is_given(), self.serde.is_given(), self.skip.is_given(), self.rest.is_given()].contains(&true)
            || self.rename.is_given()
            || self.default.is_given()
            || !self.validate.is_empty()
    }

    /// Returns the field of a struct. `rename_all` is the case of the names of the struct's fields.
    pub(crate) fn part<'a>(
        &self,
        field: &'a syn::Field,
        rename_all: Option<RenameRule>,
        errors: &mut Errors,
    ) -> Part<'a> {
        let ident = field.ident.as_ref();
        self.part_at(quote!(&self.#ident), field, rename_all, errors)
    }

    /// Returns the field whose value the expression `place` borrows.
    pub(crate) fn part_at<'a>(
        &self,
        place: TokenStream,
        field: &'a syn::Field,
        rename_all: Option<RenameRule>,
        errors: &mut Errors,
    ) -> Part<'a> {
        if let Some(flattened) = flattened::read(self, &place, field, errors) {
            return Part::Flattened(flattened);
        }
        match unstored::read(self, &place, field, errors) {
            Some(unstored) => Part::Unstored(unstored),
            None => Part::Stored(Field::new(field, place, self, rename_all, errors)),
        }
    }

    fn storage(&self, errors: &mut Errors) -> Storage {
        match (self.with.get(), self.serde.get()) {
            (Some(_), Some(serde)) => {
                errors.at(serde, "`with` and `serde` exclude each other; remove one of them");
                Storage::Field
            }
            (Some(module), None) => Storage::With(module.clone()),
            (None, Some(_)) => Storage::Serde,
            (None, None) => Storage::Field,
        }
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
    fn new(
        field: &'a syn::Field,
        place: TokenStream,
        options: &FieldOptions,
        rename_all: Option<RenameRule>,
        errors: &mut Errors,
    ) -> Self {
        let ident = field.ident.as_ref().expect("the fields of a struct with named fields have names");
        let rename = options.rename.get().cloned();
        if let Some(empty) = rename.as_ref().filter(|rename| rename.value().is_empty()) {
            errors.at(empty, "the name of an attribute cannot be empty");
        }
        Self {
            ident,
            ty: &field.ty,
            place,
            name: rename.as_ref().map_or_else(
                || {
                    let name = ident.unraw().to_string();
                    rename_all.map_or(name.clone(), |rule| rule.apply_to_field(&name))
                },
                LitStr::value,
            ),
            constant: case::constant(ident),
            storage: options.storage(errors),
            default: options.default.get().cloned(),
            validators: options.validate.clone(),
            rename,
            docs: field.attrs.iter().filter_map(doc_line).collect(),
        }
    }

    /// Returns the name in Rust, without `r#`.
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

/// Adds an error for each field that has the same attribute name as an earlier one.
pub(crate) fn check_names(fields: &[Field<'_>], errors: &mut Errors) {
    let mut seen: BTreeMap<&str, &Field<'_>> = BTreeMap::new();
    for field in fields {
        let Some(earlier) = seen.insert(&field.name, field) else { continue };
        let message = format!(
            "`{}` and `{}` are both stored as `{}`; rename one of them",
            earlier.rust_name(),
            field.rust_name(),
            field.name
        );
        match field.rename.as_ref().or(earlier.rename.as_ref()) {
            Some(rename) => errors.at(rename, message),
            None => errors.at(field.ident, message),
        }
    }
}
