//! Key attributes that are composed of fields.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::{Ident, Span};
use syn::LitStr;
use syn::ext::IdentExt;

use super::super::attr::{Generated, GeneratedMark, KeyArg, ModelOptions, PartForm, PieceArg, TemplateArg};
use super::FieldsByName;
use crate::case;
use crate::errors::Errors;
use crate::field::Field;

/// An attribute of a key.
#[derive(Clone)]
pub(in crate::model) enum KeyAttribute<'a> {
    Field(&'a Field<'a>),
    Template(Rc<Template<'a>>),
    /// The discriminator of the model.
    Discriminator(String),
}

/// A key attribute that is composed of fields.
pub(in crate::model) struct Template<'a> {
    pub(in crate::model) name: String,
    pub(in crate::model) constant: Ident,
    pub(in crate::model) text: LitStr,
    pub(in crate::model) pieces: Vec<Piece<'a>>,
    /// `true` if the attribute is part of the table's key, so that each item has it.
    pub(in crate::model) is_table_key: bool,
    /// `true` if it is a range attribute of the table or an index.
    pub(in crate::model) is_range: bool,
}

/// A piece of the text.
pub(in crate::model) enum Piece<'a> {
    Literal(String),
    Part { field: &'a Field<'a>, form: PartForm },
}

impl<'a> KeyAttribute<'a> {
    /// Returns the name of the attribute in the table.
    pub(in crate::model) fn name(&self) -> &str {
        match self {
            Self::Field(field) => &field.name,
            Self::Template(template) => &template.name,
            Self::Discriminator(name) => name,
        }
    }

    /// Returns the fields whose values make up the attribute.
    pub(in crate::model) fn fields(&self) -> Vec<&'a Field<'a>> {
        match self {
            Self::Field(field) => vec![field],
            Self::Template(template) => template.fields().collect(),
            Self::Discriminator(_) => Vec::new(),
        }
    }
}

impl<'a> Template<'a> {
    pub(in crate::model) fn fields(&self) -> impl Iterator<Item = &'a Field<'a>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Part { field, .. } => Some(*field),
            Piece::Literal(_) => None,
        })
    }
}

/// The templates of a model, found by the name of their attribute.
pub(super) struct Templates<'a> {
    fields: FieldsByName<'a>,
    generated: &'a [Option<GeneratedMark>],
    discriminator: Option<String>,
    by_name: BTreeMap<String, Rc<Template<'a>>>,
}

impl<'a> Templates<'a> {
    /// Reads all templates. One attribute can be a key of several indexes, and of the table, with one text.
    pub(super) fn new(fields: FieldsByName<'a>, options: &'a ModelOptions<'a>, errors: &mut Errors) -> Self {
        let discriminator = options.discriminator.get().map(LitStr::value);
        let mut templates = Self { fields, generated: &options.generated, discriminator, by_name: BTreeMap::new() };
        let mut roles: BTreeMap<String, (bool, bool)> = BTreeMap::new();
        let mut args: Vec<&'a TemplateArg> = Vec::new();
        let table =
            [(&options.hash_key, false), (&options.range_key, true)].map(|(key, range)| (key.get(), true, range));
        let indexes = options.local_indexes.iter().chain(&options.global_indexes);
        let indexes =
            indexes.flat_map(|index| [(index.hash_key.get(), false, false), (index.range_key.get(), false, true)]);
        for (keys, is_table_key, is_range) in table.into_iter().chain(indexes) {
            for key in keys.into_iter().flatten() {
                if let KeyArg::Template(arg) = key {
                    let role = roles.entry(arg.ident.unraw().to_string()).or_default();
                    *role = (role.0 || is_table_key, role.1 || is_range);
                    args.push(arg);
                }
            }
        }
        for arg in args {
            templates.add(arg, roles[&arg.ident.unraw().to_string()], errors);
        }
        templates
    }

    fn add(&mut self, arg: &'a TemplateArg, (is_table_key, is_range): (bool, bool), errors: &mut Errors) {
        let name = arg.ident.unraw().to_string();
        if let Some(earlier) = self.by_name.get(&name) {
            if earlier.text.value() != arg.text.value() {
                let message = format!(
                    "`{name}` is composed as \"{}\" already; one attribute has one text, so rename one of them",
                    earlier.text.value()
                );
                errors.at(&arg.text, message);
            }
            return;
        }
        if self.fields.fields.stored.iter().any(|field| field.name == name) {
            errors.at(&arg.ident, format!("`{name}` is the attribute of a field already; rename the field or the key"));
            return;
        }
        let mut pieces = Vec::new();
        for piece in &arg.pieces {
            match piece {
                PieceArg::Literal(text) => pieces.push(Piece::Literal(text.clone())),
                PieceArg::Part { field, form } => {
                    let ident = identifier(field, arg.text.span());
                    if let Some(field) = self.fields.find(&ident, errors) {
                        self.check_part(field, &arg.text, errors);
                        pieces.push(Piece::Part { field, form: *form });
                    }
                }
            }
        }
        let (constant, text) = (case::constant(&arg.ident), arg.text.clone());
        let template = Template { name: name.clone(), constant, text, pieces, is_table_key, is_range };
        self.by_name.insert(name, Rc::new(template));
    }

    /// Adds an error for a field that each write changes, of which an update knows no other part.
    fn check_part(&self, field: &Field<'_>, text: &LitStr, errors: &mut Errors) {
        let marks = self.fields.fields.stored.iter().zip(self.generated);
        let mark = marks.filter(|(stored, _)| stored.ident == field.ident).find_map(|(_, mark)| mark.as_ref());
        if let Some(mark) = mark
            && matches!(mark.value, Generated::Version | Generated::UpdatedAt)
        {
            let message = format!(
                "`{}` cannot be a part of a key, since each write changes it; make the field a key attribute of its own",
                field.rust_name()
            );
            errors.at(text, message);
        }
    }

    /// Returns the attribute of a key.
    pub(super) fn key(&self, arg: &KeyArg, errors: &mut Errors) -> Option<KeyAttribute<'a>> {
        match arg {
            KeyArg::Template(arg) => {
                self.by_name.get(&arg.ident.unraw().to_string()).cloned().map(KeyAttribute::Template)
            }
            KeyArg::Name(ident) => {
                let name = ident.unraw().to_string();
                if self.discriminator.as_ref() == Some(&name) {
                    return Some(KeyAttribute::Discriminator(name));
                }
                if let Some(template) = self.by_name.get(&name) {
                    return Some(KeyAttribute::Template(Rc::clone(template)));
                }
                self.fields.find(ident, errors).map(KeyAttribute::Field)
            }
        }
    }

    pub(super) fn into_all(self) -> Vec<Rc<Template<'a>>> {
        self.by_name.into_values().collect()
    }
}

/// Returns an identifier for a name that may be a keyword.
fn identifier(name: &str, span: Span) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() { Ident::new(name, span) } else { Ident::new_raw(name, span) }
}
