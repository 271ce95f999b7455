//! Test support: extracts messages and names from generated code.

use proc_macro2::TokenStream;
use syn::{File, ImplItem, Item, ItemImpl, LitStr};

/// Returns the messages of the `compile_error!` calls.
pub(crate) fn messages(code: TokenStream) -> Vec<String> {
    let items = items(code).into_iter();
    let messages = items.filter_map(|item| match item {
        Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "compile_error") => {
            Some(item.mac.parse_body::<LitStr>().expect("compile_error! takes text").value())
        }
        _ => None,
    });
    messages.collect()
}

/// Returns the trait implementations: `Model for Weather`.
pub(crate) fn implementations(code: TokenStream) -> Vec<String> {
    let impls = impls(code).into_iter();
    let names = impls.filter_map(|item| {
        let (path, _) = item.trait_.as_ref()?;
        let (name, ty) = (&path.segments.last()?.ident, &item.self_ty);
        Some(format!("{name} for {}", quote::quote!(#ty)))
    });
    names.collect()
}

/// Returns the names of the associated constants and functions of inherent implementations.
pub(crate) fn members(code: TokenStream) -> Vec<String> {
    let inherent = impls(code).into_iter().filter(|item| item.trait_.is_none());
    let names = inherent.flat_map(|item| item.items).filter_map(|item| match item {
        ImplItem::Const(item) => Some(item.ident.to_string()),
        ImplItem::Fn(item) => Some(item.sig.ident.to_string()),
        _ => None,
    });
    names.collect()
}

fn impls(code: TokenStream) -> Vec<ItemImpl> {
    let items = items(code).into_iter();
    let impls = items.filter_map(|item| match item {
        Item::Impl(item) => Some(item),
        _ => None,
    });
    impls.collect()
}

fn items(code: TokenStream) -> Vec<Item> {
    syn::parse2::<File>(code).expect("the generated code is Rust").items
}
