//! Generated code of a document.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::DeriveInput;

use super::attr::Document;
use crate::ast;
use crate::attribute_type_impl::{self, AttributeTypeImpl};
use crate::declared_names::without_duplicates;
use crate::field::validation_errors;
use crate::fields;

/// Returns the constants and the implementations.
pub(super) fn document(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let bodies = AttributeTypeImpl {
        encode: encode(document, false),
        decode: decode(document),
        type_info: type_info(document),
        overrides: [encode_exact(document), decode_owned(document), run_validators(document)].into_iter().collect(),
    };
    let stored = attribute_type_impl::fields_can_be_stored(&input.generics, krate, &document.fields.flattened);
    let implementation = bodies.implement(krate, input, Some(&stored));
    let entries = entries(input, document, &stored);
    let (constants, comparable) = (constants(input, document), comparable(input, document));
    let has_size = attribute_type_impl::implement(input, &quote!(#krate::model::HasSize), None, &TokenStream::new());
    quote!(#constants #implementation #entries #comparable #has_size)
}

/// Returns the constants and an implementation that is never called, for a document with errors.
pub(super) fn stub(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let (constants, stub) =
        (constants(input, document), AttributeTypeImpl::stub().implement(&document.krate, input, None));
    quote!(#constants #stub)
}

/// Returns the implementation of `Comparable`, which holds if it does for the types of all fields.
fn comparable(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let types = document.fields.stored.iter().map(|field| field.ty);
    let types = types.chain(document.fields.flattened.iter().map(|field| field.ty));
    // A lifetime of its own delays the check of a condition to the use of the implementation. A field that contains the document
    // itself has no condition, since the check would not end.
    let conditions = types
        .filter(|ty| !ast::mentions(ty.to_token_stream(), document.ident))
        .map(|ty| quote!(for<'field> #ty: #krate::model::Comparable));
    let condition = quote!(#(#conditions),*);
    let path = quote!(#krate::model::Comparable);
    attribute_type_impl::implement(input, &path, Some(&condition), &TokenStream::new())
}

fn constants(input: &DeriveInput, document: &Document<'_>) -> TokenStream {
    let Document { ident, visibility, krate, fields, .. } = document;
    let stored = fields.stored.iter();
    let stored = stored.map(|field| (field.constant.clone(), field.constant(krate, visibility, ident, "NonKey")));
    let constants = without_duplicates(stored.chain(fields.flattened_constants(krate, visibility, ident)));
    attribute_type_impl::constants(input, krate, &constants)
}

fn encode(document: &Document<'_>, exact: bool) -> TokenStream {
    let krate = &document.krate;
    let (level, entries) = (enter_level(document), fields::entries());
    let count = document.fields.stored.len();
    quote! {
        #level
        let mut #entries = ::std::vec::Vec::with_capacity(#count);
        <Self as #krate::model::Document>::push_entries(self, &mut #entries, #exact)?;
        ::core::result::Result::Ok(#krate::value::AttributeValue::M(::core::iter::FromIterator::from_iter(#entries)))
    }
}

/// Returns the function that encodes a document as the operand of a lookup.
fn encode_exact(document: &Document<'_>) -> TokenStream {
    let (krate, body) = (&document.krate, encode(document, true));
    quote! {
        fn encode_exact(&self) -> ::core::result::Result<#krate::value::AttributeValue, #krate::model::CodecError> {
            #body
        }
    }
}

/// Returns the function that runs the validators.
fn run_validators(document: &Document<'_>) -> TokenStream {
    let (krate, errors) = (&document.krate, validation_errors());
    let level = format_ident!("_level", span = Span::mixed_site());
    let fields = document.fields.run_validators(krate, &errors);
    let own = document.validators.run(krate, &quote!(self), &errors);
    quote! {
        fn run_validators(&self, #errors: &mut #krate::model::ValidationErrors<Self>) {
            // A deeper value is refused when it is encoded.
            let ::core::result::Result::Ok(#level) = #krate::model::codegen::Level::enter() else { return };
            #fields
            #own
        }
    }
}

fn decode(document: &Document<'_>) -> TokenStream {
    let (krate, entries) = (&document.krate, fields::entries());
    let value = AttributeTypeImpl::value();
    let name = attribute_type_impl::description(document.ident);
    let level = enter_level(document);
    quote! {
        #level
        let #entries = &mut #krate::value::Entries::Shared(#krate::model::codegen::document(#value, #name)?);
        <Self as #krate::model::Document>::from_entries(#entries, &[])
    }
}

/// Returns the function that decodes a document which is given up.
fn decode_owned(document: &Document<'_>) -> TokenStream {
    let (krate, entries) = (&document.krate, fields::entries());
    let value = AttributeTypeImpl::value();
    let name = attribute_type_impl::description(document.ident);
    let level = enter_level(document);
    quote! {
        fn decode_owned(
            #value: #krate::value::AttributeValue,
        ) -> ::core::result::Result<Self, #krate::model::CodecError> {
            #level
            let #entries = &mut #krate::model::codegen::owned_document(#value, #name)?;
            let #entries = &mut #krate::value::Entries::GivenUp(#entries);
            <Self as #krate::model::Document>::from_entries(#entries, &[])
        }
    }
}

/// Returns the statement that bounds the depth of a document that contains itself.
fn enter_level(document: &Document<'_>) -> TokenStream {
    let (krate, level) = (&document.krate, format_ident!("_level", span = Span::mixed_site()));
    quote!(let #level = #krate::model::codegen::Level::enter()?;)
}

/// Returns the implementation of `Document`.
fn entries(input: &DeriveInput, document: &Document<'_>, stored: &TokenStream) -> TokenStream {
    let Document { ident, krate, fields, .. } = document;
    let entries = fields::entries();
    let local = |name: &str| -> Ident { format_ident!("{name}", span = Span::mixed_site()) };
    let (exact, outside) = (local("exact"), local("outside"));
    let names = fields.names(krate);
    let push = |exact: bool| fields.push_entries(krate, &entries, exact, |_| false);
    let (exactly, plainly) = (push(true), push(false));
    let infos = fields.infos(krate);
    let decoded = fields.decode(krate, &quote!(Self), &entries, |_| false, &quote!(#outside));
    let assertions = fields.name_assertions(krate, ident);
    // The names of the types that a parameter stands for are known where the document is used.
    let (assertions, checked) = match (assertions.is_empty(), input.generics.params.is_empty()) {
        (true, _) => (TokenStream::new(), TokenStream::new()),
        (false, true) => (quote!(const _: () = { #assertions };), TokenStream::new()),
        (false, false) => (TokenStream::new(), quote!(const { #assertions })),
    };
    let run_validators_of = fields.run_validators_of(krate);
    let body = quote! {
        const NAMES: #krate::model::EntryNames = #names;

        fn fields() -> ::std::vec::Vec<#krate::model::FieldInfo> {
            #infos
        }

        fn push_entries(
            &self,
            #entries: &mut ::std::vec::Vec<(#krate::value::Name, #krate::value::AttributeValue)>,
            #exact: bool,
        ) -> ::core::result::Result<(), #krate::model::CodecError> {
            #checked
            if #exact {
                #exactly
            } else {
                #plainly
            }
            ::core::result::Result::Ok(())
        }

        fn from_entries(
            #entries: &mut #krate::value::Entries<'_>,
            #outside: &[&str],
        ) -> ::core::result::Result<Self, #krate::model::CodecError> {
            #checked
            let _ = (&#entries, #outside);
            ::core::result::Result::Ok(#decoded)
        }

        #run_validators_of
    };
    let implementation = attribute_type_impl::implement(input, &quote!(#krate::model::Document), Some(stored), &body);
    quote!(#assertions #implementation)
}

fn type_info(document: &Document<'_>) -> TokenStream {
    let krate = &document.krate;
    let name = attribute_type_impl::description(document.ident);
    quote! {
        #krate::model::TypeInfo {
            name: #name,
            value_type: #krate::value::ValueType::M,
            parse: |_| #krate::model::codegen::no_text_form(#name),
            comparable: true,
            ordered: false,
            starts_with: false,
            structure: #krate::model::Structure::Document(<Self as #krate::model::Document>::fields),
        }
    }
}
