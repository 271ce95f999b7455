//! Fields whose entries are stored beside those of other fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Path, Type, Visibility};

use super::{FieldOptions, expand};
use crate::case;
use crate::errors::Errors;

/// A field whose entries are stored beside those of other fields.
pub(crate) struct FlattenedField<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// Name of the generated constant.
    pub(crate) constant: Ident,
    /// Expression that borrows the value of the field.
    place: TokenStream,
}

/// Returns the field if an option makes it such a field.
pub(super) fn read<'a>(
    options: &FieldOptions,
    place: &TokenStream,
    field: &'a syn::Field,
    errors: &mut Errors,
) -> Option<FlattenedField<'a>> {
    let (ident, flatten) = (field.ident.as_ref()?, options.flatten.get()?);
    if options.has_others() {
        errors.at(flatten, "a flattened field has no name of its own, and takes no other option");
    }
    Some(FlattenedField { ident, ty: &field.ty, constant: case::constant(ident), place: place.clone() })
}

impl FlattenedField<'_> {
    /// Returns the name in Rust, without `r#`.
    pub(crate) fn rust_name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// Returns the associated constant of `owner` for the field.
    pub(crate) fn constant(&self, krate: &Path, visibility: &Visibility, owner: &Ident) -> TokenStream {
        let docs = format!("The flattened field `{}` of [`{owner}`].", self.rust_name());
        self.declared(krate, visibility, &self.constant, &docs, &quote!(new()))
    }

    /// Returns the constant with this name and value.
    pub(crate) fn declared(
        &self,
        krate: &Path,
        visibility: &Visibility,
        constant: &Ident,
        docs: &str,
        value: &TokenStream,
    ) -> TokenStream {
        let ty = self.ty;
        quote! {
            #[doc = #docs]
            #visibility const #constant: #krate::model::Flattened<Self, #ty> = #krate::model::Flattened::#value;
        }
    }

    /// Returns the statement that adds the entries of the field to the vector `entries`.
    pub(crate) fn encode(&self, krate: &Path, entries: &Ident, exact: bool) -> TokenStream {
        let (push, place) = (self.item(krate, "push_entries"), &self.place);
        quote!(#push(#place, #entries, #exact)?;)
    }

    /// Returns the statement that runs the validators of the document and adds their errors to `errors`.
    pub(crate) fn run_validators(&self, krate: &Path, errors: &Ident) -> TokenStream {
        let (ty, place) = (self.ty, &self.place);
        let run = expand::qualified(ty, ty, &quote!(#krate::model::AttributeType), "run_validators");
        quote!(#errors.inner::<#ty>(|#errors| #run(#place, #errors));)
    }

    /// Returns the part `field: …` of a struct expression, which decodes the field from the variable `entries`.
    pub(crate) fn decode(&self, krate: &Path, entries: &Ident) -> TokenStream {
        let (ident, decode) = (self.ident, self.item(krate, "from_entries"));
        quote!(#ident: #decode(#entries, &[])?)
    }

    /// Returns `<T as Document>::item` for the field's type.
    pub(crate) fn item(&self, krate: &Path, item: &str) -> TokenStream {
        expand::qualified(self.ty, self.ty, &quote!(#krate::model::Document), item)
    }
}
