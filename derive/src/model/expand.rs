//! Generated code of a model.

mod generated;
mod index;
mod item;
mod schema;
mod settings;
mod static_name;
mod template;
mod unique;
mod validators;

use proc_macro2::TokenStream;
use quote::quote;

use super::validate::{KeyAttribute, Manager, Model};
use crate::declared_names::without_duplicates;
use crate::fields;
use crate::manager::{self, BaseFilter};

/// Returns the declarations, the implementations and the registration.
pub(super) fn model(model: &Model<'_>) -> TokenStream {
    let declarations = declarations(model);
    let functions = [schema::schema(model), item::to_item(model), item::from_entries(model), item::key(model)];
    let implementation = implementation(model, &functions);
    let expiring = expiring(model);
    let checks = schema::checks(model);
    let template_checks = template::checks(model);
    let unique_checks = unique::checks(model);
    let (ident, krate) = (model.ident, &model.krate);
    quote! {
        #declarations
        #implementation
        #expiring
        #checks
        #template_checks
        #unique_checks
        #krate::model::codegen::inventory::submit! {
            #krate::model::codegen::RegisteredModel { schema: <#ident as #krate::model::Model>::schema }
        }
    }
}

/// Returns the implementation of `Expiring`, if the model has a time to live.
fn expiring(model: &Model<'_>) -> Option<TokenStream> {
    let (Model { ident, krate, .. }, field) = (model, model.time_to_live?);
    let (expires_at, field) = (field.expiry_item(krate, "expires_at"), field.ident);
    Some(quote! {
        #[automatically_derived]
        impl #krate::model::Expiring for #ident {
            fn expires_at(&self) -> ::core::option::Option<#krate::model::codegen::UtcDateTime> {
                #expires_at(&self.#field)
            }
        }
    })
}

/// Returns the declarations, and implementations that are never called, for a model with errors.
pub(super) fn stub(model: &Model<'_>) -> TokenStream {
    let declarations = declarations(model);
    let bodies = [(); 4].map(|()| quote!(::core::unreachable!()));
    let implementation = implementation(model, &bodies);
    quote!(#declarations #implementation)
}

/// Returns the constants, index types and managers.
fn declarations(model: &Model<'_>) -> TokenStream {
    let Model { ident, visibility, krate, .. } = model;
    let fields = model.fields.stored.iter().map(|field| {
        let is = |key: &Option<KeyAttribute<'_>>| {
            key.as_ref().is_some_and(|key| key.fields().iter().any(|key| key.ident == field.ident))
        };
        let kind = if is(&model.hash) {
            "HashKey"
        } else if is(&model.range) {
            "RangeKey"
        } else {
            "NonKey"
        };
        (field.constant.clone(), field.constant(krate, visibility, ident, kind))
    });
    let flattened = model.fields.flattened_constants(krate, visibility, ident);
    let indexes = model.indexes.iter().map(|index| (index.constant.clone(), index::constant(model, index)));
    let managers = model.managers.iter().map(|declared| (declared.ident.clone(), manager(model, declared)));
    let composed = template::constants(model);
    let members = without_duplicates(fields.chain(flattened).chain(composed).chain(indexes).chain(managers));
    let types = without_duplicates(index::types(model));
    quote! {
        #[allow(dead_code, private_interfaces)]
        impl #ident {
            #members
        }
        #types
    }
}

fn manager(model: &Model<'_>, manager: &Manager) -> TokenStream {
    let Model { ident: owner, visibility, krate, .. } = model;
    let Manager { ident, reads, index, filter, queryset } = manager;
    let source = match index {
        None => format!("the table of [`{owner}`]"),
        Some(index) => format!("the index `{index}` of [`{owner}`]"),
    };
    let docs = manager::documentation(&source, filter.as_ref());
    let filtered = filter.as_ref().map(BaseFilter::call);
    let ty = match queryset {
        None => quote!(#krate::queryset::Manager<#owner, #reads>),
        Some(queryset) => quote!(#krate::queryset::ManagerOf<#queryset<#owner, #reads>>),
    };
    let first = manager::first(&ty, queryset.as_ref());
    quote! {
        #[doc = #docs]
        #visibility fn #ident() -> #ty {
            #first #filtered
        }
    }
}

/// Returns the implementations of the traits, with the bodies of `schema`, `to_item`, `from_entries` and `key`.
fn implementation(model: &Model<'_>, [schema, to_item, from_entries, key]: &[TokenStream; 4]) -> TokenStream {
    let Model { ident, krate, primary, default_manager, .. } = model;
    let key_type = index::key_type(krate, "Key", model.table_key());
    let Manager { ident: default_manager, reads, queryset, .. } = default_manager;
    let default_manager = if queryset.is_none() {
        quote!(Self::#default_manager())
    } else {
        quote!(#krate::queryset::ManagerOf::plain(&Self::#default_manager()))
    };
    let entries = fields::entries();
    let (generated, validators) = (generated::functions(model), validators::functions(model));
    quote! {
        #[automatically_derived]
        impl #krate::model::Model for #ident {
            type Primary = #primary;
            #key_type

            fn schema() -> &'static #krate::model::ModelSchema {
                #schema
            }

            fn to_item(&self) -> ::core::result::Result<#krate::value::Item, #krate::model::CodecError> {
                #to_item
            }

            fn from_entries(
                #entries: &mut #krate::value::Entries<'_>,
            ) -> ::core::result::Result<Self, #krate::model::CodecError> {
                #from_entries
            }

            fn key(&self) -> ::core::result::Result<#krate::value::Item, #krate::model::CodecError> {
                #key
            }

            #generated
            #validators
        }

        #[automatically_derived]
        impl #krate::queryset::Managed for #ident {
            type Default = #reads;

            fn default_manager() -> #krate::queryset::Manager<Self, Self::Default> {
                #default_manager
            }
        }
    }
}
