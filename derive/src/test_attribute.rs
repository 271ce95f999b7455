//! `#[djamodb::test]`: a test with a database of its own.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::meta::ParseNestedMeta;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Error, ItemFn, LitStr, Path, Result, Token, bracketed, parse_quote};

/// What stands in the parentheses.
struct Options {
    models: Option<Vec<Path>>,
    krate: Path,
}

pub(crate) fn expand(options: TokenStream, function: &ItemFn) -> TokenStream {
    match Options::read(options).and_then(|options| expand_with(&options, function)) {
        Ok(test) => test,
        // The function stays, so that what it uses is not unused and its own mistakes are told too.
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#error #[allow(dead_code)] #function)
        }
    }
}

impl Options {
    fn read(options: TokenStream) -> Result<Self> {
        let mut read = Self { models: None, krate: parse_quote!(::djamodb) };
        syn::meta::parser(|meta| read.set(&meta)).parse2(options)?;
        Ok(read)
    }

    fn set(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        if meta.path.is_ident("models") {
            let list;
            let value = meta.value()?;
            bracketed!(list in value);
            let models: Vec<Path> = Punctuated::<Path, Token![,]>::parse_terminated(&list)?.into_iter().collect();
            if models.is_empty() {
                return Err(meta.error("`models` names at least one model; leave it out for all models of the program"));
            }
            self.models = Some(models);
            Ok(())
        } else if meta.path.is_ident("crate") {
            self.krate = meta.value()?.parse::<LitStr>()?.parse()?;
            Ok(())
        } else {
            Err(meta.error("a test has no such option; its options are `models = [Model, …]` and `crate = \"…\"`"))
        }
    }
}

fn expand_with(options: &Options, function: &ItemFn) -> Result<TokenStream> {
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        return Err(Error::new_spanned(signature.fn_token, "a test with a database is an `async fn`"));
    }
    if signature.inputs.len() != 1 {
        let place = if signature.inputs.is_empty() {
            signature.ident.to_token_stream()
        } else {
            signature.inputs.to_token_stream()
        };
        return Err(Error::new_spanned(place, "the test takes one argument, its database: `db: Database`"));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(&signature.generics, "a test has no type parameters"));
    }
    let Options { models, krate } = options;
    let models = match models {
        None => quote!(::core::option::Option::None),
        Some(models) => quote! {
            ::core::option::Option::Some(::std::vec![#(<#models as #krate::model::Model>::schema()),*])
        },
    };
    let (attributes, name, body) = (&function.attrs, &signature.ident, &function.block);
    // The function itself stands inside the test of the same name.
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attributes)*
        fn #name() {
            #signature #body
            #krate::test_support::run(#models, #name)
        }
    })
}
