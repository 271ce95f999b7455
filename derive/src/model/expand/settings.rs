//! Generated settings of the table.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::super::attr::{Billing, Stream, TableClass};
use super::super::validate::Model;

/// Returns the call that adds the settings to a schema, or `None` if the model gives none. They are a constant, so that the compiler
/// evaluates them.
pub(super) fn settings(model: &Model<'_>) -> Option<TokenStream> {
    let (krate, options) = (&model.krate, model.settings);
    let inherited = options.inherited.get();
    let own = own_settings(model);
    if inherited.is_none() && own.is_empty() {
        return None;
    }
    let inherited = match inherited {
        None => quote!(#krate::schema::TableSettings::new()),
        Some(settings) => settings.to_token_stream(),
    };
    Some(quote! {
        .with_settings(const {
            let inherited: #krate::schema::TableSettings = #inherited;
            inherited #(#own)*
        })
    })
}

/// Returns the calls for the settings that the model itself gives its table.
fn own_settings(model: &Model<'_>) -> Vec<TokenStream> {
    let (krate, options) = (&model.krate, model.settings);
    let mut calls = Vec::new();
    match options.billing.get() {
        Some(Billing::PayPerRequest) => calls.push(quote!(.billing(#krate::schema::Billing::PayPerRequest))),
        Some(Billing::Provisioned(read, write)) => {
            calls.push(quote!(.billing(#krate::schema::Billing::provisioned(#read, #write))));
        }
        None => {}
    }
    if let Some(TableClass(class)) = options.table_class.get() {
        let class = format_ident!("{class}");
        calls.push(quote!(.table_class(#krate::schema::TableClass::#class)));
    }
    for (key, value) in &options.tags {
        calls.push(value.as_ref().map_or_else(|| quote!(.without_tag(#key)), |value| quote!(.tag(#key, #value))));
    }
    match options.stream.get() {
        Some(Stream::View(view)) => {
            let view = format_ident!("{view}");
            calls.push(quote!(.stream(#krate::schema::StreamView::#view)));
        }
        Some(Stream::Off) => calls.push(quote!(.without_stream())),
        None => {}
    }
    if let Some(enabled) = options.point_in_time_recovery.get() {
        calls.push(quote!(.point_in_time_recovery(#enabled)));
    }
    if let Some(enabled) = options.deletion_protection.get() {
        calls.push(quote!(.deletion_protection(#enabled)));
    }
    calls
}
