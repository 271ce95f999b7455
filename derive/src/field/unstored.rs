//! Fields that are not stored under a name of their own.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Path, Type};

use super::{DefaultValue, FieldOptions, expand};
use crate::ast;
use crate::errors::Errors;

/// A field that is not stored under a name of its own.
pub(crate) struct UnstoredField<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// Expression that borrows the value of the field.
    place: TokenStream,
    pub(crate) kind: Unstored,
}

/// The content of such a field.
pub(crate) enum Unstored {
    /// The default of its type, or the value of the option `default`.
    Skip(Option<DefaultValue>),
    /// The attributes that no other field declares.
    Rest,
}

/// Returns the field if an option makes it such a field.
pub(super) fn read<'a>(
    options: &FieldOptions,
    place: &TokenStream,
    field: &'a syn::Field,
    errors: &mut Errors,
) -> Option<UnstoredField<'a>> {
    let ident = field.ident.as_ref()?;
    let unstored = |kind| Some(UnstoredField { ident, ty: &field.ty, place: place.clone(), kind });
    let has_validators = !options.validate.is_empty();
    if let Some(skip) = options.skip.get() {
        if has_validators
            || options.rename.is_given()
            || options.with.is_given()
            || options.serde.is_given()
            || options.rest.is_given()
        {
            errors.at(skip, "a field that is skipped is not stored, and takes no option but `default`");
        }
        return unstored(Unstored::Skip(options.default.get().cloned()));
    }
    let rest = options.rest.get()?;
    if has_validators
        || options.rename.is_given()
        || options.with.is_given()
        || options.serde.is_given()
        || options.default.is_given()
    {
        errors.at(rest, "a field for the rest of the attributes has no name of its own, and takes no other option");
    }
    unstored(Unstored::Rest)
}

/// Adds an error if several fields hold the rest of the attributes.
pub(crate) fn check(fields: &[UnstoredField<'_>], errors: &mut Errors) {
    let mut rest = fields.iter().filter(|field| matches!(field.kind, Unstored::Rest));
    if let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let message =
            format!("`{}` holds the rest of the attributes already; remove `rest` from one of them", first.ident);
        errors.at(second.ident, message);
    }
}

impl UnstoredField<'_> {
    /// Returns `true` if the field has content that is stored.
    pub(crate) fn is_encoded(&self) -> bool {
        matches!(self.kind, Unstored::Rest)
    }

    /// Returns the part `field: …` of a struct expression. The variable `entries` holds the entries, of which `names` are other fields and `outside` belong to
    /// other structs.
    pub(crate) fn decode(
        &self,
        krate: &Path,
        entries: &Ident,
        names: &TokenStream,
        outside: &TokenStream,
    ) -> TokenStream {
        let Self { ident, ty, kind, .. } = self;
        let value = match kind {
            Unstored::Skip(default) => expand::default_value(ty, default.as_ref().unwrap_or(&DefaultValue::Trait)),
            Unstored::Rest => {
                ast::respanned(ty, quote!(#krate::model::codegen::rest::<#ty>(#entries, &#names, #outside)))
            }
        };
        quote!(#ident: #value)
    }

    /// Returns the statement that adds the content of the field to the vector `entries`, if it has one.
    pub(crate) fn encode(&self, krate: &Path, entries: &Ident, names: &TokenStream) -> Option<TokenStream> {
        let Self { ty, place, kind, .. } = self;
        match kind {
            Unstored::Skip(_) => None,
            Unstored::Rest => {
                let push = ast::respanned(ty, quote!(#krate::model::codegen::push_rest::<#ty>));
                Some(quote!(#push(#entries, #place, &#names)?;))
            }
        }
    }
}
