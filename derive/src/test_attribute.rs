//! `#[djamodb::test]`, which gives each test its own database.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::meta::ParseNestedMeta;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Error, ItemFn, LitStr, Path, Result, Token, bracketed, parse_quote};

/// Options of `#[djamodb::test(…)]`.
struct TestOptions {
    models: Option<Vec<Path>>,
    krate: Path,
}

pub(crate) fn expand(options: TokenStream, function: &ItemFn) -> TokenStream {
    match TestOptions::read(options).and_then(|options| expand_with(&options, function)) {
        Ok(test) => test,
        // The function is kept, so that its imports are used and the compiler also reports errors in it.
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#error #[allow(dead_code)] #function)
        }
    }
}

impl TestOptions {
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
                return Err(
                    meta.error("`models` needs at least one model; leave it out to use all models of the program")
                );
            }
            self.models = Some(models);
            Ok(())
        } else if meta.path.is_ident("crate") {
            self.krate = meta.value()?.parse::<LitStr>()?.parse()?;
            Ok(())
        } else {
            Err(meta.error("unknown option of a test; its options are `models = [Model, …]` and `crate = \"…\"`"))
        }
    }
}

fn expand_with(options: &TestOptions, function: &ItemFn) -> Result<TokenStream> {
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        return Err(Error::new_spanned(signature.fn_token, "a test with a database must be an `async fn`"));
    }
    if signature.inputs.len() != 1 {
        let location = if signature.inputs.is_empty() {
            signature.ident.to_token_stream()
        } else {
            signature.inputs.to_token_stream()
        };
        return Err(Error::new_spanned(location, "a test takes one argument, its database: `db: Database`"));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(&signature.generics, "a test cannot have generic parameters"));
    }
    let TestOptions { models, krate } = options;
    let models = match models {
        None => quote!(::core::option::Option::None),
        Some(models) => quote! {
            ::core::option::Option::Some(::std::vec![#(<#models as #krate::model::Model>::schema()),*])
        },
    };
    let (attributes, name, body) = (&function.attrs, &signature.ident, &function.block);
    // The function is nested inside a test of the same name.
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attributes)*
        fn #name() {
            #signature #body
            #krate::test_support::run(#models, #name)
        }
    })
}
