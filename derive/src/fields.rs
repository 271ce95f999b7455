//! The fields of a struct, or of a variant of an enum.

mod validators;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Path, Visibility};

use crate::declared_names::DeclaredNames;
use crate::errors::Errors;
use crate::field::{self, Decoding, Field, FlattenedField, Part, UnstoredField};

/// The fields of a struct, or of a variant of an enum, by the way in which they are stored.
#[derive(Default)]
pub(crate) struct Fields<'a> {
    /// The fields that are stored under names of their own.
    pub(crate) stored: Vec<Field<'a>>,
    /// The fields whose entries are stored beside the others.
    pub(crate) flattened: Vec<FlattenedField<'a>>,
    /// The other fields.
    pub(crate) unstored: Vec<UnstoredField<'a>>,
    /// Names of entries that are composed of the fields.
    pub(crate) reserved: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(crate) fn push(&mut self, part: Part<'a>) {
        match part {
            Part::Stored(field) => self.stored.push(field),
            Part::Flattened(field) => self.flattened.push(field),
            Part::Unstored(field) => self.unstored.push(field),
        }
    }

    /// Adds errors for names of several fields, and for several fields that hold the rest of the entries.
    pub(crate) fn check(&self, errors: &mut Errors) {
        field::check_names(&self.stored, errors);
        field::check_unstored(&self.unstored, errors);
    }

    /// Declares the constants of the fields.
    pub(crate) fn declare_constants(&self, declared: &mut DeclaredNames, errors: &mut Errors) {
        for (constant, field) in self.constants() {
            declared.declare(constant, "the constant of ", &format!("the field `{field}`"), errors);
        }
    }

    /// Returns the name of each field's constant together with the name of the field.
    pub(crate) fn constants(&self) -> impl Iterator<Item = (&Ident, String)> {
        let stored = self.stored.iter().map(|field| (&field.constant, field.rust_name()));
        stored.chain(self.flattened.iter().map(|field| (&field.constant, field.rust_name())))
    }

    /// Returns the constants of the flattened fields.
    pub(crate) fn flattened_constants(
        &self,
        krate: &Path,
        visibility: &Visibility,
        owner: &Ident,
    ) -> impl Iterator<Item = (Ident, TokenStream)> {
        self.flattened.iter().map(move |field| (field.constant.clone(), field.constant(krate, visibility, owner)))
    }

    /// Returns the fields that a pattern must bind for [`push_entries`](Self::push_entries).
    pub(crate) fn encoded(&self) -> impl Iterator<Item = &'a Ident> {
        let stored = self.stored.iter().map(|field| field.ident);
        let flattened = self.flattened.iter().map(|field| field.ident);
        let unstored = self.unstored.iter().filter(|field| field.is_encoded()).map(|field| field.ident);
        stored.chain(flattened).chain(unstored)
    }

    /// Returns an expression that collects the fields into a map or an item. Keys are encoded exactly, and all fields if `exact` is `true`.
    pub(crate) fn collect(&self, krate: &Path, exact: bool, is_key: impl Fn(&Field<'_>) -> bool) -> TokenStream {
        let (entries, collected) = (entries(), format_ident!("collected", span = Span::mixed_site()));
        let count = self.stored.len();
        let push = self.push_entries(krate, &entries, exact, is_key);
        quote! {{
            let mut #collected = ::std::vec::Vec::<(#krate::value::Name, #krate::value::AttributeValue)>::with_capacity(#count);
            let #entries = &mut #collected;
            #push
            ::core::iter::FromIterator::from_iter(#collected)
        }}
    }

    /// Returns the statements that add the fields to the vector that `entries` borrows mutably.
    pub(crate) fn push_entries(
        &self,
        krate: &Path,
        entries: &Ident,
        exact: bool,
        is_key: impl Fn(&Field<'_>) -> bool,
    ) -> TokenStream {
        let encoding = |field: &Field<'_>| if exact || is_key(field) { "encode_exact" } else { "encode" };
        // Maps and items are sorted by name. Entries that are sorted already are collected in one pass.
        let stored = by_name(&self.stored).into_iter().map(|field| field.encode(krate, entries, encoding(field)));
        let flattened = self.flattened.iter().map(|field| field.encode(krate, entries, exact));
        let names = self.names(krate);
        let unstored = self.unstored.iter().filter_map(|field| field.encode(krate, entries, &names));
        quote!(#(#stored)* #(#flattened)* #(#unstored)*)
    }

    /// Returns an expression that creates a struct, or a variant, whose fields are decoded from the variable `entries`, a mutable reference to
    /// `Entries`. Keys are decoded exactly. `outside` is a slice of the names of entries that belong to other structs.
    pub(crate) fn decode(
        &self,
        krate: &Path,
        created: &TokenStream,
        entries: &Ident,
        is_key: impl Fn(&Field<'_>) -> bool,
        outside: &TokenStream,
    ) -> TokenStream {
        let cursor = cursor();
        // A cursor finds entries in the order of their names. The fields of a struct expression are evaluated as they are written.
        let stored = by_name(&self.stored);
        let begin = (!stored.is_empty()).then(|| quote!(let mut #cursor = #entries.cursor();));
        let decoding = |field: &Field<'_>| if is_key(field) { Decoding::Key } else { Decoding::Plain };
        let stored = stored.into_iter().map(|field| field.decode(krate, &cursor, decoding(field)));
        let flattened = self.flattened.iter().map(|field| field.decode(krate, entries));
        let names = self.names(krate);
        let unstored = self.unstored.iter().map(|field| field.decode(krate, entries, &names, outside));
        quote! {{
            #begin
            #created { #(#stored,)* #(#flattened,)* #(#unstored,)* }
        }}
    }

    /// Returns a vector of the descriptions of all entries.
    pub(crate) fn infos(&self, krate: &Path) -> TokenStream {
        let stored = self.stored.iter().map(|field| field.info(krate));
        if self.flattened.is_empty() {
            return quote!(::std::vec![#(#stored),*]);
        }
        let flattened = self.flattened.iter().map(|field| field.item(krate, "fields"));
        quote!(::std::vec![::std::vec![#(#stored),*], #(#flattened()),*].concat())
    }

    /// Returns the `EntryNames`.
    pub(crate) fn names(&self, krate: &Path) -> TokenStream {
        let own = self.stored.iter().map(|field| &field.name).chain(&self.reserved);
        let flattened = self.flattened.iter().map(|field| field.item(krate, "NAMES"));
        let has_rest = self.unstored.iter().any(UnstoredField::is_encoded);
        quote! {
            #krate::model::EntryNames { own: &[#(#own),*], flattened: &[#(#flattened),*], has_rest: #has_rest }
        }
    }

    /// Returns assertions that the names of a struct with flattened fields are distinct, which the compiler evaluates.
    pub(crate) fn name_assertions(&self, krate: &Path, owner: &Ident) -> TokenStream {
        let Some(first) = self.flattened.first() else { return TokenStream::new() };
        let names = self.names(krate);
        let distinct = format!(
            "two fields of `{owner}` are stored under one name, of which at least one is a field of a flattened document; rename one of them"
        );
        let rest = format!(
            "a flattened document of `{owner}` has a field with the option `rest`, which would hold entries that other fields declare; move \
             that field to `{owner}`"
        );
        quote_spanned! {first.ident.span()=>
            ::core::assert!(#names.are_distinct(), #distinct);
            ::core::assert!(!#names.have_flattened_rest(), #rest);
        }
    }
}

/// Returns the fields in the order of their names in the item.
pub(crate) fn by_name<'f, 'a>(fields: impl IntoIterator<Item = &'f Field<'a>>) -> Vec<&'f Field<'a>>
where
    'a: 'f,
{
    let mut fields: Vec<_> = fields.into_iter().collect();
    fields.sort_by(|left, right| left.name.cmp(&right.name));
    fields
}

/// Returns the variable of the position in the entries that are decoded. Its hygiene hides it from expressions that the user wrote.
pub(crate) fn cursor() -> Ident {
    format_ident!("cursor", span = Span::mixed_site())
}

/// Returns the variable that borrows the vector of the entries. Its hygiene hides it from expressions that the user wrote.
pub(crate) fn entries() -> Ident {
    format_ident!("entries", span = Span::mixed_site())
}
