//! Generated code of a collection.

use proc_macro2::TokenStream;
use quote::quote;

use super::CollectionInput;
use crate::field::qualified;

pub(super) fn collection(collection: &CollectionInput<'_>) -> TokenStream {
    if collection.is_enum { of_items(collection) } else { of_one_key(collection) }
}

/// Returns the implementation for a struct.
fn of_one_key(CollectionInput { ident, krate, members, .. }: &CollectionInput<'_>) -> TokenStream {
    let member = quote!(#krate::queryset::CollectionMember);
    let models: Vec<_> = members.iter().map(|(_, ty)| qualified(ty, ty, &member, "Model")).collect();
    let base = &models[0];
    let fields = members.iter().map(|(field, ty)| {
        let collect = qualified(ty, ty, &member, "collect");
        quote!(#field: #collect(items, query, db)?)
    });
    quote! {
        #[automatically_derived]
        impl #krate::queryset::Collection for #ident {
            type Base = #base;

            fn members() -> ::std::vec::Vec<&'static #krate::model::ModelSchema> {
                ::std::vec![#(<#models as #krate::model::Model>::schema()),*]
            }

            fn from_items(
                items: &[#krate::value::Item],
                query: &str,
                db: &#krate::database::Database,
            ) -> ::core::result::Result<Self, #krate::error::Error> {
                ::core::result::Result::Ok(Self { #(#fields),* })
            }
        }
    }
}

/// Returns the implementation for an enum.
fn of_items(CollectionInput { ident, krate, members, .. }: &CollectionInput<'_>) -> TokenStream {
    let model = quote!(#krate::model::Model);
    let schemas = members.iter().map(|(_, ty)| qualified(ty, ty, &model, "schema"));
    let base = members[0].1;
    let variants = members.iter().map(|(variant, ty)| {
        let decode = qualified(ty, ty, &quote!(#krate::queryset::CollectionMember), "decode");
        quote! {
            if let ::core::option::Option::Some(decoded) = #decode(item, db) {
                return ::core::option::Option::Some(decoded.map(Self::#variant));
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #krate::queryset::CollectionItem for #ident {
            type Base = #base;

            fn members() -> ::std::vec::Vec<&'static #krate::model::ModelSchema> {
                ::std::vec![#(#schemas()),*]
            }

            fn from_item(
                item: &mut #krate::value::Item,
                db: &#krate::database::Database,
            ) -> ::core::option::Option<::core::result::Result<Self, #krate::error::Error>> {
                #(#variants)*
                ::core::option::Option::None
            }
        }
    }
}
