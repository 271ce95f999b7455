//! Generated code of a proxy.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{DeriveInput, Path, Type};

use super::attr::Options;
use crate::manager::{self, BaseFilter, ManagerOptions};

pub(super) fn proxy(input: &DeriveInput, base: &Type, options: &Options) -> TokenStream {
    let (name, krate) = (&input.ident, &options.krate);
    let managers = options.managers.iter().map(|declared| manager(input, base, krate, declared));
    quote! {
        #[allow(dead_code, private_interfaces)]
        impl #name {
            #(#managers)*
        }

        #[automatically_derived]
        impl ::core::convert::From<#base> for #name {
            fn from(base: #base) -> Self {
                Self(base)
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<#name> for #base {
            fn from(proxy: #name) -> Self {
                proxy.0
            }
        }

        #[automatically_derived]
        impl ::core::ops::Deref for #name {
            type Target = #base;

            fn deref(&self) -> &#base {
                &self.0
            }
        }

        #[automatically_derived]
        impl ::core::ops::DerefMut for #name {
            fn deref_mut(&mut self) -> &mut #base {
                &mut self.0
            }
        }

        #[automatically_derived]
        impl #krate::queryset::WholeItems<#base> for #name {}

        #[automatically_derived]
        impl #krate::queryset::Proxy for #name {
            type Base = #base;
        }
    }
}

fn manager(input: &DeriveInput, base: &Type, krate: &Path, declared: &ManagerOptions<Path>) -> TokenStream {
    let (proxy, visibility): (&Ident, _) = (&input.ident, &input.vis);
    let ManagerOptions { ident, index, filter, queryset } = declared;
    let source = match index.get() {
        None => "the table of the base".to_owned(),
        Some(index) => format!("the index [`{}`]", index.to_token_stream()),
    };
    let docs = manager::documentation(&source, filter.get());
    let index = match index.get() {
        None => quote!(<#base as #krate::model::Model>::Primary),
        Some(index) => index.to_token_stream(),
    };
    let of = |row: &dyn ToTokens| match queryset.get() {
        None => quote!(#krate::queryset::ManagerOf<#krate::queryset::QuerySet<#base, #row, #index>>),
        Some(queryset) => quote!(#krate::queryset::ManagerOf<#queryset<#row, #index>>),
    };
    let (of_proxy, filtered) = (of(proxy), filter.get().map(BaseFilter::call));
    let first = manager::first(&of(base), queryset.get());
    quote! {
        #[doc = #docs]
        #visibility fn #ident() -> #of_proxy {
            #krate::queryset::ManagerOf::as_proxy(&#first #filtered)
        }
    }
}
