//! Generated code of a custom queryset.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::attr::Options;
use super::shape::Shape;
use crate::ast::{self, NamedStruct};

pub(super) fn custom_queryset(ast: &NamedStruct<'_>, shape: &Shape<'_>, options: &Options) -> TokenStream {
    let Options { krate, .. } = options;
    let Shape { generics, inner, model, row, index, .. } = shape;
    let (name, visibility) = (ast.ident, ast.visibility);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let mut of_an_index = (*generics).clone();
    of_an_index.make_where_clause().predicates.push(syn::parse_quote!(#index: #krate::model::Index<Model = #model>));
    let bounds_of_an_index = &of_an_index.where_clause;
    let queryset = quote!(#krate::queryset::QuerySet);
    let (copied, first) = (copied_state(shape), first_state(shape, options));
    let hooks = hooks(shape, options);
    quote! {
        #[automatically_derived]
        impl #parameters ::core::clone::Clone for #name #arguments #bounds {
            fn clone(&self) -> Self {
                Self { #inner: ::core::clone::Clone::clone(&self.#inner), #copied }
            }
        }

        #[automatically_derived]
        impl #parameters ::core::convert::From<#queryset<#model, #row, #index>> for #name #arguments #bounds {
            fn from(queryset: #queryset<#model, #row, #index>) -> Self {
                Self { #inner: queryset, #first }
            }
        }

        #[automatically_derived]
        impl #parameters #krate::queryset::CustomQuerySet for #name #arguments #bounds_of_an_index {
            type Model = #model;
            type Row = #row;
            type Index = #index;
            type Of<__Row, __Index: #krate::model::Index<Model = #model>> = #name<__Row, __Index>;

            fn inner(&self) -> &#queryset<#model, #row, #index> {
                &self.#inner
            }

            fn with_inner(&self, queryset: #queryset<#model, #row, #index>) -> Self {
                Self { #inner: queryset, #copied }
            }

            fn with_inner_of<__Row, __Index: #krate::model::Index<Model = #model>>(
                &self,
                queryset: #queryset<#model, __Row, __Index>,
            ) -> #name<__Row, __Index> {
                #name { #inner: queryset, #copied }
            }

            #hooks
        }

        #[automatically_derived]
        impl #parameters #krate::queryset::Explainable for #name #arguments #bounds_of_an_index {
            fn explained(&self) -> ::core::result::Result<#krate::planner::Explain, #krate::planner::PlanError> {
                self.#inner.explain()
            }
        }

        #[allow(dead_code, private_interfaces)]
        impl #name<#model, <#model as #krate::model::Model>::Primary> {
            /// Returns a manager of the table with querysets of this type.
            #visibility fn as_manager() -> #krate::queryset::ManagerOf<Self> {
                ::core::default::Default::default()
            }

            /// Returns a manager of an index with querysets of this type.
            #visibility fn from_queryset<__Index: #krate::model::Index<Model = #model>>(
                _index: __Index,
            ) -> #krate::queryset::ManagerOf<#name<#model, __Index>> {
                ::core::default::Default::default()
            }
        }
    }
}

/// Returns the parts `field: …` of a struct expression that copy the state.
fn copied_state(shape: &Shape<'_>) -> TokenStream {
    let fields = shape.state.iter().map(|field| {
        let (ident, (first, _)) = (&field.ident, ast::first_and_last_span(&field.ty));
        let clone = quote_spanned!(first=> ::core::clone::Clone::clone);
        quote!(#ident: #clone(&self.#ident),)
    });
    fields.collect()
}

/// Returns the parts `field: …` of a struct expression with the first values of the state.
fn first_state(shape: &Shape<'_>, options: &Options) -> TokenStream {
    let fields = shape.state.iter().zip(&options.defaults).map(|(field, default)| {
        let (ident, ty) = (&field.ident, &field.ty);
        let (first, _) = ast::first_and_last_span(ty);
        let of_type = quote_spanned!(first=> <#ty as ::core::default::Default>::default());
        let value = default.as_ref().map_or(of_type, ToTokens::to_token_stream);
        quote!(#ident: #value,)
    });
    fields.collect()
}

/// Returns the functions that call those of the options.
fn hooks(shape: &Shape<'_>, options: &Options) -> TokenStream {
    let (Options { krate, .. }, model) = (options, shape.model);
    let pre_filter = options.pre_filter.get().map(|function| {
        quote! {
            fn pre_filter(&self, lookups: #krate::model::Q<#model>) -> #krate::model::Q<#model> {
                #function(self, lookups)
            }
        }
    });
    let post_set_index = options.post_set_index.get().map(|function| {
        quote! {
            fn post_set_index(self) -> Self {
                #function(self)
            }
        }
    });
    quote!(#pre_filter #post_set_index)
}
