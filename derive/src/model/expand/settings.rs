//! Generated settings of the table.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::super::attr::{Billing, Encryption, Policy, Stream, TableClass, Units};
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
    calls.extend(throughput_settings(model));
    match options.encryption.get() {
        Some(Encryption::AwsOwned) => calls.push(quote!(.aws_owned_key())),
        Some(Encryption::AwsManaged) => calls.push(quote!(.aws_managed_key())),
        Some(Encryption::CustomerManaged(key)) => calls.push(quote!(.customer_managed_key(#key))),
        None => {}
    }
    match options.resource_policy.get() {
        Some(Policy::Text(text)) => calls.push(quote!(.resource_policy(#text))),
        Some(Policy::Off) => calls.push(quote!(.without_resource_policy())),
        None => {}
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

/// Returns the calls for the on-demand maximum and the warm throughput.
fn throughput_settings(model: &Model<'_>) -> impl Iterator<Item = TokenStream> {
    let (krate, options) = (&model.krate, model.settings);
    let maximum = options.on_demand_maximum.get().map(|maximum| {
        let fields = units_fields(maximum);
        quote!(.on_demand_maximum(#krate::schema::OnDemandMaximum { #fields }))
    });
    let warm = options.warm_throughput.get().map(|warm| {
        let fields = units_fields(warm);
        quote!(.warm_throughput(#krate::schema::WarmThroughput { #fields }))
    });
    maximum.into_iter().chain(warm)
}

/// Returns the fields of a struct of read and write units.
fn units_fields(units: &Units) -> TokenStream {
    let option = |units: Option<u64>| {
        units.map_or_else(|| quote!(::core::option::Option::None), |units| quote!(::core::option::Option::Some(#units)))
    };
    let (read, write) = (option(units.read), option(units.write));
    quote!(read_units: #read, write_units: #write)
}
